"""Codes of records: typed by people, told apart from typing errors."""

import random
from datetime import date

import pytest

from labelkit.domain.errors import Invalid
from labelkit.domain.records import ALPHABET, LENGTH, Line, Snapshot, new_code, read_code, shown_code
from labelkit.domain.texts import Texts

CODES = [new_code(random.Random(seed).choice) for seed in range(20)]


@pytest.mark.parametrize("code", CODES)
def test_a_new_code_is_read_as_it_is_shown(code):
    assert read_code(shown_code(code)) == code
    assert len(shown_code(code)) == LENGTH + 2


def test_a_code_is_read_as_people_type_it():
    code = "011V2" + CODES[0][5:]
    code = next(code[:-1] + last for last in ALPHABET if _is_code(code[:-1] + last))

    assert read_code(f"  oiluz{code[5:].lower()} ") == code
    assert read_code(code[:4] + " – " + code[4:]) == code
    assert read_code("".join(chr(ord(sign) + 0xFEE0) for sign in code)) == code  # full width


def _is_code(text):
    try:
        return read_code(text) == text
    except Invalid:
        return False


@pytest.mark.parametrize("code", CODES[:3])
def test_every_single_wrong_sign_is_found_out(code):
    for place in range(LENGTH):
        for sign in set(ALPHABET) - {code[place]}:
            with pytest.raises(Invalid, match="typing error"):
                read_code(code[:place] + sign + code[place + 1 :])


@pytest.mark.parametrize("code", CODES[:3])
def test_any_two_swapped_signs_are_found_out(code):
    for one in range(LENGTH):
        for other in range(one):
            signs = list(code)
            signs[one], signs[other] = signs[other], signs[one]
            if signs != list(code):
                with pytest.raises(Invalid, match="typing error"):
                    read_code("".join(signs))


@pytest.mark.parametrize(
    "typed", ["", "ABC", CODES[0][:-1], CODES[0] + "0", "가나다라마바사아자차카타", "!" * 12]
)
def test_what_cannot_be_a_code_is_refused(typed):
    with pytest.raises(Invalid, match="12 letters and digits"):
        read_code(typed)


def test_a_snapshot_is_read_back_as_it_was():
    line = Line(
        slug="street",
        title=Texts("도로", "Street"),
        task_type="bbox",
        firsts=12,
        passed=9,
        mean=0.81,
        standing=None,
        since=date(2026, 11, 1),
        until=date(2026, 11, 23),
        rules_version=2,
        guide_version=3,
    )
    snapshot = Snapshot("민지", (line,))

    assert Snapshot.from_json(snapshot.to_json()) == snapshot
