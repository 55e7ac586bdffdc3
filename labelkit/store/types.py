"""Column types that read as one word in the models."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated, Any

from sqlalchemy import DateTime, Dialect, Text, TypeDecorator
from sqlalchemy.orm import mapped_column


def utc_now() -> datetime:
    return datetime.now(UTC)


def day_of(moment: datetime) -> date:
    """The day of a moment where the server stands (its time zone, which TZ may set)."""
    return moment.astimezone().date()


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time in UTC. SQLite forgets the zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def dump_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


class Json(TypeDecorator[Any]):
    """Any JSON value as UTF-8 text; NaN and Infinity are refused."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:
        return None if value is None else dump_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> object:
        return None if value is None else json.loads(value)


class Value(TypeDecorator[Any]):
    """A domain value, kept as JSON text by its own `to_json` and `from_json`."""

    impl = Text
    cache_ok = True

    def __init__(self, dump: Callable[[Any], object], load: Callable[[Any], object]) -> None:
        super().__init__()
        self.dump, self.load = dump, load

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:
        return None if value is None else dump_json(self.dump(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> object:
        return None if value is None else self.load(json.loads(value))


Key = Annotated[int, mapped_column(primary_key=True)]
Moment = Annotated[datetime, mapped_column(UtcDateTime, default=utc_now)]
