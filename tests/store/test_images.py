"""Pictures are kept upright and without camera data, once each, and what is none is refused."""

import hashlib
import io
import struct
import zlib

import pytest
from PIL import Image, ImageFile

from labelkit.domain.errors import Invalid, TooLarge
from labelkit.store.images import KeptPicture, Pictures

RED, GREEN, BLUE, YELLOW = (200, 30, 30), (30, 160, 30), (30, 30, 200), (220, 200, 20)
UPRIGHT = (RED, GREEN, BLUE, YELLOW)  # top left, top right, bottom left, bottom right
# How a camera writes the upright picture down when it says this orientation: EXIF 2.32, tag 0x0112.
AS_WRITTEN = {
    1: (RED, GREEN, BLUE, YELLOW),
    2: (GREEN, RED, YELLOW, BLUE),
    3: (YELLOW, BLUE, GREEN, RED),
    4: (BLUE, YELLOW, RED, GREEN),
    5: (RED, BLUE, GREEN, YELLOW),
    6: (GREEN, YELLOW, RED, BLUE),
    7: (YELLOW, GREEN, BLUE, RED),
    8: (BLUE, RED, YELLOW, GREEN),
}
ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


@pytest.fixture
def pictures(tmp_path):
    return Pictures(tmp_path, max_pixels=1_000_000)


def quarters(colours=UPRIGHT, size=(64, 32)):
    """A picture of four even quarters."""
    image = Image.new("RGB", size)
    w, h = size[0] // 2, size[1] // 2
    for place, colour in zip(((0, 0), (w, 0), (0, h), (w, h)), colours, strict=True):
        image.paste(colour, (*place, place[0] + w, place[1] + h))
    return image


def written(image, kind="PNG", **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def from_camera(orientation=1):
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKER] = "Maker of this camera"
    exif[GPS] = {1: "N", 2: (37.0, 33.0, 0.0)}
    return exif


def opened(pictures, kept):
    image = Image.open(pictures.path(kept.digest))
    image.load()
    return image


def corners(image):
    right, bottom = image.width - 1, image.height - 1
    return tuple(
        image.convert("RGB").getpixel(place) for place in ((0, 0), (right, 0), (0, bottom), (right, bottom))
    )


