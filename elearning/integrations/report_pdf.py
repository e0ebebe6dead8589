"""Prints a report of headings and tables as PDF, tagged, with the fonts that packages bring."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date

import typst

from elearning.errors import CertificateNotPrintable
from elearning.integrations.typst_pdf import font_families, packaged_fonts, print_sheet


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with lines and a table; without columns there is no table.

    `widths` are shares of the paper; without them all columns are equally wide.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    level: int = 2
    lines: tuple[str, ...] = ()
    caption: str = ""
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A document of several parts; `contents` is the heading of a list of them, or empty."""

    title: str
    institution: str
    lang: str
    made_on: date
    intro: tuple[str, ...]
    parts: tuple[Part, ...]
    contents: str = ""


def render_report(report: Report) -> bytes:
    """Return the report; everything arrives as data, so that no text is read as Typst source.

    Raises `CertificateNotPrintable` for letters without a font.
    """
    fonts, day = packaged_fonts(), report.made_on
    data = {
        **asdict(report),
        "made_on": {"year": day.year, "month": day.month, "day": day.day},
        "fonts": font_families(fonts),
    }
    try:
        return print_sheet("report.typ", {"report": json.dumps(data)}, fonts=fonts, day=day)
    except typst.TypstError:
        raise CertificateNotPrintable("a letter has no font") from None
