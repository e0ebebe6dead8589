"""Reads the words of the front matter, in a source file and in a translation alike."""

from collections.abc import Mapping
from dataclasses import dataclass

from elearning.scenario.model import Kind, SpeakerId
from elearning.strict_yaml import Scalar
from elearning.yaml_fields import Reader


@dataclass(frozen=True, slots=True)
class HeadText:
    """What a learner reads before the first node."""

    title: str
    content_note: str
    setting: str
    goal: str
    speakers: Mapping[SpeakerId, str]


def read_head_text(reader: Reader, kind: Kind, *, is_draft: bool) -> HeadText:
    """Return the words; a conversation needs all of them, the other kinds a title and a goal.

    A draft needs a title and may lack the rest.
    """
    is_conversation = kind is Kind.CONVERSATION and not is_draft
    return HeadText(
        title=reader.text("title"),
        content_note=_text(reader, "content_note", is_needed=is_conversation),
        setting=_text(reader, "setting", is_needed=is_conversation),
        goal=_text(reader, "goal", is_needed=not is_draft),
        speakers=dict(_speakers(reader)),
    )


def _text(reader: Reader, key: str, *, is_needed: bool) -> str:
    return reader.text(key) if is_needed else reader.optional_text(key) or ""


def _speakers(reader: Reader) -> list[tuple[SpeakerId, str]]:
    speakers: list[tuple[SpeakerId, str]] = []
    for entry in reader.entries("speakers"):
        name = entry.value.value if isinstance(entry.value, Scalar) else None
        if isinstance(name, str) and name.strip():
            speakers.append((SpeakerId(entry.key), name))
        else:
            reader.findings.error("Y5", entry.line, f"speaker {entry.key}: needs a name")
    return speakers
