"""Labels are right or wrong; sets of labels by the F1 of the two sets."""

import pytest

from labelkit.domain.annotations import LabelAnnotation
from labelkit.domain.classification import label_report, score_labels
from labelkit.domain.rules import ClassRules
from labelkit.domain.scores import ErrorKind, Severity

ONE, SET = ClassRules(), ClassRules(multiple=True)
UNUSABLE = LabelAnnotation(unusable=True)


def labels(*keys):
    return LabelAnnotation(frozenset(keys))


def told(score):
    return [(finding.kind, finding.labels, finding.gold_labels) for finding in score.findings]


def test_an_accepted_label_is_right_and_any_other_wrong():
    right = score_labels(labels("refund"), [labels("refund")], ONE)
    wrong = score_labels(labels("refund"), [labels("delivery")], ONE)

    assert (right.value, right.right, right.mistakes, right.findings) == (1, 1, 0, ())
    assert (wrong.value, wrong.right, wrong.mistakes) == (0, 0, 1)
    assert told(wrong) == [(ErrorKind.WRONG_LABEL, ("refund",), ("delivery",))]
    assert wrong.findings[0].severity == Severity.FAIL
    assert wrong.confusion == (("delivery", "refund", 1),)


def test_any_accepted_answer_counts_and_the_score_says_which():
    score = score_labels(labels("b"), [labels("a"), labels("b"), labels("b")], ONE)

    assert (score.value, score.accepted) == (1, 1)
    assert score_labels(labels("c"), [labels("a"), labels("b")], ONE).accepted == 0
    assert score_labels(labels("a", "b"), [labels("a"), labels("a", "b")], SET).accepted == 1


def test_a_set_scores_the_f1_of_the_two_sets():
    score = score_labels(labels("a", "b", "x"), [labels("a", "b", "c", "d")], SET)

    assert score.value == score.f1 == pytest.approx(2 * 2 / 7)
    assert (score.right, score.mistakes, score.precision, score.recall) == (2, 3, 2 / 3, 0.5)
    assert told(score) == [
        (ErrorKind.MISSING, (), ("c",)),
        (ErrorKind.MISSING, (), ("d",)),
        (ErrorKind.EXTRA, ("x",), ()),
    ]
    assert score.confusion == (("a", "a", 1), ("b", "b", 1), ("c", None, 1), ("d", None, 1), (None, "x", 1))


def test_none_applies_is_an_answer_where_sets_are_asked_for():
    assert score_labels(labels(), [labels()], SET).value == 1
    assert score_labels(labels(), [labels("a")], SET).value == 0
    assert score_labels(labels("a"), [labels()], SET).value == 0


@pytest.mark.parametrize("rules", [ONE, SET])
def test_cannot_be_labelled_is_right_only_where_gold_says_so(rules):
    right = score_labels(UNUSABLE, [labels("a"), UNUSABLE], rules)
    false = score_labels(UNUSABLE, [labels("a")], rules)
    missed = score_labels(labels("a"), [UNUSABLE], rules)

    assert (right.value, right.right, right.accepted) == (1, 1, 1)
    assert (false.value, told(false)) == (0, [(ErrorKind.FALSE_UNUSABLE, (), ("a",))])
    assert (missed.value, told(missed)) == (0, [(ErrorKind.MISSED_UNUSABLE, ("a",), ())])


def test_an_answer_without_gold_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="accepted gold"):
        score_labels(labels("a"), [], ONE)


def test_many_answers_give_accuracy_macro_f1_and_a_confusion_table():
    # Gold a a a b b c; drawn a a b b c c: F1 of a 0.8, of b 0.5, of c 2/3.
    pairs = [("a", "a"), ("a", "a"), ("b", "a"), ("b", "b"), ("c", "b"), ("c", "c")]
    report = label_report(score_labels(labels(drawn), [labels(gold)], ONE) for drawn, gold in pairs)

    assert (report.answers, report.accuracy) == (6, 4 / 6)
    assert report.macro_f1 == pytest.approx((0.8 + 0.5 + 2 / 3) / 3)
    assert report.confusion == (
        ("a", "a", 2),
        ("a", "b", 1),
        ("b", "b", 1),
        ("b", "c", 1),
        ("c", "c", 1),
    )
    b = report.labels[1]
    assert (b.label, b.hits, b.answers, b.golds, b.right, b.mistakes) == ("b", 1, 2, 2, 1, 1)


def test_a_label_that_was_only_answered_counts_in_macro_f1_with_0():
    report = label_report([score_labels(labels("x"), [labels("a")], ONE)])

    assert (report.accuracy, report.macro_f1) == (0, 0)
    assert [figures.label for figures in report.labels] == ["a", "x"]


def test_unusable_counts_in_accuracy_only():
    scores = [score_labels(UNUSABLE, [UNUSABLE], ONE), score_labels(labels("a"), [labels("a")], ONE)]

    assert (label_report(scores).accuracy, label_report(scores).macro_f1) == (1, 1)


def test_a_report_on_nothing_has_no_ratios():
    assert label_report([]).accuracy is None
    assert label_report([]).macro_f1 is None
