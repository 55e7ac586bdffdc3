"""Pictures on disk. The only module that opens one."""

import hashlib
import io
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from labelkit.domain.errors import Invalid, TooLarge
from labelkit.domain.texts import N_

_SERVED = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
# What people take pictures with. Pillow knows more, and would run a PostScript program for one of them.
_OPENED = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
_PNG_MODES = {"1", "L", "LA", "P", "RGB", "RGBA", "I;16"}
_ORIENTATION = 0x0112
# A picture longer than the first is shown by a copy as long as the second until one looks close.
_LARGE, PREVIEW_SIDE = 5000, 2560

# Our own limit stands in `keep`, before a pixel is decoded; Pillow's would only warn.
Image.MAX_IMAGE_PIXELS = None


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """A picture that lies in the store: SHA-256 of its bytes, media type, upright size in pixels."""

    digest: str
    media_type: str
    width: int
    height: int


class Pictures:
    """The pictures of one data folder, each under its digest."""

    def __init__(self, data_dir: Path, max_pixels: int) -> None:
        self.folder = data_dir / "pictures"
        self.max_pixels = max_pixels

    def path(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest

    def preview(self, digest: str) -> Path:
        """The small copy of a large picture, made when it is first asked for and then kept beside it;
        of a picture that is not large, the picture itself. In its own format, so of its media type."""
        original = self.path(digest)
        kept = original.with_name(f"{digest}-{PREVIEW_SIDE}")
        if kept.exists():
            return kept
        with Image.open(original) as image:
            if not is_large(*image.size):
                return original
            small = io.BytesIO()
            kind = image.format
            image.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE), Image.Resampling.BICUBIC)
            image.save(small, kind, quality=85)
        _write(kept, small.getvalue())
        return kept

    def keep(self, data: bytes, name: str) -> KeptPicture:
        """Store a picture upright and without camera data; `name` is for the sentence if it is refused."""
        try:
            with Image.open(io.BytesIO(data), formats=_OPENED) as image:
                if image.width * image.height > self.max_pixels:
                    raise TooLarge(
                        N_("The picture %(name)s has more than %(most)d pixels."),
                        name=name,
                        most=self.max_pixels,
                    )
                image.load()
                data, media_type, (width, height) = _upright(image, data)
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as problem:
            raise Invalid(
                N_("The file %(name)s is not a picture that can be opened."), name=name
            ) from problem
        digest = hashlib.sha256(data).hexdigest()
        _write(self.path(digest), data)
        return KeptPicture(digest, media_type, width, height)

    def is_whole(self, digest: str, width: int, height: int, *, deep: bool = False) -> bool:
        """Is a picture there, and of this many pixels? With `deep`, is it the very same down to its bytes?"""
        path = self.path(digest)
        try:
            with Image.open(path, formats=_OPENED) as image:
                same = image.size == (width, height)
            return same and (not deep or hashlib.sha256(path.read_bytes()).hexdigest() == digest)
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
            return False


def is_large(width: int, height: int) -> bool:
    """Is a picture of this many pixels shown by its preview first?"""
    return max(width, height) > _LARGE


def preview_width(width: int, height: int) -> int:
    """How many pixels wide the preview of a large picture is."""
    return max(1, round(width * PREVIEW_SIDE / max(width, height)))


def _write(path: Path, data: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, part = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(part).replace(path)


def _upright(image: Image.Image, data: bytes) -> tuple[bytes, str, tuple[int, int]]:
    """The picture's bytes as they are served: as they came where nothing needs to change."""
    turned = image.getexif().get(_ORIENTATION, 1) != 1
    if image.format in _SERVED and not image.getexif() and "xmp" not in image.info:
        return data, _SERVED[image.format], image.size
    upright = ImageOps.exif_transpose(image) if turned else image
    kind = "JPEG" if image.format in {"JPEG", "MPO"} else "PNG"
    out = io.BytesIO()
    if kind == "JPEG":
        upright.save(out, kind, quality=95, subsampling=0, exif=b"")
    else:
        flat = upright if upright.mode in _PNG_MODES else upright.convert("RGB")
        flat.save(out, kind, exif=b"")
    return out.getvalue(), _SERVED[kind], upright.size
