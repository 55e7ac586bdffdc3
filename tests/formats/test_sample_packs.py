"""The sample packs tell the truth: gold, guide and pictures agree, in both languages."""

import hashlib
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from labelkit.domain.annotations import BoxAnnotation, LabelAnnotation
from labelkit.domain.projects import ClauseGroup, Feedback, Split
from labelkit.domain.scores import ErrorKind
from labelkit.formats.pack import Pack, read_pack
from labelkit.tasktypes import TASK_TYPES

FOLDER = Path(__file__).parents[2] / "sample_data"
PACKS = {path.parent.name: read_pack(path.parent) for path in sorted(FOLDER.glob("*/pack.json"))}
PICTURE_PACKS = [pack for pack in PACKS.values() if TASK_TYPES[pack.task_type].needs_picture]
BOX_PACKS = [pack for pack in PACKS.values() if pack.task_type == "bbox"]
MOST_BYTES = 30 * 2**20


def by_slug(packs):
    return pytest.mark.parametrize("pack", packs, ids=lambda pack: pack.slug)


def every_pack(test):
    return by_slug(list(PACKS.values()))(test)


def gold(pack: Pack) -> dict[str, list[BoxAnnotation | LabelAnnotation]]:
    """The accepted Annotations in force, by item."""
    kind = TASK_TYPES[pack.task_type]
    rules = kind.parse_rules(pack.rules)
    return {
        key: [kind.parse(raw, pack.labels, rules, gold=True) for raw in entry.accepted]
        for key, entry in pack.current_gold().items()
    }


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def labels_of(annotation) -> Counter[str]:
    """How often each label counts in an Annotation."""
    if isinstance(annotation, LabelAnnotation):
        return Counter(annotation.labels)
    return Counter(box.label for box in annotation.regions if not (box.ignore or box.optional))


def test_both_ways_to_answer_and_all_task_types_are_there():
    assert {pack.feedback for pack in PACKS.values()} == set(Feedback)
    assert {pack.task_type for pack in PACKS.values()} == TASK_TYPES.keys()


@every_pack
def test_a_pack_lies_in_a_folder_of_its_name(pack):
    assert PACKS[pack.slug] is pack


@every_pack
def test_every_item_has_gold_that_scores_full_marks_against_itself(pack):
    kind = TASK_TYPES[pack.task_type]
    rules = kind.parse_rules(pack.rules)

    accepted = gold(pack)

    assert accepted.keys() == {item.key for item in pack.items}
    for key, answers in accepted.items():
        for answer in answers:
            score = kind.score(answer, answers, rules)
            assert (score.value, score.findings) == (1, ()), key


@every_pack
def test_gold_written_out_again_says_the_same(pack):
    kind, accepted = TASK_TYPES[pack.task_type], gold(pack)
    for key, entry in pack.current_gold().items():
        assert [kind.dump(answer) for answer in accepted[key]] == list(entry.accepted)


@every_pack
def test_every_label_counts_in_practice_and_in_every_split_that_its_sources_allow(pack):
    found, sources, accepted = defaultdict(Counter), defaultdict(set), gold(pack)
    for item in pack.items:
        found[item.split] += labels_of(accepted[item.key][0])
        for label in labels_of(accepted[item.key][0]):
            sources[label].add(item.source)

    print(f"\n{pack.slug}: " + ", ".join(f"{split} {dict(count)}" for split, count in found.items()))
    assert found.keys() == set(Split)
    assert sources.keys() == {label.key for label in pack.labels}
    for split in Split:
        expected = {key for key in sources if split is Split.PRACTICE or len(sources[key]) >= len(Split)}
        assert found[split].keys() >= expected, split


@every_pack
def test_splits_have_their_shares(pack):
    count = Counter(item.split for item in pack.items)
    shares = {Split.PRACTICE: 0.5, Split.INSPECT: 0.2, Split.EXAM: 0.3}

    for split, share in shares.items():
        assert count[split] / len(pack.items) == pytest.approx(share, abs=0.06), split


