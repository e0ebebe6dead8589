"""Whom a rule is about, as somebody fills it in: kinds of choices that all have to hold.

Within one kind any of the choices will do: academic staff, who are lecturers or supervisors, in one
of these units. It becomes a predicate, and is found again in one that was made this way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from elearning.learning.predicate import (
    AllOf,
    AnyOf,
    FteAtLeast,
    HasCategory,
    HasTag,
    InUnit,
    Predicate,
)

Leaf = InUnit | HasCategory | HasTag


@dataclass(frozen=True, slots=True)
class Audience:
    """Categories of staff, functions and units; none of a kind is no limit of that kind."""

    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    fte_at_least: int | None = None

    @property
    def is_everyone(self) -> bool:
        """Say whether nothing limits it."""
        return self == EVERYBODY

    def predicate(self) -> dict[str, Any]:
        """Return it as the data of a predicate."""
        parts = [
            *_one_of("category", self.categories),
            *_one_of("tag", self.tags),
            *_one_of("unit", self.units),
        ]
        if self.fte_at_least is not None:
            parts.append({"fte_at_least": self.fte_at_least})
        return parts[0] if len(parts) == 1 else {"all": parts}


EVERYBODY = Audience()


def _one_of(key: str, values: Iterable[str]) -> list[dict[str, Any]]:
    leaves = [{key: value} for value in values]
    return [{"any": leaves}] if len(leaves) > 1 else leaves


def audience_of(predicate: Predicate) -> Audience | None:
    """Return the audience that this predicate says; None when it says something else."""
    parts = predicate.parts if isinstance(predicate, AllOf) else (predicate,)
    found: dict[str, Any] = {}
    for part in parts:
        kind, value = _kind(part)
        if kind is None or kind in found:
            return None
        found[kind] = value
    return Audience(**found)


def _kind(part: Predicate) -> tuple[str | None, object]:
    """Return which choice a part is, and its values; None for what no choice says."""
    if isinstance(part, FteAtLeast):
        return "fte_at_least", part.percent
    leaves = part.parts if isinstance(part, AnyOf) else (part,)
    if not leaves:
        return None, ()
    for leaf_type, name in KINDS.items():
        values = [_value(leaf) for leaf in leaves if isinstance(leaf, leaf_type)]
        if len(values) == len(leaves):
            return name, tuple(values)
    return None, ()


KINDS: Mapping[type[Leaf], str] = {HasCategory: "categories", HasTag: "tags", InUnit: "units"}


def _value(leaf: Leaf) -> str:
    if isinstance(leaf, InUnit):
        return leaf.code
    return leaf.category if isinstance(leaf, HasCategory) else leaf.tag
