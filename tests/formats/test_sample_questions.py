"""The questions on theory are fair: nothing but knowledge tells the right choice, and figures are true."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pytest

from labelkit.domain.agreement import cohen_kappa
from labelkit.domain.geometry import pairwise_iou
from labelkit.domain.projects import Split
from labelkit.formats.pack import PackItem, read_pack

THEORY = read_pack(Path(__file__).parents[2] / "sample_data" / "theory_ko")
RIGHT = {key: entry.accepted[0]["labels"][0] for key, entry in THEORY.current_gold().items()}
HANGUL = re.compile("[가-힣]")
SENTENCE_END = re.compile(r"[.!?][”’)]*(?:\s|$)")
LETTERS = "abcd"

each_question = pytest.mark.parametrize("item", THEORY.items, ids=lambda item: item.key)
each_language = pytest.mark.parametrize("language", ["ko", "en"])


def topic(item: PackItem) -> str:
    return str(item.attributes["topic"])


def letters(items) -> Counter[str]:
    """How often each letter is right, those that never are among them."""
    return Counter(dict.fromkeys(LETTERS, 0)) + Counter(RIGHT[item.key] for item in items)


def lengths(item: PackItem, language: str) -> tuple[int, list[int]]:
    """The length of the right choice, and those of the others."""
    told = {key: len(choice.pick(language)) for key, choice in item.question.choices.items()}
    return told.pop(RIGHT[item.key]), [*told.values()]


def iou(*boxes: tuple[int, int, int, int]) -> str:
    """The IoU of two boxes of corners x1 y1 x2 y2, as the questions write it."""
    first, second = np.array(boxes, dtype=float).reshape(2, 1, 4)
    return f"{pairwise_iou(first, second).item():.2f}"


def right_choice(words: str) -> str:
    """The English text of the right choice of the question that has these words."""
    (item,) = (item for item in THEORY.items if words in item.question.text.en)
    return str(item.question.choices[RIGHT[item.key]].en)


def test_there_are_questions_enough():
    assert len(THEORY.items) >= 60


@each_question
def test_a_question_has_four_unlike_choices_of_which_one_is_right(item):
    assert [*item.question.choices] == [*LETTERS]
    for language in ("ko", "en"):
        assert len({choice.pick(language) for choice in item.question.choices.values()}) == 4
    (accepted,) = THEORY.current_gold()[item.key].accepted
    assert accepted == {"labels": [RIGHT[item.key]]}


@each_question
def test_a_question_is_whole_in_both_languages(item):
    for text in (item.question.text, *item.question.choices.values()):
        assert text.ko, text
        assert text.en, text
        assert not HANGUL.search(text.en), text
    assert HANGUL.search(item.question.text.ko)
    assert item.question.text.ko.endswith("?")
    assert item.question.text.en.endswith("?")


@each_question
def test_an_explanation_says_why_it_is_right_and_why_another_is_not(item):
    explanation = THEORY.current_gold()[item.key].explanation

    assert len(SENTENCE_END.findall(explanation.ko)) >= 2
    assert len(SENTENCE_END.findall(explanation.en)) >= 2
    assert not re.search(r"\b[B-D]\b", explanation.en)  # letters tell nothing; choices go by their words


def test_each_letter_is_right_equally_often_in_all_and_nearly_so_in_each_split():
    print({split.value: dict(letters(i for i in THEORY.items if i.split is split)) for split in Split})

    assert len(set(letters(THEORY.items).values())) == 1
    for split in Split:
        counts = letters(item for item in THEORY.items if item.split is split)
        assert max(counts.values()) - min(counts.values()) <= 1, split


def test_no_letter_is_right_for_most_of_a_topic():
    for name in {topic(item) for item in THEORY.items}:
        counts = letters(item for item in THEORY.items if topic(item) == name)
        assert max(counts.values()) <= 0.4 * counts.total(), name


def test_the_order_in_which_they_are_asked_has_no_pattern_of_letters():
    asked = sorted(
        (item for item in THEORY.items if item.split is Split.PRACTICE),
        key=lambda item: (item.difficulty, item.key),
    )
    row = "".join(RIGHT[item.key] for item in asked)

    assert not re.search(r"(.)\1{3}", row)  # four times the same
    assert not re.search(r"(..+)\1\1", row)  # the same few letters three times over


@each_language
def test_the_length_of_a_choice_does_not_tell_that_it_is_right(language):
    longest = [
        item.key for item in THEORY.items if lengths(item, language)[0] > max(lengths(item, language)[1])
    ]
    shortest = [
        item.key for item in THEORY.items if lengths(item, language)[0] < min(lengths(item, language)[1])
    ]

    assert len(longest) <= 0.3 * len(THEORY.items)
    assert len(shortest) <= 0.3 * len(THEORY.items)


def test_every_topic_is_in_every_split_in_its_share():
    found = defaultdict(Counter)
    for item in THEORY.items:
        found[topic(item)][item.split] += 1

    assert len(found) == 7
    for name, count in found.items():
        assert 10 <= count.total() <= 15, name
        assert count[Split.PRACTICE] / count.total() == pytest.approx(0.5, abs=0.06), name
        assert count[Split.INSPECT] >= 2, name
        assert count[Split.EXAM] >= 2, name


def test_easy_and_hard_questions_are_in_every_split():
    for split in Split:
        found = [item.difficulty for item in THEORY.items if item.split is split]
        assert min(found) < 0.25, split
        assert max(found) > 0.5, split


def test_no_platform_and_no_examination_is_named():
    texts = [text for item in THEORY.items for text in (item.question.text, *item.question.choices.values())]
    texts += [clause.text for clause in THEORY.guide.clauses] + [entry.explanation for entry in THEORY.gold]
    named = re.compile(
        r"\b(AIDE|AICE|AIMMO|CVAT|Toloka|Appen)\b|크라우드웍스|테스트웍스|에이모", re.IGNORECASE
    )

    assert [text for text in texts if named.search(text.ko + text.en)] == []


def test_overlaps_are_those_that_our_own_scoring_gives():
    assert right_choice("lies 5 further right") == iou((0, 0, 10, 10), (5, 0, 15, 10))
    assert right_choice("100 wide and 80 high") == iou((0, 0, 100, 100), (0, 0, 100, 80))
    assert right_choice("2 px too loose") == "That of the 20 px object"
    assert iou((2, 2, 22, 22), (0, 0, 24, 24)) == "0.69"
    assert iou((2, 2, 162, 162), (0, 0, 164, 164)) == "0.95"


def test_agreement_is_what_our_own_figures_give():
    assert right_choice("agree on 0.80") == f"{cohen_kappa([[40, 10], [10, 40]]):.2f}"
    assert right_choice("Nearly all pictures are “normal”").startswith("Both choose nearly always")
    assert cohen_kappa([[950, 25], [25, 0]]) == pytest.approx(0, abs=0.03)


def test_shares_and_places_are_worked_out_rightly():
    assert right_choice("8 of them are right") == f"{8 / 12:.2f}"
    assert right_choice("recall is 1.0") == f"{2 * 0.5 * 1.0 / (0.5 + 1.0):.2f}"
    assert right_choice("precision of “cat”") == f"{40 / (40 + 5):.2f}"
    assert right_choice("14 were rejected") == f"{100 * 14 / 200:g} %"
    assert right_choice("[40, 30, 100, 60]") == f"({40 + 100}, {30 + 60})"
    assert right_choice("In YOLO format") == f"({(40 + 50) / 400:.3f}, {(30 + 30) / 200:.3f})"
