"""Prints a certificate as PDF: PDF/A-3a and PDF/UA-1 in one file, equal bytes for equal data."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING

import typst

from elearning.errors import CertificateNotPrintable
from elearning.integrations.qr import qr_svg

if TYPE_CHECKING:
    from elearning.learning.certificate import CertificateDocument

_STANDARDS: list[typst.PDFStandard] = ["a-3a", "ua-1"]
_BOOK_FONT = "Libertinus Serif"  # inside the typst package: Latin, Greek, Cyrillic and Hebrew
_FONT_PACKAGES = ("justmytype_intl_rtl", "justmytype_intl_cjk")  # optional; wider scripts
_OTHER_SCRIPTS = ("Noto Sans Arabic", "Noto Sans SC", "DejaVu Sans Mono")


STATEMENT_FILE = "certificate.json"
BADGE_FILE = "open-badge.json"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the PDF, for programs that read it."""

    name: str
    mime_type: str
    description: str
    text: str


def badge_attachment(document: CertificateDocument, text: str) -> Attachment:
    """Return the Open Badge as a file, which other programs can take out."""
    return Attachment(BADGE_FILE, "application/ld+json", document.wording.badge_file, text)


def statement_attachment(document: CertificateDocument, text: str) -> Attachment:
    """Return the signed statement as the file that `elearning verify` looks for."""
    words = document.wording
    return Attachment(STATEMENT_FILE, "application/json", words.statement_file, text)


def render_certificate(
    document: CertificateDocument,
    *,
    attachments: tuple[Attachment, ...] = (),
    font_folders: tuple[str, ...] | None = None,
) -> bytes:
    """Return the certificate as one A4 sheet; only packaged fonts are used, never the machine's.

    `font_folders` are folders with fonts for more scripts; by default those of the optional font
    packages that are installed. A name without a font, such as one with an emoji, raises
    `CertificateNotPrintable`. The renderer is built anew each time because it may not be shared
    between threads; the fonts may, and are loaded once.
    """
    fonts = packaged_fonts(font_folders)
    inputs = _inputs(document, attachments, font_families(fonts))
    try:
        return print_sheet("certificate.typ", inputs, fonts=fonts, day=document.obtained_on)
    except typst.TypstError as error:
        raise CertificateNotPrintable(_without_quotes(error.message)) from None


def print_sheet(template: str, inputs: dict[str, str], *, fonts: typst.Fonts, day: date) -> bytes:
    """Return a sheet as PDF; `day` is that of the document, so equal data gives equal bytes.

    Raises `typst.TypstError` where something cannot be set, such as a letter without a font.
    """
    pdf, _ = typst.compile_with_warnings(
        _template(template),
        font_paths=fonts,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=_STANDARDS,
        timestamp=datetime.combine(day, time(), tzinfo=UTC),
    )
    return pdf


def packaged_fonts(font_folders: tuple[str, ...] | None = None) -> typst.Fonts:
    """Return the fonts of packages only: those of typst, and of the optional packages."""
    return _fonts(installed_font_folders() if font_folders is None else font_folders)


@cache
def installed_font_folders() -> tuple[str, ...]:
    """Return the folders of the optional font packages that are installed here."""
    specs = (find_spec(package) for package in _FONT_PACKAGES)
    return tuple(
        folder for spec in specs if spec for folder in spec.submodule_search_locations or ()
    )


@cache
def _fonts(folders: tuple[str, ...]) -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=list(folders)
    )


@cache
def _template(name: str) -> bytes:
    return files("elearning.integrations").joinpath(name).read_bytes()


def _inputs(
    document: CertificateDocument, attachments: tuple[Attachment, ...], fonts: list[str]
) -> dict[str, str]:
    """Return everything the sheet needs as data, so that no text is ever read as Typst source."""
    day, logo = document.obtained_on, document.theme.logo
    data = {
        "words": asdict(document.wording),
        "name": " ".join(document.name.split()),
        "training_title": document.training_title,
        "content_version": document.version_text,
        "obtained_on": {"year": day.year, "month": day.month, "day": day.day},
        "obtained": document.obtained_text,
        "valid_through": document.valid_through_text,
        "study_load": document.study_load_text,
        "issuer": document.issuer,
        "goals": document.goals,
        "code": document.code,
        "verify_url": document.verify_url,
        "lang": document.lang,
        "fonts": fonts,
        "primary": document.theme.primary,
        "logo_alt": None if logo is None else logo.alt[document.lang],
        "attachments": [asdict(each) for each in attachments],
    }
    qr = qr_svg(document.verify_url, alt=document.wording.qr_alt, quiet_zone=0)
    drawing = "" if logo is None else logo.svg
    return {"certificate": json.dumps(data), "qr": str(qr), "logo": drawing}


def font_families(fonts: typst.Fonts) -> list[str]:
    """Return the families in order of preference; Typst itself looks further for the rest."""
    present = fonts.families()
    return [_BOOK_FONT, *(family for family in _OTHER_SCRIPTS if family in present)]


def _without_quotes(diagnosis: str) -> str:
    """Return a diagnosis without the text it quotes, which is part of somebody's name."""
    return re.sub(r"`.*`", "…", diagnosis, flags=re.DOTALL)
