"""Where two inspectors say the same of one answer, and where they differ."""

from labelkit.domain.marks import Mark
from labelkit.domain.second_looks import NEAR, Compared, Opinion, compare


def at(x, y, reason="missing"):
    return Mark(reason, at=(x, y))


def on(region, reason="loose"):
    return Mark(reason, region=region)


def test_two_who_marked_nothing_have_nothing_to_compare():
    assert compare(Opinion(), Opinion()) == []


def test_regions_stand_in_their_order_with_what_each_said():
    first, second = Opinion((on(2), on(0))), Opinion((on(0), on(1, "cut"), on(2, "cut")))

    found = compare(first, second)

    assert found == [
        Compared(("loose",), ("loose",), region=0),
        Compared((), ("cut",), region=1),
        Compared(("loose",), ("cut",), region=2),
    ]
    assert [one.same for one in found] == [True, False, False]


def test_the_order_of_reasons_makes_no_difference():
    both = Opinion((on(0, "loose"), on(0, "cut"))), Opinion((on(0, "cut"), on(0, "loose")))

    assert [one.same for one in compare(*both)] == [True]


def test_places_near_each_other_are_one_and_the_nearest_come_together():
    first, second = Opinion((at(0, 0), at(30, 0))), Opinion((at(29, 0), at(NEAR, 200, "extra")))

    assert compare(first, second) == [
        Compared(("missing",), (), at=(0, 0)),
        Compared(("missing",), ("missing",), at=(30, 0)),
        Compared((), ("extra",), at=(NEAR, 200)),
    ]


def test_a_place_has_one_partner_and_none_too_far_away():
    first, second = Opinion((at(0, 0), at(1, 0))), Opinion((at(0, 0.5), at(0, NEAR + 1)))

    assert [one.same for one in compare(first, second)] == [True, False, False]


def test_reasons_for_the_whole_come_last():
    found = compare(Opinion((on(0),), ("odd",)), Opinion(whole=("odd", "missing")))

    assert found[-1] == Compared(("odd",), ("odd", "missing"))
    assert not found[-1].same
