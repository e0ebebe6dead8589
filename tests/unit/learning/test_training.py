"""What a training asks, how far somebody is, and what would help."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from elearning.learning.training import (
    LearningRecord,
    ModulePart,
    PartGroup,
    PartStatus,
    PassLimits,
    ScenarioOutcome,
    ScenarioPart,
    Training,
    best_runs,
    next_part,
    part_to_better,
    progress,
)
from elearning.learning.validity import Validity
from elearning.scenario.ids import ScenarioId

CLEAN = ScenarioOutcome(open_a=0, open_b=0, repaired_a=0)
SLIP = ScenarioOutcome(open_a=0, open_b=1, repaired_a=0)
REPAIRED = ScenarioOutcome(open_a=0, open_b=0, repaired_a=1)
BOTH = ScenarioOutcome(open_a=0, open_b=1, repaired_a=1)
DAY = date(2027, 3, 3)
PARTS = ("gesprek", "verhaal", "advies")


def scenario_part(name: str, group: PartGroup = PartGroup.PRACTISE) -> ScenarioPart:
    return ScenarioPart(
        name, group, ((ScenarioId(name), ScenarioId(f"{name}-lezen")),), {"nl": name}
    )


TRAINING = Training(
    id="basis",
    version="1",
    title={},
    certificate_title={},
    goals={},
    study_load_minutes=60,
    parts=(
        ModulePart("begin", PartGroup.PREPARE, "begin"),
        *(scenario_part(name) for name in PARTS),
        scenario_part("slot", PartGroup.FINISH),
    ),
    plan=None,
    boosters=(),
    limits=PassLimits(open_a_at_most=0, open_b_at_most=2, repaired_a_at_most=1),
    validity=Validity(months=24, renewal_window_days=60, grace_days=14, due_days=60),
    policies=(),
    majors=(),
    satisfies=(),
    equivalent_months=frozenset(),
)


def a_record(runs: Mapping[str, tuple[ScenarioOutcome, ...]], *modules: str) -> LearningRecord:
    passed = {ScenarioId(name): outcomes for name, outcomes in runs.items()}
    return LearningRecord(
        modules_done=dict.fromkeys(modules, DAY),
        modules_started=frozenset(modules),
        passed=passed,
        passed_on=dict.fromkeys(passed, DAY),
        scenarios_started=frozenset(passed),
    )


def with_runs(*outcomes: ScenarioOutcome) -> LearningRecord:
    """Return a record in which everything is done, the three conversations like this."""
    runs = {name: (outcome,) for name, outcome in zip(PARTS, outcomes, strict=True)}
    return a_record({**runs, "slot": (CLEAN,)}, "begin")


@pytest.mark.parametrize(
    ("outcomes", "is_met"),
    [
        ((CLEAN, CLEAN, CLEAN), True),
        ((SLIP, SLIP, REPAIRED), True),
        ((SLIP, SLIP, SLIP), False),
        ((REPAIRED, REPAIRED, CLEAN), False),
        ((BOTH, SLIP, CLEAN), True),
        ((BOTH, BOTH, CLEAN), False),
    ],
)
def test_the_limits_hold_over_all_conversations_together(
    outcomes: tuple[ScenarioOutcome, ...], *, is_met: bool
) -> None:
    found = progress(TRAINING, with_runs(*outcomes))
    assert (found.is_met, found.needs_better_runs) == (is_met, not is_met)
    assert found.open_count == 0
    assert next_part(TRAINING, found) is None


def test_one_fitting_choice_of_runs_is_enough() -> None:
    runs = {"gesprek": (REPAIRED, SLIP), "verhaal": (REPAIRED,), "advies": (SLIP, BOTH)}
    assert progress(TRAINING, a_record({**runs, "slot": (CLEAN,)}, "begin")).is_met


def test_the_reading_of_a_part_counts_for_it() -> None:
    runs = {f"{name}-lezen": (CLEAN,) for name in PARTS}
    assert progress(TRAINING, a_record({**runs, "slot": (CLEAN,)}, "begin")).is_met


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ((CLEAN, REPAIRED, REPAIRED), "verhaal"),
        ((SLIP, REPAIRED, REPAIRED), "verhaal"),
        ((SLIP, SLIP, BOTH), "gesprek"),
        ((CLEAN, BOTH, REPAIRED), "verhaal"),
    ],
)
def test_the_part_to_do_better_is_one_that_has_what_is_too_much(
    outcomes: tuple[ScenarioOutcome, ...], expected: str
) -> None:
    record = with_runs(*outcomes)
    assert progress(TRAINING, record).needs_better_runs
    assert part_to_better(TRAINING, record).id == expected


def test_doing_that_part_without_errors_can_be_enough() -> None:
    for outcomes in ((CLEAN, REPAIRED, REPAIRED), (SLIP, SLIP, SLIP), (BOTH, BOTH, CLEAN)):
        runs = dict(zip(PARTS, outcomes, strict=True))
        better = part_to_better(TRAINING, with_runs(*outcomes)).id
        assert progress(TRAINING, with_runs(*{**runs, better: CLEAN}.values())).is_met


def test_a_run_that_another_beats_is_not_looked_at() -> None:
    assert set(best_runs((CLEAN, SLIP, REPAIRED, BOTH))) == {CLEAN}
    assert set(best_runs((SLIP, REPAIRED, BOTH, SLIP))) == {SLIP, REPAIRED}


def test_the_last_group_opens_when_the_others_are_done() -> None:
    found = progress(TRAINING, a_record({"slot": (CLEAN,)}))
    assert found.statuses["slot"] is PartStatus.DONE
    assert progress(TRAINING, a_record({})).statuses["slot"] is PartStatus.NOT_YET_AVAILABLE
    done = dict.fromkeys(PARTS, (CLEAN,))
    assert progress(TRAINING, a_record(done, "begin")).statuses["slot"] is PartStatus.NOT_STARTED


def test_what_was_begun_is_the_next_step() -> None:
    begun = LearningRecord({}, frozenset(), {}, {}, frozenset({ScenarioId("verhaal")}))
    part = next_part(TRAINING, progress(TRAINING, begun))
    assert part is not None
    assert part.id == "verhaal"
