"""How long an award lasts, and how that changes: versions of the policy, and of what is taught."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Validity:
    """How long an award lasts and when it can be renewed; months are calendar months."""

    months: int | None
    renewal_window_days: int
    grace_days: int
    due_days: int


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """A validity that holds from a day on, and since when everybody could know that."""

    from_on: date
    announced_on: date
    validity: Validity


class Asks(StrEnum):
    """What a new major version asks of who holds an award of an earlier one."""

    NONE = "none"
    DELTA = "delta"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class MajorVersion:
    """From a day on the content says something new; a change that is smaller has no version here.

    `module_id` is there only for a delta, `within_days` for a delta and for everything anew.
    """

    number: int
    from_on: date
    asks: Asks
    module_id: str | None
    within_days: int | None
    news: Mapping[str, str]
