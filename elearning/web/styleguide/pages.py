"""What the style guide page shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from elearning.web.parts import (
    Cell,
    Certificate,
    Choice,
    Column,
    Contact,
    PathStep,
    Skill,
    Trend,
    Turn,
)
from elearning.web.styleguide import conversation, examples


@dataclass(frozen=True, slots=True)
class StyleGuide:
    """One example of everything."""

    statuses: Sequence[tuple[str, str]]
    turns: Sequence[Turn]
    older_turns: Sequence[Turn]
    other_media: Sequence[Turn]
    replies: Sequence[Choice]
    old_replies: Sequence[Choice]
    checks: Sequence[Choice]
    topics: Sequence[Choice]
    skills: Sequence[Skill]
    path: Sequence[PathStep]
    contacts: Sequence[Contact]
    emergency: Contact
    department_columns: Sequence[Column]
    departments: Sequence[Sequence[Cell]]
    people_columns: Sequence[Column]
    people: Sequence[Sequence[Cell]]
    trend: Trend
    certificate: Certificate


def style_guide() -> StyleGuide:
    """Return the examples in the reader's language."""
    return StyleGuide(
        statuses=examples.statuses(),
        turns=conversation.turns(),
        older_turns=conversation.older_turns(),
        other_media=conversation.other_media(),
        replies=conversation.replies(),
        old_replies=conversation.old_replies(),
        checks=conversation.checks(),
        topics=examples.topics(),
        skills=conversation.skills(),
        path=conversation.path(),
        contacts=examples.contacts(),
        emergency=examples.emergency(),
        department_columns=examples.department_columns(),
        departments=examples.departments(),
        people_columns=examples.people_columns(),
        people=examples.people(),
        trend=examples.trend(),
        certificate=examples.certificate(),
    )
