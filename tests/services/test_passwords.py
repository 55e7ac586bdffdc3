"""A password is kept as a scrypt hash that costs an attacker time and memory."""

import pytest

from labelkit.domain.errors import Invalid
from labelkit.services import passwords
from tests.make import PASSWORD, PASSWORD_HASH


def test_a_hash_costs_32_megabytes_and_has_a_salt_of_its_own():
    method, salt, _ = PASSWORD_HASH.split("$")
    name, n, r, _parallel = method.split(":")

    assert (name, 128 * int(n) * int(r)) == ("scrypt", 32 * 2**20)
    assert len(salt) >= 16
    assert passwords.hashed(PASSWORD).split("$")[1] != salt


def test_the_right_password_matches_and_no_other():
    assert passwords.matches(PASSWORD, PASSWORD_HASH)
    assert not passwords.matches(PASSWORD.upper(), PASSWORD_HASH)


@pytest.mark.parametrize("password", ["", "nobody has this password"])
def test_nothing_matches_where_there_is_no_password(password):
    assert not passwords.matches(password, None)


def test_eight_characters_are_enough_and_seven_are_not():
    assert passwords.matches("여덟글자입니다!", passwords.hashed("여덟글자입니다!"))
    with pytest.raises(Invalid, match=r"^A password needs at least 8 characters\.$"):
        passwords.hashed("일곱글자입니다")
