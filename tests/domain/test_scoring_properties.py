"""What must hold for every answer and every gold, whatever they are."""

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from labelkit.domain.annotations import Box, BoxAnnotation
from labelkit.domain.rules import FLAGS, BoxRules
from labelkit.domain.scores import ErrorKind, Severity
from labelkit.domain.scoring import best_score, score_boxes
from tests.domain.scenes import LABELS, annotation, annotations, marked_annotations, tried

RULES = BoxRules()
ASKING = BoxRules(flags=FLAGS)
NOTHING = BoxAnnotation()


def shuffled(drawn, seed):
    order = list(range(len(drawn.regions)))
    random.Random(seed).shuffle(order)
    return annotation(*(drawn.regions[n] for n in order))


def without_positions(score, answer, gold):
    """The Score with each position replaced by the box that stands there."""
    drawn, golds = (dict(enumerate(side.regions)) for side in (answer, gold))
    named = [replace(f, answer=drawn.get(f.answer), gold=golds.get(f.gold)) for f in score.findings]
    pairs = [(drawn[a], golds[g]) for a, g in score.pairs]
    return replace(
        score, findings=tuple(named), pairs=tuple(pairs), set_aside=tuple(drawn[a] for a in score.set_aside)
    )


@tried(1_000)
@given(annotations)
def test_an_answer_equal_to_gold_is_perfect(gold):
    score = score_boxes(gold, gold, RULES)

    assert (score.value, score.findings, score.hits) == (1, (), len(gold.regions))


@tried(1_000)
@given(marked_annotations, marked_annotations, st.integers(0, 99))
def test_the_order_of_boxes_changes_nothing(answer, gold, seed):
    mixed, mixed_gold = shuffled(answer, seed), shuffled(gold, seed + 1)
    score, again = score_boxes(answer, gold, ASKING), score_boxes(mixed, mixed_gold, ASKING)

    assert without_positions(again, mixed, mixed_gold) == without_positions(score, answer, gold)


@tried(1_000)
@given(annotations, annotations)
def test_answer_and_gold_changing_places_swaps_precision_and_recall(answer, gold):
    score, swapped = score_boxes(answer, gold, RULES), score_boxes(gold, answer, RULES)

    assert (swapped.precision, swapped.recall) == (score.recall, score.precision)
    assert (swapped.hits, swapped.f1) == (score.hits, score.f1)
    assert abs((swapped.panoptic_quality or 0) - (score.panoptic_quality or 0)) < 1e-9


@tried(1_000)
@given(marked_annotations, marked_annotations)
def test_every_box_has_exactly_one_place(answer, gold):
    score = score_boxes(answer, gold, RULES)
    said = {kind: [f for f in score.findings if f.kind == kind] for kind in ErrorKind}

    alone = said[ErrorKind.DUPLICATE] + said[ErrorKind.EXTRA]
    drawn = [a for a, _ in score.pairs] + [finding.answer for finding in alone] + list(score.set_aside)
    assert sorted(drawn) == list(range(len(answer.regions)))
    found = [g for _, g in score.pairs] + [finding.gold for finding in said[ErrorKind.MISSING]]
    assert len(set(found)) == len(found)
    for position, box in enumerate(gold.regions):
        if box.ignore or box.crowd:
            assert position not in found
        elif not box.optional:
            assert position in found


@tried(1_000)
@given(marked_annotations, marked_annotations)
def test_a_mistake_is_a_fail_and_a_box_fails_once(answer, gold):
    score = score_boxes(answer, gold, ASKING)
    fails = [f for f in score.findings if f.severity == Severity.FAIL]

    assert score.mistakes == len(fails)
    assert score.value == (score.right / (score.right + len(fails)) if score.right + len(fails) else 1)
    for side in ("answer", "gold"):
        named = [getattr(f, side) for f in fails if f.kind != ErrorKind.DUPLICATE]
        named = [position for position in named if position is not None]
        assert len(set(named)) == len(named)


