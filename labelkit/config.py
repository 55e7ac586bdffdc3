"""Settings: read once from the environment, frozen, and refused with a sentence where they are odd."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

HTMX_URL = "https://cdn.jsdelivr.net/npm/htmx.org@4.0.1/dist/htmx.min.js"
HTMX_INTEGRITY = "sha384-Qp9rdC8H7EqOoX+nR0P3RPG2Noji+qdwJlGpfzwQJsfOpp3sGwIdSP9xO3+UlEhn"

_HERE = Path(__file__).resolve().parent
# A wheel carries the top-level folders inside the package; a checkout has them beside it.
TOP = _HERE / "_top" if (_HERE / "_top").is_dir() else _HERE.parent


class BadSetting(ValueError):
    """An environment variable holds something that cannot be meant."""


def _whole(environ: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = environ.get(name, "").strip()
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 18 or not low <= int(text) <= high:
        raise BadSetting(f"{name} must be a whole number from {low} to {high}, not {text!r}.")
    return int(text)


def _yes(environ: Mapping[str, str], name: str) -> bool:
    text = environ.get(name, "").strip().lower()
    if text not in {"", "0", "1"}:
        raise BadSetting(f"{name} must be 0 or 1, not {text!r}.")
    return text == "1"


def _web_address(environ: Mapping[str, str], name: str, default: str) -> str:
    text = environ.get(name, "").strip() or default
    if not _is_address(text) or not text.isprintable() or any(c in text for c in " ;,'\""):
        raise BadSetting(f"{name} must be a web address or a path that begins with /, not {text!r}.")
    return text


def _is_address(text: str) -> bool:
    try:
        host = urlsplit(text).hostname
    except ValueError:
        return False
    return text.startswith("/") or (text.startswith(("https://", "http://")) and bool(host))


def _folder(environ: Mapping[str, str], name: str, default: str) -> Path:
    text = environ.get(name, "").strip() or default
    try:
        folder = Path(text).expanduser().resolve()
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError, ValueError) as problem:
        raise BadSetting(
            f"{name} must be a folder that can be made and written to, not {text!r}."
        ) from problem
    return folder


def _database(environ: Mapping[str, str], name: str, default: Path) -> str:
    text = environ.get(name, "").strip()
    if not text:
        return f"sqlite:///{default}"
    if not text.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise BadSetting(
            f"{name} must begin with sqlite:/// or postgresql+psycopg://, not with {text.split(':')[0]!r}."
        )
    if text.removeprefix("sqlite:///").split("?")[0] in {"", ":memory:"}:
        raise BadSetting(f"{name} must name a file: what is in memory only is gone at once.")
    return text


@dataclass(frozen=True, slots=True)
class Settings:
    """All that a running labelkit was told from outside."""

    data_dir: Path
    database_url: str
    secret_key: str = field(repr=False)
    proxies: int = 0
    htmx_url: str = HTMX_URL
    signup: bool = False
    max_image_pixels: int = 200_000_000
    max_upload_mb: int = 512
    demo: bool = False

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] = os.environ, *, demo: bool = False) -> "Settings":
        """Read the settings; raises BadSetting with one sentence for an odd value.

        Demo mode signs people in without a password, so it keeps to a database of its own in the
        data folder and refuses whatever would open it to other machines.
        """
        if demo:
            for name in ("LABELKIT_DATABASE_URL", "LABELKIT_PROXIES"):
                if environ.get(name, "").strip():
                    raise BadSetting(f"Demo mode does not start while {name} is set; use 'labelkit serve'.")
        data_dir = _folder(environ, "LABELKIT_DATA_DIR", "instance")
        file = data_dir / ("demo.sqlite3" if demo else "labelkit.sqlite3")
        return cls(
            data_dir=data_dir,
            database_url=_database(environ, "LABELKIT_DATABASE_URL", file),
            secret_key=environ.get("LABELKIT_SECRET_KEY", "").strip() or kept_secret(data_dir),
            proxies=_whole(environ, "LABELKIT_PROXIES", 0, 0, 10),
            htmx_url=_web_address(environ, "LABELKIT_HTMX_URL", HTMX_URL),
            signup=_yes(environ, "LABELKIT_SIGNUP"),
            max_image_pixels=_whole(environ, "LABELKIT_MAX_IMAGE_PIXELS", 200_000_000, 10_000, 10**9),
            max_upload_mb=_whole(environ, "LABELKIT_MAX_UPLOAD_MB", 512, 1, 10_000),
            demo=demo,
        )

    @property
    def htmx_integrity(self) -> str | None:
        """The hash that the browser checks; a copy on an address of one's own is one's own to trust."""
        return HTMX_INTEGRITY if self.htmx_url == HTMX_URL else None


def kept_secret(data_dir: Path) -> str:
    """The secret key of this data folder: made once, readable by its owner only."""
    path = data_dir / "secret_key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        if kept := path.read_text(encoding="utf-8").strip():
            return kept
        descriptor = os.open(path, os.O_WRONLY)  # the machine stopped before it was written
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(secret := secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
    return secret
