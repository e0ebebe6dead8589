"""What the page with every unit shows: one table, the largest figures of each, and its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.learning.training import Training
from elearning.services.completion_overview import UnitLine
from elearning.services.completion_query import CompletionQuery
from elearning.web.hr.export import unit_cells, unit_columns
from elearning.web.hr.filters import Asked
from elearning.web.hr.forms import Choices, Table, choices, file_links
from elearning.web.hr.words import lead_text, number
from elearning.web.parts import Cell, Column, Link

CODE, NAME, LEVEL = 0, 1, 2


@dataclass(frozen=True, slots=True)
class UnitsPage:
    """The page with every unit of a scope."""

    lead: str
    back: Link
    choices: Choices
    table: Table | None
    files: tuple[Link, ...]


def units_page(
    lines: Sequence[UnitLine],
    asked: Asked,
    query: CompletionQuery,
    *,
    trainings: Mapping[str, Training],
    lang: str,
) -> UnitsPage:
    """Return the page."""
    caption = ngettext("%(total)s unit", "%(total)s units", len(lines), total=number(len(lines)))
    columns = tuple(
        Column(label, is_number=place > NAME)
        for place, label in enumerate(unit_columns())
        if place not in {CODE, LEVEL}
    )
    rows = tuple(_row(line, asked, lang) for line in lines)
    return UnitsPage(
        lead=lead_text(query, asked, lang),
        back=Link(_("Completion overview"), asked.overview_address()),
        choices=choices(asked, trainings, lang, asked.units_address()),
        table=Table(caption, columns, rows) if lines else None,
        files=file_links(asked.units_address, _("Download as %(kind)s")),
    )


def _row(line: UnitLine, asked: Asked, lang: str) -> tuple[Cell, ...]:
    """Return the cells of the files; the name is a link, set in by its level."""
    _code, name, depth, *figures = unit_cells(line, lang)
    return (
        Link(str(name), asked.of_unit(line.unit.code).overview_address(), int(str(depth))),
        *("\N{EN DASH}" if each is None else number(int(str(each))) for each in figures),
    )
