"""Changing how a project is inspected: the form, what it refuses, and two who change it at once."""

import pytest
from sqlalchemy import select

from labelkit.domain.audit import What
from labelkit.domain.projects import Feedback
from labelkit.domain.review_rules import ReviewRules
from labelkit.store.models import Audit
from tests.make import make_project
from tests.web.visits import follow, nothing_changes, sentence, words

ADDRESS = "/projects/street/review-rules"
SAMPLED = {"kind": "sample", "sample_percent": "30", "seed": "seven", "cross_percent": "15"}
LIMITED = {"rework_hours": "26", "rework_limit": "3", "overlap": "2", "dispute_days": "14"}


@pytest.fixture
def project(session):
    return make_project(session, "street", feedback=Feedback.AFTER_REVIEW)


def save(client, project, before=None, **typed):
    before = before or project.review_rules.digest
    form = SAMPLED | LIMITED | {"before": before, "action": "save"} | typed
    return client.post(ADDRESS, data=form)


def value(page, key):
    """What stands in a field."""
    field = page.text[page.text.index(f'name="{key}"') :]
    return field[: field.index(">")].partition('value="')[2].partition('"')[0]


def test_the_page_of_the_project_leads_there(as_inspector, project):
    assert f'href="{ADDRESS}"' in as_inspector.get("/scores/projects/street").text


def test_by_default_everything_is_inspected_and_nothing_has_a_limit(as_inspector, project):
    page = as_inspector.get(ADDRESS)

    assert 'value="whole" checked' in page.text
    assert [value(page, key) for key in LIMITED] == ["", "", "", "7"]
    assert "Full inspection: every answer" in words(page)


def test_an_inspector_changes_them_and_the_trail_says_so(as_inspector, session, project):
    assert follow(save(as_inspector, project)) == ADDRESS

    assert project.review_rules == ReviewRules(30, 15, "seven", 26, 3, 2, 14)
    line = session.scalars(select(Audit).where(Audit.what == What.REVIEW_RULES_CHANGED)).one()
    assert (line.who_id, line.of) == (as_inspector.person.id, {"project": project.id})
    page = as_inspector.get(ADDRESS)
    assert "The rules hold for what is sent and judged from now on." in page.text
    assert 'value="sample" checked' in page.text


def test_full_inspection_needs_no_percentage_and_what_is_empty_is_off(as_inspector, project):
    off = {"rework_hours": "", "rework_limit": " ", "overlap": "", "seed": ""}
    follow(save(as_inspector, project, kind="whole", sample_percent="7", **off))

    assert project.review_rules == ReviewRules(cross_percent=15, dispute_days=14)


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("sample_percent", "33", "A number from 5 to 100, in steps of 5."),
        ("sample_percent", "0", "A number from 5 to 100, in steps of 5."),
        ("cross_percent", "-5", "A number from 0 to 100, in steps of 5."),
        ("rework_hours", "2.5", "A whole number from 1 to 720; empty switches it off."),
        ("rework_limit", "11", "A whole number from 1 to 10; empty switches it off."),
        ("overlap", "1", "A whole number from 2 to 20; empty switches it off."),
        ("dispute_days", "", "A whole number from 1 to 90."),
        ("dispute_days", "９", "A whole number from 1 to 90."),
        ("dispute_days", "9" * 5000, "A whole number from 1 to 90."),
        ("seed", "s" * 41, "The seed is a text of at most 40 characters."),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_all_that_was_typed_stays(
    as_inspector, session, project, key, typed, said
):
    with nothing_changes(session):
        page = save(as_inspector, project, **{key: typed})

    assert page.status_code == 422
    assert sentence(page) == "The rules were not saved. Look at what is marked below."
    assert words(page).count(said) >= (1 if key == "seed" else 2)  # the hint, and the problem
    for name, kept in (SAMPLED | LIMITED | {key: typed}).items():
        if name != "kind":
            assert value(page, name) == kept


def test_a_form_of_nothing_is_refused(as_inspector, session, project):
    with nothing_changes(session):
        assert as_inspector.post(ADDRESS).status_code == 422


def test_saving_what_is_so_already_is_no_change(as_inspector, session, project):
    follow(save(as_inspector, project))

    with nothing_changes(session):
        page = save(as_inspector, project)

    assert (page.status_code, sentence(page)) == (422, "Nothing was changed yet.")


def test_the_second_of_two_who_change_them_is_shown_what_the_first_did(
    as_inspector, as_admin, session, project
):
    before = project.review_rules.digest
    follow(save(as_admin, project, rework_hours="48"))

    with nothing_changes(session):
        page = save(as_inspector, project, before)

    assert (page.status_code, sentence(page)) == (
        409,
        "Somebody changed these rules meanwhile. What you wrote is still here.",
    )
    assert value(page, "rework_hours") == "26"
    assert words(page).count("In force now:") == 1
    assert "In force now: 48" in words(page)

    follow(save(as_inspector, project, value(page, "before")))
    assert project.review_rules.rework_hours == 26


def test_the_example_of_the_trade_is_filled_in_and_not_saved(as_inspector, session, project):
    with nothing_changes(session):
        page = save(as_inspector, project, action="example", rework_hours="", rework_limit="", overlap="9")

    assert page.status_code == 200
    assert [value(page, key) for key in ("rework_hours", "rework_limit", "overlap")] == ["26", "3", "9"]


def test_a_project_that_answers_at_once_says_what_does_not_touch_it(as_inspector, session):
    make_project(session, "street")

    assert "so nothing of it waits for an inspector" in words(as_inspector.get(ADDRESS))


def test_a_worker_neither_sees_nor_changes_them(as_worker, session, project):
    with nothing_changes(session):
        answers = [as_worker.get(ADDRESS), save(as_worker, project)]

    assert [answer.status_code for answer in answers] == [403, 403]
