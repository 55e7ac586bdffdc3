"""Passwords, hashed with scrypt."""

from werkzeug.security import check_password_hash, generate_password_hash

from labelkit.domain.errors import Invalid
from labelkit.domain.texts import N_

SHORTEST = 8
# Compared against when there is no such person, so that the answer takes as long as for a real one.
_NOBODY = generate_password_hash("nobody has this password", method="scrypt")


def hashed(password: str) -> str:
    """The scrypt hash of a password; raises Invalid for one that is too short."""
    if len(password) < SHORTEST:
        raise Invalid(N_("A password needs at least %(least)d characters."), least=SHORTEST)
    return generate_password_hash(password, method="scrypt")


def matches(password: str, password_hash: str | None) -> bool:
    same = check_password_hash(password_hash or _NOBODY, password)
    return same and password_hash is not None
