"""One's own scores: every figure on the page equals one counted here from the rows themselves."""

import re
from collections import Counter
from datetime import timedelta
from statistics import fmean

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from labelkit.domain.scores import ErrorKind
from labelkit.services import practice, submissions
from labelkit.services.submissions import Sent
from labelkit.store.models import Submission
from labelkit.store.types import utc_now
from tests.make import RIGHT, WRONG, box, boxes, make_item, make_project, make_submission
from tests.web.visits import table, words

GOLD = boxes(box("car", 40, 40, 100, 80), box("person", 200, 20, 20, 30), box("person", 200, 120, 60, 90))
ANSWERS = (
    GOLD,
    boxes(box("car", 40, 40, 100, 80)),  # both people missed
    boxes(box("car", 30, 40, 120, 80), box("person", 200, 120, 60, 90)),  # 10 px loose left and right
    boxes(box("person", 40, 40, 100, 80), box("person", 200, 20, 20, 30), box("person", 200, 120, 60, 90)),
    boxes(*[box("car", 40, 40, 100, 80)] * 2, box("car", 200, 120, 60, 90)),  # twice, and a wrong label
    boxes(box("car", 42, 41, 98, 79), box("person", 150, 200, 20, 20)),  # a person where there is none
)


@pytest.fixture
def project(session):
    project = make_project(session, "street", items=0)
    for position in range(len(ANSWERS) + 6):
        make_item(session, project, f"picture-{position}", position=position, gold=[GOLD])
    return project


@pytest.fixture
def clock(monkeypatch):
    """Lets a test say when, and how long, somebody works."""
    now = utc_now()

    def work(session, person, project, answer, *, days_ago=0, seconds=12.0):
        assignment = practice.issue_next(session, person, project)
        sent_at = now - timedelta(days=days_ago)
        assignment.shown_at = sent_at - timedelta(seconds=seconds)
        monkeypatch.setattr(submissions, "utc_now", lambda: sent_at)
        return submissions.submit(session, person, assignment.id, Sent(answer, 0, f"key {assignment.id}"))

    return work


@pytest.fixture
def worked(as_worker, session, project, clock):
    """A person with one of each answer on days of the last three weeks, and a retry."""
    for number, answer in enumerate(ANSWERS):
        clock(session, as_worker.person, project, answer, days_ago=20 - 4 * number, seconds=9.0 + 20 * number)
    again(session, as_worker.person, newest(session, as_worker.person), GOLD)
    return as_worker


def again(session, person, submission, annotation):
    assignment = practice.issue_again(session, person, submission, from_mine=False)
    return submissions.submit(session, person, assignment.id, Sent(annotation, 0, f"again {assignment.id}"))


def newest(session, person):
    mine = select(Submission).where(Submission.user_id == person.id)
    return session.scalars(mine.order_by(Submission.id.desc()).limit(1)).one()


def raw(session, person):
    """Every submission of a person with its score, as the database has them."""
    mine = select(Submission).where(Submission.user_id == person.id).order_by(Submission.id)
    loaded = mine.options(joinedload(Submission.score)).execution_options(populate_existing=True)
    return [one for one in session.scalars(loaded) if one.opened and one.score]


def points(share):
    return "–" if share is None else f"{int(share * 100 + 0.5)} %"


def standing_row(page, title="street practice"):
    return next(row for row in table(page, 'id="standings-title"') if row[0].startswith(title))


def practise(session, person, project, *right):
    kind = project.task_type
    return [make_submission(session, person, project, RIGHT[kind] if one else WRONG[kind]) for one in right]


def test_the_standing_is_the_mean_of_the_newest_ten_first_attempts(as_worker, session):
    project = make_project(session, "long", task_type="text_class", items=14)
    practise(session, as_worker.person, project, *[False] * 4, *[True] * 7, False)

    assert standing_row(as_worker.get("/scores"), "long practice")[1:6] == ["70 %", "", "10", "7 / 12", "12"]


def test_standings_figures_and_means_are_those_of_the_rows(worked, session, project):
    rows = raw(session, worked.person)
    firsts = [one for one in rows if one.first_try]
    mean = fmean(one.score.value for one in firsts)
    seconds = fmean(one.seconds for one in firsts)

    page = worked.get("/scores")

    passed = sum(one.score.passed for one in firsts)
    assert standing_row(page)[1:] == [
        points(mean), "", "6", f"{passed} / 6", "7", f"{int(seconds + 0.5)} s"
    ]  # fmt: skip
    assert f"mean of all first attempts {points(mean)}, n = 6" in words(page)
    head = words(worked.get("/scores?project=street"))
    assert f"First attempts passed {passed} / 6 {points(passed / 6)}" in head
    assert f"All attempts passed {sum(one.score.passed for one in rows)} / 7" in head


