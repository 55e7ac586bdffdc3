"""Demo mode signs people in without a password, so it answers this machine and nobody else."""

from urllib.parse import urlsplit

from flask import Flask, request

from labelkit.domain.errors import NotAllowed
from labelkit.domain.texts import N_

HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})


def _refuse_others() -> None:
    if urlsplit(f"//{request.host}").hostname not in HOSTS:
        raise NotAllowed(N_("Demo mode answers this machine only."))
    if any(name == "Forwarded" or name.startswith("X-Forwarded-") for name, _ in request.headers):
        raise NotAllowed(N_("Demo mode does not work behind a proxy; use “labelkit serve”."))


def init_app(app: Flask) -> None:
    app.before_request(_refuse_others)