@tried(500)
@given(marked_annotations, marked_annotations)
def test_labels_and_confusion_add_up_to_the_whole(answer, gold):
    score = score_boxes(answer, gold, RULES)
    alone = {ErrorKind.DUPLICATE, ErrorKind.EXTRA, ErrorKind.MISSING}

    assert sum(figures.right for figures in score.labels) == score.right
    assert sum(figures.mistakes for figures in score.labels) == score.mistakes
    assert sum(figures.hits for figures in score.labels) == score.hits
    counted = len(score.pairs) + sum(finding.kind in alone for finding in score.findings)
    assert sum(count for _, _, count in score.confusion) == counted


@tried(300)
@given(annotations)
def test_nothing_against_something_is_0_either_way_and_against_nothing_1(gold):
    worth = 0 if gold.regions else 1

    assert score_boxes(NOTHING, gold, RULES).value == worth
    assert score_boxes(gold, NOTHING, RULES).value == worth
    assert score_boxes(NOTHING, NOTHING, RULES).value == 1


@tried(1_000)
@given(marked_annotations, marked_annotations)
def test_a_far_extra_box_never_raises_the_score_and_is_one_extra(answer, gold):
    far = Box("car", 5_000, 5_000, 40, 40)
    before = score_boxes(answer, gold, RULES)
    after = score_boxes(annotation(*answer.regions, far), gold, RULES)

    assert after.value <= before.value
    assert after.mistakes == before.mistakes + 1
    assert [f.kind for f in after.findings if f.answer == len(answer.regions)] == [ErrorKind.EXTRA]


@tried(500)
@given(marked_annotations, st.lists(marked_annotations, min_size=1, max_size=4))
def test_of_several_accepted_golds_the_first_best_counts(answer, accepted):
    each = [score_boxes(answer, gold, RULES) for gold in accepted]
    best = max(range(len(each)), key=lambda n: each[n].value)

    assert best_score(answer, accepted, RULES) == replace(each[best], accepted=best)


# Objects apart from each other, so that each fault can be told by hand.
apart = st.lists(st.sampled_from(LABELS), min_size=1, max_size=6).map(
    lambda labels: annotation(*(Box(label, 300.0 * n, 50, 100, 80) for n, label in enumerate(labels)))
)
faults = st.sampled_from(("exact", "near", "loose", "label", "beside", "beside_label"))


def with_fault(box, fault):
    other = LABELS[LABELS.index(box.label) - 1]
    changes = {
        "exact": {},
        "near": {"x": box.x + 1.5},
        "loose": {"w": box.w + 12},
        "label": {"label": other},
        "beside": {"x": box.x + 60},
        "beside_label": {"x": box.x + 60, "label": other},
    }
    return replace(box, **changes[fault])


@tried(1_000)
@given(apart, st.data())
def test_leaving_a_box_out_never_raises_the_score(gold, data):
    drawn = [with_fault(box, data.draw(faults)) for box in gold.regions]
    left_out = data.draw(st.integers(0, len(drawn) - 1))
    fewer = [box for n, box in enumerate(drawn) if n != left_out]

    whole = score_boxes(annotation(*drawn), gold, RULES)
    assert score_boxes(annotation(*fewer), gold, RULES).value <= whole.value


@tried(1_000)
@given(apart, st.data())
def test_one_fault_is_exactly_one_finding_of_its_kind(gold, data):
    kinds = {
        "loose": ErrorKind.LOOSE,
        "label": ErrorKind.WRONG_LABEL,
        "beside": ErrorKind.MISPLACED,
        "beside_label": ErrorKind.MISPLACED_WRONG_LABEL,
        "twice": ErrorKind.DUPLICATE,
        "left out": ErrorKind.MISSING,
    }
    fault = data.draw(st.sampled_from(sorted(kinds)))
    which = data.draw(st.integers(0, len(gold.regions) - 1))
    drawn = list(gold.regions)
    if fault == "twice":
        drawn.append(drawn[which])
    elif fault == "left out":
        del drawn[which]
    else:
        drawn[which] = with_fault(drawn[which], fault)
    score = score_boxes(annotation(*drawn), gold, RULES)

    assert [(f.kind, f.severity) for f in score.findings] == [(kinds[fault], Severity.FAIL)]
    assert score.mistakes == 1
