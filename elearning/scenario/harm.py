"""W9: a conversation that leaves out one of the ways in which kind people do harm."""

from collections.abc import Iterator

from elearning.problem import Problem, ProblemSeverity
from elearning.scenario.model import HarmType, Kind, Scenario
from elearning.scenario.parse import Parsed
from elearning.scenario.registry import Registry


def missing_harm(draft: Parsed, registry: Registry) -> Iterator[Problem]:
    """Yield each way to do harm that no choice of a conversation shows.

    Nothing is asked of a draft, or where the registry does not say how its errors hurt.
    """
    scenario = draft.scenario
    is_asked = scenario.kind is Kind.CONVERSATION and not scenario.is_draft
    if not is_asked or not any(error.harms for error in registry.errors.values()):
        return
    shown = shown_harms(scenario, registry)
    for harm in HarmType:
        if harm not in shown:
            message = f"no choice shows {harm}: someone who means well will say it"
            line = draft.head_lines["id"]
            yield Problem(draft.source_file, line, "W9", message, ProblemSeverity.WARNING)


def shown_harms(scenario: Scenario, registry: Registry) -> frozenset[HarmType]:
    """Return the ways of doing harm that the choices of a scenario show."""
    choices = [choice for node in scenario.nodes.values() for choice in node.choices]
    raised = {error for choice in choices for error in choice.raises}
    of_errors = {
        harm
        for error in raised
        if error in registry.errors
        for harm in registry.errors[error].harms
    }
    return frozenset(of_errors | {harm for choice in choices for harm in choice.harms})
