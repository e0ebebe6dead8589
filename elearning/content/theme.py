"""Reads the theme of an overlay: a colour with enough contrast, and a logo beside it."""

from __future__ import annotations

import re
from pathlib import Path

from elearning.learning.theme import (
    COLOUR,
    LEAST_CONTRAST,
    OWN,
    Logo,
    Theme,
    contrast_on_white,
)
from elearning.problem import Findings
from elearning.yaml_fields import LANGUAGES, Reader, read_fields

LARGEST_LOGO = 200_000
FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\.svg")
# A drawing that runs, fetches or embeds something is no logo.
NOT_IN_A_DRAWING = re.compile(
    r"<script|<foreignObject|javascript:|\son[a-z]+\s*=|(href|src)\s*=\s*[\"'](?!#)|url\((?!#)|<!",
    re.IGNORECASE,
)


def read_theme(overlay: Reader, folder: Path, findings: Findings) -> Theme:
    """Return the theme; without one, our own colour and no logo."""
    value = overlay.located("theme")
    if value is None:
        return OWN
    with read_fields(value, findings) as reader:
        name = reader.optional_text("logo")
        alt = reader.optional_translated("logo_alt")
        logo = None if name is None else _logo(reader, folder, name, alt)
        return Theme(primary=_primary(reader), logo=logo)


def _primary(reader: Reader) -> str:
    colour = reader.optional_text("primary")
    if colour is None:
        return OWN.primary
    if not COLOUR.fullmatch(colour):
        reader.wrong("primary", "needs a colour, such as #1E5B66")
        return OWN.primary
    contrast = contrast_on_white(colour)
    if contrast < LEAST_CONTRAST:
        reader.wrong(
            "primary",
            f"has a contrast of {contrast:.1f} with white and needs {LEAST_CONTRAST}: "
            "choose a darker one",
        )
        return OWN.primary
    return colour.upper()


def _logo(reader: Reader, folder: Path, name: str, alt: dict[str, str] | None) -> Logo | None:
    path = folder / name
    if not FILE_NAME.fullmatch(name) or not path.is_file():
        reader.wrong("logo", "needs the name of an SVG file beside the overlay")
        return None
    if alt is None or not all(alt.get(lang) for lang in LANGUAGES):
        reader.wrong("logo_alt", "is missing: say what the logo says, in both languages")
        return None
    svg = path.read_bytes().decode(errors="replace")
    if len(svg) > LARGEST_LOGO or "<svg" not in svg or NOT_IN_A_DRAWING.search(svg):
        reader.wrong("logo", "is too large, or holds more than a drawing")
        return None
    return Logo(svg, alt)
