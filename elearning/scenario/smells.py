"""What is allowed but deserves another look: option lengths, flags that do nothing."""

from collections.abc import Iterator

from elearning.scenario.expression import Expression, NameKind, names_used
from elearning.scenario.graph import GraphProblem
from elearning.scenario.model import Always, Before, NodeText, Scenario
from elearning.scenario.prove.strategies import Spoken

LONGEST_TO_SHORTEST_TENTHS = 16


def idle_flags(scenario: Scenario, line: int) -> Iterator[GraphProblem]:
    """W3: a flag that is never set (a rule that needs it cannot hold) or never read."""
    is_set = {flag for node in scenario.nodes.values() for flag in node.sets}
    for node in scenario.nodes.values():
        is_set.update(flag for choice in node.choices for flag in choice.sets)
    is_read = _flags_read(scenario)
    for flag in scenario.flags:
        if flag not in is_set:
            yield GraphProblem("W3", line, f"flag {flag!r} is never set")
        if flag not in is_read:
            yield GraphProblem("W3", line, f"flag {flag!r} is never read")


def is_lopsided(text: NodeText, lang: str, spoken: Spoken) -> bool:
    """W1: say whether the longest option is more than 1.6 times as long as the shortest."""
    lengths = [len(spoken(choice.say, lang)) for choice in text.choices.values()]
    return bool(lengths) and max(lengths) * 10 > min(lengths) * LONGEST_TO_SHORTEST_TENTHS


def _flags_read(scenario: Scenario) -> frozenset[str]:
    names = {
        used.name
        for expression in _expressions(scenario)
        for used in names_used(expression)
        if used.kind is NameKind.FLAG
    }
    for obligation in scenario.obligations:
        if isinstance(obligation, Before):
            names |= {obligation.earlier, obligation.later}
    return frozenset(names)


def _expressions(scenario: Scenario) -> Iterator[Expression]:
    yield scenario.pass_rule
    for obligation in scenario.obligations:
        if isinstance(obligation, Always):
            yield obligation.expression
    for node in scenario.nodes.values():
        yield from (choice.guard for choice in node.choices if choice.guard is not None)
