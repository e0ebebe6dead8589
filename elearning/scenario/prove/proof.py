"""The proof of one version of a scenario: its verdict, its figures, and what was found wrong."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256
from typing import Final

from elearning.problem import Problem, ProblemSeverity
from elearning.scenario.model import CompetencyId, EndingKind, NodeId, ScenarioId
from elearning.scenario.prove.strategies import StrategyResult

# Raise this whenever a claim changes its meaning: a proof says by which rules it was made.
PROVER: Final = 1


class Verdict(StrEnum):
    """What came of proving; only what is proved may count for a certificate."""

    PROVED = "proved"
    VIOLATED = "violated"
    NOT_PROVED = "not proved"


@dataclass(frozen=True, slots=True)
class Points:
    """The fewest and most points for a competency, over all plays and over those that pass."""

    competency: CompetencyId
    cut: int | None
    least: int
    most: int
    least_passing: int | None
    most_passing: int | None


@dataclass(frozen=True, slots=True)
class EndingChance:
    """How often uniform random choice comes to an ending."""

    node: NodeId
    kind: EndingKind
    chance: Fraction


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted, exactly; `most_open_b` is that of the plays that pass, up to 2."""

    states: int
    transitions: int
    plays: int
    passing_plays: int
    longest_play: int
    guess_pass: Fraction
    most_open_b: int
    points: tuple[Points, ...]
    endings: tuple[EndingChance, ...]
    strategies: tuple[StrategyResult, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """What is proved about one version; without figures there were too many situations."""

    scenario: ScenarioId
    version: str
    prover: int
    verdict: Verdict
    figures: Figures | None
    problems: tuple[Problem, ...]

    @property
    def is_proved(self) -> bool:
        """Say whether every claim holds."""
        return self.verdict is Verdict.PROVED

    @property
    def digest(self) -> str:
        """Return the SHA-256 over the version, the prover and what came of it.

        Where files stand, the words of an institution, and smells make no difference.
        """
        broken = (each for each in self.problems if each.severity is ProblemSeverity.ERROR)
        problems = [(each.code, each.line, each.message, each.choices) for each in broken]
        parts = (self.scenario, self.version, self.prover, self.verdict, self._results(), problems)
        text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), default=str)
        return sha256(text.encode()).hexdigest()

    def _results(self) -> Mapping[str, object] | None:
        if self.figures is None:
            return None
        figures = self.figures
        return {
            "plays": [figures.plays, figures.passing_plays, figures.longest_play],
            "guess_pass": figures.guess_pass,
            "most_open_b": figures.most_open_b,
            "points": [
                [
                    each.competency,
                    each.cut,
                    each.least,
                    each.most,
                    each.least_passing,
                    each.most_passing,
                ]
                for each in figures.points
            ],
            "endings": [[each.node, each.kind, each.chance] for each in figures.endings],
            "strategies": [[e.strategy, e.lang, e.passed] for e in figures.strategies],
        }
