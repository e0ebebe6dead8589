"""Every problem of a scenario at once: what its files say, what its graph does, what smells."""

from collections.abc import Iterator, Mapping

from elearning.problem import Problem, ProblemSeverity, as_warnings, blocks_publication
from elearning.scenario import graph, smells
from elearning.scenario.decisions import decision_smells
from elearning.scenario.graph import GraphProblem
from elearning.scenario.harm import missing_harm
from elearning.scenario.parse import Outcome, Parsed, parse_scenario
from elearning.scenario.prove.strategies import Spoken, as_written
from elearning.scenario.registry import Registry
from elearning.scenario.states import explore

WARNINGS = frozenset({"R9", "W1", "W2", "W3"})


def check_scenario(
    files: Mapping[str, str],
    registry: Registry,
    spoken: Spoken = as_written,
    *,
    visits_plays: bool = True,
) -> Outcome:
    """Return the scenario in these files (path or name to text) with every problem in it.

    `spoken` says how a text is shown: an option is as long as what a learner reads. Whoever proves
    the scenario as well need not visit its plays here.
    """
    outcome = parse_scenario(files, registry)
    if outcome.draft is None:
        return outcome
    found = {
        *_graph_problems(outcome.draft),
        *_text_smells(outcome.draft, spoken),
        *missing_harm(outcome.draft, registry),
    }
    is_playable = outcome.parsed is not None and not blocks_publication(found)
    if visits_plays and is_playable:
        found.update(_state_problems(outcome.draft))
    if outcome.draft.scenario.is_draft:
        found = set(as_warnings(found))
    return Outcome(outcome.draft, tuple(sorted({*outcome.problems, *found})))


def problems(parsed: Parsed) -> tuple[Problem, ...]:
    """Return what is wrong with a scenario that could be read and played."""
    found = {*_graph_problems(parsed), *_text_smells(parsed, as_written)}
    if not blocks_publication(found):
        found.update(_state_problems(parsed))
    return tuple(sorted(found))


def _graph_problems(draft: Parsed) -> Iterator[Problem]:
    for each in _on_source_lines(draft):
        is_warning = each.code in WARNINGS
        severity = ProblemSeverity.WARNING if is_warning else ProblemSeverity.ERROR
        yield Problem(draft.source_file, each.line, each.code, each.message, severity)


def _on_source_lines(draft: Parsed) -> Iterator[GraphProblem]:
    scenario = draft.scenario
    yield from graph.unreachable_nodes(scenario)
    yield from graph.dead_ends(scenario)
    yield from graph.endless_loops(scenario)
    yield from graph.fatal_without_debrief(scenario)
    yield from graph.errors_without_repair(scenario)
    yield from smells.idle_flags(scenario, draft.head_lines["flags"])


def _text_smells(draft: Parsed, spoken: Spoken) -> Iterator[Problem]:
    yield from _lopsided(draft, spoken)
    yield from decision_smells(draft, spoken)


def _lopsided(draft: Parsed, spoken: Spoken) -> Iterator[Problem]:
    for lang, text in draft.texts.items():
        for node_id, words in text.nodes.items():
            if smells.is_lopsided(words, lang, spoken):
                message = (
                    f"node {node_id!r} ({lang}): the longest option is more than 1.6 times"
                    " as long as the shortest"
                )
                line = draft.node_lines[lang][node_id]
                warning = ProblemSeverity.WARNING
                yield Problem(draft.files[lang], line, "W1", message, warning)


def _state_problems(parsed: Parsed) -> Iterator[Problem]:
    """R1, R2: choices that no play is offered, and plays that stop without an ending."""
    scenario, file = parsed.scenario, parsed.source_file
    found = explore(scenario)
    if not found.is_complete:
        message = "too many situations to visit them all; what was visited is in order"
        yield Problem(file, 1, "R9", message, ProblemSeverity.WARNING)
    for position in found.stuck:
        node = scenario.nodes[position.node_id]
        message = f"nothing is offered at node {node.id!r} after {' → '.join(position.path)}"
        yield Problem(file, node.line, "R2", message, choices=position.path)
    for node in scenario.nodes.values():
        for choice in node.choices:
            if found.is_complete and (node.id, choice.id) not in found.offered:
                message = f"choice {choice.id!r} at node {node.id!r} is never offered"
                yield Problem(file, choice.line, "R1", message)
