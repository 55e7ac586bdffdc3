"""The next item is one that teaches: seeded, never twice in a round; in plain order for who asks for that."""

from collections import Counter

import pytest
from sqlalchemy import event, select

from labelkit.domain.projects import Feedback, Split
from labelkit.domain.scores import ErrorKind
from labelkit.domain.tallies import MILLION
from labelkit.services import choosing, practice, submissions
from labelkit.services.submissions import Sent
from labelkit.store.models import Assignment, Item, ItemTally, Tally
from tests.make import RIGHT, WRONG, make_item, make_project, make_submission, make_user

TEXT = "text_class"
FAILS_REFUNDS = {
    "label/refund/mistakes": 15,
    "label/refund/right": 5,
    "label/delivery/mistakes": 1,
    "label/delivery/right": 19,
}


@pytest.fixture
def me(session):
    return make_user(session, "me", plain_order=False)


@pytest.fixture
def project(session):
    """Ten items: every other one shows what the tally above fails."""
    project = make_project(session, task_type=TEXT, items=10)
    for item in items_of(session, project):
        item.features = {f"label/{('refund', 'delivery')[item.position % 2]}": 1}
    return project


def items_of(session, project):
    return session.scalars(select(Item).where(Item.project_id == project.id).order_by(Item.position)).all()


def know(session, person, project, counts=FAILS_REFUNDS, standing=0.7):
    """Somebody has done this much in the project so far."""
    session.add(Tally(user_id=person.id, project_id=project.id, counts=counts, standing=standing))
    session.flush()


def send(session, me, assignment, answer=RIGHT[TEXT]):
    sent = Sent(answer, assignment.revision, submit_key=f"key-{assignment.id}")
    return submissions.submit(session, me, assignment.id, sent)


def positions_of_a_round(session, me, project, n=10):
    found = []
    for _ in range(n):
        assignment = practice.issue_next(session, me, project)
        found.append(session.get(Item, assignment.item_id).position)
        send(session, me, assignment)
    return found


def pick(session, me, project, seed="seed", left=None):
    ids = [item.id for item in items_of(session, project)] if left is None else left
    return choosing.pick(session, me, project, ids, seed=seed)


def test_within_a_round_no_item_comes_twice(session, me, project):
    know(session, me, project)

    order = positions_of_a_round(session, me, project)

    assert sorted(order) == list(range(10))
    assert order != sorted(order)


def test_plain_order_is_kept_for_who_asks_for_it(session, me, project):
    know(session, me, project)
    me.plain_order = True

    assert positions_of_a_round(session, me, project) == list(range(10))


def test_simulated_people_keep_their_order(session, project):
    worker = make_user(session, simulated=True, plain_order=False)

    assert positions_of_a_round(session, worker, project) == list(range(10))[::-1]


def test_a_beginner_gets_the_easiest_first(session, me, project):
    for item in items_of(session, project):
        item.difficulty = 0.9 - item.position / 20

    assert positions_of_a_round(session, me, project, 3) == [9, 8, 7]


def test_what_is_failed_comes_far_more_often_than_by_chance(session, me, project):
    know(session, me, project)
    failed = {item.id for item in items_of(session, project) if "label/refund" in item.features}

    chosen = Counter(pick(session, me, project, f"{seed}") in failed for seed in range(100))

    assert chosen[True] > 80


def test_the_same_seed_gives_the_same_item(session, me, project):
    know(session, me, project)

    seeds = [f"{seed}" for seed in range(20)]
    chosen = [pick(session, me, project, seed) for seed in seeds]

    assert [pick(session, me, project, seed) for seed in seeds] == chosen
    assert len(set(chosen)) > 3


def test_two_learners_with_the_same_weakness_get_different_items(session, me, project):
    others = [me, *(make_user(session, plain_order=False) for _ in range(3))]
    for person in others:
        know(session, person, project)

    assert len({practice.issue_next(session, person, project).item_id for person in others}) > 1


def test_what_was_fetched_ahead_is_what_comes(session, me, project):
    know(session, me, project)
    present = practice.show(practice.issue_next(session, me, project))

    ahead = practice.issue_ahead(session, me, present.id)
    send(session, me, present)

    assert practice.issue_next(session, me, project) is ahead


