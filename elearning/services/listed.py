"""A table from one parameter: rows that the program knows, for a statement to join.

However many rows there are, a statement stays as short as it was, and is compiled once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, Uuid, cast, func, literal, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from elearning.storage.engine import is_sqlite

Types = Mapping[str, type[TypeEngine[Any]]]


def listed(session: Session, types: Types, rows: Iterable[Sequence[Any]]) -> Select[Any]:
    """Return a selection of exactly these rows, with columns of these names and types.

    A cell is a text, a number or nothing; a key (`Uuid`) is given as text.
    """
    given = literal(json.dumps([list(row) for row in rows]))
    if is_sqlite(session):
        row = func.json_each(given).table_valued("value", name="listed").c.value
        cells = [_from_sqlite(row, number, each) for number, each in enumerate(types.values())]
    else:
        row = func.jsonb_array_elements(cast(given, JSONB)).column_valued("listed")
        cells = [cast(row.op("->>")(number), each) for number, each in enumerate(types.values())]
    return select(*(cell.label(name) for name, cell in zip(types, cells, strict=True)))


def _from_sqlite(
    row: ColumnElement[Any], number: int, kept_as: type[TypeEngine[Any]]
) -> ColumnElement[Any]:
    """Return a cell as SQLite keeps a column of this type: a key is a text."""
    as_type = Text if kept_as is Uuid else kept_as
    cell: ColumnElement[Any] = func.json_extract(row, f"$[{number}]", type_=as_type())
    return cell
