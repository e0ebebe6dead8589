"""The image of every badge: our own drawing, as SVG and as PNG."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

import typst

SIDE: Final = 512  # points, and pixels of the PNG
SHEET: Final = (
    f"#set page(width: {SIDE}pt, height: {SIDE}pt, margin: 0pt, fill: none)\n"
    f'#image(bytes(sys.inputs.drawing), format: "svg", width: {SIDE}pt)'
)


@cache
def badge_svg() -> str:
    """Return the drawing."""
    source = files("elearning.integrations").joinpath("badge.svg")
    return source.read_text(encoding="utf-8")


@cache
def badge_png() -> bytes:
    """Return the drawing in pixels; made once per process."""
    made = typst.compile(
        SHEET.encode(), format="png", ppi=72.0, sys_inputs={"drawing": badge_svg()}
    )
    if not isinstance(made, bytes):
        raise TypeError("the drawing takes one sheet")
    return made
