"""Pictures: by id and digest, only to those who may see them, and to be kept for good."""

import hashlib
import io

import pytest
from PIL import Image

from labelkit.services import practice
from labelkit.store.models import Item, Picture
from tests.make import make_item, make_project, make_submission, picture_bytes
from tests.web.visits import sentence

NONE = "There is no such picture."


@pytest.fixture
def project(session):
    return make_project(session, items=1)


@pytest.fixture
def picture(as_worker, session, project):
    """The picture of an item that was issued to the worker."""
    assignment = practice.issue_next(session, as_worker.person, project)
    return session.get_one(Picture, session.get_one(Item, assignment.item_id).picture_id)


def address(picture):
    return f"/pictures/{picture.id}/{picture.digest[:16]}"


def ask(client, place, **kwargs):
    return client.get(place, buffered=True, **kwargs)


def test_my_item_shows_its_picture(as_worker, picture):
    answer = ask(as_worker, address(picture))

    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert hashlib.sha256(answer.data).hexdigest() == picture.digest


def test_the_labeling_page_names_exactly_that_address(as_worker, session, project, picture):
    page = as_worker.get(as_worker.post(f"/projects/{project.slug}/next").location)

    assert f'src="{address(picture)}" width="320" height="240"' in page.text


def test_a_small_picture_is_its_own_preview(as_worker, picture):
    answer = ask(as_worker, f"{address(picture)}/preview")

    assert hashlib.sha256(answer.data).hexdigest() == picture.digest


def test_a_large_picture_opens_by_a_preview_of_it(as_worker, session, project, picture):
    kept = session.info["pictures"].keep(picture_bytes((6000, 200)), "wide.png")
    picture.digest, picture.width, picture.height = kept.digest, kept.width, kept.height
    page = as_worker.get(as_worker.post(f"/projects/{project.slug}/next").location)
    assert f'src="{address(picture)}/preview" width="6000" height="200"' in page.text

    answer = ask(as_worker, f"{address(picture)}/preview")

    with Image.open(io.BytesIO(answer.data)) as preview:
        assert preview.size == (2560, 85)
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer.headers["ETag"] != f'"{picture.digest}"'


def test_it_stays_mine_after_the_sending(as_worker, session, project, picture):
    make_submission(session, as_worker.person, project)

    assert ask(as_worker, address(picture)).status_code == 200


def test_a_browser_may_keep_it_for_good_but_no_proxy_may(as_worker, picture):
    answer = ask(as_worker, address(picture))

    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer.headers["ETag"] == f'"{picture.digest}"'
    assert "Set-Cookie" not in answer.headers


def test_a_browser_that_has_it_is_told_so_without_the_bytes(as_worker, picture):
    answer = ask(as_worker, address(picture), headers={"If-None-Match": f'"{picture.digest}"'})

    assert (answer.status_code, answer.data) == (304, b"")


def test_a_browser_that_has_it_is_told_nothing_once_it_may_not_see_it(as_other_worker, picture):
    answer = ask(as_other_worker, address(picture), headers={"If-None-Match": f'"{picture.digest}"'})

    assert answer.status_code == 404


def test_anothers_picture_and_no_picture_are_the_same(as_other_worker, picture):
    foreign, none = ask(as_other_worker, address(picture)), ask(as_other_worker, f"/pictures/999/{'0' * 16}")

    assert foreign.status_code == none.status_code == 404
    assert sentence(foreign) == sentence(none) == NONE


def test_an_address_with_another_digest_is_none(as_worker, picture):
    for digest in ("0" * 16, "x", "..", "%2e%2e%2fsecret_key", picture.digest[:8], picture.digest):
        assert ask(as_worker, f"/pictures/{picture.id}/{digest}").status_code == 404


def test_a_cover_is_for_every_worker(as_worker, as_other_worker, session, project):
    cover = make_item(session, project, cover=True)
    picture = session.get_one(Picture, cover.picture_id)

    assert ask(as_worker, address(picture)).status_code == 200
    assert ask(as_other_worker, address(picture)).status_code == 200
    assert address(picture) in as_worker.get("/").text


def test_an_item_that_comes_later_is_not_shown_before(as_worker, session, project, picture):
    later = session.get_one(Picture, make_item(session, project, position=9).picture_id)

    assert ask(as_worker, address(later)).status_code == 404


def test_an_inspector_sees_what_is_to_be_inspected(as_inspector, picture):
    assert ask(as_inspector, address(picture)).status_code == 200


def test_nobody_is_sent_to_sign_in(as_nobody, picture):
    assert ask(as_nobody, address(picture)).location.startswith("/?next=/pictures/")


def test_a_picture_that_two_items_share_is_seen_by_way_of_either(
    as_worker, as_other_worker, session, picture
):
    shared = make_item(session, make_project(session, items=0))
    shared.picture_id = picture.id
    session.flush()
    project = session.get_one(type(make_project(session, items=0)), shared.project_id)
    practice.issue_next(session, as_other_worker.person, project)

    assert ask(as_other_worker, address(picture)).status_code == 200


def test_a_picture_that_is_lost_from_the_disk_is_none(as_worker, pictures, picture):
    pictures.path(picture.digest).unlink()

    answer = ask(as_worker, address(picture))

    assert (answer.status_code, sentence(answer)) == (404, NONE)
