"""A scenario as its authors work on it: a draft as well, with its lines and its findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from elearning.content.placeholders import Places
from elearning.content.rendered import RenderedScenario
from elearning.problem import Problem
from elearning.scenario.model import Scenario
from elearning.scenario.parse import Parsed
from elearning.scenario.registry import Registry


@dataclass(frozen=True, slots=True, eq=False)
class Manuscript:
    """One version of a scenario with everything to look at it and to check it with.

    `problems` are those that reading it showed. Two manuscripts are never equal, so that what was
    found out about one can be remembered.
    """

    parsed: Parsed
    rendered: Mapping[str, RenderedScenario]
    files: Mapping[str, str]
    registry: Registry
    places: Places
    problems: tuple[Problem, ...]

    @property
    def scenario(self) -> Scenario:
        """Return its logic."""
        return self.parsed.scenario

    def in_language(self, lang: str) -> RenderedScenario:
        """Return its words in a language, or in that of the source as long as they are missing."""
        return self.rendered.get(lang) or self.rendered[self.scenario.source_lang]
