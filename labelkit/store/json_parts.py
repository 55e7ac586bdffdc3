"""Single values out of a column that holds JSON, taken by the database.

Where a page adds up hundreds of rows, reading all of each costs more than all else.
"""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Text, cast, func, literal, type_coerce
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class json_part(FunctionElement[str]):  # noqa: N801  (it reads as a function of the database)
    """The value under a key of a JSON object, as text; NULL where there is none. The key has no quotes."""

    type = Text()
    inherit_cache = True


@compiles(json_part)
def _of_sqlite(element: json_part, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    column, key = (compiler.process(part, **options) for part in element.clauses)
    return f"json_extract({column}, '$.\"' || {key} || '\"')"


@compiles(json_part, "postgresql")
def _of_postgresql(element: json_part, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    column, key = (compiler.process(part, **options) for part in element.clauses)
    return f"(CAST({column} AS JSONB) ->> {key})"


def part(column: InstrumentedAttribute[Any], key: str) -> json_part:
    """The value under a key of the JSON object in a column, as text."""
    return json_part(type_coerce(column, Text), literal(key, Text))


def total_of(column: InstrumentedAttribute[Any], key: str) -> ColumnElement[int]:
    """The sum of the whole numbers under a key over many rows; 0 where none has it."""
    return func.coalesce(func.sum(cast(part(column, key), BigInteger)), 0)
