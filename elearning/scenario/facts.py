"""What a position means in the words of the expressions."""

from collections.abc import Iterable

from elearning.scenario.expression import Count, Facts
from elearning.scenario.model import CompetencyId, CompetencyRule, Scenario, Severity
from elearning.scenario.position import Incident, Position


def facts_in_play(scenario: Scenario, position: Position) -> Facts:
    """Return what a guard or pass rule may know; `passed` is not known yet and reads False."""
    reached = reached_cuts(scenario, position)
    incidents = position.incidents
    return Facts(
        flags=position.flags,
        visited=position.visited,
        cuts=reached,
        all_cuts=len(reached) == len(scenario.competencies),
        open_errors=frozenset(each.error for each in incidents if not each.is_repaired),
        raised_errors=frozenset(each.error for each in incidents),
        repaired_errors=frozenset(each.error for each in incidents if each.is_repaired),
        counts=_counts(scenario, incidents),
        passed=False,
    )


def reached_cuts(scenario: Scenario, position: Position) -> frozenset[CompetencyId]:
    """Return the competencies that reach their cut; one without a cut always does."""
    return frozenset(
        rule.id
        for rule in scenario.competencies.values()
        if reaches_cut(rule, position.points[rule.id])
    )


def reaches_cut(rule: CompetencyRule, points: int) -> bool:
    """Say whether these points are enough."""
    return rule.cut is None or points >= rule.cut


def _counts(scenario: Scenario, incidents: Iterable[Incident]) -> dict[Count, int]:
    counts = dict.fromkeys(Count, 0)
    for incident in incidents:
        is_a = scenario.errors[incident.error].severity is Severity.A
        counts[Count.RAISED_A if is_a else Count.RAISED_B] += 1
        if incident.is_repaired:
            counts[Count.REPAIRED_A if is_a else Count.REPAIRED_B] += 1
        else:
            counts[Count.OPEN_A if is_a else Count.OPEN_B] += 1
    return counts
