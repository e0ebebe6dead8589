"""What changed in the directory and the law since a day, such as that of a certificate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from elearning.content.directory import Dated, Directory, Fact, Resource


class ChangeKind(StrEnum):
    """What happened to an entry; one that was only looked at again says what it said before."""

    COMING = "coming"
    IN_FORCE = "in_force"
    CHANGED = "changed"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True)
class Change:
    """One entry, what happened to it, and the day on which it did or will."""

    kind: ChangeKind
    on: date
    entry: Fact | Resource


def changes_since(directory: Directory, since: date, today: date) -> tuple[Change, ...]:
    """Return what happened after a day, each entry once with what matters most; newest first."""
    entries: Iterable[Fact | Resource] = (
        *directory.facts.values(),
        *directory.resources.values(),
    )
    found = [
        next((Change(kind, on, entry) for kind, on in _events(entry.dated, since, today)), None)
        for entry in entries
    ]
    changes = [each for each in found if each is not None]
    return tuple(sorted(changes, key=lambda each: each.on, reverse=True))


def _events(dated: Dated, since: date, today: date) -> Iterator[tuple[ChangeKind, date]]:
    """Yield what happened after a day, what matters most first."""
    if dated.effective_on is not None and dated.effective_on > since:
        is_coming = dated.effective_on > today
        yield ChangeKind.COMING if is_coming else ChangeKind.IN_FORCE, dated.effective_on
    for kind, on in (
        (ChangeKind.CHANGED, dated.changed_on),
        (ChangeKind.CHECKED, dated.verified_on),
    ):
        if on is not None and since < on <= today:
            yield kind, on
