"""What HR sees of someone, for that person: the cells of HR's own table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from elearning.services.what_hr_sees import SeenRow
from elearning.web.hr.people_list import USUAL_COLUMNS
from elearning.web.hr.people_page import row_cells
from elearning.web.hr.words import column_text
from elearning.web.parts import Cell, Column


@dataclass(frozen=True, slots=True)
class SeenTable:
    """One of HR's tables, with one row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def seen_tables(rows: Iterable[SeenRow], lang: str) -> tuple[SeenTable, ...]:
    """Return a table per training, exactly as HR's."""
    columns = tuple(Column(column_text(each)) for each in USUAL_COLUMNS)
    return tuple(
        SeenTable(each.training.title[lang], columns, (row_cells(each.row, lang),)) for each in rows
    )
