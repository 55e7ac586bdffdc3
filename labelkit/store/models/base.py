"""What all tables share."""

from datetime import datetime
from typing import Any

from sqlalchemy import Enum
from sqlalchemy.orm import DeclarativeBase

from labelkit.domain.audit import What
from labelkit.domain.dispute_states import DisputeState
from labelkit.domain.gold_states import GoldState, Made
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback, Split
from labelkit.domain.runs import RunKind
from labelkit.domain.texts import Texts
from labelkit.domain.workflow import State, Verdict
from labelkit.store.types import Json, UtcDateTime, Value


def _words(kind: type) -> Enum:
    """An enum column that holds the words themselves, readable in any database tool."""
    return Enum(kind, native_enum=False, length=20, values_callable=lambda k: [m.value for m in k])


class Base(DeclarativeBase):
    type_annotation_map = {
        datetime: UtcDateTime,
        dict[str, Any]: Json,
        dict[str, int]: Json,
        list[Any]: Json,
        Texts: Value(Texts.to_json, Texts.from_json),
        Role: _words(Role),
        Split: _words(Split),
        Feedback: _words(Feedback),
        RunKind: _words(RunKind),
        GoldState: _words(GoldState),
        Made: _words(Made),
        State: _words(State),
        Verdict: _words(Verdict),
        DisputeState: _words(DisputeState),
        What: _words(What),
    }
