"""The rules of a project are read from JSON that names what differs, and nonsense is refused in words."""

import json
import math

import pytest

from labelkit.domain.errors import Invalid
from labelkit.domain.rules import BoxRules, ClassRules


def test_no_rules_are_the_rules_of_the_design():
    rules = BoxRules.from_json({})

    assert rules == BoxRules()
    assert (rules.match_iou, rules.near_iou, rules.ignore_share, rules.pass_score) == (0.5, 0.1, 0.5, 0.8)
    assert (rules.tolerance_share, rules.tolerance_min, rules.tolerance_max) == (0.03, 2, 10)
    assert (rules.fail_factor, rules.flags, rules.min_side, rules.max_regions) == (2, (), 0, 500)


@pytest.mark.parametrize(
    "rules", [BoxRules(match_iou=0.6, flags=("occluded",), max_regions=20), ClassRules(multiple=True)]
)
def test_rules_come_back_from_json_as_they_were(rules):
    assert type(rules).from_json(json.loads(json.dumps(rules.to_json()))) == rules


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ([], "The rules must be a JSON object."),
        (None, "The rules must be a JSON object."),
        ({"match_uoi": 0.5}, "There is no rule named “match_uoi”."),
        ({"match_iou": "0.5"}, "The rule “match_iou” must be a number."),
        ({"match_iou": True}, "The rule “match_iou” must be a number."),
        ({"match_iou": None}, "The rule “match_iou” must be a number."),
        ({"match_iou": [0.5]}, "The rule “match_iou” must be a number."),
        ({"match_iou": math.nan}, "The rule “match_iou” must be a number."),
        ({"tolerance_max": math.inf}, "The rule “tolerance_max” must be a number."),
        ({"tolerance_max": 10**400}, "The rule “tolerance_max” must be from 2 to 1000."),
        ({"match_iou": 1.5}, "The rule “match_iou” must be from 0.01 to 1."),
        ({"near_iou": 0.6}, "The rule “near_iou” must be from 0.01 to 0.5."),
        ({"tolerance_min": 0}, "The rule “tolerance_min” must be from 0.01 to 1000."),
        ({"tolerance_max": 1}, "The rule “tolerance_max” must be from 2 to 1000."),
        ({"pass_score": -0.1}, "The rule “pass_score” must be from 0 to 1."),
        ({"max_regions": 2.5}, "The rule “max_regions” must be a whole number."),
        ({"flags": "occluded"}, "The rule “flags” must be a list out of: occluded, truncated."),
        ({"flags": ["hidden"]}, "The rule “flags” must be a list out of: occluded, truncated."),
        ({"flags": [["occluded"]]}, "The rule “flags” must be a list out of: occluded, truncated."),
        ({"flags": ["occluded", "occluded"]}, "The rule “flags” must be a list out of: occluded, truncated."),
    ],
)
def test_nonsense_in_the_rules_of_boxes_is_refused_with_a_sentence(raw, sentence):
    with pytest.raises(Invalid) as refused:
        BoxRules.from_json(raw)

    assert str(refused.value) == sentence


@pytest.mark.parametrize("raw", [{"multiple": 1}, {"unusable": "no"}, {"pass_score": 80}, {"flags": []}])
def test_nonsense_in_the_rules_of_classes_is_refused(raw):
    with pytest.raises(Invalid):
        ClassRules.from_json(raw)


def test_an_item_is_passed_at_the_pass_score_exactly():
    assert BoxRules().passes(0.8)
    assert BoxRules().passes(0.8 - 1e-12)
    assert not BoxRules().passes(0.7999)
    assert ClassRules(pass_score=1).passes(1.0)
