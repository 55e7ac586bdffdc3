"""What the page of an inspector's figures says of real verdicts, and the admin's list of all inspectors."""

import pytest
from sqlalchemy import select

from labelkit.domain.inspection import Fault
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.review_rules import ReviewRules
from labelkit.domain.scores import ErrorKind
from labelkit.domain.simulated_inspector import SimulatedInspector
from labelkit.domain.workflow import State, Verdict
from labelkit.services import reviews, second_verdicts
from labelkit.services.reviews import Decision
from labelkit.store.models import GoldView, Review, Submission
from tests.make import RIGHT, WRONG, box, boxes, make_project, make_submission, make_user
from tests.web.visits import on_sqlite_alone, statements, table, words

PAGE = "/inspection-practice/figures"
LOOSE = boxes(box(w=140))
ANSWERS = [RIGHT["bbox"]] * 12 + [LOOSE] * 8 + [WRONG["bbox"]] * 4


@pytest.fixture
def project(session):
    project = make_project(session, "street", feedback=Feedback.AFTER_REVIEW, items=len(ANSWERS))
    project.review_rules = ReviewRules(cross_percent=100)
    return project


def judge(session, inspector, **habits):
    """Judge all that waits by the habits of a simulated inspector, who knows gold."""
    acts = SimulatedInspector(**habits)
    for sent in session.scalars(select(Submission).where(Submission.state == State.WAITING)).all():
        session.refresh(sent, ["score", "project"])
        faults = [Fault(finding.kind, (0,)) for finding in sent.score.detail.findings]
        accepted = acts.decide(faults, sent.project.guide).accepted
        decision = Decision(Verdict.ACCEPTED) if accepted else Decision(Verdict.REJECTED, ("missing",))
        reviews.decide(session, inspector, sent.id, decision)


def send(session, person, project, answers=ANSWERS):
    return [make_submission(session, person, project, answer) for answer in answers]