def test_one_source_has_one_split_in_all_packs():
    splits = defaultdict(set)
    for pack in PACKS.values():
        for item in pack.items:
            splits[item.source].add(item.split)

    assert {source: found for source, found in splits.items() if len(found) > 1} == {}


@every_pack
def test_every_text_is_there_in_both_languages(pack):
    guide = pack.guide
    texts = [pack.title, pack.summary, guide.purpose, guide.flow]
    texts += [text for label in pack.labels for text in (label.name, label.help)]
    texts += [entry.text for entry in (*guide.clauses, *guide.reasons, *guide.changes)]
    texts += [entry.explanation for entry in pack.gold if entry.explanation]

    for text in texts:
        assert text.ko, text
        assert text.en, text
        assert re.search("[가-힣]", text.ko) or text.ko.isascii(), text
        assert not re.search("[가-힣]", text.en), text


@every_pack
def test_classification_explains_each_gold(pack):
    assert pack in BOX_PACKS or all(entry.explanation for entry in pack.gold)


@every_pack
def test_the_guide_is_whole(pack):
    guide = pack.guide
    ids = [clause.id for clause in guide.clauses]

    assert ids == [f"G-{number:02d}" for number in range(1, len(ids) + 1)]
    assert 8 <= len(ids) <= 14
    assert {clause.group for clause in guide.clauses} >= {ClauseGroup.WHAT, ClauseGroup.SPECIAL}
    assert {reason.clause for reason in guide.reasons} <= set(ids)
    assert guide.changes[-1].version == guide.version


@every_pack
def test_clauses_named_in_texts_exist(pack):
    texts = [clause.text for clause in pack.guide.clauses] + [entry.explanation for entry in pack.gold]
    named = {name for text in texts for name in re.findall(r"G-\d+", text.ko + text.en)}

    assert named <= {clause.id for clause in pack.guide.clauses}


@every_pack
def test_every_error_that_can_occur_has_its_clause_and_every_fail_a_reason(pack):
    can_occur = set(TASK_TYPES[pack.task_type].errors)
    if pack not in BOX_PACKS:
        of_sets = {ErrorKind.MISSING, ErrorKind.EXTRA}
        can_occur -= {ErrorKind.WRONG_LABEL} if pack.rules.get("multiple") else of_sets
    if not pack.rules.get("unusable", True):
        can_occur -= {ErrorKind.FALSE_UNUSABLE, ErrorKind.MISSED_UNUSABLE}
    if not pack.rules.get("flags"):
        can_occur.discard(ErrorKind.WRONG_ATTRIBUTE)

    assert pack.guide.errors.keys() == can_occur
    reasoned = {reason.clause for reason in pack.guide.reasons}
    warnings = {ErrorKind.WRONG_ATTRIBUTE}
    assert {clause for kind, clause in pack.guide.errors.items() if kind not in warnings} <= reasoned


@every_pack
def test_label_colours_are_distinct(pack):
    assert len({label.colour for label in pack.labels}) == len(pack.labels)


@by_slug(PICTURE_PACKS)
def test_every_picture_of_the_folder_is_used(pack):
    lying = {path.name for path in (FOLDER / pack.slug / "items").iterdir()} - {"items.json"}

    assert lying <= {item.picture for item in pack.items}
    assert all(item.file.path.is_file() for item in pack.items)


@every_pack
def test_no_picture_no_text_and_no_question_is_in_a_pack_twice(pack):
    contents = Counter(
        item.text or (item.question and item.question.text) or digest(item.read_picture())
        for item in pack.items
    )

    assert [content for content, count in contents.items() if count > 1] == []


def test_pictures_that_several_packs_use_are_stored_once():
    digests = Counter(digest(path.read_bytes()) for path in FOLDER.rglob("*.jpg"))

    assert [found for found, count in digests.items() if count > 1] == []


def test_all_packs_together_stay_within_their_size():
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) <= MOST_BYTES
