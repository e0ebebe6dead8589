"""From a story of another program, once it is understood, to a scenario of ours: a draft."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from elearning.exchange.names import Ids
from elearning.exchange.plain_text import LONGEST_TEXT, as_body, one_line
from elearning.exchange.remarks import Remarks, refused
from elearning.exchange.story import Story
from elearning.scenario.choices import MOST_VISITS
from elearning.scenario.expression import NEVER
from elearning.scenario.graph import reachable
from elearning.scenario.model import (
    Ask,
    Choice,
    ChoiceId,
    ChoiceText,
    EndingKind,
    Kind,
    Medium,
    Node,
    NodeId,
    NodeText,
    Scenario,
    ScenarioId,
    ScenarioText,
)

WORDS_A_MINUTE: Final = 150
LINE: Final = 1


@dataclass(frozen=True, slots=True)
class DraftChoice:
    """Something to choose, with the key of the node it leads to; `why` may be empty."""

    say: str
    to: str
    why: str


@dataclass(frozen=True, slots=True)
class DraftNode:
    """A node under a key that is unique in its story; one without choices is an ending."""

    key: str
    name: str
    body: str
    choices: tuple[DraftChoice, ...]
    ending: EndingKind
    place: str
    medium: Medium = Medium.IN_PERSON


@dataclass(frozen=True, slots=True)
class DraftStory:
    """A story in one language."""

    title: str
    lang: str
    setting: str
    start: str
    nodes: tuple[DraftNode, ...]


def build_draft(story: DraftStory, scenario_id: ScenarioId, remarks: Remarks) -> Story:
    """Return the story as a draft without competencies; what is filled in goes to `remarks`."""
    ids = Ids("knoop")
    node_ids = {each.key: NodeId(ids.new(each.name)) for each in story.nodes}
    pairs = [draft_node(each, node_ids, remarks) for each in story.nodes]
    nodes = {node.id: node for node, _ in pairs}
    text = ScenarioText(
        lang=story.lang,
        title=one_line(story.title) or scenario_id,
        content_note="",
        setting=as_body(story.setting),
        goal="",
        speakers={},
        nodes={node.id: words for node, words in pairs},
    )
    scenario = _scenario(story, scenario_id, node_ids[story.start], nodes)
    return Story(_repeatable(scenario), {story.lang: text}, {})


def _scenario(
    story: DraftStory, scenario_id: ScenarioId, start: NodeId, nodes: Mapping[NodeId, Node]
) -> Scenario:
    return Scenario(
        id=scenario_id,
        kind=Kind.CONVERSATION,
        source_lang=story.lang,
        audience=(),
        minutes=1 + _words_in(story) // WORDS_A_MINUTE,
        start=start,
        nodes=nodes,
        competencies={},
        flags=(),
        errors={},
        pass_rule=NEVER,
        obligations=(),
        persona=None,
        is_draft=True,
        version="",
        structure="",
    )


def draft_node(
    draft: DraftNode, node_ids: Mapping[str, NodeId], remarks: Remarks
) -> tuple[Node, NodeText]:
    """Return a node and its words; `node_ids` finds the node of a key."""
    body = as_body(draft.body)
    if len(body) > LONGEST_TEXT:
        raise refused(draft.place, f"a text of more than {LONGEST_TEXT} characters")
    if not body:
        body = as_body(draft.name) or node_ids[draft.key]
        remarks.changed(draft.place, "it has no text, so its name stands there")
    if not draft.choices and draft.ending is EndingKind.OK:
        remarks.changed(draft.place, "it leads nowhere, so it is an ending; noted as `ok`")
    pairs = list(_choices(draft, node_ids))
    node = Node(
        id=node_ids[draft.key],
        speaker=None,
        ask=Ask.SAY,
        learn=None,
        ending=None if pairs else draft.ending,
        sets=(),
        choices=tuple(choice for choice, _ in pairs),
        line=LINE,
        medium=draft.medium,
    )
    return node, NodeText(body, {choice.id: words for choice, words in pairs})


def _choices(
    draft: DraftNode, node_ids: Mapping[str, NodeId]
) -> Iterator[tuple[Choice, ChoiceText]]:
    ids = Ids("keuze")
    for each in draft.choices:
        said = one_line(each.say) or node_ids[each.to]
        choice_id = ChoiceId(ids.new(said))
        yield plain_choice(choice_id, node_ids[each.to]), ChoiceText(said, None, one_line(each.why))


def plain_choice(choice_id: ChoiceId, to: NodeId) -> Choice:
    """Return a choice that leads on and does nothing else."""
    return Choice(choice_id, to, (), (), (), (), None, 1, LINE)


def _repeatable(scenario: Scenario) -> Scenario:
    """Let choices on a loop be taken again: elsewhere that is usual, with us it is once."""
    nodes = {
        node.id: replace(node, choices=tuple(_again(node, scenario)))
        for node in scenario.nodes.values()
    }
    return replace(scenario, nodes=nodes)


def _again(node: Node, scenario: Scenario) -> Iterator[Choice]:
    for choice in node.choices:
        is_on_loop = node.id in reachable(scenario, [choice.leads_to])
        yield replace(choice, max_visits=MOST_VISITS) if is_on_loop else choice


def _words_in(story: DraftStory) -> int:
    return sum(len(each.body.split()) for each in story.nodes)
