"""The learner's certificates as values."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext as _

from elearning.integrations.qr import qr_svg
from elearning.learning.award import AwardDates, AwardStatus
from elearning.learning.certificate import CertificateDocument, long_date
from elearning.storage.completion import Award
from elearning.web.parts import Certificate


@dataclass(frozen=True, slots=True)
class Row:
    """One certificate in the list."""

    title: str
    href: str
    hint: str
    status_kind: str
    status_text: str


def row(award: Award, words: str, dates: AwardDates, lang: str, today: date) -> Row:
    """Return one line of the list of certificates."""
    status = dates.status_on(today)
    return Row(
        title=json.loads(words)["title"][lang],
        href=url_for(".show", award_id=award.id),
        hint=_period(award, lang),
        status_kind=status.value,
        status_text=_status_text(status),
    )


def sheet(document: CertificateDocument) -> Certificate:
    """Return the certificate as the sheet shows it."""
    return Certificate(
        lang=document.lang,
        programme=_("First response"),
        name=document.name,
        title=document.training_title,
        goals=document.goals,
        obtained_on=document.obtained_text,
        valid_through=document.valid_through_text if document.valid_until else None,
        study_load=document.study_load_text,
        version=document.content_version,
        issuer=document.issuer,
        code=document.code,
        verify_url=document.verify_url,
        verify_text=document.verify_url.split("://", 1)[-1],
        qr=qr_svg(document.verify_url, alt=document.wording.qr_alt),
    )


def _period(award: Award, lang: str) -> str:
    words = "nl" if lang == "nl" else "en"
    obtained = _("Obtained on %(day)s", day=long_date(award.obtained_on, words))
    if award.valid_until is None:
        return obtained
    last = long_date(award.valid_until - timedelta(days=1), words)
    return f"{obtained}, {_('valid through %(day)s', day=last)}"


def _status_text(status: AwardStatus) -> str:
    return {
        AwardStatus.VALID: _("Valid"),
        AwardStatus.EXPIRED: _("Expired"),
        AwardStatus.REPLACED: _("Replaced"),
        AwardStatus.WITHDRAWN: _("Withdrawn"),
    }[status]