def test_the_curve_has_the_means_of_each_day(worked, session):
    days = {}
    for one in raw(session, worked.person):
        days.setdefault(one.day, ([], []))[not one.first_try].append(one.score.value)

    for address in ("/scores", "/scores?project=street"):
        shown = table(worked.get(address), 'id="curve-title"')[1:]
        expected = [
            [points(fmean(values)) if values else "–", str(len(values))]
            for _, both in sorted(days.items(), reverse=True)
            for values in both
        ]
        assert [row[1:3] + row[3:] for row in shown] == [
            first + later for first, later in zip(expected[::2], expected[1::2], strict=True)
        ]


def test_work_older_than_a_month_is_not_in_the_curve_but_in_the_standing(as_worker, session, project, clock):
    clock(session, as_worker.person, project, GOLD, days_ago=30)

    page = as_worker.get("/scores")

    assert "Nothing was scored in the last 30 days." in words(page)
    assert standing_row(page)[5] == "1"


def test_mistakes_by_label_and_kind_are_those_of_the_findings(worked, session):
    counted = Counter()
    for one in raw(session, worked.person):
        for finding in one.score.detail.findings:
            if finding.severity == "fail":
                counted[(*finding.gold_labels, *finding.labels)[0], finding.kind] += 1
    kinds = [kind for kind in ErrorKind if any(found == kind for _, found in counted)]
    assert len(kinds) >= 4

    head, *rows, foot = table(worked.get("/scores?project=street"), 'id="heat-title"')

    assert len(head) == len(kinds) + 3
    for name, key in (("Car", "car"), ("Person", "person")):
        of = [counted[key, kind] for kind in kinds]
        assert next(row for row in rows if row[0] == name)[1:-1] == [str(n) for n in (*of, sum(of))]
    assert foot[-2] == str(counted.total())


def test_confusions_are_those_of_the_scores(worked, session):
    cells = Counter()
    for one in raw(session, worked.person):
        for gold, answer, count in one.score.detail.confusion:
            cells[gold, answer] += count
    keys = ("car", "person", None)

    rows = table(worked.get("/scores?project=street"), 'id="confusion-title"')[1:]

    for gold, row in zip(keys, rows, strict=True):
        numbers = [re.sub(r"\D", "", cell) for cell in row[1:]]
        assert numbers == ["" if gold is answer is None else str(cells[gold, answer]) for answer in keys], (
            gold
        )


def test_labels_are_counted_over_all_attempts(worked, session):
    figures = [f for one in raw(session, worked.person) for f in one.score.detail.labels if f.label == "car"]
    golds, right, mistakes, hits, answers = (
        sum(getattr(f, name) for f in figures) for name in ("golds", "right", "mistakes", "hits", "answers")
    )
    iou = sum(f.mean_iou * f.hits for f in figures if f.mean_iou is not None) / hits

    rows = table(worked.get("/scores?project=street"), 'id="labels-title"')

    shares = [points(hits / answers), points(hits / golds), points(iou)]
    assert next(row for row in rows if row[0] == "Car")[1:] == [
        str(golds),
        str(right),
        str(mistakes),
        *shares,
    ]


def test_sides_are_the_mean_errors_of_all_hits(worked, session):
    left = []
    for one in raw(session, worked.person):
        for answer, gold in one.score.detail.pairs:
            drawn, right = one.annotation["regions"][answer], GOLD["regions"][gold]
            if drawn["label"] == right["label"]:
                left.append(right["box"][0] - drawn["box"][0])

    rows = table(worked.get("/scores?project=street"), 'id="sides-title"')

    row = next(row for row in rows if row[0] == "left")
    assert (row[1], row[3]) == (f"{fmean(left):+.1f} px", str(len(left)))


def test_sizes_and_what_was_missed_of_them(worked, session):
    missed = sum(
        finding.kind is ErrorKind.MISSING and finding.gold == 1  # the one that is 20 by 30 pixels
        for one in raw(session, worked.person)
        for finding in one.score.detail.findings
    )

    rows = table(worked.get("/scores?project=street"), 'id="sizes-title"')

    assert rows[1][:3] == ["small", str(missed), points(missed / 7)]
    assert rows[1][4] == "7"


def test_scores_by_pace_are_those_of_first_attempts(worked, session):
    paces = {}
    for one in raw(session, worked.person):
        if one.first_try:
            each = one.seconds / len(one.annotation["regions"])
            start = max(mark for mark in (0, 7, 15, 25, 35, 60) if mark <= each)
            paces.setdefault(start, []).append(one.score.value)

    rows = table(worked.get("/scores?project=street"), 'id="pace-title"')[1:]

    assert [row[1:] for row in rows] == [[points(fmean(paces[s])), str(len(paces[s]))] for s in sorted(paces)]


def test_a_work_without_boxes_has_no_sides_and_no_sizes(as_worker, session):
    project = make_project(session, "texts", task_type="text_class")
    practise(session, as_worker.person, project, True, False)

    page = as_worker.get("/scores?project=texts")

    for absent in ("How the sides lie", "Objects missed, by size", "extreme points"):
        assert absent not in words(page)
    assert next(row for row in table(page, 'id="labels-title"') if row[0] == "Refund")[-1] == "–"
