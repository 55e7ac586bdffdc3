"""Pictures: by id and digest, never by path, and only to people who may see them."""

from pathlib import Path

from flask import Blueprint, Response, current_app, send_file, url_for

from labelkit.domain.errors import NotFound
from labelkit.domain.people import Role
from labelkit.domain.texts import N_
from labelkit.store import queries
from labelkit.store.images import Pictures, is_large
from labelkit.store.models import Picture
from labelkit.web.access import me
from labelkit.web.transaction import database

bp = Blueprint("pictures", __name__)


def picture_url(picture: Picture) -> str:
    return url_for("pictures.picture", picture_id=picture.id, digest=picture.digest[:16])


def preview_url(picture: Picture) -> str | None:
    """Where the small copy of a large picture is; None where the picture itself is small enough."""
    if not is_large(picture.width, picture.height):
        return None
    return url_for("pictures.preview", picture_id=picture.id, digest=picture.digest[:16])


@bp.get("/pictures/<int:picture_id>/<digest>")
def picture(picture_id: int, digest: str) -> Response:
    """A picture's bytes; its address changes with its content, so a browser may keep it for good."""
    found = _find(picture_id, digest)
    return _send(found, _store().path(found.digest), found.digest)


@bp.get("/pictures/<int:picture_id>/<digest>/preview")
def preview(picture_id: int, digest: str) -> Response:
    """The small copy of a large picture, to whoever may see the picture."""
    found = _find(picture_id, digest)
    return _send(found, _store().preview(found.digest), f"{found.digest}-preview")


def _store() -> Pictures:
    store: Pictures = current_app.extensions["labelkit.pictures"]
    return store


def _find(picture_id: int, digest: str) -> Picture:
    found = database().get(Picture, picture_id)
    if found is None or found.digest[:16] != digest or not _may_see(found):
        raise NotFound(N_("There is no such picture."))
    if not _store().path(found.digest).is_file():  # lost from the data folder
        raise NotFound(N_("There is no such picture."))
    return found


def _send(found: Picture, path: Path, etag: str) -> Response:
    response = send_file(path, mimetype=found.media_type, etag=etag, conditional=True)
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


def _may_see(picture: Picture) -> bool:
    return me().role is not Role.WORKER or queries.may_see_picture(database(), me().id, picture)
