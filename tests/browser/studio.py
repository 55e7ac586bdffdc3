"""A running program with projects made to order, for what no sample pack has: huge pictures, pictures that a
camera turned, limits, odd drafts. `studio` is the fixture; `sit_down` opens the workbench on such an item."""

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import BrowserContext, Page
from sqlalchemy.orm import Session
from waitress import create_server, wasyncore

from labelkit.app import create_app
from labelkit.config import Settings
from labelkit.services import practice
from labelkit.store.engine import open_engine, upgrade, writing
from labelkit.store.images import Pictures
from labelkit.store.models import Assignment, Item, Picture, User
from tests.browser.working import Desk
from tests.make import make_project, make_user, picture_bytes

Draft = dict[str, Any] | None
_numbers = itertools.count(1)


class Studio:
    """Makes a person with an item before her, each time it is asked to."""

    def __init__(self, app: Flask, engine: Any, pictures: Pictures, address: str) -> None:
        self.app = app
        self.engine = engine
        self.pictures = pictures
        self.address = address

    @contextmanager
    def session(self) -> Iterator[Session]:
        with writing(self.engine) as session:
            session.info["pictures"] = self.pictures
            yield session
            session.commit()

    def sit_down(
        self, page: Page, *, picture: bytes | None = None, draft: Draft = None, items: int = 1, **rules: Any
    ) -> Desk:
        """The workbench on the first of `items` items of a new project, with this picture and this draft."""
        with self.session() as session:
            user = make_user(session, f"somebody-{next(_numbers)}")
            project = make_project(session, items=items, **rules)
            assignment = practice.issue_next(session, user, project)
            assignment.draft = draft
            if picture or items == 1:
                self.hang(session, assignment, (800, 600), picture)
            self.sign_in(page.context, user)
            slug, place = project.slug, f"{self.address}/work/{assignment.id}"
        page.goto(place)
        return Desk(page, slug).ready()

    def hang(
        self, session: Session, assignment: Assignment, size: tuple[int, int], picture: bytes | None = None
    ) -> None:
        """Give an assignment's item this picture, or a plain one of this size."""
        kept = self.pictures.keep(picture or picture_bytes(size), "made")
        item = session.get_one(Item, assignment.item_id)
        row = session.get_one(Picture, item.picture_id)
        row.digest, row.media_type = kept.digest, kept.media_type
        row.width, row.height = kept.width, kept.height

    def sign_in(self, context: BrowserContext, user: User) -> None:
        serializer = self.app.session_interface.get_signing_serializer(self.app)
        cookie = serializer.dumps({"user": user.id, "epoch": user.epoch})
        context.add_cookies([{"name": "labelkit", "value": cookie, "url": self.address}])

    def draft_of(self, desk: Desk) -> Any:
        """What the server holds of the answer on a page."""
        with self.session() as session:
            return session.get_one(Assignment, int(desk.page.url.rsplit("/", 1)[1])).draft


@contextmanager
def running_studio(folder: Path) -> Iterator[Studio]:
    settings = Settings(
        data_dir=folder, database_url=f"sqlite:///{folder}/studio.sqlite3", secret_key="tests"
    )
    engine = open_engine(settings.database_url)
    upgrade(engine)
    app = create_app(settings, engine)
    try:
        with _serving(app) as address:
            yield Studio(app, engine, Pictures(folder, settings.max_image_pixels), address)
    finally:
        engine.dispose()


@contextmanager
def _serving(app: Flask) -> Iterator[str]:
    """The server that people run, in a thread of this process; yields its address."""
    server = create_server(app, host="127.0.0.1", port=0, threads=8)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))  # in its own thread
        thread.join()
        server.task_dispatcher.shutdown()
