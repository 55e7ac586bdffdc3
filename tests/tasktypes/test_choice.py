"""One of the choices of a question: as for a label (see test_image_class), but that the item brings them."""

import pytest

from labelkit.domain.annotations import LabelAnnotation
from labelkit.domain.errors import Invalid
from labelkit.domain.projects import Label
from labelkit.domain.questions import Question
from labelkit.domain.simulated import SimulatedWorker
from labelkit.domain.texts import Texts
from labelkit.tasktypes.choice import Choice
from labelkit.tasktypes.text_class import TextClass

CHOICE = Choice()
LABELS = [
    Label(key, Texts(key.upper()), colour, Texts(en="A letter.")) for colour, key in enumerate("abcd", 1)
]
RULES = CHOICE.parse_rules({})
QUESTION = Question(
    Texts("검수자는 무엇을 하나요?", "What does an inspector do?"),
    {"a": Texts("검수", "Inspect"), "b": Texts("수집", "Collect"), "d": Texts("결제", "Pay")},
)


def parse(raw, rules=RULES):
    return CHOICE.parse(raw, CHOICE.offer(LABELS, QUESTION), rules)


def answer(key):
    return LabelAnnotation(frozenset(key))


def test_a_question_is_answered_without_a_picture():
    assert (CHOICE.needs_picture, CHOICE.needs_question) == (False, True)
    assert parse({"labels": ["b"]}) == answer("b")


def test_the_letter_of_the_right_choice_is_nothing_to_learn():
    assert CHOICE.features(answer("b")) == {}


def test_an_item_offers_its_own_choices_under_the_letters_of_the_project():
    offered = CHOICE.offer(LABELS, QUESTION)

    assert [(label.key, label.name.en, label.colour) for label in offered] == [
        ("a", "Inspect", 1),
        ("b", "Collect", 2),
        ("d", "Pay", 4),
    ]
    assert not any(label.help for label in offered)


def test_an_item_without_a_question_offers_the_labels_as_they_are():
    assert CHOICE.offer(LABELS, None) is LABELS
    assert TextClass().offer(LABELS, QUESTION) is LABELS


def test_a_letter_that_this_question_does_not_use_is_refused():
    with pytest.raises(Invalid, match=r"^This project does not know that label\.$"):
        parse({"labels": ["c"]})


def test_one_choice_is_made():
    with pytest.raises(Invalid, match=r"^Choose one label only\.$"):
        parse({"labels": ["a", "b"]})


def test_rules_that_ask_for_several_answers_are_refused():
    with pytest.raises(Invalid, match=r"“multiple” must be false\.$"):
        CHOICE.parse_rules({"multiple": True})


def test_an_answer_survives_writing_and_reading():
    for annotation in (answer("d"), LabelAnnotation(unusable=True)):
        assert parse(CHOICE.dump(annotation)) == annotation


def test_the_right_choice_scores_all_and_another_nothing():
    assert CHOICE.score(answer("a"), [answer("a")], RULES).value == 1
    assert CHOICE.score(answer("b"), [answer("a")], RULES).value == 0


def test_a_wrong_choice_is_told_beside_the_right_one():
    (finding,) = CHOICE.score(answer("b"), [answer("a")], RULES).findings

    assert finding.kind in CHOICE.errors
    assert (finding.labels, finding.gold_labels) == (("b",), ("a",))
    assert CHOICE.say(finding) == "You chose %(label)s. The answer is %(gold)s."


def test_a_simulated_person_errs_among_the_choices_of_the_question():
    worker = SimulatedWorker.of_skill(0.0, seed=1)
    offered = CHOICE.offer(LABELS, QUESTION)

    answers = {
        key
        for number in range(60)
        for key in CHOICE.simulate(worker, answer("a"), worker.random_for(f"{number}"), offered, RULES).labels
    }

    assert answers == {"a", "b", "d"}


def test_a_question_survives_writing_and_reading():
    assert Question.from_json(QUESTION.to_json()) == QUESTION
