"""Writes a scenario as our own files; reading them gives the same scenario again."""

from collections.abc import Iterator
from typing import Final

from elearning.exchange.expression_text import expression_text
from elearning.exchange.native_head import source_head, translation_head
from elearning.exchange.story import NOTHING_ACCEPTED, Accepted, Story
from elearning.exchange.yaml_text import mapping, quoted, word, words
from elearning.scenario.model import Ask, Choice, ChoiceText, Kind, Node, Scenario, ScenarioText

SOURCE_FILE: Final = "scenario.md"


def native_files(story: Story) -> dict[str, str]:
    """Return the text of every file by its name, the source first."""
    scenario = story.scenario
    files = {SOURCE_FILE: _source(scenario, story.source)}
    for lang, text in sorted(story.texts.items()):
        if lang != scenario.source_lang:
            accepted = story.accepted.get(lang, NOTHING_ACCEPTED)
            files[f"scenario.{lang}.md"] = _translation(scenario, text, accepted)
    return files


def source_block(scenario: Scenario, node: Node, text: ScenarioText) -> str:
    """Return a node as it stands in the source file, from its heading on."""
    return "\n".join(_node(scenario, node, text))


def translation_block(node: Node, text: ScenarioText, accepted: str | None) -> str:
    """Return the words of a node as they stand in a translation, from the heading on."""
    return "\n".join(_node_words(node, text, accepted))


def usual_ask(kind: Kind) -> Ask:
    """Return how a question is put where a node does not say so."""
    return Ask.SAY if kind is Kind.CONVERSATION else Ask.ANSWER


def _choice_fields(choice: Choice) -> dict[str, str]:
    """Return what a choice does, as keys and written values."""
    fields = {
        "effect": mapping({each.competency: str(each.points) for each in choice.effects}),
        "set": words(choice.sets),
        "raise": words(choice.raises),
        "repair": words(choice.repairs),
        "harm": words(choice.harms),
    }
    fields = {key: value for key, value in fields.items() if value not in {"{}", "[]"}}
    if choice.guard is not None:
        fields["if"] = quoted(expression_text(choice.guard))
    if choice.max_visits > 1:
        fields["max_visits"] = str(choice.max_visits)
    return fields


def _frame_fields(scenario: Scenario, node: Node) -> dict[str, str]:
    """Return what a node says about itself, as keys and written values."""
    fields: dict[str, str] = {}
    if node.speaker is not None and node.speaker != scenario.persona:
        fields["speaker"] = word(node.speaker)
    if node.ask is not usual_ask(scenario.kind):
        fields["ask"] = node.ask
    if node.medium is not scenario.medium:
        fields["medium"] = node.medium
    if node.learn is not None:
        fields["learn"] = word(node.learn)
    if node.ending is not None:
        fields["ending"] = node.ending
    if node.sets:
        fields["set"] = words(node.sets)
    return fields


def _source(scenario: Scenario, text: ScenarioText) -> str:
    blocks = (source_block(scenario, each, text) for each in scenario.nodes.values())
    return _file(source_head(scenario, text), blocks)


def _translation(scenario: Scenario, text: ScenarioText, accepted: Accepted) -> str:
    blocks = (
        translation_block(node, text, accepted.nodes.get(node.id))
        for node in scenario.nodes.values()
    )
    return _file(translation_head(scenario, text, accepted.front), blocks)


def _file(head: Iterator[str], blocks: Iterator[str]) -> str:
    return "\n".join(["---", *head, "---"]) + "\n" + "\n\n".join(blocks) + "\n"


def _node(scenario: Scenario, node: Node, text: ScenarioText) -> Iterator[str]:
    yield f"## {node.id}"
    frame = _frame_fields(scenario, node)
    if frame:
        yield from ("~~~node", *(f"{key}: {value}" for key, value in frame.items()), "~~~")
    yield text.nodes[node.id].body
    if node.choices:
        yield from ("", "~~~choices")
        for choice in node.choices:
            said = text.nodes[node.id].choices[choice.id]
            yield from _record(_choice_lines(choice, said))
        yield "~~~"


def _choice_lines(choice: Choice, said: ChoiceText) -> Iterator[tuple[str, str]]:
    yield "id", word(choice.id)
    yield "say", quoted(said.say)
    yield "to", word(choice.leads_to)
    yield from _choice_fields(choice).items()
    yield from _feedback(said)


def _node_words(node: Node, text: ScenarioText, accepted: str | None) -> Iterator[str]:
    words_here = text.nodes[node.id]
    yield f"## {node.id}" + (f" {{source: {accepted}}}" if accepted else "")
    yield words_here.body
    if node.choices:
        yield from ("", "~~~choices")
        for choice in node.choices:
            said = words_here.choices[choice.id]
            fields = [("id", word(choice.id)), ("say", quoted(said.say)), *_feedback(said)]
            yield from _record(iter(fields))
        yield "~~~"


def _feedback(said: ChoiceText) -> Iterator[tuple[str, str]]:
    if said.felt is not None:
        yield "felt", quoted(said.felt)
    if said.why:
        yield "why", quoted(said.why)


def _record(fields: Iterator[tuple[str, str]]) -> Iterator[str]:
    for place, (key, value) in enumerate(fields):
        yield f"{'  ' if place else '- '}{key}: {value}"
