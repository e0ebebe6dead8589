"""Ids for what had other names: lower-case words, each given once."""

import re
import unicodedata
from typing import Final

LONGEST_ID: Final = 32
_OTHER: Final = re.compile(r"[^a-z0-9]+")


def id_like(name: str) -> str:
    """Return the id that is nearest to a name; empty where no letter or digit is left."""
    plain = unicodedata.normalize("NFKD", name[: 4 * LONGEST_ID]).encode("ascii", "ignore").decode()
    return _OTHER.sub("_", plain.lower()).strip("_")[:LONGEST_ID].rstrip("_")


class Ids:
    """Gives out ids, none of them twice."""

    def __init__(self, fallback: str) -> None:
        """Take the word to begin with where a name has no usable sign."""
        self._fallback = fallback
        self._given: set[str] = set()

    def keep(self, taken: str) -> None:
        """Never give out this id."""
        self._given.add(taken)

    def new(self, name: str) -> str:
        """Return an id like this name."""
        wanted = id_like(name) or self._fallback
        found, number = wanted, 1
        while found in self._given:
            number += 1
            found = f"{wanted}_{number}"
        self._given.add(found)
        return found
