"""Values that the component macros take: text ready to read, with nothing left to decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

Text = str | Markup
Verdict = Literal["fits", "better", "rather_not"]
Level = Literal["strong", "growing", "practise"]
Sorted = Literal["ascending", "descending"]

TREND_WIDTH = 600
TREND_HEIGHT = 120
# Room above and below the line, so that neither its thickness nor its end point is cut off.
TREND_MARGIN = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of radios, checkboxes or option cards."""

    value: str
    label: Text
    hint: str | None = None
    note: str | None = None
    verdict: Verdict | None = None
    why: Text | None = None


@dataclass(frozen=True, slots=True)
class MediumMark:
    """How people meet at a moment: a kind for icon and form, and the words that say it."""

    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says in a conversation; without a `medium` it is face to face."""

    number: int
    speaker: str
    said: Text
    is_me: bool
    is_current: bool = False
    stage: Text | None = None
    medium: MediumMark | None = None


@dataclass(frozen=True, slots=True)
class Skill:
    """One row of the skill profile: a sentence about it, and the turns that show it."""

    name: str
    level: Level
    turns: Sequence[tuple[int, str]]
    line: Text | None = None


@dataclass(frozen=True, slots=True)
class PathStep:
    """One turn of the path review; `moment` is the kind of notice and its words."""

    number: int
    before: Text
    you_said: Text
    speaker: str
    reaction: Text | None
    why: Text
    moment: tuple[str, str] | None
    alternative: Text | None
    guideline_href: str | None
    me: str
    medium: MediumMark | None = None
    my_medium: MediumMark | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Someone to talk to, as the help page shows them; `checked_on` is a month in words.

    `note` says where the details come from, or that they are old, in the place of the date.
    """

    name: str
    checked_on: str | None
    note: str | None = None
    role: str | None = None
    phone: str | None = None
    email: str | None = None
    url: str | None = None
    has_chat: bool = False
    hours: str | None = None
    cost: str | None = None
    languages: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a data table; with `sort_href` its heading is a link."""

    label: str
    sort_href: str | None = None
    sorted: Sorted | None = None
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A table cell that leads somewhere; `depth` sets a row in below the one it belongs to."""

    text: str
    href: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Status:
    """A table cell with a status mark; `kind` as in components/status.html."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A table cell with a bar beside its number, 0 to 100."""

    percent: float
    text: str


@dataclass(frozen=True, slots=True)
class Indented:
    """A table cell that names its row and leads nowhere, set in by its depth."""

    text: str
    depth: int


Cell = str | Markup | Link | Status | Bar | Indented


@dataclass(frozen=True, slots=True)
class Certificate:
    """The certificate as the sheet shows it; `qr` is a safe SVG drawing."""

    lang: str
    programme: str
    name: str
    title: str
    goals: Sequence[str]
    obtained_on: str
    valid_through: str | None
    study_load: str
    version: str
    issuer: str
    code: str
    verify_url: str
    verify_text: str
    qr: Markup | None
    logo: tuple[str, str] | None = None  # address, and what it says


@dataclass(frozen=True, slots=True)
class Trend:
    """A line of percentages over time, drawn, in one sentence, and as a table."""

    summary: str
    columns: Sequence[Column]
    rows: Sequence[tuple[str, str]]
    percentages: Sequence[float]
    width: int = TREND_WIDTH
    height: int = TREND_HEIGHT

    @property
    def points(self) -> list[tuple[float, float]]:
        """Return where the line goes; 0 % is the bottom and 100 % the top, so nothing flatters."""
        step = self.width / max(len(self.percentages) - 1, 1)
        span = self.height - 2 * TREND_MARGIN
        return [
            (round(index * step, 1), round(self.height - TREND_MARGIN - span * value / 100, 1))
            for index, value in enumerate(self.percentages)
        ]

    @property
    def line(self) -> str:
        """Return the points as an SVG attribute."""
        return " ".join(f"{x:g},{y:g}" for x, y in self.points)

    @property
    def end(self) -> tuple[float, float]:
        """Return the last point."""
        return self.points[-1]
