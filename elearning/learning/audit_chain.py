"""How the entries of the audit log hang together: two digests per entry, both SHA-256.

The content digest covers what an entry says, with a salt. The chain digest covers the number, the
instant, the content digest and the chain digest before it. So the content of an entry about
somebody who was erased can be emptied without breaking the chain, and nobody can guess it back.
Entries past their time go altogether; then the chain begins at the last one that went.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

BEGINNING = "0" * 64


@dataclass(frozen=True, slots=True)
class Content:
    """What an entry says, as text: keys in hexadecimal, `facts` the JSON that is stored."""

    kind: str
    actor: str
    subject: str
    facts: str
    salt: str

    @property
    def digest(self) -> str:
        """Return the digest of the content."""
        return _digest("content", self.kind, self.actor, self.subject, self.facts, self.salt)


@dataclass(frozen=True, slots=True)
class Link:
    """One entry as the chain sees it; without `content` it was emptied."""

    number: int
    recorded_at: datetime
    content: Content | None
    content_digest: str
    chain_digest: str


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ends, or begins: the entry before its first one."""

    number: int
    chain_digest: str


class Fault(StrEnum):
    """What is wrong at a place in the log."""

    MISSING = "missing"
    MOVED = "moved"
    ALTERED = "altered"
    EMPTIED_TOO_SOON = "emptied_too_soon"
    WRONG_END = "wrong_end"


@dataclass(frozen=True, slots=True)
class Break:
    """One place where the log is not what was written; `number` names the row.

    `found` is the row that stands there instead: after a missing one, or at the end.
    """

    number: int
    fault: Fault
    found: int | None = None

    @property
    def what(self) -> str:
        """Return it in English, for the command line."""
        return {
            Fault.MISSING: f"missing: entry {self.found} is the next",
            Fault.MOVED: "its instant, its digest or its place was altered",
            Fault.ALTERED: "what it says was altered",
            Fault.EMPTIED_TOO_SOON: "what it says was removed before its time",
            Fault.WRONG_END: f"the log ends at entry {self.found}, not as it should",
        }[self.fault]


def chain_digest(previous: str, number: int, recorded_at: datetime, content_digest: str) -> str:
    """Return the digest that an entry adds to the chain."""
    instant = recorded_at.astimezone(UTC).isoformat(timespec="microseconds")
    return _digest("chain", previous, str(number), instant, content_digest)


def breaks(
    links: Iterable[Link],
    anchor: Head,
    head: Head,
    *,
    emptied: Collection[int],
    kept_since: datetime,
) -> Iterator[Break]:
    """Yield every place where the chain does not hold, in order; an untouched log yields none.

    Every link is judged by the digest that is stored before it, so that one altered row is named
    and not everything after it. Content may be missing in entries of before `kept_since`, and in
    those that another entry names as `emptied`.
    """
    last = anchor
    for link in links:
        if link.number != last.number + 1:
            yield Break(last.number + 1, Fault.MISSING, link.number)
        elif not _follows(link, last):
            yield Break(link.number, Fault.MOVED)
        if link.content is not None and link.content.digest != link.content_digest:
            yield Break(link.number, Fault.ALTERED)
        may_be_empty = link.recorded_at < kept_since or link.number in emptied
        if link.content is None and not may_be_empty:
            yield Break(link.number, Fault.EMPTIED_TOO_SOON)
        last = Head(link.number, link.chain_digest)
    if last != head:
        yield Break(head.number, Fault.WRONG_END, last.number)


def _follows(link: Link, last: Head) -> bool:
    expected = chain_digest(last.chain_digest, link.number, link.recorded_at, link.content_digest)
    return link.chain_digest == expected


def _digest(*parts: str) -> str:
    return sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()
