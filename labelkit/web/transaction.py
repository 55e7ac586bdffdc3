"""One request, one transaction: an answer below 400 commits, everything else rolls back."""

from collections.abc import Callable

from flask import Flask, Response, g
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from labelkit.store.engine import reading, writing

Hook = Callable[[], bool]


def database() -> Session:
    """The session of this request."""
    found: Session = g.database
    return found


def init_app(app: Flask, engine: Engine, writes: Hook) -> None:
    """Open a session before each request and end it after; `writes` says which requests may change things."""

    @app.before_request
    def begin() -> None:
        g.database = writing(engine) if writes() else reading(engine)

    @app.after_request
    def settle(response: Response) -> Response:
        session: Session | None = g.get("database")
        if session is not None and response.status_code < 400:
            session.commit()
        return response

    @app.teardown_request
    def end(_problem: BaseException | None) -> None:
        session: Session | None = g.pop("database", None)
        if session is not None:
            session.close()
