"""The two hashes of a scenario: of everything that is read, and of the logic alone."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from hashlib import sha256

from elearning.blocks import normalised
from elearning.scenario.model import Choice, Node, Scenario


def structure_hash(scenario: Scenario) -> str:
    """Return the SHA-256 of what decides a play.

    Text, the order of choices, lines and the medium of a node are how it is told: they decide
    nothing, and change the version alone.
    """
    logic = (
        scenario.start,
        sorted(_node_logic(node) for node in scenario.nodes.values()),
        sorted(_plain(rule) for rule in scenario.competencies.values()),
        sorted(_plain(rule) for rule in scenario.errors.values()),
        _plain(scenario.pass_rule),
    )
    return sha256(repr(logic).encode()).hexdigest()


def version_hash(files: Mapping[str, str], structure: str) -> str:
    """Return the SHA-256 of the files by language, whatever their names and line ends.

    The structure is part of it: the severity of an error stands in a shared file, and a run that
    is open keeps the severity it was begun with.
    """
    digest = sha256(structure.encode())
    for lang in sorted(files):
        text = normalised(files[lang]).encode("utf-8", "surrogatepass")
        digest.update(f"\n{lang} {len(text)}\n".encode())
        digest.update(text)
    return digest.hexdigest()


def _node_logic(node: Node) -> str:
    choices = sorted(_choice_logic(choice) for choice in node.choices)
    return repr((node.id, _plain(node.ending), sorted(node.sets), choices))


def _choice_logic(choice: Choice) -> str:
    return repr(
        (
            choice.id,
            choice.leads_to,
            sorted(_plain(effect) for effect in choice.effects),
            sorted(choice.sets),
            list(choice.raises),
            sorted(choice.repairs),
            _plain(choice.guard),
            choice.max_visits,
        )
    )


def _plain(value: object) -> str:
    """Return a text that depends on the fields alone, leaving out places in the file."""
    if is_dataclass(value) and not isinstance(value, type):
        parts = [_plain(getattr(value, each.name)) for each in fields(value) if each.compare]
        return f"{type(value).__name__}({', '.join(parts)})"
    return repr(str(value) if isinstance(value, str) else value)