def test_what_comes_does_not_depend_on_whether_it_was_fetched_ahead(session, me, project):
    know(session, me, project)
    present = practice.issue_next(session, me, project)
    ahead = practice.issue_ahead(session, me, present.id)
    session.delete(ahead)
    session.flush()
    present.open = False  # as after a submission that tells nothing yet

    assert practice.issue_next(session, me, project).item_id == ahead.item_id


def test_a_skipped_item_returns_after_the_others(session, me, project):
    know(session, me, project)
    skipped = practice.skip(session, me, practice.issue_next(session, me, project).id)

    order = positions_of_a_round(session, me, project)

    assert order[-1] == session.get(Item, skipped.item_id).position


def test_what_everybody_finds_hard_counts_for_more_than_what_its_author_thought(session, me, project):
    easy, hard = items_of(session, project)[:2]
    easy.difficulty, hard.difficulty = 0.5, 0.4
    session.add(ItemTally(item_id=easy.id, firsts=50, value=50 * MILLION))
    session.add(ItemTally(item_id=hard.id, firsts=50, value=5 * MILLION))
    session.flush()

    assert pick(session, me, project, left=[easy.id, hard.id]) == easy.id


def test_what_waits_for_an_inspector_does_not_steer_the_choice(session, me):
    project = make_project(session, task_type=TEXT, items=6, feedback=Feedback.AFTER_REVIEW)

    for _ in range(5):
        make_submission(session, me, project, WRONG[TEXT])

    assert practice.issue_next(session, me, project).item_id == items_of(session, project)[5].id


def test_of_very_many_items_some_are_looked_at(session, me, project, monkeypatch):
    know(session, me, project)
    monkeypatch.setattr(choosing, "MOST", 3)

    assert pick(session, me, project, "one") in {item.id for item in items_of(session, project)}
    assert len({pick(session, me, project, f"{seed}") for seed in range(40)}) > 5


def test_a_choice_takes_two_questions_however_many_items_there_are(session, engine, me, project):
    know(session, me, project)
    ids = [item.id for item in items_of(session, project)]
    asked = []

    def note(*happened):
        asked.append(happened[2])

    event.listen(engine, "before_cursor_execute", note)
    pick(session, me, project, left=ids)
    event.remove(engine, "before_cursor_execute", note)

    assert len(asked) == 2


# To practise a weakness


def test_a_label_is_practised_with_its_items_those_not_seen_first(session, me, project):
    refunds = [item.id for item in items_of(session, project) if "label/refund" in item.features]
    for item_id in refunds[:2]:
        session.add(
            Assignment(user_id=me.id, project_id=project.id, item_id=item_id, round=1, purpose="first")
        )
        session.flush()

    assert choosing.weakest(session, me, project, 4, label="refund") == [*refunds[2:], refunds[0]]


def test_a_kind_is_practised_with_the_labels_that_suffer_from_it(session, me, project):
    know(
        session, me, project, FAILS_REFUNDS | {"fail/wrong_label/refund": 15, "fail/wrong_label/delivery": 1}
    )

    found = choosing.weakest(session, me, project, 3, kind=ErrorKind.WRONG_LABEL)

    assert [session.get(Item, item).features for item in found] == [{"label/refund": 1}] * 3


def test_what_waits_for_a_verdict_and_what_has_no_gold_is_left_out(session, me):
    project = make_project(session, task_type=TEXT, items=2, feedback=Feedback.AFTER_REVIEW)
    make_item(session, project, position=5, gold=[])
    make_item(session, project, position=6, split=Split.EXAM)
    for item in items_of(session, project):
        item.features = {"label/refund": 1}
    waiting = make_submission(session, me, project)

    found = choosing.weakest(session, me, project, 10, label="refund")

    assert len(found) == 1
    assert waiting.item_id not in found


def test_a_label_that_no_item_shows_gives_nothing_to_practise(session, me, project):
    assert choosing.weakest(session, me, project, 10, label="insult") == []
