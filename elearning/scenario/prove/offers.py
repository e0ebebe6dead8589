"""W11, W13, W16: options that come and go, lead back, or differ in what nobody sees."""

from collections.abc import Iterator
from itertools import combinations

from elearning.problem import Problem
from elearning.scenario.model import Choice, Node, Scenario
from elearning.scenario.parse import Parsed
from elearning.scenario.prove.evidence import Evidence, smell_in
from elearning.scenario.prove.rewards import flags_to_pass


def guards_have_a_counterpart(evidence: Evidence) -> Iterator[Problem]:
    """W11: a node that offers fewer options in some plays than in others.

    On a loop that is usual, because what was chosen is not offered again.
    """
    machine = evidence.plays.machine
    for node in evidence.scenario.nodes.values():
        is_guarded = any(choice.guard is not None for choice in node.choices)
        if is_guarded and not evidence.outlooks[node.id].loop:
            here = [each for each in evidence.plays.arrivals if machine.node(each) == node]
            offered = {each: len(machine.offered(each)) for each in here}
            fewest, most = min(offered.values(), default=0), max(offered.values(), default=0)
            if fewest < most:
                message = f"node {node.id!r} offers {fewest} of at most {most} options in this play"
                poor = [each for each, number in offered.items() if number == fewest]
                play = evidence.plays.shortest_play(poor)
                yield evidence.warning("W11", message, play, node.line)


def weak_options_remember_the_same(parsed: Parsed) -> Iterator[Problem]:
    """W16: two ways to miss the moment that differ in nothing but a flag."""
    needed = flags_to_pass(parsed.scenario)
    for node in parsed.scenario.nodes.values():
        weak = [each for each in node.choices if _is_weak(each, needed)]
        for one, other in combinations(weak, 2):
            flags = {*one.sets} ^ {*other.sets}
            if flags and (one.leads_to, one.guard) == (other.leads_to, other.guard):
                message = (
                    f"choices {one.id!r} and {other.id!r} at node {node.id!r} come to the same,"
                    f" and only one of them sets {min(flags)!r}"
                )
                yield smell_in(parsed, "W16", message, line=other.line)


def _is_weak(choice: Choice, needed: frozenset[str]) -> bool:
    """Say whether a choice neither harms nor brings a pass nearer."""
    does_something = choice.effects or choice.raises or choice.repairs
    return not does_something and not needed.intersection(choice.sets)


def nothing_is_read_twice(parsed: Parsed) -> Iterator[Problem]:
    """W13: a choice that leads back to a node on the way here; `max_visits` says it is meant."""
    for node, choice in _ways_back(parsed.scenario):
        if choice.max_visits == 1:
            message = (
                f"choice {choice.id!r} at node {node.id!r} leads back to"
                f" {choice.leads_to!r}, where the same words are read again"
            )
            yield smell_in(parsed, "W13", message, line=choice.line)


def _ways_back(scenario: Scenario) -> Iterator[tuple[Node, Choice]]:
    """Yield each choice that closes a loop: it leads to a node on the way that was followed."""
    start = scenario.nodes[scenario.start]
    way, seen = {start.id: iter(start.choices)}, {start.id}
    while way:
        here = next(reversed(way))
        choice = next(way[here], None)
        if choice is None:
            del way[here]
        elif choice.leads_to in way:
            yield scenario.nodes[here], choice
        elif choice.leads_to not in seen:
            seen.add(choice.leads_to)
            way[choice.leads_to] = iter(scenario.nodes[choice.leads_to].choices)
