"""Checks that every name a scenario uses is one that it declares."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from elearning.problem import Findings
from elearning.scenario.expression import Count, Expression, NameKind, Summary, names_used
from elearning.scenario.model import Always, Before, Choice, Node, Scenario

IN_PROOFS = frozenset(Summary)
IN_PLAY = IN_PROOFS - {Summary.PASSED}


@dataclass(frozen=True, slots=True)
class _Use:
    """A name that stands somewhere, under a key."""

    kind: NameKind
    name: str
    line: int
    key: str


def report_unknown_names(scenario: Scenario, lines: Mapping[str, int], findings: Findings) -> None:
    """Report every name that is not declared; `lines` holds those of the front matter."""
    known: dict[NameKind, AbstractSet[str]] = {
        NameKind.FLAG: set(scenario.flags),
        NameKind.COMPETENCY: set(scenario.competencies),
        NameKind.ERROR: set(scenario.errors),
        NameKind.NODE: set(scenario.nodes),
        NameKind.COUNT: set(Count),
    }
    for use in _uses(scenario, lines):
        allowed = known.get(use.kind, IN_PROOFS if use.key == "always" else IN_PLAY)
        if use.name not in allowed:
            code = "R1" if use.key in {"to", "start"} else "N1"
            message = f"{use.key}: {use.kind} {use.name!r} is not known here"
            findings.error(code, use.line, message)


def report_unknown_speakers(
    scenario: Scenario, speakers: AbstractSet[str], lines: Mapping[str, int], findings: Findings
) -> None:
    """Report every speaker without a name."""
    persona = [(scenario.persona, lines["persona"])]
    of_nodes = [
        (node.speaker, node.line)
        for node in scenario.nodes.values()
        if node.speaker != scenario.persona
    ]
    for speaker, line in persona + of_nodes:
        if speaker is not None and speaker not in speakers:
            findings.error("N1", line, f"speaker {speaker!r} is not named under `speakers`")


def _uses(scenario: Scenario, lines: Mapping[str, int]) -> Iterator[_Use]:
    yield _Use(NameKind.NODE, scenario.start, lines["start"], "start")
    yield from _in_expression(scenario.pass_rule, lines["pass"], "pass")
    for obligation in scenario.obligations:
        if isinstance(obligation, Always):
            yield from _in_expression(obligation.expression, obligation.line, "always")
        elif isinstance(obligation, Before):
            for flag in (obligation.earlier, obligation.later):
                yield _Use(NameKind.FLAG, flag, obligation.line, "before")
    for node in scenario.nodes.values():
        yield from _in_node(node)


def _in_node(node: Node) -> Iterator[_Use]:
    for flag in node.sets:
        yield _Use(NameKind.FLAG, flag, node.line, "set")
    for choice in node.choices:
        yield from _in_choice(choice)


def _in_choice(choice: Choice) -> Iterator[_Use]:
    yield _Use(NameKind.NODE, choice.leads_to, choice.line, "to")
    for effect in choice.effects:
        yield _Use(NameKind.COMPETENCY, effect.competency, choice.line, "effect")
    for flag in choice.sets:
        yield _Use(NameKind.FLAG, flag, choice.line, "set")
    for error in choice.raises:
        yield _Use(NameKind.ERROR, error, choice.line, "raise")
    for error in choice.repairs:
        yield _Use(NameKind.ERROR, error, choice.line, "repair")
    if choice.guard is not None:
        yield from _in_expression(choice.guard, choice.line, "if")


def _in_expression(expression: Expression, line: int, key: str) -> Iterator[_Use]:
    for used in names_used(expression):
        yield _Use(used.kind, used.name, line, key)
