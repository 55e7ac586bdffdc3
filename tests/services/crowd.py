"""Many people, or tabs, who do something in the same moment."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from labelkit.domain.errors import Refused
from labelkit.store.engine import writing

T = TypeVar("T")


def at_once(engine: Engine, n: int, act: Callable[[Session, int], T]) -> list[T | Refused]:
    """What `act(session, number)` gave to each of n, or the refusal: each in a transaction of its own."""
    start = threading.Barrier(n)

    def one(number: int) -> T | Refused:
        start.wait()
        try:
            with writing(engine) as session:
                done = act(session, number)
                session.commit()
                return done
        except Refused as refusal:
            return refusal

    with ThreadPoolExecutor(n) as pool:
        return [done.result() for done in [pool.submit(one, number) for number in range(n)]]


def of_kind(results: list[object], kind: type) -> list[object]:
    return [result for result in results if isinstance(result, kind)]
