"""Pictures: by id and digest, never by path, and only to people who may see them."""

from flask import Blueprint, Response, current_app, send_file, url_for

from labelkit.domain.errors import NotFound
from labelkit.domain.people import Role
from labelkit.domain.texts import N_
from labelkit.store import queries
from labelkit.store.images import Pictures
from labelkit.store.models import Picture
from labelkit.web.access import me
from labelkit.web.transaction import database

bp = Blueprint("pictures", __name__)


def picture_url(picture: Picture) -> str:
    return url_for("pictures.picture", picture_id=picture.id, digest=picture.digest[:16])


@bp.get("/pictures/<int:picture_id>/<digest>")
def picture(picture_id: int, digest: str) -> Response:
    """A picture's bytes; its address changes with its content, so a browser may keep it for good."""
    found = database().get(Picture, picture_id)
    store: Pictures = current_app.extensions["labelkit.pictures"]
    if found is None or found.digest[:16] != digest or not _may_see(found):
        raise NotFound(N_("There is no such picture."))
    if not (path := store.path(found.digest)).is_file():  # lost from the data folder
        raise NotFound(N_("There is no such picture."))
    response = send_file(path, mimetype=found.media_type, etag=found.digest, conditional=True)
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


def _may_see(picture: Picture) -> bool:
    return me().role is not Role.WORKER or queries.may_see_picture(database(), me().id, picture)
