"""How a project inspects: what can be said, and what is refused in words."""

import pytest

from labelkit.domain.errors import Invalid
from labelkit.domain.review_rules import ReviewRules


def test_without_a_word_everything_is_inspected_and_nothing_has_a_deadline():
    rules = ReviewRules.from_json({})

    assert rules == ReviewRules()
    assert (rules.sample_percent, rules.rework_hours, rules.rework_limit, rules.overlap) == (
        100,
        None,
        None,
        None,
    )


def test_what_is_written_is_read_again():
    rules = ReviewRules(25, 50, "spring", 26, 3, 2, 14)

    assert ReviewRules.from_json(rules.to_json()) == rules


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ([], "The rules must be a JSON object."),
        ({"percent": 5}, "There is no rule named “percent”."),
        ({"sample_percent": 0}, "The rule “sample_percent” must be from 5 to 100."),
        ({"sample_percent": 12}, "“sample_percent” goes in steps of 5."),
        ({"cross_percent": 7}, "“cross_percent” goes in steps of 5."),
        ({"sample_percent": None}, "The rule “sample_percent” must be a whole number."),
        ({"rework_hours": True}, "The rule “rework_hours” must be a whole number."),
        ({"rework_hours": 0}, "The rule “rework_hours” must be from 1 to 720."),
        ({"rework_limit": 11}, "The rule “rework_limit” must be from 1 to 10."),
        ({"overlap": 1}, "The rule “overlap” must be from 2 to 20."),
        ({"dispute_days": 0.5}, "The rule “dispute_days” must be a whole number."),
        ({"seed": "x" * 41}, "The seed is a text of at most 40 characters."),
        ({"seed": 7}, "The seed is a text of at most 40 characters."),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(raw, sentence):
    with pytest.raises(Invalid) as refused:
        ReviewRules.from_json(raw)

    assert str(refused.value) == sentence
