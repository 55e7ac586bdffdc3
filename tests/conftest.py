"""A program with an empty database, and the people who use it.

Whatever asks for a database runs twice: on SQLite and on a really started PostgreSQL.
`pytest -k sqlite` or `-k postgresql` takes one of them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from labelkit.app import create_app
from labelkit.config import Settings
from labelkit.domain.people import Role
from labelkit.store.engine import open_engine, writing
from labelkit.store.images import Pictures
from labelkit.store.models import User
from tests.make import make_user


class Client(FlaskClient):
    """A browser, and the person in front of it.

    What the test did in its own session is committed before a request, and read anew after it.
    """

    session: Session
    person: User | None = None

    def open(self, *args: object, **kwargs: object) -> TestResponse:
        self.session.commit()
        try:
            return super().open(*args, **kwargs)
        finally:
            self.session.expire_all()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def databases(request, tmp_path_factory):
    """Gives out empty, migrated databases of one kind."""
    from tests.databases import KINDS  # only where it is used: loading a PostgreSQL takes time

    with KINDS[request.param](tmp_path_factory.mktemp(request.param)) as kind:
        yield kind


@pytest.fixture
def database_url(databases) -> Iterator[str]:
    """A fresh database, empty but for its tables."""
    with contextmanager(databases.copy)() as url:
        yield url


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory) -> Path:
    """One for all tests: what lies in it is named by its content."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def settings(database_url, data_dir) -> Settings:
    return Settings(data_dir=data_dir, database_url=database_url, secret_key="only for tests", signup=True)


@pytest.fixture(scope="session")
def apps() -> dict[Settings, Flask]:
    """The application of each settings: it stays, because it would have to load every template anew."""
    return {}


@pytest.fixture
def app(settings, engine, apps) -> Flask:
    if settings not in apps:
        apps[settings] = create_app(settings, engine)
        apps[settings].testing = True
        apps[settings].test_client_class = Client
    return apps[settings]


@pytest.fixture(scope="session")
def engines() -> dict[str, Engine]:
    """The engine of each database: it stays, because it would have to compile every statement anew."""
    return {}


@pytest.fixture
def engine(database_url, engines) -> Iterator[Engine]:
    if database_url not in engines:
        engines[database_url] = open_engine(database_url)
    yield engines[database_url]
    engines[database_url].dispose()


@pytest.fixture
def pictures(settings) -> Pictures:
    return Pictures(settings.data_dir, settings.max_image_pixels)


@pytest.fixture
def session(engine, pictures) -> Iterator[Session]:
    """The test's own look at the database; see `Client` for how it goes along with requests."""
    with writing(engine) as session:
        session.info["pictures"] = pictures
        yield session


@pytest.fixture
def new_client(app, session) -> Callable[[], Client]:
    """Makes browsers that read pages in English, as the tests do."""

    def make() -> Client:
        client = app.test_client()
        client.session = session
        client.environ_base |= {"HTTP_ACCEPT": "text/html,*/*;q=0.8", "HTTP_ACCEPT_LANGUAGE": "en"}
        return client

    return make


@pytest.fixture
def client(new_client) -> Client:
    """A browser in which nobody has signed in."""
    return new_client()


@pytest.fixture
def sign_in(new_client) -> Callable[[User], Client]:
    """Gives a browser of its own to a person, signed in."""

    def browser(person: User) -> Client:
        client = new_client()
        client.person = person
        with client.session_transaction() as cookie:
            cookie["user"], cookie["epoch"] = person.id, person.epoch
        return client

    return browser


@pytest.fixture
def as_nobody(client) -> Client:
    return client


@pytest.fixture
def as_worker(sign_in, session) -> Client:
    return sign_in(make_user(session, "worker"))


@pytest.fixture
def as_other_worker(sign_in, session) -> Client:
    return sign_in(make_user(session, "other-worker"))


@pytest.fixture
def as_inspector(sign_in, session) -> Client:
    return sign_in(make_user(session, "inspector", Role.INSPECTOR))


@pytest.fixture
def as_author_inspector(sign_in, session) -> Client:
    """The inspector who wrote what the test is about; the test says what that is."""
    return sign_in(make_user(session, "author", Role.INSPECTOR))


@pytest.fixture
def as_admin(sign_in, session) -> Client:
    return sign_in(make_user(session, "admin", Role.ADMIN))


@pytest.fixture
def as_deactivated(sign_in, session) -> Client:
    """Somebody who was signed in when an admin switched the account off."""
    client = sign_in(make_user(session, "deactivated"))
    client.person.active = False
    client.person.epoch += 1
    return client


@pytest.fixture
def as_before_role_change(sign_in, session) -> Client:
    """Somebody whose sign-in is older than the last change of role: an inspector then, a worker now."""
    client = sign_in(make_user(session, "once-inspector", Role.INSPECTOR))
    client.person.role = Role.WORKER
    client.person.epoch += 1
    return client
