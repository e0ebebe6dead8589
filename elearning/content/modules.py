"""Learning modules: pages with at most one activity each, the same in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from elearning.scenario.ids import CompetencyId
from elearning.scenario.model import Audience


class Verdict(StrEnum):
    """How well an option fits; the words on the page are never right or wrong."""

    FITS = "fits"
    BETTER = "better"
    RATHER_NOT = "rather_not"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a check."""

    id: str
    verdict: Verdict
    text: Mapping[str, str]
    why: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Check:
    """A retrieval question; its feedback teaches, and it may be tried without limit."""

    id: str
    question: Mapping[str, str]
    options: tuple[Option, ...]

    def option(self, option_id: str) -> Option | None:
        """Return an option by its id."""
        return next((each for each in self.options if each.id == option_id), None)


class LinesKind(StrEnum):
    """What a learner does with lines of their own; neither is sent nor kept."""

    SAY = "say"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class OwnLines:
    """Sentences to choose from, to say aloud or to plan; what is chosen stays on the screen."""

    id: str
    kind: LinesKind
    prompt: Mapping[str, str]
    lines: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One idea; `title` and `body` by language, the body as Markdown.

    An optional page may be skipped without a word: a case that someone would rather not read.
    """

    id: str
    is_optional: bool
    title: Mapping[str, str]
    body: Mapping[str, str]
    check: Check | None
    own_lines: OwnLines | None


@dataclass(frozen=True, slots=True)
class LearningModule:
    """A module as written, in every language."""

    id: str
    title: Mapping[str, str]
    content_note: Mapping[str, str] | None
    goals: Mapping[str, tuple[str, ...]]
    minutes: int
    audience: tuple[Audience, ...]
    competencies: tuple[CompetencyId, ...]
    owner: str
    sources: tuple[str, ...]
    reviewed_on: date
    review_by: date
    pages: tuple[Page, ...]

    @property
    def required_pages(self) -> frozenset[str]:
        """Return the ids of the pages that completing the module asks for."""
        return frozenset(page.id for page in self.pages if not page.is_optional)

    @property
    def is_examined(self) -> bool:
        """Say whether completing the module asks for an answer to at least one question."""
        return any(page.check is not None for page in self.pages if not page.is_optional)

    def page(self, page_id: str) -> Page | None:
        """Return a page by its id."""
        return next((each for each in self.pages if each.id == page_id), None)

    def after(self, page_id: str) -> Page | None:
        """Return the page that follows; None after the last."""
        following = zip(self.pages, self.pages[1:], strict=False)
        return next((later for page, later in following if page.id == page_id), None)
