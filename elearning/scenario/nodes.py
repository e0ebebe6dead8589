"""Reads a block of a source file: a node with its choices, and their words."""

from dataclasses import dataclass

from elearning.blocks import Block, Fence
from elearning.problem import Findings
from elearning.scenario.choices import Needed, read_choices
from elearning.scenario.head import Head
from elearning.scenario.model import (
    Ask,
    EndingKind,
    FlagId,
    Kind,
    Medium,
    Node,
    NodeId,
    NodeText,
    SpeakerId,
)
from elearning.strict_yaml import load
from elearning.yaml_fields import read_fields


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the `~~~node` block says about a node."""

    speaker: SpeakerId | None
    ask: Ask
    learn: str | None
    ending: EndingKind | None
    sets: tuple[FlagId, ...]
    medium: Medium


def read_node(block: Block, head: Head, findings: Findings) -> tuple[Node, NodeText]:
    """Return a node and its words; what does not fit goes to `findings`."""
    check_shape(block, ("node", "choices"), findings)
    frame = _read_frame(fence_named(block, "node"), head, findings)
    fence = fence_named(block, "choices")
    is_face_to_face = frame.ask is Ask.SAY and frame.speaker == head.persona
    needed = Needed(
        felt=head.kind is Kind.CONVERSATION and is_face_to_face and not head.is_draft,
        why=not head.is_draft,
    )
    pairs = read_choices(fence, findings, needed) if fence else ()
    _check_ending(block, frame, fence, findings)
    node = Node(
        id=NodeId(block.id),
        speaker=frame.speaker,
        ask=frame.ask,
        learn=frame.learn,
        ending=frame.ending,
        sets=frame.sets,
        choices=tuple(choice for choice, _ in pairs),
        line=block.line,
        medium=frame.medium,
    )
    return node, NodeText(block.body, {choice.id: words for choice, words in pairs})


def check_shape(block: Block, fences: tuple[str, ...], findings: Findings) -> None:
    """Report a title, a fence that does not belong here or stands twice, and misplaced text."""
    if block.title is not None:
        findings.error("F2", block.line, "a node has an id and no title: `## id`")
    if not block.body:
        findings.error("F4", block.line, f"node {block.id!r} has no text")
    seen: set[str] = set()
    for fence in block.fences:
        if fence.name not in fences or fence.name in seen:
            allowed = " and ".join(f"`~~~{name}`" for name in fences)
            findings.error("F3", fence.line, f"`~~~{fence.name}`: a node has one {allowed}")
        seen.add(fence.name)
        if fence.name == "choices" and block.last_body_line > fence.line:
            findings.error("F2", block.last_body_line, "text stands after the choices")


def fence_named(block: Block, name: str) -> Fence | None:
    """Return the fence of this name, if the block has one."""
    return next((fence for fence in block.fences if fence.name == name), None)


def _read_frame(fence: Fence | None, head: Head, findings: Findings) -> _Frame:
    is_conversation = head.kind is Kind.CONVERSATION
    usual = Ask.SAY if is_conversation else Ask.ANSWER
    value = load(fence.text, findings, fence.line + 1) if fence else None
    with read_fields(value, findings) as reader:
        speaker = reader.optional_text("speaker")
        return _Frame(
            speaker=SpeakerId(speaker) if speaker else head.persona,
            ask=reader.optional_member("ask", Ask) or usual,
            learn=reader.optional_text("learn"),
            ending=reader.optional_member("ending", EndingKind),
            sets=tuple(FlagId(name) for name in reader.texts("set")),
            medium=reader.optional_member("medium", Medium) or head.medium,
        )


def _check_ending(block: Block, frame: _Frame, choices: Fence | None, findings: Findings) -> None:
    if frame.ending and choices:
        findings.error("F4", choices.line, f"node {block.id!r} has an ending and choices")
