"""Gold comes into force and goes: scores and figures follow in the same transaction."""

import pytest
from sqlalchemy import func, select

from labelkit.domain.errors import Invalid, NotAllowed, NotFound
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.texts import Texts
from labelkit.domain.workflow import Verdict
from labelkit.services import golds, practice, reports, reviews, scores, submissions, tallies
from labelkit.services.reviews import Decision
from labelkit.store.models import Gold, Item, Project, Score
from tests.make import RIGHT, WRONG, box, boxes, make_item, make_project, make_submission, make_user
from tests.services.crowd import at_once, of_kind
from tests.services.tally_world import assert_right
from tests.services.test_tallies import send_at_once

SAID = Texts("다시 보았습니다.", "Looked at once more.")


@pytest.fixture
def me(session):
    return make_user(session, "me")


@pytest.fixture
def inspector(session):
    return make_user(session, "inspector", Role.INSPECTOR)


@pytest.fixture
def project(session):
    return make_project(session, items=1)


@pytest.fixture
def item(session, project):
    return session.scalars(select(Item).where(Item.project_id == project.id)).one()


def current(session, submission):
    return session.scalar(select(Score).where(Score.submission_id == submission.id, Score.current))


def passed(session, project):
    counts = tallies.of_project(session, project.id)
    return counts.get("n", 0), counts.get("passed", 0)


def test_new_gold_scores_everybody_anew_and_moves_the_figures(session, me, project, item, inspector):
    right = make_submission(session, me, project)
    wrong = make_submission(session, make_user(session), project, WRONG["bbox"])
    assert passed(session, project) == (2, 1)

    gold = golds.approve(session, item, [WRONG["bbox"]], SAID, None, inspector)

    assert (gold.version, gold.explanation, gold.approver_id) == (2, SAID, inspector.id)
    assert [(current(session, one).value, current(session, one).gold_version) for one in (right, wrong)] == [
        (0, 2),
        (1, 2),
    ]
    assert passed(session, project) == (2, 1)
    assert session.scalar(select(func.count()).select_from(Score)) == 4
    assert_right(session)


def test_a_further_accepted_answer_helps_whoever_gave_it(session, me, project, item, inspector):
    sent = make_submission(session, me, project, WRONG["bbox"])

    golds.approve(session, item, [RIGHT["bbox"], WRONG["bbox"]], SAID, None, inspector)

    assert submissions.result(session, me, sent.id).score.value == 1
    assert_right(session)


def test_the_features_of_an_item_are_those_of_its_gold(session, project, inspector):
    item = make_item(session, project, gold=[])
    gold = boxes(box(), box("person", 200, 20, 20, 20), box("car", 10, 150, 60, 60, ignore=True))

    golds.approve(session, item, [gold], SAID, None, inspector)
    assert item.features == {"label/car": 1, "size/medium": 1, "label/person": 1, "size/small": 1}

    golds.withdraw(session, item)
    assert item.features == {}


def test_an_answer_sent_before_there_was_gold_counts_from_then_on(session, me, inspector):
    project = make_project(session, feedback=Feedback.AFTER_REVIEW, items=0)
    item = make_item(session, project, gold=[])
    sent = make_submission(session, me, project)
    reviews.decide(session, inspector, sent.id, Decision(Verdict.ACCEPTED))
    assert passed(session, project) == (0, 0)

    golds.approve(session, item, [RIGHT["bbox"]], SAID, None, inspector)

    assert passed(session, project) == (1, 1)
    assert_right(session)


def test_without_gold_nothing_counts_and_pages_still_open(session, me, project, item):
    sent = make_submission(session, me, project)

    golds.withdraw(session, item)

    assert current(session, sent) is None
    assert passed(session, project) == (0, 0)
    shown = submissions.result(session, me, sent.id)
    assert (shown.score, shown.gold, shown.accepted) == (None, None, ())
    assert reports.rows(session, [me]) == []
    assert_right(session)


def test_gold_that_comes_back_is_a_new_version_and_everything_counts_again(
    session, me, project, item, inspector
):
    sent = make_submission(session, me, project)
    golds.withdraw(session, item)

    golds.approve(session, item, [RIGHT["bbox"]], SAID, None, inspector)

    assert current(session, sent).gold_version == 2
    assert passed(session, project) == (1, 1)
    assert_right(session)


def test_what_has_no_gold_cannot_lose_it(session, project, item):
    golds.withdraw(session, item)

    with pytest.raises(NotFound, match="no gold"):
        golds.withdraw(session, item)


@pytest.mark.parametrize(
    "accepted",
    [
        [],
        [{"regions": []}],
        [{"regions": [{"label": "boat", "box": [1, 1, 5, 5]}]}],
        [{"regions": [{"label": "car", "box": [400, 1, 5, 5]}]}],
    ],
)
def test_gold_that_is_none_is_refused_and_changes_nothing(session, me, project, item, inspector, accepted):
    make_submission(session, me, project)

    with pytest.raises(Invalid):
        golds.approve(session, item, accepted, SAID, None, inspector)

    assert session.scalars(select(Gold.version).where(Gold.current)).all() == [1]
    assert_right(session)


def test_nobody_approves_what_they_wrote(session, item, inspector):
    worker, admin = make_user(session), make_user(session, role=Role.ADMIN)
    make_user(session, role=Role.INSPECTOR)

    for person in (inspector, admin):
        with pytest.raises(NotAllowed, match="that they wrote"):
            golds.approve(session, item, [RIGHT["bbox"]], SAID, person, person)
    with pytest.raises(NotAllowed, match="Only inspectors"):
        golds.approve(session, item, [RIGHT["bbox"]], SAID, inspector, worker)


def test_an_admin_may_where_there_are_not_two_inspectors(session, item, inspector):
    admin = make_user(session, role=Role.ADMIN)
    make_user(session, role=Role.INSPECTOR, active=False)

    assert golds.approve(session, item, [RIGHT["bbox"]], SAID, admin, admin).author_id == admin.id


def test_gold_with_a_label_that_is_gone_from_the_project_still_scores(session, me):
    project = make_project(session, items=1)
    project.labels = project.labels[1:]

    sent = make_submission(session, me, project, boxes(box("person")))

    assert current(session, sent).value == 0
    assert submissions.result(session, me, sent.id).gold.regions[0].label == "car"


def test_new_gold_while_others_send_leaves_no_score_by_the_old_one(engine, session):
    project = make_project(session, task_type="text_class", items=1)
    ids = [make_user(session).id for _ in range(7)]
    inspector = make_user(session, role=Role.INSPECTOR).id
    item = session.scalars(select(Item.id).where(Item.project_id == project.id)).one()
    session.commit()

    def act(session, number):
        if number < 7:
            return send_at_once(session, ids[number], project.id, number)
        approver = session.get_one(type(me), inspector)
        accepted = [WRONG["text_class"]]
        return golds.approve(session, session.get_one(Item, item), accepted, SAID, None, approver).id

    me = make_user(session)
    session.commit()
    assert len(of_kind(at_once(engine, 8, act), int)) == 8

    session.rollback()
    assert scores.count_outdated(session, session.get_one(Project, project.id)) == 0
    assert tallies.of_project(session, project.id)["n"] == 7
    assert_right(session)


def test_a_pool_of_a_project_that_answers_at_once_does_without_what_has_no_gold(session, me, project, item):
    golds.withdraw(session, item)

    with pytest.raises(NotFound):
        practice.issue_next(session, me, project)
