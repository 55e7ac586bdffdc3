"""Agreement figures equal those that their authors printed."""

import numpy as np
import pytest

from labelkit.domain.agreement import (
    cohen_kappa,
    cross_tally,
    fleiss_kappa,
    krippendorff_alpha,
    percent_agreement,
    tally,
)

# Fleiss (1971), table 1: five diagnoses of 30 patients, six psychiatrists each. A row is a patient.
FLEISS_1971 = """
    444444 222555 233335 555555 222444 113333 333355 113334 114444 555555
    144444 124444 222333 144444 224445 333335 111455 111112 224444 133555
    555555 244444 224555 114444 144445 222224 111155 224444 133333 555555
"""

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section C: observers A to D down,
# twelve units across, a dot where the observer did not answer.
KRIPPENDORFF_2011 = ("1233214 12...", "1233224 125.3", ".333234 2251.", "1233244 1251.")

# The example of the encyclopaedia article on alpha: three coders, fifteen units, mostly missing.
THREE_CODERS = (".....34121133.3", "1.2133 43.......", "..2134 4.21133.4")


def counts_of(rows: str) -> np.ndarray:
    """One row per item, its answers written as digits: counts per class."""
    answers = [(item, digit) for item, row in enumerate(rows.split()) for digit in row]
    return tally(*zip(*answers, strict=True)).counts


def counts_by_person(rows: tuple[str, ...]) -> np.ndarray:
    """One row per person, one digit per item, a dot for no answer: counts per item and class."""
    people = [row.replace(" ", "") for row in rows]
    answers = [(item, int(d)) for person in people for item, d in enumerate(person) if d != "."]
    return tally(*zip(*answers, strict=True)).counts


def test_fleiss_kappa_of_his_table_1_is_0_430():
    counts = counts_of(FLEISS_1971)

    assert counts.sum(axis=0).tolist() == [26, 26, 30, 55, 43]
    assert fleiss_kappa(counts) == pytest.approx(0.430, abs=0.0005)
    assert percent_agreement(counts) == pytest.approx(0.556, abs=0.0005)  # his mean P


def test_cohen_kappa_of_his_200_patients_is_0_492():
    # Cohen (1968), Weighted kappa, Psychol. Bull. 70, 213-220: the table with n = 200, as shares.
    assert cohen_kappa([[0.44, 0.07, 0.09], [0.05, 0.20, 0.05], [0.01, 0.03, 0.06]]) == pytest.approx(
        0.492, abs=0.0005
    )


@pytest.mark.parametrize(("scale", "printed"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_alpha_of_four_observers_with_missing_data_is_as_printed(scale, printed):
    counts = counts_by_person(KRIPPENDORFF_2011)

    assert krippendorff_alpha(counts, scale, [1, 2, 3, 4, 5]) == pytest.approx(printed, abs=0.0005)


@pytest.mark.parametrize(("scale", "printed"), [("nominal", 0.691), ("interval", 0.811)])
def test_alpha_of_three_coders_is_as_printed(scale, printed):
    counts = counts_by_person(THREE_CODERS)

    assert krippendorff_alpha(counts, scale, [1, 2, 3, 4]) == pytest.approx(printed, abs=0.0005)


def test_percent_agreement_of_two_people_is_the_plain_share():
    counts = tally([1, 2, 3, 4] * 2, list("aabb") + list("abbb")).counts

    assert percent_agreement(counts) == 0.75


def test_an_item_with_one_answer_changes_nothing():
    counts = counts_of("112 122 222")
    lonely = np.vstack([counts, [5, 0], [0, 1]])[[0, 1, 2, 4]]

    assert percent_agreement(lonely) == percent_agreement(counts)
    assert krippendorff_alpha(lonely) == krippendorff_alpha(counts)


def test_perfect_agreement_is_one_and_perfect_disagreement_is_below_zero():
    assert fleiss_kappa(counts_of("111 222 333")) == pytest.approx(1)
    assert krippendorff_alpha(counts_of("111 22 3333")) == pytest.approx(1)
    assert cohen_kappa([[2, 0], [0, 5]]) == pytest.approx(1)
    assert cohen_kappa([[0, 3], [3, 0]]) == pytest.approx(-1)
    assert fleiss_kappa(counts_of("12 12 12")) == pytest.approx(-1)
    assert krippendorff_alpha(counts_of("12 12")) < 0


def test_a_figure_without_meaning_is_none():
    same = counts_of("111 111")
    single = counts_of("1 2 3")
    nothing = np.zeros((0, 2))

    assert fleiss_kappa(same) is None
    assert krippendorff_alpha(same) is None
    assert cohen_kappa([[4, 0], [0, 0]]) is None
    assert cohen_kappa(np.zeros((0, 0))) is None
    assert percent_agreement(same) == 1
    assert percent_agreement(single) is None
    assert krippendorff_alpha(single) is None
    assert [figure(nothing) for figure in (percent_agreement, fleiss_kappa, krippendorff_alpha)] == [None] * 3


def test_alpha_nears_fleiss_kappa_as_items_grow():
    counts = np.repeat(counts_of(FLEISS_1971), 200, axis=0)

    assert krippendorff_alpha(counts) == pytest.approx(fleiss_kappa(counts), abs=1e-4)


def test_a_class_that_nobody_chose_changes_nothing():
    counts = counts_by_person(KRIPPENDORFF_2011)
    wider = np.insert(counts, 2, 0, axis=1)

    for scale in ("nominal", "ordinal"):
        assert krippendorff_alpha(wider, scale) == pytest.approx(krippendorff_alpha(counts, scale))
    assert krippendorff_alpha(wider, "interval", [1, 2, 2.5, 3, 4, 5]) == pytest.approx(
        krippendorff_alpha(counts, "interval", [1, 2, 3, 4, 5])
    )


def test_two_people_are_compared_on_the_items_that_both_answered():
    table = cross_tally(["a", "b", None, "a", "b"], ["a", "a", "b", None, "b"])

    assert table.tolist() == [[1, 0], [1, 1]]  # down: a, b of the first; across: of the second
    assert cohen_kappa(table) == pytest.approx((2 / 3 - 4 / 9) / (1 - 4 / 9))


def test_tally_names_its_rows_and_columns():
    result = tally(["x2", "x1", "x2"], ["car", "bus", "car"])

    assert (result.items, result.classes) == (("x1", "x2"), ("bus", "car"))
    assert result.counts.tolist() == [[1, 0], [0, 2]]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: fleiss_kappa([[2, 1], [1, 1]]),
        lambda: fleiss_kappa([[1, 0], [0, 1]]),
        lambda: cohen_kappa([[1, 2, 3], [4, 5, 6]]),
        lambda: krippendorff_alpha([[2, 1], [1, 1]], "interval"),
        lambda: krippendorff_alpha([[2, 1], [1, 1]], "interval", [1, 2, 3]),
        lambda: percent_agreement([[1, -1]]),
        lambda: percent_agreement([[1, float("nan")]]),
        lambda: percent_agreement([1, 2]),
        lambda: tally([1, 2], ["a"]),
        lambda: cross_tally(["a"], []),
    ],
)
def test_tables_that_cannot_be_read_are_refused(wrong):
    with pytest.raises(ValueError, match=r"."):
        wrong()
