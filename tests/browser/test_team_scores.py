"""The pages of everybody's scores in a browser: without serious faults, and fit for a phone."""

import pytest
from sqlalchemy import select

from labelkit.domain.people import Role
from labelkit.store.models import Item, User
from tests.browser.test_axe import look_it_over
from tests.make import RIGHT, box, boxes, make_project, make_submission, make_user

EXTRA = boxes(box(), box("person", 200, 20, 60, 90))


@pytest.fixture(scope="module")
def school(studio):
    """An inspector, and a class of six who all contradict the gold of the last item."""
    with studio.session() as session:
        inspector = make_user(session, role=Role.INSPECTOR)
        project = make_project(session, items=6)
        project.leaderboard = True
        for _ in range(6):
            person = make_user(session)
            for answer in (*[RIGHT["bbox"]] * 5, EXTRA):
                make_submission(session, person, project, answer)
        items = session.scalars(select(Item.id).where(Item.project_id == project.id).order_by(Item.position))
        return {"inspector": inspector.id, "worker": person.id, "slug": project.slug, "item": items.all()[5]}


@pytest.mark.parametrize(
    ("who", "place", "there"),
    [
        ("inspector", "/scores/people?project={slug}&sort=-standing", "[aria-sort=descending]"),
        ("inspector", "/scores/projects/{slug}", "#suspects-title"),
        ("inspector", "/scores/items/{item}", ".doubts"),
        ("worker", "/projects/{slug}", ".places .mine"),
    ],
)
def test_a_page_of_a_class_has_no_serious_fault(new_context, studio, school, who, place, there):
    context = new_context(reduced_motion="reduce")
    page = context.new_page()
    with studio.session() as session:
        studio.sign_in(context, session.get_one(User, school[who]))

    page.goto(studio.address + place.format(**school))

    page.locator(there).first.wait_for()
    look_it_over(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
