"""What an address asks for: read once, made harmless, and written back into links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from flask import url_for

from elearning.clock import AMSTERDAM
from elearning.services.people_filter import PeopleFilter, SortKey, StatusFilter
from elearning.web.hr.sheet import FileKind

LONGEST_NAME = 100
EARLIEST = date(2000, 1, 1)
TERMS = (30, 60, 90)
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
    expires_in: int | None
    known_on: date | None

    @property
    def is_filtered(self) -> bool:
        """Say whether anything but the training and the day narrows the rows."""
        return bool(self.unit_code or self.status or self.name or self.expires_in)

    @property
    def known_at(self) -> datetime | None:
        """Return the end of the day as known on; None is now."""
        if self.known_on is None:
            return None
        return datetime.combine(self.known_on + timedelta(days=1), time(), AMSTERDAM)

    @property
    def order(self) -> str:
        """Return the order as an address has it; empty for the usual one."""
        order = f"{DESCENDING if self.is_descending else ''}{self.sort}"
        return "" if order == SortKey.NAME else order

    def rows(self, lang: str) -> PeopleFilter:
        """Return which rows are asked for, in which order."""
        ends_by = None
        if self.expires_in is not None:
            ends_by = self.day + timedelta(days=self.expires_in)
        return PeopleFilter(self.status, self.name, self.sort, self.is_descending, lang, ends_by)

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
        return replace(self, unit_code="", status=None, name="", expires_in=None, page=1)

    def people_address(self, kind: FileKind | None = None) -> str:
        """Return the address of the people, or of their file, with only what is not the usual."""
        return url_for(
            "hr.people" if kind is None else f"hr.people_{kind}",
            training=self.training_id,
            eenheid=self.unit_code or None,
            status=self.status,
            naam=self.name or None,
            volgorde=self.order or None,
            verloopt=self.expires_in,
            pagina=None if self.page == 1 else self.page,
            dag=self._day(),
            bekend=self.known_on,
        )

    def question(self) -> str:
        """Return the question in full, to be asked again later: it holds its day, and no page."""
        _path, _, query = self.on_page(1).people_address().partition("?")
        return urlencode({**dict(parse_qsl(query)), "dag": self.day.isoformat()})

    def order_address(self) -> str:
        """Return where a button goes that has the workbook made in the background."""
        return f"{url_for('files.ask')}?{self.question()}"

    def units_address(self, kind: FileKind | None = None) -> str:
        """Return the address of the table with every unit, or of its file."""
        return url_for(
            "hr.units" if kind is None else f"hr.units_{kind}",
            training=self.training_id,
            eenheid=self.unit_code or None,
            dag=self._day(),
            bekend=self.known_on,
        )

    def overview_address(self) -> str:
        """Return the address of the rates, for the unit when there is one."""
        when: dict[str, Any] = {
            "training": self.training_id,
            "dag": self._day(),
            "bekend": self.known_on,
        }
        if self.unit_code:
            return url_for("hr.unit", code=self.unit_code, **when)
        return url_for("hr.overview", **when)

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
        status=one_of(StatusFilter, args.get("status", "")),
        name="".join(filter(str.isprintable, args.get("naam", ""))).strip()[:LONGEST_NAME],
        sort=one_of(SortKey, order.removeprefix(DESCENDING)) or SortKey.NAME,
        is_descending=order.startswith(DESCENDING),
        day=day,
        is_today=day == today,
        page=page_number(args.get("pagina", "")),
        expires_in=next((each for each in TERMS if str(each) == args.get("verloopt")), None),
        known_on=_known_on(args, today),
    )


def _known_on(args: Mapping[str, str], today: date) -> date | None:
    """Return the day as known on; today and later are what is known now."""
    day = _date(args.get("bekend", ""))
    return day if day is not None and EARLIEST <= day < today else None


def one_of(kind: type[Kind], text: str) -> Kind | None:
    """Return the member of a closed list that an address names, if it does."""
    return kind(text) if text in set(kind) else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def page_number(text: str) -> int:
    """Return the number of a page in an address; anything else is the first."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return max(int(text), 1) if is_number else 1
