"""Requests that change something must come from our own pages."""

from urllib.parse import urlsplit

from flask import Flask, request

from labelkit.domain.errors import NotAllowed
from labelkit.domain.texts import N_
from labelkit.web.access import SAFE


def _same_site() -> bool:
    """True where the browser says that our own page sent this, or where no browser sent it.

    Every current browser sends Sec-Fetch-Site over HTTPS and on loopback; over plain HTTP on another
    host it sends Origin. A request with neither carries no cookie that a browser would have added.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


def _refuse_foreign() -> None:
    if request.method not in SAFE and not _same_site():
        raise NotAllowed(N_("This was sent from another site, so nothing was done."))


def init_app(app: Flask) -> None:
    app.before_request(_refuse_foreign)
