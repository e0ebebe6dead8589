"""A QR code as SVG, the same for a page (inline, without any style) and for the PDF."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import segno
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUIET_ZONE = 4  # modules of light around the code, as ISO/IEC 18004 asks
_PIXELS_PER_MODULE = 4


def qr_svg(content: str, *, alt: str, quiet_zone: int = _QUIET_ZONE) -> Markup:
    """Return a QR code as an SVG image with a name, safe to set into a page.

    It carries attributes only, so that a strict content security policy holds, and it is dark on
    light in every theme, because not every reader knows the reverse.
    """
    code = segno.make_qr(content, error="m")
    modules = [list(row) for row in code.matrix_iter(border=quiet_zone)]
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        'viewBox="0 0 {size} {size}" width="{width}" height="{width}" '
        'shape-rendering="crispEdges"><title>{alt}</title>'
        '<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{dark}"/></svg>'
    ).format(
        alt=alt,
        size=len(modules),
        width=_PIXELS_PER_MODULE * len(modules),
        dark="".join(_dark_runs(modules)),
    )


def _dark_runs(modules: list[list[int]]) -> Iterator[str]:
    """Yield a rectangle for each run of dark modules in a row, as SVG path data."""
    for y, row in enumerate(modules):
        x = 0
        for is_dark, run in groupby(row):
            length = len(list(run))
            if is_dark:
                yield f"M{x} {y}h{length}v1h-{length}z"
            x += length
