"""How an institution's certificates look: one colour that can be read, and its logo."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3: text on white
_LINEAR_BELOW = 0.04045


@dataclass(frozen=True, slots=True)
class Logo:
    """A drawing with what it says to those who do not see it."""

    svg: str
    alt: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Theme:
    """The look of certificates; frozen with each when it is issued."""

    primary: str
    logo: Logo | None


OWN = Theme(primary="#1E5B66", logo=None)


def contrast_on_white(colour: str) -> float:
    """Return the contrast ratio of a colour, `#RRGGBB`, with white (WCAG 2.2)."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    light = 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)
    return 1.05 / (light + 0.05)


def _linear(part: float) -> float:
    return part / 12.92 if part <= _LINEAR_BELOW else ((part + 0.055) / 1.055) ** 2.4
