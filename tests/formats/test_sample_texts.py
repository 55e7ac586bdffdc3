"""The texts to practise on are varied, balanced and hard enough, and belong to nobody."""

import re
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from labelkit.domain.projects import Split
from labelkit.formats.pack import Pack, PackGold, PackItem, read_pack
from labelkit.tasktypes import TASK_TYPES

FOLDER = Path(__file__).parents[2] / "sample_data"
SLUGS = ("inquiry_ko", "review_sentiment", "news_topic_ko", "comment_policy_ko")
TEXT_PACKS = {slug: read_pack(FOLDER / slug) for slug in SLUGS}
HARD = 0.5
ALIKE = 0.3  # of all letter triples of two texts, the share in common that makes them near copies
LONG = 8  # letters from which a quotation is an example and no mere word
HANGUL = re.compile("[가-힣]")

every_text_pack = pytest.mark.parametrize("pack", list(TEXT_PACKS.values()), ids=list(TEXT_PACKS))


def is_hard(item: PackItem) -> bool:
    return item.difficulty >= HARD


def labels(entry: PackGold) -> frozenset[str]:
    """The labels of the first accepted answer."""
    return frozenset(entry.accepted[0].get("labels", ()))


def count_by_label(pack: Pack) -> dict[str, Counter[Split]]:
    found: dict[str, Counter[Split]] = defaultdict(Counter)
    for item in pack.items:
        for label in labels(pack.current_gold()[item.key]):
            found[label][item.split] += 1
    return found


def bare(text: str) -> str:
    """The letters of a text alone."""
    return re.sub(r"[\W_]", "", text)


def triples(text: str) -> set[str]:
    letters = "".join(text.split())
    return {letters[at : at + 3] for at in range(len(letters) - 2)}


@every_text_pack
def test_a_third_of_the_texts_is_hard_and_says_why(pack):
    assert sum(map(is_hard, pack.items)) >= len(pack.items) / 3
    assert [item.key for item in pack.items if is_hard(item) != ("hard" in item.attributes)] == []


@every_text_pack
def test_hard_texts_are_in_every_split(pack):
    for split in Split:
        items = [item for item in pack.items if item.split is split]
        assert 1 / 3 <= sum(map(is_hard, items)) / len(items) <= 2 / 3, split


@every_text_pack
def test_no_label_is_much_commoner_than_another(pack):
    counts = [count.total() for count in count_by_label(pack).values()]

    assert len(counts) == len(pack.labels)
    assert max(counts) <= 1.4 * min(counts)


@every_text_pack
def test_every_label_is_spread_over_the_splits_as_the_pack_is(pack):
    for label, count in count_by_label(pack).items():
        assert count[Split.PRACTICE] / count.total() == pytest.approx(0.5, abs=0.1), label
        assert count[Split.INSPECT] / count.total() == pytest.approx(0.2, abs=0.1), label


@every_text_pack
def test_some_texts_have_two_answers_and_some_none(pack):
    gold = pack.current_gold().values()

    assert sum(len(entry.accepted) > 1 for entry in gold) >= 4
    assert sum("unusable" in entry.accepted[0] for entry in gold) >= 4


def test_where_several_labels_may_apply_some_texts_have_two_and_some_none():
    pack = TEXT_PACKS["comment_policy_ko"]
    sizes = Counter(len(labels(entry)) for entry in pack.gold if not entry.accepted[0].get("unusable", False))

    assert TASK_TYPES[pack.task_type].parse_rules(pack.rules).multiple
    assert min(sizes[0], sizes[2]) >= len(pack.items) / 8


def test_reviews_are_in_both_languages():
    spoken = Counter(item.language for item in TEXT_PACKS["review_sentiment"].items)

    assert spoken["ko"] >= 80
    assert spoken["en"] >= 40


@every_text_pack
def test_a_text_is_in_the_language_that_it_names(pack):
    assert [item.key for item in pack.items if item.language == "en" and HANGUL.search(item.text)] == []
    foreign = [item for item in pack.items if item.language == "ko" and not HANGUL.search(item.text)]
    assert len(foreign) <= 4  # keys pressed without meaning, laughter, broken letters


@every_text_pack
def test_no_two_texts_are_near_copies_of_each_other(pack):
    found = [(item.key, triples(item.text)) for item in pack.items]
    alike = [
        (one, other)
        for (one, these), (other, those) in combinations(found, 2)
        if len(these & those) > ALIKE * max(1, len(these | those))
    ]

    assert alike == []


@every_text_pack
def test_an_explanation_is_one_sentence_and_cites_the_clause_where_a_text_is_hard(pack):
    gold = pack.current_gold()
    for item in pack.items:
        explanation = gold[item.key].explanation
        assert explanation.ko.count(". ") + explanation.en.count(". ") == 0, item.key
        assert not is_hard(item) or "(G-" in explanation.ko, item.key
        assert re.findall(r"G-\d+", explanation.ko) == re.findall(r"G-\d+", explanation.en), item.key


@every_text_pack
def test_a_text_guide_has_four_groups_of_clauses_at_least(pack):
    assert len({clause.group for clause in pack.guide.clauses}) >= 4


@every_text_pack
def test_no_example_of_the_guide_gives_a_text_of_the_pack_away(pack):
    """The guide lies open beside the text that is being labelled."""
    said = [label.help for label in pack.labels] + [clause.text for clause in pack.guide.clauses]
    quoted = {q for text in said for q in re.findall("[‘“]([^’”]+)[’”]", text.ko + text.en)}
    examples = {bare(q) for q in quoted if len(bare(q)) >= LONG}

    assert [item.key for item in pack.items if any(example in bare(item.text) for example in examples)] == []


@every_text_pack
def test_numbers_that_could_reach_a_person_are_nobodys(pack):
    """A phone or account number in a text is made of so few digits that nobody has it."""
    for item in pack.items:
        for number in re.findall(r"\d[\d-]{6,}\d", item.text):
            assert set(number) <= set("01-"), item.key
        assert all("000@example." in address for address in re.findall(r"\S+@\S+", item.text)), item.key
