"""Withdrawals as values: the requests that wait, and what was decided about others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.learning.certificate import CertificateLanguage, long_date
from elearning.learning.training import Training
from elearning.services.withdrawals import DecidedPage, DecidedWithdrawal, OpenWithdrawal
from elearning.web.hr.forms import Table
from elearning.web.hr.words import number, short_day
from elearning.web.parts import Column
from elearning.web.withdrawal.forms import reasons


@dataclass(frozen=True, slots=True)
class Request:
    """One request; `confirm` is empty for who made it."""

    heading: str
    facts: tuple[tuple[str, str], ...]
    confirm: str | None
    decline: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided, a page at a time."""

    table: Table
    page: int
    pages: int
    previous_href: str | None
    next_href: str | None


@dataclass(frozen=True, slots=True)
class Wording:
    """What turns facts into words: the trainings, the language and the time zone."""

    trainings: Mapping[str, Training]
    lang: CertificateLanguage
    zone: ZoneInfo

    def training(self, training_id: str) -> str:
        """Return a title; the code of a training that has left the content."""
        found = self.trainings.get(training_id)
        return training_id if found is None else found.title[self.lang]


def requests_page(
    found: Iterable[OpenWithdrawal], *, me: UUID, wording: Wording
) -> tuple[Request, ...]:
    """Return the requests as somebody sees them."""
    return tuple(_request(each, me, wording) for each in found)


def _request(each: OpenWithdrawal, me: UUID, wording: Wording) -> Request:
    asked_on = each.requested_at.astimezone(wording.zone).date()
    is_mine = each.requested_by == me
    return Request(
        heading=each.holder,
        facts=(
            (_("Training"), wording.training(each.training_id)),
            (_("Obtained on"), long_date(each.obtained_on, wording.lang)),
            (_("Reason"), reasons()[each.reason]),
            (_("Asked by"), each.requester or _("somebody who has left")),
            (_("Asked on"), long_date(asked_on, wording.lang)),
        ),
        confirm=None if is_mine else url_for(".confirm", withdrawal_id=each.id),
        decline=url_for(".decline", withdrawal_id=each.id),
    )


def decided_page(found: DecidedPage, wording: Wording) -> Decided | None:
    """Return what was decided; None where nothing was."""
    if not found.rows:
        return None
    caption = ngettext(
        "%(total)s decision", "%(total)s decisions", found.found, total=number(found.found)
    )
    columns = (
        Column(_("Decided on")),
        Column(_("Certificate of")),
        Column(_("Training")),
        Column(_("Obtained on")),
        Column(_("Decision")),
        Column(_("Reason")),
        Column(_("Asked by")),
        Column(_("Decided by")),
    )
    return Decided(
        table=Table(caption, columns, tuple(_row(each, wording) for each in found.rows)),
        page=found.page,
        pages=found.pages,
        previous_href=_address(found.page - 1, found.pages),
        next_href=_address(found.page + 1, found.pages),
    )


def _row(each: DecidedWithdrawal, wording: Wording) -> tuple[str, ...]:
    return (
        _day(each.decided_at, wording.zone),
        each.holder,
        wording.training(each.training_id),
        short_day(each.obtained_on),
        _("Withdrawn") if each.is_confirmed else _("Left as it was"),
        reasons()[each.reason],
        each.requester or _("somebody who has left"),
        each.decider or _("somebody who has left"),
    )


def _day(at: datetime, zone: ZoneInfo) -> str:
    return short_day(at.astimezone(zone).date())


def _address(page: int, pages: int) -> str | None:
    if not 1 <= page <= pages:
        return None
    return url_for(".overview", pagina=None if page == 1 else page)
