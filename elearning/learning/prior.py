"""What was learned elsewhere: which files can show it, why it may not count, and how long it does.

There is no text of one's own anywhere in it: an entry of a list, a day and at most one file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from elearning.learning.award import end_after
from elearning.learning.validity import Validity

LARGEST_BYTES = 2 * 1024 * 1024
Translated = Mapping[str, str]


class EvidenceKind(StrEnum):
    """What a file that shows it can be."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"


class Refusal(StrEnum):
    """Why a training elsewhere does not count; there are no other reasons."""

    NOT_LISTED = "not_listed"
    NOT_SHOWN = "not_shown"
    TOO_LONG_AGO = "too_long_ago"


# How such a file begins; what it is called says nothing.
BEGINNINGS: Mapping[EvidenceKind, bytes] = {
    EvidenceKind.PDF: b"%PDF-",
    EvidenceKind.PNG: b"\x89PNG\r\n\x1a\n",
    EvidenceKind.JPEG: b"\xff\xd8\xff",
}


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A training elsewhere that an institution lets count, and for how many months, if it says."""

    training_id: str
    code: str
    name: Translated
    valid_months: int | None
    line: int

    def validity(self, usual: Validity) -> Validity:
        """Return how long it counts: as this entry says, and else as the training itself."""
        return usual if self.valid_months is None else replace(usual, months=self.valid_months)


def has_own_validity(
    anchor: date, valid_until: date | None, usual: Validity, own_months: Iterable[int]
) -> bool:
    """Say whether what was completed elsewhere counts for a time of its own: the end tells.

    Which entry it was is kept nowhere. Where an entry of its own months and the training itself
    give the same end, it is taken for its own: nothing may count longer than its entry says.
    """
    if valid_until != end_after(anchor, usual):
        return True
    ends = (end_after(anchor, replace(usual, months=each)) for each in own_months)
    return valid_until in ends


def evidence_kind(content: bytes) -> EvidenceKind | None:
    """Return what a file is by what is in it; None for anything else."""
    fitting = (kind for kind, start in BEGINNINGS.items() if content.startswith(start))
    return next(fitting, None)