SAYS = [
    (
        {},
        ["In none of 12 answers that you accepted or corrected, a mistake was left.",
         "None of 12 answers that you sent back passes by its score."],
        ["0 / 12 0 %", "0 / 12 0 %", "0 / 12 0 %"],
    ),
    (
        {"blind": frozenset({ErrorKind.LOOSE})},
        ["In 8 of 20 answers that you accepted or corrected, a mistake was left.",
         "In 8 of 20 answers that you accepted or corrected, a box was loose."],
        ["8 / 20 40 %", "0 / 4 0 %", "0 / 4 0 %"],
    ),
    (
        {"rejects_everything": True},
        ["You sent all 24 answers back: also each of the 12 that pass by their score."],
        ["–", "12 / 24 50 %", "12 / 24 50 %"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("habits", "said", "shares"), SAYS, ids=["perfect", "blind", "rejects everything"])
def test_the_page_says_of_an_inspector_exactly_what_he_does(
    as_worker, as_inspector, session, project, habits, said, shares
):
    send(session, as_worker.person, project)
    judge(session, as_inspector.person, **habits)

    page = as_inspector.get(PAGE)

    told = page.text[page.text.index('id="real-title"') : page.text.index('id="practice-title"')]
    assert [line.split("</li>")[0] for line in told.split("<li>")[1 : len(said) + 1]] == said
    assert told.split("</ul>")[0].count("<li>") == len(said)
    assert [row[1] for row in table(page, 'id="real-shares"')[1:4]] == shares
    assert "The newest 24 verdicts on work of real people" in words(page)


def test_the_kinds_that_slip_through_stand_in_a_table(as_worker, as_inspector, session, project):
    send(session, as_worker.person, project)
    judge(session, as_inspector.person, blind=frozenset({ErrorKind.LOOSE}))

    rows = table(as_inspector.get(PAGE), 'id="real-kinds-title"')

    assert rows[1:] == [["missing", "4", "4", "0"], ["loose", "8", "0", "8"]]


def test_few_verdicts_are_counted_and_not_spoken_of(as_worker, as_inspector, session, project):
    send(session, as_worker.person, project, ANSWERS[:3])
    judge(session, as_inspector.person)

    told = words(as_inspector.get(PAGE))

    assert "So far 3 of your verdicts can be held against gold." in told
    assert "Verdicts 3 Accepted 3 / 3 100 % Rejected 0 Corrected 0" in told


def test_an_hour_is_reckoned_from_the_verdicts_whose_time_is_known(as_worker, as_inspector, session, project):
    send(session, as_worker.person, project, ANSWERS[:3])
    judge(session, as_inspector.person)
    for review, seconds in zip(session.scalars(select(Review)), (30.0, 90.0, None), strict=True):
        review.seconds = seconds

    told = words(as_inspector.get(PAGE))

    assert "Verdicts an hour 60 2 timed Time, half take less 1 min 0 s" in told


def test_agreement_has_its_n_and_no_kappa_where_chance_could_get_nothing_wrong(
    as_worker, as_inspector, as_admin, session, project
):
    first, second, _ = send(session, as_worker.person, project, ANSWERS[:3])
    judge(session, as_inspector.person)
    second_verdicts.decide(session, as_admin.person, first.id, Decision(Verdict.ACCEPTED))

    one = as_inspector.get(PAGE)
    second_verdicts.decide(session, as_admin.person, second.id, Decision(Verdict.REJECTED, ("missing",)))
    both = as_inspector.get(PAGE)

    assert "Cohen's κ – n = 1" in words(one)
    assert "Cohen's κ 0 n = 2" in words(both)
    assert table(both, 'id="real-shares"')[4][:2] == ["Same verdict as another inspector", "1 / 2 50 %"]


def test_what_simulated_people_sent_has_a_block_of_its_own_where_there_is_nothing_else(
    as_worker, as_inspector, as_admin, session, project
):
    send(session, make_user(session, "sim", simulated=True), project, ANSWERS[12:20])
    judge(session, as_inspector.person, blind=frozenset({ErrorKind.LOOSE}))

    alone = as_inspector.get(PAGE)
    send(session, as_worker.person, project, ANSWERS[:1])
    judge(session, as_inspector.person)
    with_others = as_inspector.get(PAGE)

    assert "No work of real people was judged so far. Inspection of simulated work simulated" in words(alone)
    assert table(alone, 'id="simulated-shares"')[1][1] == "8 / 8 100 %"
    assert "simulated-shares" not in with_others.text
    assert table(with_others, 'id="real-shares"')[1][1] == "0 / 1 0 %"
    row = table(as_admin.get("/scores/inspectors"), 'id="table"')[1]
    assert (row[1], row[3]) == ("1", "0 / 1 0 %")


def test_the_answers_behind_a_figure_are_named_and_no_gold_is_handed_out(
    as_worker, as_inspector, session, project
):
    right, loose = send(session, as_worker.person, project, [RIGHT["bbox"], LOOSE])
    judge(session, as_inspector.person, blind=frozenset({ErrorKind.LOOSE}))

    page = as_inspector.get(PAGE).text

    assert f'href="/results/{loose.id}"' in page
    assert f'href="/results/{right.id}"' not in page
    assert session.scalars(select(GoldView)).all() == []


def test_a_worker_who_never_judged_hears_nothing_of_real_inspection(as_worker):
    assert "Real inspection" not in words(as_worker.get(PAGE))


def test_admins_see_all_inspectors_in_one_table(as_worker, as_inspector, as_admin, session, project):
    sent = send(session, as_worker.person, project)
    judge(session, as_inspector.person, blind=frozenset({ErrorKind.LOOSE}))
    for one in sent[:4]:
        second_verdicts.decide(session, as_admin.person, one.id, Decision(Verdict.ACCEPTED))
    make_user(session, "newcomer", Role.INSPECTOR)

    page = as_admin.get("/scores/inspectors")

    rows = table(page, 'id="table"')[1:]
    assert rows == [
        ["Inspector", "24", "– n = 0", "8 / 20 40 %", "0 / 4 0 %", "4 / 4 100 %", "–", "0 / 0", "–", "–"],
        ["Newcomer", "0", "– n = 0", "–", "–", "–", "–", "0 / 0", "–", "–"],
    ]
    assert f'href="{PAGE}/{as_inspector.person.id}"' in page.text
    assert 'href="/scores/inspectors"' in as_admin.get("/scores/people").text
    assert 'href="/scores/inspectors"' not in as_inspector.get("/scores/people").text
    about = words(as_admin.get(f"{PAGE}/{as_inspector.person.id}"))
    assert "How well Inspector inspects" in about
    assert "you accepted" not in about


def test_a_page_of_the_table_that_is_not_there_shows_the_last(as_admin, as_inspector):
    for page in ("0", "-3", "x", "9" * 30):
        assert "Inspector" in words(as_admin.get(f"/scores/inspectors?page={page}"))


@on_sqlite_alone
def test_the_page_asks_no_more_for_many_verdicts_than_for_one(
    as_worker, as_inspector, engine, session, project
):
    def count():
        with statements(engine) as seen:
            as_inspector.get(PAGE)
        return len(seen)

    send(session, as_worker.person, project, ANSWERS[11:13])
    judge(session, as_inspector.person, blind=frozenset({ErrorKind.LOOSE}))
    few = count()
    send(session, as_worker.person, project, ANSWERS[13:])
    judge(session, as_inspector.person, blind=frozenset({ErrorKind.LOOSE}))

    assert count() == few
