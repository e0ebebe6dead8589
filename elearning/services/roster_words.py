"""Function words in a roster that no rule uses: perhaps one is spelled in another way.

It is no mistake: a roster may say more than any rule asks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from elearning.learning.predicate import tags_named
from elearning.services.in_scope import read_rules
from elearning.services.roster_row import RosterRow

# Words that the pages know by themselves, also while no rule names them.
KNOWN_WORDS = frozenset({"lecturer", "adviser"})


@dataclass(frozen=True, slots=True)
class UnusedWord:
    """A function word, in how many rows it stands, and the first of them."""

    word: str
    rows: int
    first_row: int


def words_in_use(session: Session, *, day: date) -> frozenset[str]:
    """Return the function words that rules name which hold on a day or later."""
    rules = read_rules(session)
    return KNOWN_WORDS.union(
        *(
            tags_named(each.predicate)
            for each in rules
            if each.effective.until_on is None or each.effective.until_on > day
        )
    )


def unused_words(rows: Iterable[RosterRow], used: frozenset[str]) -> tuple[UnusedWord, ...]:
    """Return the words of these rows that are not used, in the order of their first rows."""
    found: dict[str, UnusedWord] = {}
    for row in rows:
        for word in row.tags.split():
            if word not in used:
                before = found.get(word, UnusedWord(word, 0, row.row))
                found[word] = UnusedWord(word, before.rows + 1, before.first_row)
    return tuple(found.values())
