"""What a play shows: whether it passes, what stayed open, and what would have been better."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from elearning.scenario.expression import Count, Facts, evaluate
from elearning.scenario.facts import facts_in_play, reaches_cut
from elearning.scenario.model import Choice, ChoiceId, CompetencyId, NodeId, Scenario
from elearning.scenario.play import is_over
from elearning.scenario.position import Incident, IncidentState, Position
from elearning.scenario.skills import SkillResult, skill_levels

__all__ = [
    "CutResult",
    "Result",
    "SkillResult",
    "best_alternative",
    "facts",
    "result",
    "skill_levels",
]


@dataclass(frozen=True, slots=True)
class CutResult:
    """The points for one competency; without a cut it counts as reached."""

    points: int
    cut: int | None
    high: int
    reached: bool


@dataclass(frozen=True, slots=True)
class Result:
    """How a play stands: final only where `is_over`."""

    passed: bool
    is_over: bool
    cuts: Mapping[CompetencyId, CutResult]
    open_a: int
    open_b: int
    raised_a: int
    raised_b: int
    repaired_a: int
    repaired_b: int
    incidents: tuple[Incident, ...]


def facts(scenario: Scenario, position: Position) -> Facts:
    """Return everything that an expression may ask about this position, `passed` included."""
    return replace(facts_in_play(scenario, position), passed=_passed(scenario, position))


def result(scenario: Scenario, position: Position) -> Result:
    """Return the outcome; a pass is a conjunction, in which points never outweigh an error."""
    counts = facts_in_play(scenario, position).counts
    return Result(
        passed=_passed(scenario, position),
        is_over=is_over(scenario, position),
        cuts=_cuts(scenario, position),
        open_a=counts[Count.OPEN_A],
        open_b=counts[Count.OPEN_B],
        raised_a=counts[Count.RAISED_A],
        raised_b=counts[Count.RAISED_B],
        repaired_a=counts[Count.REPAIRED_A],
        repaired_b=counts[Count.REPAIRED_B],
        incidents=position.incidents,
    )


def best_alternative(scenario: Scenario, node_id: NodeId, chosen: ChoiceId) -> Choice | None:
    """Return another possibility: raises nothing and gives more points than what was chosen.

    A guarded choice is left out, because it may not have been on offer.
    """
    choices = scenario.nodes[node_id].choices
    made = next((each for each in choices if each.id == chosen), None)
    sound = [each for each in choices if not each.raises and each.guard is None]
    best = max(sound, key=_total, default=None)
    if best is None or made is None or best.id == made.id:
        return None
    return best if made.raises or _total(best) > _total(made) else None


def _passed(scenario: Scenario, position: Position) -> bool:
    if not is_over(scenario, position):
        return False
    if any(each.state is IncidentState.FATAL for each in position.incidents):
        return False
    return evaluate(scenario.pass_rule, facts_in_play(scenario, position))


def _cuts(scenario: Scenario, position: Position) -> dict[CompetencyId, CutResult]:
    return {
        rule.id: CutResult(
            points=position.points[rule.id],
            cut=rule.cut,
            high=rule.high,
            reached=reaches_cut(rule, position.points[rule.id]),
        )
        for rule in scenario.competencies.values()
    }


def _total(choice: Choice) -> int:
    return sum(effect.points for effect in choice.effects)
