"""How everybody stands: the list of people, the cohort of a project, its hard items and suspicious gold."""

import pytest
from sqlalchemy import select

from labelkit.domain.errors import NotFound
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback, Split
from labelkit.domain.scores import ErrorKind
from labelkit.domain.standing import Standing
from labelkit.domain.texts import Texts
from labelkit.services import cohort, golds, team, users
from labelkit.services.team import PAGE, Asked, Sort
from labelkit.store.models import GoldView, Item, Score, Submission
from tests.make import RIGHT, WRONG, box, boxes, make_item, make_project, make_submission, make_user

TEXT = "text_class"


@pytest.fixture
def project(session):
    return make_project(session, "inquiry", TEXT, items=8)


@pytest.fixture
def inspector(session):
    return make_user(session, "inspector", Role.INSPECTOR)


def send(session, person, project, *right):
    """One first attempt after another, each right or wrong."""
    kind = project.task_type
    return [make_submission(session, person, project, RIGHT[kind] if one else WRONG[kind]) for one in right]


def people_in(session, project, count, *right, name="person"):
    found = [make_user(session, f"{name}-{number}") for number in range(count)]
    for person in found:
        send(session, person, project, *right)
    return found


def listed(session, **asked):
    return [row.user.username for row in team.members(session, Asked(**asked)).rows]


def item_at(session, project, position):
    return session.scalars(
        select(Item).where(Item.project_id == project.id).order_by(Item.position, Item.id).offset(position)
    ).first()


def test_nobody_is_listed_before_somebody_has_a_score(session, project):
    make_user(session)

    found = team.members(session, Asked())

    assert (list(found.rows), found.total, found.page, found.pages) == ([], 0, 1, 1)


def test_a_row_says_what_the_submissions_say(session, project):
    me = make_user(session, "me")
    sent = send(session, me, project, True, False, False, True)
    scores = session.scalars(select(Score).order_by(Score.id)).all()

    (row,) = team.members(session, Asked()).rows

    assert (row.user, row.project) == (me, project)
    assert row.standing == Standing(pytest.approx(sum(score.value for score in scores) / 4), 4)
    assert (row.firsts, row.firsts_passed, row.attempts) == (4, sum(score.passed for score in scores), 4)
    assert row.seconds == pytest.approx(sum(one.seconds for one in sent) / 4, abs=0.001)
    assert (row.worst, row.worst_n, row.mistakes) == (ErrorKind.WRONG_LABEL, 2, 2)


def test_who_made_no_mistake_has_no_most_frequent_one(session, project):
    send(session, make_user(session), project, True)

    (row,) = team.members(session, Asked()).rows

    assert (row.worst, row.worst_n, row.mistakes) == (None, 0, 0)
    assert row.standing == Standing(None, 1)


def test_each_person_has_a_row_for_each_project(session, project):
    me, other = make_user(session, "me"), make_project(session, "other", TEXT)
    send(session, me, project, True)
    send(session, me, other, False)

    assert [row.project for row in team.members(session, Asked()).rows] == [project, other]
    assert [row.project for row in team.members(session, Asked(project="other")).rows] == [other]
    assert team.members(session, Asked(project="none")).total == 0


def test_who_is_simulated_or_has_left_is_in_no_list(session, project):
    send(session, make_user(session, simulated=True), project, True, True, True)
    left = make_user(session, "left")
    send(session, left, project, True, True, True)
    users.deactivate(session, "left")

    assert team.members(session, Asked()).total == 0


def test_what_its_worker_may_not_see_yet_counts_nowhere(session):
    reviewed = make_project(session, "reviewed", TEXT, feedback=Feedback.AFTER_REVIEW)
    send(session, make_user(session), reviewed, True, True)

    assert team.members(session, Asked()).total == 0
    assert cohort.count_people(session, reviewed) == 0


def test_people_are_found_by_a_part_of_their_name(session, project):
    people_in(session, project, 2, True, name="ann")
    people_in(session, project, 1, True, name="bob")

    assert listed(session, name="ANN") == ["ann-0", "ann-1"]
    assert listed(session, name=" bob ") == ["bob-0"]
    assert listed(session, name="%") == listed(session, name="nobody") == []


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (Sort.NAME, ["a", "b", "c"]),
        (Sort.STANDING, ["c", "a", "b"]),
        (Sort.PASSED, ["b", "c", "a"]),
        (Sort.ATTEMPTS, ["b", "c", "a"]),
    ],
)
def test_the_list_can_be_sorted_both_ways_and_what_is_missing_comes_last(session, project, sort, order):
    for name, right in (("a", [True] * 4), ("b", [False]), ("c", [True, False, False])):
        send(session, make_user(session, name), project, *right)
    without = ["b"] if sort is Sort.STANDING else []
    with_value = [name for name in order if name not in without]

    assert listed(session, sort=sort) == with_value + without
    assert listed(session, sort=sort, highest_first=True) == with_value[::-1] + without


def test_the_list_comes_in_pages(session, project):
    people_in(session, project, PAGE + 1, True)

    first, second = (team.members(session, Asked(page=page)) for page in (1, 2))

    assert (len(first.rows), len(second.rows)) == (PAGE, 1)
    assert (first.total, first.pages, second.page) == (PAGE + 1, 2, 2)
    assert team.members(session, Asked(page=99)).page == 2
    assert len(team.all_members(session, Asked(page=2))) == PAGE + 1


