"""Scenarios for tests: each builder names what matters and fills in the rest."""

from elearning.scenario.expression_parser import parse_expression
from elearning.scenario.model import (
    Ask,
    Choice,
    ChoiceId,
    CompetencyId,
    CompetencyRule,
    Effect,
    EndingKind,
    ErrorId,
    ErrorRule,
    FlagId,
    Kind,
    Node,
    NodeId,
    Scenario,
    ScenarioId,
    Severity,
)
from elearning.scenario.registry import (
    Competency,
    CriticalError,
    Registry,
    Skill,
    SkillId,
    SkillLevel,
)

LINE = 1


def a_choice(
    name: str,
    to: str,
    *,
    points: dict[str, int] | None = None,
    sets: tuple[str, ...] = (),
    raises: tuple[str, ...] = (),
    repairs: tuple[str, ...] = (),
    when: str | None = None,
    max_visits: int = 1,
) -> Choice:
    """Return a choice that does nothing but lead on, unless told otherwise."""
    return Choice(
        id=ChoiceId(name),
        leads_to=NodeId(to),
        effects=tuple(Effect(CompetencyId(c), each) for c, each in (points or {}).items()),
        sets=tuple(FlagId(each) for each in sets),
        raises=tuple(ErrorId(each) for each in raises),
        repairs=tuple(ErrorId(each) for each in repairs),
        guard=parse_expression(when) if when else None,
        max_visits=max_visits,
        line=LINE,
    )


def a_node(name: str, *choices: Choice, sets: tuple[str, ...] = ()) -> Node:
    """Return a node with choices."""
    return Node(
        id=NodeId(name),
        speaker=None,
        ask=Ask.SAY,
        learn=None,
        ending=None,
        sets=tuple(FlagId(each) for each in sets),
        choices=choices,
        line=LINE,
    )


def an_ending(name: str = "einde", kind: EndingKind = EndingKind.GOOD) -> Node:
    """Return a node where the scenario ends."""
    return Node(NodeId(name), None, Ask.SAY, None, kind, (), (), LINE)


def a_competency(name: str, high: int = 4, cut: int | None = None, low: int = 0) -> CompetencyRule:
    """Return the rule of a competency."""
    return CompetencyRule(CompetencyId(name), low, high, cut)


def an_error(
    name: str, severity: Severity = Severity.B, *, within: int | None = 2, is_fatal: bool = False
) -> ErrorRule:
    """Return the rule of a critical error, to be repaired within two choices."""
    return ErrorRule(ErrorId(name), severity, None if is_fatal else within, is_fatal)


def a_scenario(
    *nodes: Node,
    competencies: tuple[CompetencyRule, ...] = (),
    errors: tuple[ErrorRule, ...] = (),
    flags: tuple[str, ...] = (),
    passes_when: str = "all_cuts",
) -> Scenario:
    """Return a scenario that starts at the first node."""
    return Scenario(
        id=ScenarioId("s00-spreekuur"),
        kind=Kind.CONVERSATION,
        source_lang="nl",
        audience=(),
        minutes=10,
        start=nodes[0].id,
        nodes={node.id: node for node in nodes},
        competencies={rule.id: rule for rule in competencies},
        flags=tuple(FlagId(flag) for flag in flags),
        errors={rule.id: rule for rule in errors},
        pass_rule=parse_expression(passes_when),
        obligations=(),
        persona=None,
        is_draft=False,
        version="",
        structure="",
    )


def a_skill(name: str, *competencies: str) -> Skill:
    """Return a skill over these competencies."""
    lines = {level: {"nl": level, "en": level} for level in SkillLevel}
    ids = tuple(CompetencyId(each) for each in competencies)
    return Skill(SkillId(name), {"nl": name, "en": name}, ids, lines)


def choices(*names: str) -> tuple[ChoiceId, ...]:
    """Return choice ids."""
    return tuple(ChoiceId(name) for name in names)


def a_registry() -> Registry:
    """Return the names that the example scenario uses."""
    competencies = [Competency(CompetencyId(c), {"nl": c, "en": c}) for c in ("C2", "C4")]
    severities = {"CE1": Severity.B, "CE3": Severity.A, "CE5": Severity.A}
    errors = [CriticalError(ErrorId(e), s, {"nl": e, "en": e}, ()) for e, s in severities.items()]
    return Registry(
        competencies={each.id: each for each in competencies},
        skills=(a_skill("ruimte", "C2"), a_skill("grenzen", "C4")),
        errors={each.id: each for each in errors},
    )
