"""What a manager sees of who is past the date: names with a day, or that there is nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.services.completion_query import CompletionQuery
from elearning.services.late_names import LateNames
from elearning.web.hr.forms import Table
from elearning.web.hr.words import long_day, number, short_day
from elearning.web.parts import Column


@dataclass(frozen=True, slots=True)
class LatePage:
    """The page; `trainings` is empty where there is only one to choose."""

    lead: str
    table: Table | None
    trainings: tuple[tuple[str, str], ...]
    training_id: str
    page: int
    pages: int
    previous_href: str | None
    next_href: str | None


def late_page(
    found: LateNames, query: CompletionQuery, *, trainings: tuple[tuple[str, str], ...], lang: str
) -> LatePage:
    """Return the page about one training."""
    return LatePage(
        lead=_(
            "%(training)s. %(units)s. As of %(day)s.",
            training=query.training.title[lang],
            units=", ".join(each.name(lang) for each in query.scope.tops),
            day=long_day(query.day),
        ),
        table=_table(found) if found.names else None,
        trainings=trainings if len(trainings) > 1 else (),
        training_id=query.training.id,
        page=found.page,
        pages=found.pages,
        previous_href=_address(query, found.page - 1, found.pages),
        next_href=_address(query, found.page + 1, found.pages),
    )


def _table(found: LateNames) -> Table:
    caption = ngettext(
        "%(total)s member of staff", "%(total)s staff", found.found, total=number(found.found)
    )
    columns = Column(_("Name")), Column(_("Had to be done by"))
    return Table(caption, columns, tuple(_row(*each) for each in found.names))


def _row(name: str, due_on: date | None) -> tuple[str, str]:
    return name, short_day(due_on)


def _address(query: CompletionQuery, page: int, pages: int) -> str | None:
    if not 1 <= page <= pages:
        return None
    return url_for("late_names.show", training=query.training.id, pagina=page)
