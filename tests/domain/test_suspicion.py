"""Gold that good workers all contradict in the same way."""

from random import Random

import pytest

from labelkit.domain.annotations import Box, BoxAnnotation, LabelAnnotation
from labelkit.domain.classification import score_labels
from labelkit.domain.rules import BoxRules, ClassRules
from labelkit.domain.scores import ErrorKind, Finding, Severity
from labelkit.domain.scoring import best_score
from labelkit.domain.suspicion import MOST_EXTRA, FirstTry, deviations, may_agree, suspicions
from labelkit.domain.tallies import counts_of

CAR, VAN = Box("car", 0, 0, 100, 80), Box("van", 200, 0, 100, 80)


def place_in(answer):
    def place(finding):
        box = answer[finding.answer]
        return box.x, box.y, box.w, box.h

    return place


def nowhere(_finding):
    return None


def answered(*answers, gold=(CAR, VAN), rules=None):
    """The first attempts of as many good workers, each the boxes that he or she drew."""
    tries = []
    for number, answer in enumerate(answers, 1):
        score = best_score(BoxAnnotation(tuple(answer)), [BoxAnnotation(tuple(gold))], rules or BoxRules())
        tries.append(FirstTry(number, deviations(score.findings, score.accepted, place_in(answer))))
    return tries


def chosen(*labels, gold="van", multiple=False):
    """The first attempts of as many good workers, each the labels that he or she chose."""
    golds, rules = [LabelAnnotation(frozenset(gold.split()))], ClassRules(multiple=multiple)
    scores = [score_labels(LabelAnnotation(frozenset(label.split())), golds, rules) for label in labels]
    return [
        FirstTry(number, deviations(score.findings, score.accepted, nowhere))
        for number, score in enumerate(scores, 1)
    ]


def told(tries):
    return [(one.deviation.kind, one.agree, one.n) for one in suspicions(tries)]


def test_nothing_is_suspicious_where_nobody_has_tried():
    assert suspicions([]) == []


def test_nothing_is_suspicious_where_all_are_right():
    assert suspicions(answered(*[[CAR, VAN]] * 5)) == []


def test_an_object_that_all_leave_out_is_suspicious():
    (found,) = suspicions(answered(*[[CAR]] * 4, [CAR, VAN]))

    assert (found.deviation.kind, found.deviation.gold) == (ErrorKind.MISSING, (0, 1))
    assert found.deviation.gold_labels == ("van",)
    assert (found.agree, found.n, found.submissions) == (4, 5, (1, 2, 3, 4))


def test_three_are_enough_and_two_are_not():
    assert told(answered(*[[CAR]] * 3)) == [(ErrorKind.MISSING, 3, 3)]
    assert told(answered(*[[CAR]] * 2)) == []


def test_three_of_five_are_enough_and_three_of_six_are_not():
    assert told(answered(*[[CAR]] * 3, *[[CAR, VAN]] * 2)) == [(ErrorKind.MISSING, 3, 5)]
    assert told(answered(*[[CAR]] * 3, *[[CAR, VAN]] * 3)) == []


def test_six_of_ten_are_enough_though_a_tenth_cannot_be_written_exactly():
    assert told(answered(*[[CAR]] * 6, *[[CAR, VAN]] * 4)) == [(ErrorKind.MISSING, 6, 10)]


def test_who_each_leave_out_another_object_do_not_agree():
    gold = (CAR, VAN, Box("car", 400, 0, 90, 90))
    answers = ([CAR, VAN], [CAR, gold[2]], [VAN, gold[2]])

    assert suspicions(answered(*answers, gold=gold)) == []


def test_the_same_other_label_is_suspicious_and_different_ones_are_not():
    def called(label):
        return [CAR, Box(label, 200, 0, 100, 80)]

    (found,) = suspicions(answered(*[called("truck")] * 3))
    assert (found.deviation.kind, found.deviation.labels) == (ErrorKind.WRONG_LABEL, ("truck",))
    assert found.deviation.gold_labels == ("van",)

    assert suspicions(answered(called("truck"), called("bus"), called("car"))) == []


def test_a_side_that_all_draw_elsewhere_is_suspicious():
    wide = Box("van", 170, 0, 130, 80)

    (found,) = suspicions(answered(*[[CAR, wide]] * 3))

    assert (found.deviation.kind, found.deviation.gold, found.deviation.worst) == (
        ErrorKind.LOOSE,
        (0, 1),
        "left",
    )


def test_a_side_drawn_elsewhere_to_the_left_and_to_the_right_is_no_agreement():
    answers = [[CAR, Box("van", 170, 0, 130, 80)], [CAR, Box("van", 200, 0, 130, 80)]]

    assert suspicions(answered(*answers, *answers)) == []


def test_boxes_beside_gold_that_overlap_mean_the_same_object():
    extras = [Box("car", 400 + shift, 100, 80, 60) for shift in (0, 6, -8, 4)]

    (found,) = suspicions(answered(*[[CAR, VAN, extra] for extra in extras], [CAR, VAN]))

    assert (found.deviation.kind, found.agree, found.n) == (ErrorKind.EXTRA, 4, 5)
    assert found.deviation.box in [(extra.x, extra.y, extra.w, extra.h) for extra in extras]
    assert found.submissions == (1, 2, 3, 4)


