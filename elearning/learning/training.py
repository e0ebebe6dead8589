"""What a training asks, and how far somebody is: values in, values out.

A training is met when every part is met and its pass rule holds over the scenarios that count
(design: scenarios, "a training's requirement adds up over its summative scenarios").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import product

from elearning.learning.validity import MajorVersion, PolicyVersion, Validity
from elearning.scenario.ids import ScenarioId


class PartGroup(StrEnum):
    """Where a part stands in the task list."""

    PREPARE = "prepare"
    PRACTISE = "practise"
    FINISH = "finish"


class PartStatus(StrEnum):
    """How far a learner is with one part."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    NOT_YET_AVAILABLE = "not_yet_available"


@dataclass(frozen=True, slots=True)
class ModulePart:
    """A learning module that must be completed."""

    id: str
    group: PartGroup
    module_id: str


# The ways to do one scenario, in the order conversation, reading: different, and worth the same.
Ways = tuple[ScenarioId, ...]


@dataclass(frozen=True, slots=True)
class ScenarioPart:
    """Scenarios of which any one must be passed: the same outcomes, different ways to learn.

    The pool holds more than one where the situation may differ from person to person; then `title`
    is what the part is called by until somebody has begun.
    """

    id: str
    group: PartGroup
    pool: tuple[Ways, ...]
    title: Mapping[str, str] | None

    @property
    def any_of(self) -> tuple[ScenarioId, ...]:
        """Return every scenario that counts for this part."""
        return tuple(each for ways in self.pool for each in ways)

    def ways_with(self, scenario_id: ScenarioId) -> Ways:
        """Return the ways of which this is one; raises `StopIteration` for another part's."""
        return next(ways for ways in self.pool if scenario_id in ways)


Part = ModulePart | ScenarioPart


@dataclass(frozen=True, slots=True)
class Sitting:
    """Parts that are meant to be done in one go, by their ids."""

    id: str
    part_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The sittings of a training in order, and how many days are best between two of them."""

    days_apart: int
    sittings: tuple[Sitting, ...]


@dataclass(frozen=True, slots=True)
class Booster:
    """An offer so many calendar months after an award: a short module, and where wanted a scenario.

    One of `practise` is drawn per person. `tells_changes` makes it the yearly refresher, with what
    changed since the certificate.
    """

    months: int
    module_id: str
    practise: tuple[Ways, ...]
    tells_changes: bool


@dataclass(frozen=True, slots=True)
class PassLimits:
    """The most unrepaired and repaired errors over all summative scenarios together."""

    open_a_at_most: int
    open_b_at_most: int
    repaired_a_at_most: int


@dataclass(frozen=True, slots=True)
class Training:
    """What a role must do; `version` hashes the training and all content that it names.

    `policies` are all versions of the validity, the first one too; `validity` is one of them, that
    of the day for which somebody asked by `on`. `equivalent_months` are how long trainings
    elsewhere count for it that have a time of their own.
    """

    id: str
    version: str
    title: Mapping[str, str]
    certificate_title: Mapping[str, str]
    goals: Mapping[str, tuple[str, ...]]
    study_load_minutes: int
    parts: tuple[Part, ...]
    plan: Plan | None
    boosters: tuple[Booster, ...]
    limits: PassLimits
    validity: Validity
    policies: tuple[PolicyVersion, ...]
    majors: tuple[MajorVersion, ...]
    satisfies: tuple[str, ...]
    equivalent_months: frozenset[int]

    def on(self, day: date, known_on: date | None = None) -> Training:
        """Return the training with the validity of a day, as far as it was announced by then."""
        begun = [
            each.validity
            for each in self.policies
            if each.from_on <= day and (known_on is None or each.announced_on <= known_on)
        ]
        return replace(self, validity=begun[-1]) if begun else self


@dataclass(frozen=True, slots=True)
class ScenarioOutcome:
    """What counts of one ended run that passed its scenario."""

    open_a: int
    open_b: int
    repaired_a: int


@dataclass(frozen=True, slots=True)
class LearningRecord:
    """Everything of a learner that a training looks at.

    `passed` holds every passing run per scenario and `passed_on` the day of the first of them;
    `modules_done` the day on which each module was complete; `started` what was begun.
    """

    modules_done: Mapping[str, date]
    modules_started: frozenset[str]
    passed: Mapping[ScenarioId, tuple[ScenarioOutcome, ...]]
    passed_on: Mapping[ScenarioId, date]
    scenarios_started: frozenset[ScenarioId]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a learner is with a training."""

    statuses: Mapping[str, PartStatus]
    is_met: bool
    needs_better_runs: bool

    @property
    def open_count(self) -> int:
        """Return how many parts are still to do."""
        return sum(status is not PartStatus.DONE for status in self.statuses.values())


