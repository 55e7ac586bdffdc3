"""Places by standing, and the names under which people may see each other's."""

import hmac
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from labelkit.domain.standing import LEAST

FEWEST = 3  # people with a standing, before there are places: of two, each would know the other
# No vowels, so that a name never says something; without Y, which sounds like one.
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
_NAME = 3


@dataclass(frozen=True, slots=True)
class Place:
    """One person's place, from 1; equal standings share one. `alias` tells nothing of who it is, and stays
    the same as others come and go."""

    place: int
    user_id: int
    name: str
    alias: str
    standing: float
    n: int


def places(standings: Iterable[tuple[int, str, float, int]], secret: str) -> list[Place]:
    """Places of (user id, name, standing 0 to 1, n), the best first; empty while there are fewer than 3.

    Only standings of 3 first attempts or more count. Who has the same place is listed by alias, which is
    made with `secret`: not even the order tells who came first.
    """
    counted = [row for row in standings if row[3] >= LEAST]
    if len(counted) < FEWEST:
        return []
    alias = aliases([user_id for user_id, *_ in counted], secret)
    found: list[Place] = []
    for number, row in enumerate(sorted(counted, key=lambda row: (-row[2], alias[row[0]])), 1):
        user_id, name, standing, n = row
        shared = found and found[-1].standing == standing
        found.append(Place(found[-1].place if shared else number, user_id, name, alias[user_id], standing, n))
    return found


def aliases(user_ids: Collection[int], secret: str) -> dict[int, str]:
    """Letters for each person, out of the id and a secret, whoever else is there.

    Only where two people would have the same letters, one of them has more while both are there.
    """
    written = {user_id: _letters(user_id, secret) for user_id in user_ids}
    found: dict[int, str] = {}
    taken: set[str] = set()
    for user_id, letters in sorted(written.items(), key=lambda item: item[1]):
        length = next(n for n in range(_NAME, len(letters) + 1) if letters[:n] not in taken)
        found[user_id] = letters[:length]
        taken.add(letters[:length])
    return found


def _letters(user_id: int, secret: str) -> str:
    digest = hmac.digest(secret.encode(), str(user_id).encode(), "sha256")
    return "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest)
