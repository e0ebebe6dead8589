"""What an address asks for: read once, made harmless, and written back into links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from flask import url_for

from elearning.services.people_filter import PeopleFilter, SortKey, StatusFilter

LONGEST_NAME = 100
EARLIEST = date(2000, 1, 1)
LONGEST_NUMBER = 6
DESCENDING = "-"
Kind = TypeVar("Kind", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to the overview; a page, its links and its CSV all come from it."""

    training_id: str
    unit_code: str
    status: StatusFilter | None
    name: str
    sort: SortKey
    is_descending: bool
    day: date
    is_today: bool
    page: int

    @property
    def is_filtered(self) -> bool:
        """Say whether anything but the training and the day narrows the rows."""
        return bool(self.unit_code or self.status or self.name)

    @property
    def order(self) -> str:
        """Return the order as an address has it; empty for the usual one."""
        order = f"{DESCENDING if self.is_descending else ''}{self.sort}"
        return "" if order == SortKey.NAME else order

    def rows(self, lang: str) -> PeopleFilter:
        """Return which rows are asked for, in which order."""
        return PeopleFilter(self.status, self.name, self.sort, self.is_descending, lang)

    def of_unit(self, code: str) -> Asked:
        """Return the same question about one unit."""
        return replace(self, unit_code=code)

    def with_status(self, status: StatusFilter | None) -> Asked:
        """Return the same question about one status, from the first page."""
        return replace(self, status=status, page=1)

    def on_page(self, page: int) -> Asked:
        """Return the same question, another page."""
        return replace(self, page=page)

    def sorted_by(self, sort: SortKey) -> Asked:
        """Return the same rows in another order; what is sorted already turns around."""
        turns = self.sort is sort and not self.is_descending
        return replace(self, sort=sort, is_descending=turns, page=1)

    def cleared(self) -> Asked:
        """Return the question without filters."""
        return replace(self, unit_code="", status=None, name="", page=1)

    def people_address(self, endpoint: str = "hr.people") -> str:
        """Return the address of the people, with only what differs from the usual."""
        return url_for(
            endpoint,
            training=self.training_id,
            eenheid=self.unit_code or None,
            status=self.status,
            naam=self.name or None,
            volgorde=self.order or None,
            pagina=None if self.page == 1 else self.page,
            dag=self._day(),
        )

    def overview_address(self) -> str:
        """Return the address of the rates, for the unit when there is one."""
        training, day = self.training_id, self._day()
        if self.unit_code:
            return url_for("hr.unit", code=self.unit_code, training=training, dag=day)
        return url_for("hr.overview", training=training, dag=day)

    def _day(self) -> str | None:
        return None if self.is_today else self.day.isoformat()


def read_asked(args: Mapping[str, str], *, usual_training: str, today: date) -> Asked:
    """Return the question in an address; what cannot be understood is left out.

    A day ahead becomes today: nothing is foretold.
    """
    order = args.get("volgorde", "")
    asked_day = _date(args.get("dag", ""))
    day = today if asked_day is None or asked_day < EARLIEST else min(asked_day, today)
    return Asked(
        training_id=args.get("training") or usual_training,
        unit_code=args.get("eenheid", ""),
        status=_one_of(StatusFilter, args.get("status", "")),
        name="".join(filter(str.isprintable, args.get("naam", ""))).strip()[:LONGEST_NAME],
        sort=_one_of(SortKey, order.removeprefix(DESCENDING)) or SortKey.NAME,
        is_descending=order.startswith(DESCENDING),
        day=day,
        is_today=day == today,
        page=_number(args.get("pagina", "")),
    )


def _one_of(kind: type[Kind], text: str) -> Kind | None:
    return kind(text) if text in set(kind) else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str) -> int:
    is_number = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return max(int(text), 1) if is_number else 1