def test_boxes_beside_gold_in_different_places_are_no_agreement():
    extras = [Box("car", 400 + shift, 100, 80, 60) for shift in (0, 100, 200)]

    assert suspicions(answered(*[[CAR, VAN, extra] for extra in extras])) == []


def test_two_objects_beside_gold_are_two_suspicions():
    answer = [CAR, VAN, Box("car", 400, 0, 50, 50), Box("car", 500, 0, 50, 50)]

    assert told(answered(*[answer] * 3)) == [(ErrorKind.EXTRA, 3, 3), (ErrorKind.EXTRA, 3, 3)]


def test_one_worker_with_many_boxes_on_a_place_counts_once():
    many = [Box("car", 400 + shift, 100, 80, 60) for shift in range(5)]

    assert suspicions(answered([CAR, VAN, *many], [CAR, VAN], [CAR, VAN])) == []


def test_a_flood_of_boxes_is_looked_at_up_to_a_bound():
    flood = [Box("car", 10 * number, 400, 8, 8) for number in range(MOST_EXTRA + 30)]

    found = suspicions(answered(*[flood] * 5, gold=()))

    assert len(found) == MOST_EXTRA


def test_the_same_other_choice_is_suspicious():
    (found,) = suspicions(chosen("truck", "truck", "truck", "van"))

    assert (found.deviation.kind, found.deviation.labels) == (ErrorKind.WRONG_LABEL, ("truck",))
    assert (found.agree, found.n) == (3, 4)


def test_different_other_choices_are_no_agreement():
    assert suspicions(chosen("truck", "bus", "car", "truck")) == []


@pytest.mark.parametrize(("labels", "kind"), [("van", ErrorKind.MISSING), ("van car truck", ErrorKind.EXTRA)])
def test_of_sets_of_labels_each_difference_counts(labels, kind):
    assert told(chosen(*[labels] * 3, gold="van car", multiple=True)) == [(kind, 3, 3)]


def test_what_all_say_cannot_be_labelled_is_suspicious():
    score = score_labels(LabelAnnotation(unusable=True), [LabelAnnotation(frozenset({"van"}))], ClassRules())
    tries = [FirstTry(number, deviations(score.findings, 0, nowhere)) for number in range(4)]

    assert told(tries) == [(ErrorKind.FALSE_UNUSABLE, 4, 4)]


def test_a_warning_is_no_deviation():
    finding = Finding(ErrorKind.LOOSE, Severity.WARNING, answer=0, gold=0)

    assert deviations([finding], 0, nowhere) == ()


def test_the_same_place_in_another_accepted_answer_is_another_deviation():
    finding = Finding(ErrorKind.MISSING, Severity.FAIL, gold=0)
    tries = [FirstTry(number, deviations([finding], number % 2, nowhere)) for number in range(4)]

    assert suspicions(tries) == []


def test_the_most_common_comes_first():
    gold = (CAR, VAN, Box("car", 400, 0, 90, 90))

    found = suspicions(answered(*[[CAR]] * 4, [CAR, VAN], gold=gold))

    assert [(one.deviation.gold, one.agree) for one in found] == [((0, 2), 5), ((0, 1), 4)]


def test_counts_tell_where_there_may_be_an_agreement():
    missing, loose = {"fail/missing/car": 1, "n": 1}, {"fail/loose/car": 2, "warning/cut/car": 1}

    assert may_agree([missing] * 3)
    assert may_agree([missing | loose, missing, missing | {"fail/cut/car": 1}, {}, {}])
    assert not may_agree([missing, missing, loose])
    assert not may_agree([missing] * 3 + [{}] * 3)
    assert not may_agree([])


def test_what_is_too_much_may_agree_under_any_label():
    assert may_agree([{f"fail/extra/{label}": 1} for label in ("car", "van", "bus")])
    assert not may_agree([{f"fail/missing/{label}": 1} for label in ("car", "van", "bus")])


@pytest.mark.parametrize("seed", range(30))
def test_nothing_that_is_suspicious_is_lost_by_looking_at_counts_first(seed):
    random = Random(seed)
    gold = BoxAnnotation((CAR, VAN, Box("car", 400, 0, 90, 90)))
    choices = [
        *gold.regions,
        Box("van", 170, 0, 130, 80),
        Box("truck", 200, 0, 100, 80),
        Box("bus", 600, 0, 80, 80),
    ]
    tries, counts = [], []
    for number in range(random.randint(3, 6)):
        answer = tuple(random.sample(choices, random.randint(1, 4)))
        score = best_score(BoxAnnotation(answer), [gold], BoxRules())
        tries.append(FirstTry(number, deviations(score.findings, score.accepted, place_in(answer))))
        counts.append(counts_of(score))

    assert may_agree(counts) or not suspicions(tries)
