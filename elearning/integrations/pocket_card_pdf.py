"""Prints the pocket card as PDF, one sheet of A6, with the fonts that packages bring."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from elearning.integrations.typst_pdf import font_families, packaged_fonts, print_sheet

if TYPE_CHECKING:
    from elearning.learning.pocket_card import PocketCardSheet


def render_pocket_card(card: PocketCardSheet) -> bytes:
    """Return the card; everything arrives as data, so that no text is read as Typst source."""
    fonts = packaged_fonts()
    day = card.made_on
    data = {
        **asdict(card),
        "made_on": {"year": day.year, "month": day.month, "day": day.day},
        "has_unchecked": card.has_unchecked,
        "fonts": font_families(fonts),
    }
    return print_sheet("pocket_card.typ", {"card": json.dumps(data)}, fonts=fonts, day=day)
