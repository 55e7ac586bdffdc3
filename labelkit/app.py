"""The application: settings in, a wired Flask out."""

import hashlib
from datetime import timedelta
from pathlib import Path

from flask import Flask, Request, request
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix

from labelkit.config import TOP, Settings
from labelkit.store.engine import open_engine, upgrade
from labelkit.store.images import Pictures
from labelkit.web import (
    access,
    account,
    agreement,
    audit,
    corrections,
    csrf,
    dispute_desk,
    disputes,
    errors,
    filters,
    golds,
    guides,
    headers,
    history,
    home,
    inspect,
    inspection_practice,
    inspectors,
    limits,
    local,
    pictures,
    projects,
    records,
    review_rules,
    runs,
    scores,
    second_looks,
    team,
    transaction,
    wire,
    words,
    work,
)

MOST_FORM_BYTES = 2_000_000


class _Cookies(SecureCookieSessionInterface):
    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure


class _Request(Request):
    # A form or draft is small; whoever sends more is answered 413 before it is read.
    max_content_length = MOST_FORM_BYTES
    max_form_memory_size = MOST_FORM_BYTES


def create_app(settings: Settings, engine: Engine | None = None) -> Flask:
    """An application on the database of `settings` (or on `engine`), brought up to date."""
    static = TOP / "static"
    app = Flask(
        "labelkit",
        template_folder=str(TOP / "templates"),
        static_folder=str(static),
        # The address of every file changes when any file does, so that a browser may keep them all.
        static_url_path=f"/static/{_fingerprint(static)}",
    )
    app.request_class = _Request
    app.session_interface = _Cookies()
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="labelkit_demo" if settings.demo else "labelkit",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        # Answers that come side by side must not each send the cookie anew: the last one would undo the rest.
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(days=365 if settings.demo else 14),
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=365),
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if engine is None:
        engine = open_engine(settings.database_url)
        upgrade(engine)
    app.extensions["labelkit.engine"] = engine
    app.extensions["labelkit.pictures"] = Pictures(settings.data_dir, settings.max_image_pixels)
    _wire(app, settings, engine)
    if settings.proxies:
        n = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n, x_port=n, x_prefix=n)  # type: ignore[method-assign]
    return app


def _wire(app: Flask, settings: Settings, engine: Engine) -> None:
    """The order matters: refuse strangers first, then open the database, then ask who it is."""
    if settings.demo:
        local.init_app(app)
    csrf.init_app(app)
    limits.init_app(app)
    transaction.init_app(app, engine, access.writes)
    access.init_app(app)
    words.init_app(app)
    filters.init_app(app)
    headers.init_app(app, settings.htmx_url)
    errors.init_app(app)
    wire.init_app(app, TOP / "static")
    app.context_processor(
        lambda: {
            "demo": settings.demo,
            "htmx_url": settings.htmx_url,
            "htmx_integrity": settings.htmx_integrity,
        }
    )
    for area in (
        home,
        account,
        projects,
        work,
        scores,
        team,
        audit,
        guides,
        records,
        review_rules,
        runs,
        golds,
        agreement,
        disputes,
        dispute_desk,
        inspect,
        corrections,
        history,
        inspection_practice,
        inspectors,
        second_looks,
        pictures,
    ):
        app.register_blueprint(area.bp)


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
