"""What an address asks for: read once, made harmless, and written back into links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from flask import url_for

from elearning.clock import AMSTERDAM
from elearning.services.people_filter import PeopleFilter, SortKey, StatusFilter
from elearning.web.hr.people_list import DESCENDING, EVERYONE, TERMS, PeopleList
from elearning.web.hr.sheet import FileKind

LONGEST_NAME = 100
EARLIEST = date(2000, 1, 1)
LONGEST_NUMBER = 6
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
    opened_in: int | None = None
    listed: PeopleList = EVERYONE

    @property
    def is_filtered(self) -> bool:
        """Say whether anything but the training and the day narrows the rows of the list."""
        narrowed = (self.unit_code, self.status, self.name, self.expires_in, self.opened_in)
        return any(narrowed)

    @property
    def chosen_status(self) -> StatusFilter | None:
        """Return the status that is asked for, also where the list itself asks for it."""
        if self.status is None and not self.listed.may_be_anyone:
            return self.listed.statuses[0]
        return self.status

    @property
    def ends_within(self) -> int | None:
        """Return within how many days a validity ends, if that is asked."""
        return self.expires_in or self.listed.ends_within

    @property
    def opened_within(self) -> int | None:
        """Return within how many days up to this one an obligation opened, if that is asked."""
        return self.opened_in or self.listed.opened_within

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
        return "" if order == self.listed.usual_order else order

    def rows(self, lang: str) -> PeopleFilter:
        """Return which rows are asked for, in which order."""
        ends_by = opened_from = None
        if self.ends_within is not None:
            ends_by = self.day + timedelta(days=self.ends_within)
        if self.opened_within is not None:
            opened_from = self.day - timedelta(days=self.opened_within)
        return PeopleFilter(
            self.chosen_status,
            self.name,
            self.sort,
            self.is_descending,
            lang,
            ends_by,
            opened_from,
        )

    def in_list(self, listed: PeopleList, *, expires_in: int | None = None) -> Asked:
        """Return the question about the same training, unit and day in another list."""
        sort, is_descending = _order(listed.usual_order, listed)
        return replace(
            self.cleared(),
            unit_code=self.unit_code,
            listed=listed,
            sort=sort,
            is_descending=is_descending,
            expires_in=expires_in,
        )

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
        return replace(
            self, unit_code="", status=None, name="", expires_in=None, opened_in=None, page=1
        )

    def people_address(self, kind: FileKind | None = None) -> str:
        """Return the address of the list, or of its file, with only what is not the usual."""
        page = self.listed.endpoint
        return url_for(
            page if kind is None else f"{page}_{kind}",
            status=self.status,
            volgorde=self.order or None,
            verloopt=self.expires_in,
            sinds=self.opened_in,
            **self.common(),
        )

    def question(self) -> str:
        """Return the question in full, to be asked again later: it holds its day, and no page."""
        _path, _, query = self.on_page(1).people_address().partition("?")
        asked = {**dict(parse_qsl(query)), "dag": self.day.isoformat()}
        if self.listed is not EVERYONE:
            asked["lijst"] = self.listed.endpoint
        return urlencode(asked)

    def order_address(self) -> str:
        """Return where a button goes that has the workbook made in the background."""
        return f"{url_for('files.ask')}?{self.question()}"

    def common(self) -> dict[str, Any]:
        """Return what the addresses of all lists say: of whom, on which day, which page."""
        return {
            "training": self.training_id,
            "eenheid": self.unit_code or None,
            "naam": self.name or None,
            "pagina": None if self.page == 1 else self.page,
            "dag": self._day(),
            "bekend": self.known_on,
        }

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


def read_asked(
    args: Mapping[str, str], *, usual_training: str, today: date, listed: PeopleList = EVERYONE
) -> Asked:
    """Return the question in an address; what cannot be understood is left out.

    A day ahead becomes today: nothing is foretold.
    """
    sort, is_descending = _order(args.get("volgorde", ""), listed)
    asked_day = read_date(args.get("dag", ""))
    day = today if asked_day is None or asked_day < EARLIEST else min(asked_day, today)
    return Asked(
        training_id=args.get("training") or usual_training,
        unit_code=args.get("eenheid", ""),
        status=one_of(listed.statuses, args.get("status", "")),
        name="".join(filter(str.isprintable, args.get("naam", ""))).strip()[:LONGEST_NAME],
        sort=sort,
        is_descending=is_descending,
        day=day,
        is_today=day == today,
        page=read_page(args),
        expires_in=_term(args.get("verloopt")) if _is_about_ends(listed) else None,
        known_on=_known_on(args, today),
        opened_in=_term(args.get("sinds")) if listed.opened_within else None,
        listed=listed,
    )


def _is_about_ends(listed: PeopleList) -> bool:
    return listed.may_be_anyone and listed.opened_within is None


def _order(text: str, listed: PeopleList) -> tuple[SortKey, bool]:
    """Return the column and whether it is turned around; else the usual order of the list."""
    sort = one_of(listed.columns, text.removeprefix(DESCENDING))
    if sort is None:
        return _order(listed.usual_order, listed)
    return sort, text.startswith(DESCENDING)


def _term(text: str | None) -> int | None:
    return next((each for each in TERMS if str(each) == text), None)


def _known_on(args: Mapping[str, str], today: date) -> date | None:
    """Return the day as known on; today and later are what is known now."""
    day = read_date(args.get("bekend", ""))
    return day if day is not None and EARLIEST <= day < today else None


def one_of(offered: Iterable[Kind], text: str) -> Kind | None:
    """Return the one that a text names; None for anything else."""
    return next((each for each in offered if each == text), None)


def read_date(text: str) -> date | None:
    """Return the day that an address names; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_page(args: Mapping[str, str]) -> int:
    """Return which page an address asks for, from one."""
    return page_number(args.get("pagina", ""))


def page_number(text: str) -> int:
    """Return the number of a page in an address; anything else is the first."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return max(int(text), 1) if is_number else 1