def progress(training: Training, record: LearningRecord) -> Progress:
    """Return the status of every part, and whether the training is met.

    When all parts are done but the limits over all runs do not hold, `needs_better_runs` says so:
    another run of one of the scenarios is asked for.
    """
    done = {part.id: _is_done(part, record) for part in training.parts}
    all_done = all(done.values())
    holds = all_done and _within_limits(training, record)
    finish_open = all(
        done[part.id] for part in training.parts if part.group is not PartGroup.FINISH
    )
    statuses = {
        part.id: _status(part, record, is_done=done[part.id], finish_open=finish_open)
        for part in training.parts
    }
    return Progress(statuses, is_met=holds, needs_better_runs=all_done and not holds)


def next_part(training: Training, progress: Progress) -> Part | None:
    """Return the one next step: what was begun first, then the first that is not done."""
    order = (PartStatus.IN_PROGRESS, PartStatus.NOT_STARTED)
    for wanted in order:
        for part in training.parts:
            if progress.statuses[part.id] is wanted:
                return part
    return None


def part_to_better(training: Training, record: LearningRecord) -> ScenarioPart:
    """Return the part of which a better run helps most, when the limits over all do not hold.

    Of every part the run with the fewest errors counts, and of those the errors that are too many.
    """
    runs = [
        (
            part,
            min((run for each in part.any_of for run in record.passed.get(each, ())), key=_errors),
        )
        for part in training.parts
        if isinstance(part, ScenarioPart)
    ]
    limits = training.limits
    over = (
        sum(run.open_a for _, run in runs) > limits.open_a_at_most,
        sum(run.open_b for _, run in runs) > limits.open_b_at_most,
        sum(run.repaired_a for _, run in runs) > limits.repaired_a_at_most,
    )
    return max(runs, key=lambda found: _errors(found[1], over))[0]


def _errors(run: ScenarioOutcome, counted: tuple[bool, bool, bool] = (True, True, True)) -> int:
    numbers = (run.open_a, run.open_b, run.repaired_a)
    return sum(number for number, counts in zip(numbers, counted, strict=True) if counts)


def _is_done(part: Part, record: LearningRecord) -> bool:
    if isinstance(part, ModulePart):
        return part.module_id in record.modules_done
    return any(record.passed.get(each) for each in part.any_of)


def _status(part: Part, record: LearningRecord, *, is_done: bool, finish_open: bool) -> PartStatus:
    if is_done:
        return PartStatus.DONE
    if part.group is PartGroup.FINISH and not finish_open:
        return PartStatus.NOT_YET_AVAILABLE
    if isinstance(part, ModulePart):
        is_started = part.module_id in record.modules_started
    else:
        is_started = any(each in record.scenarios_started for each in part.any_of)
    return PartStatus.IN_PROGRESS if is_started else PartStatus.NOT_STARTED


def _within_limits(training: Training, record: LearningRecord) -> bool:
    """Say whether some choice of one passing run per part keeps within the limits."""
    runs = [
        best_runs(run for each in part.any_of for run in record.passed.get(each, ()))
        for part in training.parts
        if isinstance(part, ScenarioPart)
    ]
    return any(_sum_is_within(training.limits, chosen) for chosen in product(*runs))


def best_runs(runs: Iterable[ScenarioOutcome]) -> tuple[ScenarioOutcome, ...]:
    """Return the runs that no other run beats in every respect; ten tries stay cheap that way."""
    distinct = set(runs)
    return tuple(
        run for run in distinct if not any(_beats(other, run) for other in distinct - {run})
    )


def _beats(one: ScenarioOutcome, other: ScenarioOutcome) -> bool:
    return (
        one.open_a <= other.open_a
        and one.open_b <= other.open_b
        and one.repaired_a <= other.repaired_a
    )


def _sum_is_within(limits: PassLimits, runs: Sequence[ScenarioOutcome]) -> bool:
    return (
        sum(run.open_a for run in runs) <= limits.open_a_at_most
        and sum(run.open_b for run in runs) <= limits.open_b_at_most
        and sum(run.repaired_a for run in runs) <= limits.repaired_a_at_most
    )
