"""How each skill went in a play, in words, with the turns that show it."""

from collections.abc import Iterable
from dataclasses import dataclass

from elearning.scenario.facts import reaches_cut
from elearning.scenario.model import Choice, CompetencyId, CompetencyRule, NodeId, Scenario
from elearning.scenario.play import Turn, turns
from elearning.scenario.position import Position
from elearning.scenario.registry import Skill, SkillId, SkillLevel

STRONG_WITHOUT_CUT_PERCENT = 70
PRACTISE_BELOW_PERCENT = 50


@dataclass(frozen=True, slots=True)
class SkillResult:
    """The level of one skill (None: not tested) and the turns, from 1, that show it."""

    skill: SkillId
    level: SkillLevel | None
    turns: tuple[int, ...]


def skill_levels(
    scenario: Scenario, position: Position, skills: Iterable[Skill]
) -> tuple[SkillResult, ...]:
    """Return how each skill went, in the order of `skills`.

    Strong shows in the turns that gave points; the other levels in those that could have.
    """
    played = turns(scenario, position.path)[:-1]
    return tuple(_skill_result(scenario, position, played, skill) for skill in skills)


def _skill_result(
    scenario: Scenario, position: Position, played: Iterable[Turn], skill: Skill
) -> SkillResult:
    testing = [turn for turn in played if _tested_at(scenario, turn.node_id, skill)]
    tested = frozenset[CompetencyId]().union(
        *(_tested_at(scenario, turn.node_id, skill) for turn in testing)
    )
    if not tested:
        return SkillResult(skill.id, None, ())
    failed = _turns_with_unrepaired_errors(position) & {turn.number for turn in testing}
    rules = [rule for rule in scenario.competencies.values() if rule.id in tested]
    level = _level(position, rules, has_failed=bool(failed))
    wants_points = level is SkillLevel.STRONG
    shown = {
        turn.number
        for turn in testing
        if (_points(_choice_made(scenario, turn), skill) > 0) is wants_points
    }
    return SkillResult(skill.id, level, tuple(sorted(shown | failed)))


def _level(position: Position, rules: Iterable[CompetencyRule], *, has_failed: bool) -> SkillLevel:
    rules = tuple(rules)
    if not has_failed and all(_is_strong(rule, position.points[rule.id]) for rule in rules):
        return SkillLevel.STRONG
    points = sum(position.points[rule.id] for rule in rules)
    if points * 100 < PRACTISE_BELOW_PERCENT * sum(rule.high for rule in rules):
        return SkillLevel.PRACTISE
    return SkillLevel.ON_THE_WAY


def _is_strong(rule: CompetencyRule, points: int) -> bool:
    if rule.cut is None:
        return points * 100 >= STRONG_WITHOUT_CUT_PERCENT * rule.high
    return reaches_cut(rule, points)


def _tested_at(scenario: Scenario, node_id: NodeId, skill: Skill) -> frozenset[CompetencyId]:
    """Return the competencies of the skill that a choice at this node can give points for."""
    return frozenset(
        effect.competency
        for choice in scenario.nodes[node_id].choices
        for effect in choice.effects
        if effect.points > 0 and effect.competency in skill.competencies
    )


def _turns_with_unrepaired_errors(position: Position) -> set[int]:
    return {each.turn for each in position.incidents if not each.is_repaired}


def _choice_made(scenario: Scenario, turn: Turn) -> Choice:
    choices = scenario.nodes[turn.node_id].choices
    return next(each for each in choices if each.id == turn.choice_id)


def _points(choice: Choice, skill: Skill) -> int:
    return sum(each.points for each in choice.effects if each.competency in skill.competencies)