def test_the_hardest_item_comes_first(session, project):
    people_in(session, project, 5, True, False, True)
    people_in(session, project, 2, True, True, False, name="other")

    found = cohort.hardest(session, project)

    assert [(hard.item.position, hard.firsts, hard.passed) for hard in found] == [(1, 7, 2), (2, 7, 5)]
    values = session.scalars(
        select(Score.value)
        .join(Submission, Submission.id == Score.submission_id)
        .where(Submission.item_id == found[0].item.id, Submission.first_try)
    ).all()
    assert found[0].mean == pytest.approx(sum(values) / len(values))


def test_an_item_is_not_called_hard_before_five_first_attempts(session, project):
    people_in(session, project, 4, False)

    assert cohort.hardest(session, project) == []


def test_an_item_that_is_there_for_the_exam_is_in_no_list(session, project, inspector):
    people_in(session, project, 5, False)
    (hard,) = cohort.hardest(session, project)
    hard.item.split = Split.EXAM
    session.flush()

    assert cohort.hardest(session, project) == []
    assert cohort.suspects(session, project) == []
    with pytest.raises(NotFound, match="no such item"):
        cohort.item_report(session, inspector, hard.item.id)


def test_gold_that_good_workers_contradict_in_the_same_way_is_suspicious(session, project):
    people_in(session, project, 4, True, True, True, True, False)  # standing 0.8, and the fifth item is wrong

    (suspect,) = cohort.suspects(session, project)

    assert suspect.item.position == 4
    (found,) = suspect.suspicions
    assert (found.deviation.kind, found.deviation.labels) == (ErrorKind.WRONG_LABEL, ("delivery",))
    assert (found.agree, found.n) == (4, 4)


@pytest.mark.parametrize(
    "right",
    [
        [True, True, True, False],  # n of 4
        [True, True, True, False, False],  # standing 0.6
    ],
)
def test_who_is_not_known_as_good_makes_no_gold_suspicious(session, project, right):
    people_in(session, project, 4, *right)

    assert cohort.suspects(session, project) == []


def test_simulated_people_make_no_gold_suspicious(session, project):
    for number in range(4):
        send(session, make_user(session, f"s{number}", simulated=True), project, *[True] * 4, False)

    assert cohort.suspects(session, project) == []


def test_two_good_workers_are_too_few(session, project):
    people_in(session, project, 2, True, True, True, True, False)
    people_in(session, project, 3, True, True, True, True, True, name="right")

    assert cohort.suspects(session, project) == []


def test_boxes_that_good_workers_all_leave_out_make_gold_suspicious(session, inspector):
    project = make_project(session, items=4)
    doubtful = make_item(session, project, position=9, gold=[boxes(box(), box("person", 200, 20, 60, 90))])
    for number in range(3):
        person = make_user(session, f"good-{number}")
        send(session, person, project, *[True] * 4)
        make_submission(session, person, project, boxes(box()))

    (suspect,) = cohort.suspects(session, project)

    assert suspect.item is doubtful
    (found,) = suspect.suspicions
    assert (found.deviation.kind, found.deviation.gold_labels) == (ErrorKind.MISSING, ("person",))


def test_boxes_that_good_workers_all_draw_beside_gold_make_it_suspicious(session):
    project = make_project(session, items=5)
    for number in range(4):
        person = make_user(session, f"good-{number}")
        send(session, person, project, *[True] * 4)
        make_submission(session, person, project, boxes(box(), box("person", 200 + number, 20, 60, 90)))

    (suspect,) = cohort.suspects(session, project)

    (found,) = suspect.suspicions
    assert (found.deviation.kind, found.agree, found.n) == (ErrorKind.EXTRA, 4, 4)


def test_a_gold_that_was_set_right_is_no_longer_suspicious(session, project, inspector):
    people_in(session, project, 4, True, True, True, True, False)
    (suspect,) = cohort.suspects(session, project)

    golds.approve(session, suspect.item, [WRONG[TEXT]], Texts(), None, inspector)

    assert cohort.suspects(session, project) == []


def test_an_item_tells_how_it_went_and_what_is_said_against_its_gold(session, project, inspector):
    people = people_in(session, project, 4, True, True, True, True, False)
    send(session, make_user(session, "sim", simulated=True), project, *[True] * 4, False)

    report = cohort.item_report(session, inspector, item_at(session, project, 4).id)

    assert report.hard is not None
    assert (report.hard.firsts, report.hard.passed, report.hard.mean) == (4, 0, 0)
    assert [one.user for one in report.tries] == people[::-1]
    (found,) = report.suspicions
    assert sorted(found.submissions) == sorted(one.id for one in report.tries)


def test_whoever_looks_at_an_item_has_seen_its_gold(session, project, inspector):
    item = item_at(session, project, 0)

    cohort.item_report(session, inspector, item.id)

    assert session.get(GoldView, (inspector.id, item.id, golds.How.SCORES)) is not None
    assert golds.has_seen(session, inspector.id, item.id)


def test_an_item_without_gold_says_so(session, project, inspector):
    people_in(session, project, 5, True, True, True, True, False)
    item = item_at(session, project, 4)
    golds.withdraw(session, item)

    report = cohort.item_report(session, inspector, item.id)

    assert (report.has_gold, report.hard, list(report.suspicions)) == (False, None, [])
    assert [one.score for one in report.tries] == [None] * 5
