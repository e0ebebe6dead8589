"""What a scenario is: its graph, its rules and, apart from those, its text per language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from elearning.scenario.expression import Expression
from elearning.scenario.ids import (
    ChoiceId,
    CompetencyId,
    ErrorId,
    FlagId,
    NodeId,
    ScenarioId,
    SpeakerId,
)

__all__ = [
    "Always",
    "Ask",
    "Audience",
    "Before",
    "Choice",
    "ChoiceId",
    "ChoiceText",
    "CompetencyId",
    "CompetencyRule",
    "Effect",
    "EndingKind",
    "ErrorId",
    "ErrorRule",
    "FlagId",
    "GuessPassAtMost",
    "HarmType",
    "Kind",
    "Medium",
    "Node",
    "NodeId",
    "NodeText",
    "Obligation",
    "Scenario",
    "ScenarioId",
    "ScenarioText",
    "Severity",
    "SpeakerId",
]


class Kind(StrEnum):
    """What the learner meets."""

    CONVERSATION = "conversation"
    READING = "reading"
    CHECK = "check"


class Audience(StrEnum):
    """For whom a scenario was written."""

    LECTURER = "lecturer"
    ADVISER = "adviser"
    EVERYONE = "everyone"


class Severity(StrEnum):
    """How much a critical error weighs: an open A is never passed, a B may be, once."""

    A = "A"
    B = "B"


class HarmType(StrEnum):
    """How a reply to a disclosure does harm (after Ullman's social reactions)."""

    BLAME = "blame"
    CONTROL = "control"
    EGOCENTRIC = "egocentric"
    DISTRACTION = "distraction"
    MINIMISE = "minimise"


class Ask(StrEnum):
    """How the question above the choices is put."""

    SAY = "say"
    DO = "do"
    ANSWER = "answer"


class Medium(StrEnum):
    """Where people meet at a moment; it changes how a page shows it, and nothing in a play."""

    IN_PERSON = "in_person"
    EMAIL = "email"
    CHAT = "chat"
    GROUP_CHAT = "group_chat"
    CLASSROOM = "classroom"
    PHONE = "phone"
    VIDEO = "video"

    @property
    def is_written(self) -> bool:
        """Say whether people write to each other here, instead of speaking."""
        return self in {Medium.EMAIL, Medium.CHAT, Medium.GROUP_CHAT}


class EndingKind(StrEnum):
    """How it went for the other person."""

    GOOD = "good"
    OK = "ok"
    MISSED = "missed"
    HARM = "harm"


@dataclass(frozen=True, slots=True)
class Effect:
    """Points that a choice gives for one competency."""

    competency: CompetencyId
    points: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing the learner can say, do or answer.

    `harms` says how it hurts where no error does; it is for authors and decides nothing in a play.
    """

    id: ChoiceId
    leads_to: NodeId
    effects: tuple[Effect, ...]
    sets: tuple[FlagId, ...]
    raises: tuple[ErrorId, ...]
    repairs: tuple[ErrorId, ...]
    guard: Expression | None
    max_visits: int
    line: int
    harms: tuple[HarmType, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Node:
    """A moment in the scenario: either choices or an ending."""

    id: NodeId
    speaker: SpeakerId | None
    ask: Ask
    learn: str | None
    ending: EndingKind | None
    sets: tuple[FlagId, ...]
    choices: tuple[Choice, ...]
    line: int
    medium: Medium = Medium.IN_PERSON


@dataclass(frozen=True, slots=True)
class CompetencyRule:
    """The range that points are clamped to, and the points needed to pass (None: not needed)."""

    id: CompetencyId
    low: int
    high: int
    cut: int | None


@dataclass(frozen=True, slots=True)
class ErrorRule:
    """A critical error in this scenario.

    `recover_within` is a number of choices after the one that raised it; None sets no limit.
    """

    id: ErrorId
    severity: Severity
    recover_within: int | None
    is_fatal: bool


@dataclass(frozen=True, slots=True)
class Always:
    """To prove: the expression holds in every play."""

    id: str
    expression: Expression
    line: int


@dataclass(frozen=True, slots=True)
class Before:
    """To prove: `later` is never set before `earlier`."""

    id: str
    earlier: FlagId
    later: FlagId
    line: int


@dataclass(frozen=True, slots=True)
class GuessPassAtMost:
    """To prove: uniform random clicking passes with at most this probability."""

    id: str
    probability: Fraction
    line: int


Obligation: TypeAlias = Always | Before | GuessPassAtMost


@dataclass(frozen=True, slots=True)
class Scenario:
    """The logic of one branching story, the same in every language.

    `version` is the SHA-256 of all its files, `structure` that of the logic alone, in which the
    severities of the shared critical errors count too. A draft is never shown to learners.
    `medium` is that of the nodes that name none.
    """

    id: ScenarioId
    kind: Kind
    source_lang: str
    audience: tuple[Audience, ...]
    minutes: int
    start: NodeId
    nodes: Mapping[NodeId, Node]
    competencies: Mapping[CompetencyId, CompetencyRule]
    flags: tuple[FlagId, ...]
    errors: Mapping[ErrorId, ErrorRule]
    pass_rule: Expression
    obligations: tuple[Obligation, ...]
    persona: SpeakerId | None
    is_draft: bool
    version: str
    structure: str
    medium: Medium = Medium.IN_PERSON

    @property
    def may_count(self) -> bool:
        """Say whether it may count for a certificate; without competencies it is practice only."""
        return bool(self.competencies) and not self.is_draft


@dataclass(frozen=True, slots=True)
class ChoiceText:
    """The words of a choice: the line itself, what it felt like, and why."""

    say: str
    felt: str | None
    why: str


@dataclass(frozen=True, slots=True)
class NodeText:
    """The words of a node, as Markdown, and those of its choices."""

    body: str
    choices: Mapping[ChoiceId, ChoiceText]


@dataclass(frozen=True, slots=True)
class ScenarioText:
    """Everything that is read, in one language."""

    lang: str
    title: str
    content_note: str
    setting: str
    goal: str
    speakers: Mapping[SpeakerId, str]
    nodes: Mapping[NodeId, NodeText]
