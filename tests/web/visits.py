"""What a person does on the pages, in the words of a test."""

import html
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from labelkit.store.models import Base, Project

# For what has nothing to do with the database: one of the two kinds is enough.
on_sqlite_alone = pytest.mark.parametrize("databases", ["sqlite"], indirect=True, scope="session")

_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
_SENTENCE = re.compile(r'class="notice error">.*?<span>(.*?)</span>|id="error".*?<h1>(.*?)</h1>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)


def begin(client: FlaskClient, project: Project) -> str:
    """Take the next item of a project; the address of its labeling page."""
    return follow(client.post(f"/projects/{project.slug}/next"))


def follow(response: TestResponse) -> str:
    """Where a page sends the browser on to."""
    assert response.status_code == 303, response.text
    return str(response.location)


def fields(page: TestResponse) -> dict[str, str]:
    """The hidden fields of a labeling page's form."""
    assert 'id="item"' in page.text, page.text
    form = page.text[page.text.index('class="work-form"') :]
    return {name: html.unescape(value) for name, value in _HIDDEN.findall(form)}


def drafted(page: TestResponse) -> Any:
    """The answer that a labeling page starts with."""
    return json.loads(fields(page)["annotation"])


def send(client: FlaskClient, address: str, annotation: Any, **changed: Any) -> TestResponse:
    """Open a labeling page, give this answer (an annotation, or the very text of the field), and submit."""
    written = annotation if isinstance(annotation, str) else json.dumps(annotation)
    form = fields(client.get(address)) | {"annotation": written} | changed
    return client.post(f"{address}/submit", data=form)


def save(client: FlaskClient, address: str, revision: Any, annotation: Any) -> TestResponse:
    """Let the page save its draft."""
    return client.put(f"{address}/draft", json={"revision": revision, "annotation": annotation})


def sentence(response: TestResponse) -> str:
    """The one sentence in which a request was refused."""
    if response.is_json:
        return str(response.json["error"])
    found = [html.unescape(one or other) for one, other in _SENTENCE.findall(response.text)]
    assert len(found) == 1, response.text
    return found[0]


def words(page: TestResponse) -> str:
    """All that is to be read in the main part of a page, without tags."""
    main = page.text[page.text.index('<main id="main"') :]
    return " ".join(html.unescape(_TAG.sub(" ", main)).split())


def table(page: TestResponse, place: str) -> list[list[str]]:
    """The rows of the first table after a place in a page, as the words of their cells."""
    text = page.text[page.text.index(place) :]
    text = text[text.index("<table") : text.index("</table>")]
    rows = (_CELL.findall(row) for row in text.split("<tr")[1:])
    return [[" ".join(html.unescape(_TAG.sub(" ", cell)).split()) for cell in row] for row in rows]


def rows(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Everything that the database holds."""
    session.commit()
    tables = Base.metadata.sorted_tables
    found = {
        table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))]
        for table in tables
    }
    session.commit()
    return found


@contextmanager
def nothing_changes(session: Session) -> Iterator[None]:
    before = rows(session)
    yield
    assert rows(session) == before


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """The SQL that was run meanwhile, without the bounds of transactions."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)
