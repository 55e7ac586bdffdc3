"""The two-guide drill on its pages: what each half says, and where it leads."""

import pytest

from tests.make import RIGHT, make_contrast, make_project
from tests.web.visits import follow, on_sqlite_alone, send, words

pytestmark = on_sqlite_alone


@pytest.fixture
def here(session):
    return make_project(session, "visible", items=1)


@pytest.fixture
def there(session, here):
    return make_contrast(session, here, slug="whole")


def test_a_project_without_contrast_offers_no_drill(as_worker, here):
    assert "Two-guide drill" not in as_worker.get("/projects/visible").text


def test_from_the_project_through_both_halves_and_back(as_worker, here, there):
    assert "/projects/visible/drill" in as_worker.get("/projects/visible").text
    first = follow(as_worker.post("/projects/visible/drill"))
    assert "first half: answer by the guide of “visible practice”" in words(as_worker.get(first))
    result = follow(send(as_worker, first, RIGHT["bbox"]))
    page = as_worker.get(result)
    assert f'action="{result}/other-guide"' in page.text
    second = follow(as_worker.post(f"{result}/other-guide"))
    assert "second half: the same picture, now by the guide of “whole practice”" in words(
        as_worker.get(second)
    )
    other = follow(send(as_worker, second, RIGHT["bbox"]))

    page = as_worker.get(other)
    assert f'href="{first}">Result of the other half' in page.text
    assert follow(as_worker.get(first)) == result
    assert f'href="{second}">Result of the other half' in as_worker.get(result).text
    assert 'action="/projects/whole/next"' in page.text


def test_ordinary_work_speaks_of_no_drill(as_worker, here, there):
    address = follow(as_worker.post("/projects/visible/next"))

    assert "Two-guide drill" not in as_worker.get(address).text
    assert "Two-guide drill" not in as_worker.get(follow(send(as_worker, address, RIGHT["bbox"]))).text
