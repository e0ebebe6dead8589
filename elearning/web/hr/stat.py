"""A figure on a page of HR, with where the people behind it are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stat:
    """One figure, and where the people behind it are."""

    figure: str
    text: str
    href: str | None
    note: str | None
