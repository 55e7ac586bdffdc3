"""What people write for a project stands in Korean, in English, or in both."""

import pytest

from labelkit.domain.errors import Invalid, Refused
from labelkit.domain.texts import N_, Texts

BOTH = Texts("차", "car")


def test_each_language_gets_its_own_text():
    assert BOTH.pick("ko") == "차"
    assert BOTH.pick("en") == "car"


def test_a_missing_text_falls_back_to_the_other_language():
    assert Texts(ko="차").pick("en") == "차"
    assert Texts(en="car").pick("ko") == "car"


def test_a_language_that_nobody_writes_in_gets_korean():
    assert BOTH.pick("fr") == "차"


@pytest.mark.parametrize("texts", [BOTH, Texts(ko="차"), Texts(en="car"), Texts()])
def test_texts_survive_writing_and_reading(texts):
    assert Texts.from_json(texts.to_json()) == texts


def test_a_missing_text_is_not_written_at_all():
    assert Texts(ko="차").to_json() == {"ko": "차"}


def test_no_text_in_any_language_is_nothing():
    assert not Texts()
    assert Texts(en="car")


def test_marking_a_sentence_for_translation_leaves_it_as_it_is():
    assert N_("Box %(number)d has no area.") == "Box %(number)d has no area."


def test_a_refusal_says_its_sentence_with_its_values():
    problem = Invalid(N_("Box %(number)d has no area."), number=3)

    assert str(problem) == "Box 3 has no area."
    assert problem.sentence == "Box %(number)d has no area."


def test_a_refusal_without_values_may_hold_a_percent_sign():
    assert str(Refused("100 % is the most.")) == "100 % is the most."


def test_a_refusal_within_a_refusal_is_said_in_full():
    inner = Invalid("Box %(number)d has no area.", number=3)

    outer = Invalid("The gold of %(item)s is not valid: %(problem)s", item="sb-001", problem=inner)

    assert str(outer) == "The gold of sb-001 is not valid: Box 3 has no area."