def files(pictures):
    return [path for path in pictures.folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("orientation", AS_WRITTEN)
def test_a_picture_turned_by_its_camera_is_kept_upright_to_the_pixel(pictures, orientation):
    size = (64, 32) if orientation < 5 else (32, 64)
    data = written(quarters(AS_WRITTEN[orientation], size), exif=from_camera(orientation))

    kept = pictures.keep(data, "turned.png")

    assert (kept.width, kept.height) == (64, 32)
    assert opened(pictures, kept).size == (64, 32)
    assert corners(opened(pictures, kept)) == UPRIGHT


@pytest.mark.parametrize("orientation", AS_WRITTEN)
def test_a_photograph_turned_by_its_camera_is_kept_upright(pictures, orientation):
    size = (64, 32) if orientation < 5 else (32, 64)
    data = written(
        quarters(AS_WRITTEN[orientation], size),
        "JPEG",
        quality=95,
        subsampling=0,
        exif=from_camera(orientation),
    )

    kept = pictures.keep(data, "turned.jpg")

    assert kept.media_type == "image/jpeg"
    assert (kept.width, kept.height) == opened(pictures, kept).size == (64, 32)
    for found, meant in zip(corners(opened(pictures, kept)), UPRIGHT, strict=True):
        assert found == pytest.approx(meant, abs=6)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_no_camera_data_is_kept(pictures, kind):
    kept = pictures.keep(written(quarters(), kind, exif=from_camera()), "mine")

    assert not opened(pictures, kept).getexif()
    assert b"Maker of this camera" not in pictures.path(kept.digest).read_bytes()


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_no_place_is_kept_that_an_editing_program_wrote(pictures, kind):
    data = written(quarters(), kind, xmp=b'<x:xmpmeta xmlns:x="adobe:ns:meta/">37,33N</x:xmpmeta>')

    kept = pictures.keep(data, "edited")

    assert b"37,33N" not in pictures.path(kept.digest).read_bytes()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_needs_no_change_is_kept_byte_for_byte(pictures, kind):
    data = written(quarters(), kind)

    kept = pictures.keep(data, "as it is")

    assert pictures.path(kept.digest).read_bytes() == data
    assert kept == KeptPicture(hashlib.sha256(data).hexdigest(), f"image/{kind.lower()}", 64, 32)


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF"])
def test_a_kind_that_browsers_do_not_all_show_becomes_a_png_of_the_same_pixels(pictures, kind):
    kept = pictures.keep(written(quarters(), kind), "old")

    assert kept.media_type == "image/png"
    assert corners(opened(pictures, kept)) == UPRIGHT


def test_two_photographs_in_one_file_become_the_first_as_a_jpeg(pictures):
    data = written(quarters(), "MPO", save_all=True, append_images=[quarters(size=(8, 8))])

    kept = pictures.keep(data, "phone.jpg")

    assert kept.media_type == "image/jpeg"
    assert opened(pictures, kept).format == "JPEG"
    assert (kept.width, kept.height) == (64, 32)


@pytest.mark.parametrize("options", [{}, {"exif": from_camera(6)}], ids=["upright", "turned"])
def test_sixteen_bits_of_grey_stay_sixteen_bits(pictures, options):
    grey = Image.new("I;16", (32, 16), 40_000)

    kept = pictures.keep(written(grey, **options), "x-ray.png")

    assert opened(pictures, kept).getextrema() == (40_000, 40_000)


@pytest.mark.parametrize("options", [{}, {"exif": from_camera(3)}], ids=["upright", "turned"])
def test_a_palette_keeps_its_colours(pictures, options):
    kept = pictures.keep(written(quarters().quantize(4), **options), "palette.png")

    found = corners(opened(pictures, kept))
    assert found == (UPRIGHT if not options else AS_WRITTEN[3])


def test_what_is_see_through_stays_so(pictures):
    clear = Image.new("RGBA", (8, 4), (200, 30, 30, 100))

    kept = pictures.keep(written(clear, exif=from_camera(6)), "clear.png")

    assert opened(pictures, kept).getpixel((0, 0)) == (200, 30, 30, 100)


def test_the_same_bytes_are_stored_once_under_their_digest(pictures):
    data = written(quarters())

    first, second = pictures.keep(data, "one.png"), pictures.keep(data, "another.png")

    assert first == second
    assert files(pictures) == [pictures.path(hashlib.sha256(data).hexdigest())]


def test_another_picture_is_another_file(pictures):
    pictures.keep(written(quarters()), "one.png")
    pictures.keep(written(quarters(size=(8, 8))), "two.png")

    assert len(files(pictures)) == 2


NO_PICTURES = {
    "a text": "이것은 글입니다.".encode(),
    "nothing": b"",
    "a page": b"<!doctype html><script>alert(1)</script>",
    "a drawing in words": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    "a program for printers": written(quarters(), "EPS"),
    "the beginning of a photograph": written(quarters(), "JPEG")[:200],
    "half a photograph": written(Image.effect_noise((64, 64), 90).convert("RGB"), "JPEG")[:-400],
    "half a PNG": written(Image.effect_noise((64, 64), 90))[:-400],
    "the beginning of a WebP": written(quarters(), "WEBP")[:40],
    "a PNG with a broken heart": written(quarters())[:40] + b"\0" * 20 + written(quarters())[60:],
}


@pytest.mark.parametrize("data", NO_PICTURES.values(), ids=NO_PICTURES)
def test_what_is_no_picture_is_refused_by_its_name(pictures, data):
    with pytest.raises(Invalid, match=r"^The file holiday\.jpg is not a picture that can be opened\.$"):
        pictures.keep(data, "holiday.jpg")

    assert not files(pictures)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_that_says(width, height):
    """A small PNG whose head promises this size."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def test_a_picture_of_too_many_pixels_is_refused_before_one_is_decoded(tmp_path, monkeypatch):
    pictures = Pictures(tmp_path, max_pixels=200_000_000)
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda image: pytest.fail("it was decoded"))

    with pytest.raises(TooLarge, match=r"^The picture bomb\.png has more than 200000000 pixels\.$"):
        pictures.keep(png_that_says(30_000, 30_000), "bomb.png")

    assert not files(pictures)


def test_a_picture_of_as_many_pixels_as_allowed_is_kept(tmp_path):
    exactly = Pictures(tmp_path, max_pixels=64 * 32)

    assert exactly.keep(written(quarters()), "fits.png").width == 64
    with pytest.raises(TooLarge):
        exactly.keep(written(quarters(size=(64, 34))), "too large.png")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_large_picture_of_any_kind_has_a_small_copy_of_its_own_format(pictures, mode):
    kept = pictures.keep(written(Image.new(mode, (5_100, 20))), "wide")

    with Image.open(pictures.preview(kept.digest)) as preview:
        assert (preview.format, preview.size) == ("PNG", (2_560, 10))


def test_the_small_copy_is_made_once_and_a_small_picture_has_none(pictures):
    large = pictures.keep(written(quarters(size=(6_000, 100)), "JPEG"), "large")
    small = pictures.keep(written(quarters()), "small")

    first = pictures.preview(large.digest)
    made = first.stat().st_mtime_ns
    assert pictures.preview(large.digest) == first
    assert first.stat().st_mtime_ns == made
    assert pictures.preview(small.digest) == pictures.path(small.digest)
