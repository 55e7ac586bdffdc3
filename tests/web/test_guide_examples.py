"""Original, right and wrong in a guide: whoever reads it sees them, with their picture and no other."""

import pytest

from labelkit.domain.projects import Split
from labelkit.store.models import Picture
from tests.make import box, boxes, make_item, make_project
from tests.web.visits import on_sqlite_alone

pytestmark = on_sqlite_alone


@pytest.fixture
def project(session):
    return make_project(session, items=0)


def address(session, item):
    picture = session.get_one(Picture, item.picture_id)
    return f"/pictures/{picture.id}/{picture.digest[:16]}"


def status(client, place):
    return client.get(place, buffered=True).status_code


@pytest.mark.parametrize("page", ["/projects/{slug}", "/projects/{slug}/guide"])
def test_reading_the_guide_opens_the_picture_of_its_examples(
    as_worker, as_other_worker, session, project, page
):
    item = make_item(session, project, split=Split.INSPECT)
    other = make_item(session, project, position=9, split=Split.INSPECT)
    picture = address(session, item)
    assert status(as_worker, picture) == 404

    text = as_worker.get(page.format(slug=project.slug)).text

    assert text.count(f'<image href="{picture}"') == 3
    assert status(as_worker, picture) == 200
    assert status(as_worker, address(session, other)) == 404
    assert status(as_other_worker, picture) == 404


def test_no_number_of_other_gold_is_in_a_guide(as_worker, session, project):
    for split in (Split.PRACTICE, Split.EXAM):
        make_item(session, project, split=split, gold=[boxes(box(x=61.25, y=43.75, w=117.5, h=83.125))])
    make_item(session, project, split=Split.INSPECT)

    text = as_worker.get(f"/projects/{project.slug}/guide").text

    assert 'class="triple"' in text
    assert not [number for number in ("61.25", "43.75", "117.5", "83.125") if number in text]


def test_every_picture_of_a_triple_says_in_words_what_it_is(as_worker, session, project):
    make_item(session, project, split=Split.INSPECT)

    text = as_worker.get(f"/projects/{project.slug}/guide?lang=en").text

    assert [text.count(f'role="img" aria-label="{word}"') for word in ("Original", "Right", "Wrong")] == [
        1,
        1,
        1,
    ]
