"""Which passwords are long enough and not easy to guess (NIST SP 800-63B).

No rule about kinds of characters. What somebody would try first is taken out: the person's own
name, number and address, the words of this site, and what passwords are most often made of. Enough
has to be left.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from enum import StrEnum

from elearning.errors import InvalidInput
from elearning.folding import folded
from elearning.services.sign_in import LONGEST_PASSWORD

SHORTEST_PASSWORD = 12
FEWEST_LEFT = 6
FEWEST_DIFFERENT = 5
SHORTEST_WORD = 3
WORD = re.compile(r"[^\W_]+")
NUMBER = re.compile(r"\d+")
YEAR = re.compile(r"(?:19|20)\d\d")
BETWEEN_WORDS = {ord(sign): None for sign in string.punctuation + string.whitespace}
# Longer ones are taken out first, so that a part of one does not spoil it.
COMMONEST = (
    *("wachtwoord", "password", "passphrase", "welkom", "welcome", "geheim", "secret", "hallo"),
    *("letmein", "iloveyou", "inloggen", "login", "admin", "beheer", "account", "changeme"),
    *("qwertyuiop", "qwerty", "azerty", "asdfgh", "zxcvbn", "abcdef", "abcd", "abc"),
    *("lente", "zomer", "herfst", "winter", "spring", "summer", "autumn", "training", "cursus"),
    *("1234567890"[:end] for end in range(3, 11)),
    *("0987654321"[:end] for end in range(4, 11)),
)


class Fault(StrEnum):
    """Why a password cannot be used."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    TOO_EASY = "too_easy"


class PasswordNotUsable(InvalidInput):
    """A password that somebody chose cannot be used; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        """Keep the reason; the password itself is never in a message."""
        super().__init__(f"this password is {fault.value.replace('_', ' ')}")
        self.fault = fault


def check_password(password: str, *, known: Iterable[str]) -> None:
    """Raise `PasswordNotUsable`; `known` is what others know of the person and of the site."""
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordNotUsable(Fault.TOO_SHORT)
    if len(password) > LONGEST_PASSWORD:
        raise PasswordNotUsable(Fault.TOO_LONG)
    left = _without(folded(password), {*COMMONEST, *_words(known)})
    if len(left) < FEWEST_LEFT or len(set(left)) < FEWEST_DIFFERENT:
        raise PasswordNotUsable(Fault.TOO_EASY)


def _words(known: Iterable[str]) -> set[str]:
    found = {
        word for text in known for part in (WORD, NUMBER) for word in part.findall(folded(text))
    }
    return {word for word in found if len(word) >= SHORTEST_WORD}


def _without(text: str, words: Iterable[str]) -> str:
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, "")
    return YEAR.sub("", text).translate(BETWEEN_WORDS)
