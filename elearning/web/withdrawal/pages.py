"""The open requests as values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext as _

from elearning.learning.certificate import CertificateLanguage, long_date
from elearning.learning.training import Training
from elearning.services.withdraw_award import OpenWithdrawal
from elearning.web.withdrawal.forms import reasons


@dataclass(frozen=True, slots=True)
class Request:
    """One request; `confirm` is empty for who made it."""

    heading: str
    facts: tuple[tuple[str, str], ...]
    confirm: str | None
    decline: str


def requests_page(
    found: Iterable[OpenWithdrawal],
    *,
    me: UUID,
    trainings: Mapping[str, Training],
    lang: CertificateLanguage,
    zone: str,
) -> tuple[Request, ...]:
    """Return the requests as somebody sees them."""
    return tuple(_request(each, me, trainings, lang, ZoneInfo(zone)) for each in found)


def _request(
    each: OpenWithdrawal,
    me: UUID,
    trainings: Mapping[str, Training],
    lang: CertificateLanguage,
    zone: ZoneInfo,
) -> Request:
    training = trainings.get(each.training_id)
    asked_on = each.requested_at.astimezone(zone).date()
    is_mine = each.requested_by == me
    return Request(
        heading=each.holder,
        facts=(
            (_("Training"), each.training_id if training is None else training.title[lang]),
            (_("Obtained on"), long_date(each.award.obtained_on, lang)),
            (_("Reason"), reasons()[each.reason]),
            (_("Asked by"), each.requester or _("somebody who has left")),
            (_("Asked on"), long_date(asked_on, lang)),
        ),
        confirm=None if is_mine else url_for(".confirm", withdrawal_id=each.id),
        decline=url_for(".decline", withdrawal_id=each.id),
    )
