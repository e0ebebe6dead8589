"""The statement of the study load as values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.learning.certificate import CertificateDocument
from elearning.services.held_certificates import StudyPart
from elearning.web.parts import Cell, Column


@dataclass(frozen=True, slots=True)
class StudyLoadPage:
    """Everything on the statement; nothing of how somebody learned, and no score."""

    name: str
    title: str
    facts: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def study_load_page(document: CertificateDocument, parts: Sequence[StudyPart]) -> StudyLoadPage:
    """Return the statement of a certificate."""
    return StudyLoadPage(
        name=document.name,
        title=document.training_title,
        facts=(
            (_("Obtained on"), document.obtained_text),
            (_("Valid through"), document.valid_through_text),
            (_("Issued by"), document.issuer),
            (_("Code of the certificate"), document.code),
            (_("To be checked at"), document.verify_url.split("://", 1)[-1]),
        ),
        columns=(Column(_("Part")), Column(_("Study load"), is_number=True)),
        rows=(
            *((part.title, _minutes(part.minutes)) for part in parts),
            *_practice(document.study_load_minutes - sum(part.minutes for part in parts)),
            (_("Total"), _minutes(document.study_load_minutes)),
        ),
    )


def _practice(minutes: int) -> tuple[tuple[Cell, ...], ...]:
    """Return one line for all that was practised and asked, the same for every way of learning."""
    return ((_("Practice and questions at the end"), _minutes(minutes)),) if minutes > 0 else ()


def _minutes(count: int) -> str:
    return ngettext("%(num)d minute", "%(num)d minutes", count)
