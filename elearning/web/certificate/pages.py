"""The learner's certificates as values."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.integrations.qr import qr_svg
from elearning.learning.award import AwardDates, AwardStatus
from elearning.learning.certificate import CertificateDocument, CertificateLanguage, long_date
from elearning.learning.training import PartStatus
from elearning.services.complete_training import TrainingState
from elearning.storage.completion import Award
from elearning.web.learner.home_page import HomeBuilder
from elearning.web.learner.home_page import Row as PartRow
from elearning.web.learner.words import STATUS_KINDS
from elearning.web.parts import Certificate


@dataclass(frozen=True, slots=True)
class Row:
    """One certificate in the list."""

    title: str
    href: str
    hint: str
    status_kind: str
    status_text: str


@dataclass(frozen=True, slots=True)
class StillOpen:
    """A training without a valid certificate, with the parts that are still to be done."""

    title: str
    parts: tuple[PartRow, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """What the holder should know of a certificate that is not simply valid."""

    kind: str
    title: str
    text: str


def still_open(builder: HomeBuilder) -> tuple[StillOpen, ...]:
    """Return each training that has no valid certificate today, as the learner's home shows it."""
    cards = zip(builder.overview.states, builder.page("").trainings, strict=True)
    return tuple(
        StillOpen(
            card.title,
            tuple(
                part
                for group in card.groups
                for part in group.rows
                if part.status_kind != STATUS_KINDS[PartStatus.DONE]
            ),
        )
        for state, card in cards
        if not _is_valid(state, builder.today)
    )


def remark(
    dates: AwardDates, window_days: int, lang: CertificateLanguage, today: date
) -> Remark | None:
    """Return what to say above a certificate; None where it is valid for a long time yet."""
    status = dates.status_on(today)
    if status is AwardStatus.EXPIRED and dates.valid_until is not None:
        last = long_date(dates.valid_until - timedelta(days=1), lang)
        return Remark(
            "info",
            _("This certificate has expired"),
            _("It was valid through %(day)s. Whoever checks it sees that too.", day=last),
        )
    if status is AwardStatus.REPLACED:
        return Remark(
            "info",
            _("There is a newer certificate"),
            _("It replaces this one. Whoever checks this code sees that too."),
        )
    if status is AwardStatus.WITHDRAWN:
        return Remark(
            "attention",
            _("This certificate was withdrawn"),
            _("Your institution has withdrawn it. It no longer counts."),
        )
    return _expiring(dates, window_days, today)


def _expiring(dates: AwardDates, window_days: int, today: date) -> Remark | None:
    if dates.valid_until is None or not dates.expires_within(today, window_days):
        return None
    days = (dates.valid_until - today).days
    return Remark(
        "info",
        _("You can renew it now"),
        ngettext(
            "This certificate expires in %(num)d day.",
            "This certificate expires in %(num)d days.",
            days,
        ),
    )


def _is_valid(state: TrainingState, today: date) -> bool:
    return state.dates is not None and state.dates.status_on(today) is AwardStatus.VALID


def row(
    award: Award, words: str, dates: AwardDates, window_days: int, lang: str, today: date
) -> Row:
    """Return one line of the list of certificates."""
    status = dates.status_on(today)
    is_expiring = dates.expires_within(today, window_days)
    return Row(
        title=json.loads(words)["title"][lang],
        href=url_for(".show", award_id=award.id),
        hint=_period(award, lang),
        status_kind="expiring" if is_expiring else status.value,
        status_text=_("Expires soon") if is_expiring else _status_text(status),
    )


def sheet(document: CertificateDocument, award_id: UUID) -> Certificate:
    """Return the certificate as the sheet shows it."""
    logo = document.theme.logo
    return Certificate(
        lang=document.lang,
        programme=_("First response"),
        name=document.name,
        title=document.training_title,
        goals=document.goals,
        obtained_on=document.obtained_text,
        valid_through=document.valid_through_text if document.valid_until else None,
        study_load=document.study_load_text,
        version=document.version_text,
        issuer=document.issuer,
        code=document.code,
        verify_url=document.verify_url,
        verify_text=document.verify_url.split("://", 1)[-1],
        logo=None
        if logo is None
        else (url_for("certificate.logo", award_id=award_id), logo.alt[document.lang]),
        # The white frame around it on the sheet is the quiet zone.
        qr=qr_svg(document.verify_url, alt=document.wording.qr_alt, quiet_zone=0),
    )


def _period(award: Award, lang: str) -> str:
    words: CertificateLanguage = "nl" if lang == "nl" else "en"
    obtained = _("Obtained on %(day)s", day=long_date(award.obtained_on, words))
    if award.valid_until is None:
        return obtained
    last = long_date(award.valid_until - timedelta(days=1), words)
    through = _("valid through %(day)s", day=last)
    return f"{obtained}, {through}"


def _status_text(status: AwardStatus) -> str:
    return {
        AwardStatus.VALID: _("Valid"),
        AwardStatus.EXPIRED: _("Expired"),
        AwardStatus.REPLACED: _("Replaced"),
        AwardStatus.WITHDRAWN: _("Withdrawn"),
    }[status]
