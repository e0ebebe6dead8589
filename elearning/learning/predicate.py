"""Which appointments a rule is about, as data: checked once, then asked of any appointment.

`{"all": []}` is every appointment. The rest: `{"all": […]}`, `{"any": […]}`, `{"not": …}`,
`{"unit": code}` (with everything below it), `{"category": name}`, `{"tag": name}`,
`{"fte_at_least": percent}`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from elearning.errors import InvalidInput

DEEPEST = 6
LONGEST_TEXT = 100
MOST_PARTS = 50
FULL_TIME = 100
EVERYONE: Mapping[str, Any] = {"all": []}


@dataclass(frozen=True, slots=True)
class Work:
    """What a predicate may ask of an appointment; `units` are its own and all above it."""

    units: frozenset[str]
    category: str
    tags: frozenset[str]
    fte_percent: int


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; with no parts, always."""

    parts: tuple[Predicate, ...]

    def matches(self, work: Work) -> bool:
        """Say whether it holds for an appointment."""
        return all(part.matches(work) for part in self.parts)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Predicate, ...]

    def matches(self, work: Work) -> bool:
        """Say whether it holds for an appointment."""
        return any(part.matches(work) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Predicate

    def matches(self, work: Work) -> bool:
        """Say whether it holds for an appointment."""
        return not self.part.matches(work)


@dataclass(frozen=True, slots=True)
class InUnit:
    """The appointment is in this unit or below it."""

    code: str

    def matches(self, work: Work) -> bool:
        """Say whether it holds for an appointment."""
        return self.code in work.units


@dataclass(frozen=True, slots=True)
class HasCategory:
    """The appointment is of this category of staff."""

    category: str

    def matches(self, work: Work) -> bool:
        """Say whether it holds for an appointment."""
        return self.category == work.category


@dataclass(frozen=True, slots=True)
class HasTag:
    """The appointment has this function tag."""

    tag: str

    def matches(self, work: Work) -> bool:
        """Say whether it holds for an appointment."""
        return self.tag in work.tags


@dataclass(frozen=True, slots=True)
class FteAtLeast:
    """The appointment is at least this part of full time, in per cent."""

    percent: int

    def matches(self, work: Work) -> bool:
        """Say whether it holds for an appointment."""
        return work.fte_percent >= self.percent


Predicate = AllOf | AnyOf | Not | InUnit | HasCategory | HasTag | FteAtLeast


def parse_predicate(data: object, *, depth: int = 0) -> Predicate:
    """Return the predicate; raises `InvalidInput` that says what cannot be read."""
    if not isinstance(data, Mapping) or len(data) != 1:
        raise InvalidInput(f"a condition has exactly one key, not {data!r}")
    if depth > DEEPEST:
        raise InvalidInput(f"conditions lie at most {DEEPEST} deep")
    ((key, value),) = data.items()
    if key in {"all", "any"}:
        parts = tuple(parse_predicate(each, depth=depth + 1) for each in _list(key, value))
        return AllOf(parts) if key == "all" else AnyOf(parts)
    if key == "not":
        return Not(parse_predicate(value, depth=depth + 1))
    if key in LEAVES:
        return LEAVES[key](value)
    raise InvalidInput(f"{key!r} is no condition; there are {', '.join(KEYS)}")


def _list(key: str, value: object) -> list[object]:
    if not isinstance(value, list) or len(value) > MOST_PARTS:
        raise InvalidInput(f"{key!r} has a list of at most {MOST_PARTS} conditions")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_TEXT:
        raise InvalidInput(f"a unit, category or tag is a short text, not {value!r}")
    return value


def _percent(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= FULL_TIME:
        raise InvalidInput(f"part of full time is a whole number of per cents, not {value!r}")
    return value


LEAVES: Mapping[str, Callable[[object], Predicate]] = {
    "unit": lambda value: InUnit(_text(value)),
    "category": lambda value: HasCategory(_text(value)),
    "tag": lambda value: HasTag(_text(value)),
    "fte_at_least": lambda value: FteAtLeast(_percent(value)),
}
KEYS = ("all", "any", "not", *LEAVES)


def units_named(predicate: Predicate) -> frozenset[str]:
    """Return the codes of all units that a predicate names."""
    return frozenset(each.code for each in leaves_of(predicate) if isinstance(each, InUnit))


def tags_named(predicate: Predicate) -> frozenset[str]:
    """Return all function tags that a predicate names."""
    return frozenset(each.tag for each in leaves_of(predicate) if isinstance(each, HasTag))


def leaves_of(predicate: Predicate) -> Iterator[InUnit | HasCategory | HasTag | FteAtLeast]:
    """Yield every condition that has no parts."""
    if isinstance(predicate, AllOf | AnyOf):
        for part in predicate.parts:
            yield from leaves_of(part)
    elif isinstance(predicate, Not):
        yield from leaves_of(predicate.part)
    else:
        yield predicate
