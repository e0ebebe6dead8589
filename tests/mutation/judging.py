"""Seeds defects in the shipped scenarios, and judges them as `elearning check` and `prove` do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from random import Random

from elearning.content.library import read_places
from elearning.content.sources import content_root
from elearning.exchange.native import native_files
from elearning.exchange.story import Story, story_of
from elearning.problem import Problem
from elearning.scenario.check import check_scenario
from elearning.scenario.expression import Asks, Question
from elearning.scenario.model import Scenario
from elearning.scenario.parse import Parsed, parse_scenario
from elearning.scenario.prove.proof import Figures
from elearning.scenario.prove.prover import prove
from elearning.scenario.prove.strategies import Spoken
from elearning.scenario.registry import Registry
from elearning.scenario.registry_parser import parse_registry
from elearning.translation import STALE
from tests.mutation.claims import shows
from tests.mutation.defect import Defect, Files, Kind
from tests.shipped_content import OVERLAY

ROOT = content_root(None)
FOLDERS = ROOT.folders("scenarios", "scenario.md")
# The largest that is shipped has some 3,000; what a defect blows up beyond this is not proved.
MOST_STATES = 20_000


class Fate(StrEnum):
    """What became of a defect."""

    CAUGHT = "caught"
    SAME = "changes nothing"
    SURVIVED = "survived"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A defect in a scenario, with the findings that the sound scenario does not have.

    `unshown` holds those whose play does not show what they say.
    """

    kind: Kind
    scenario: str
    where: str
    fate: Fate
    findings: tuple[Problem, ...]
    unshown: tuple[Problem, ...]

    @property
    def name(self) -> str:
        """Return where it is, as it stands in the page about survivors."""
        return f"{self.scenario}: {self.where}"


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What is found in files; figures only where they were proved."""

    parsed: Parsed | None
    problems: tuple[Problem, ...]
    figures: Figures | None


def mutants(kind: Kind, scenario: str, number: int, *, is_lazy: bool = False) -> Iterator[Mutant]:
    """Yield this many defects of a kind, the same ones every time; fewer where there are fewer.

    `is_lazy` leaves out the proof where the checks see the defect already.
    """
    story = _story(scenario)
    every = list(kind.defects(story))
    Random(f"{kind.name} {scenario}").shuffle(every)  # noqa: S311 - not for secrets
    for each in every[:number]:
        yield _judged(kind, scenario, each, is_lazy=is_lazy)


def _judged(kind: Kind, scenario: str, defect: Defect, *, is_lazy: bool) -> Mutant:
    files = defect.write()
    verdict = _verdict(files, is_lazy=is_lazy)
    known = {(each.code, each.message) for each in _sound(scenario).problems}
    new = tuple(each for each in verdict.problems if (each.code, each.message) not in known)
    fate = Fate.CAUGHT if new else Fate.SURVIVED
    if not new and kind.only_narrows and _is_as_before(_story(scenario), verdict):
        fate = Fate.SAME
    return Mutant(kind, scenario, defect.where, fate, new, tuple(_unshown(verdict)))


def _verdict(files: Files, *, is_lazy: bool = False) -> _Verdict:
    """Return every finding but that a translation is stale, which any change of words would be."""
    outcome = check_scenario(files, _registry(), _spoken(), visits_plays=False)
    found = tuple(each for each in outcome.problems if each.code != STALE)
    if outcome.parsed is None or (is_lazy and found):
        return _Verdict(None, found, None)
    proof = prove(outcome.parsed, _spoken(), MOST_STATES)
    return _Verdict(outcome.parsed, (*found, *proof.problems), proof.figures)


def _unshown(verdict: _Verdict) -> Iterator[Problem]:
    for each in verdict.problems:
        if each.choices and not (verdict.parsed and shows(verdict.parsed.scenario, each)):
            yield each


def _is_as_before(story: Story, verdict: _Verdict) -> bool:
    """Say whether as many plays pass as before, and each error is repaired in as many.

    A defect that can only take plays away from both has then taken none.
    """
    if verdict.parsed is None:
        return False
    before, after = story.scenario, verdict.parsed.scenario
    rules = [Asks(Question.REPAIRED, error, 1) for error in before.errors]
    return _passing(before) == _passing(after) and all(
        _passing(replace(before, pass_rule=rule)) == _passing(replace(after, pass_rule=rule))
        for rule in rules
    )


def _passing(scenario: Scenario) -> int | None:
    lines = {"pass": 1, "start": 1}
    figures = prove(Parsed(scenario, {}, {scenario.source_lang: ""}, {}, lines)).figures
    return None if figures is None else figures.passing_plays


@cache
def _sound(scenario: str) -> _Verdict:
    return _verdict(native_files(_story(scenario)))


@cache
def _story(scenario: str) -> Story:
    files: Mapping[str, str] = FOLDERS[scenario]
    parsed = parse_scenario(files, _registry()).parsed
    if parsed is None:
        raise LookupError(scenario)
    return story_of(parsed, files)


@cache
def _registry() -> Registry:
    return parse_registry(ROOT.read("scenarios/competencies.yaml"), "competencies.yaml")[0]


@cache
def _spoken() -> Spoken:
    return read_places(ROOT, OVERLAY).fill_text


def structure_of(scenario: str) -> str:
    """Return the beginning of the fingerprint of the logic of a scenario."""
    return _story(scenario).scenario.structure[:8]


def rate(found: Iterable[Mutant]) -> float:
    """Return which part was caught of what makes a difference."""
    fates = [each.fate for each in found]
    caught, survived = fates.count(Fate.CAUGHT), fates.count(Fate.SURVIVED)
    return caught / (caught + survived)
