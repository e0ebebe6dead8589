"""A one-time code for doing a training with a person: made, read and digested.

Sixteen characters of Crockford's base32 in groups of four: 75 random bits and the check character
of the certificate codes, so that a slip of the pen is seen before anything is counted.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from hashlib import sha256

from elearning.learning.certificate_code import (
    ALPHABET,
    GROUP_LENGTH,
    check_character,
    normalise,
)

CODE_LENGTH = 16
RANDOM_BYTES = 10
_BITS_A_CHARACTER = 5


@dataclass(frozen=True, slots=True)
class TrainingCode:
    """A well-formed code; that its check character fits says nothing about its being printed."""

    text: str = field(repr=False)  # a code in a log would be as good as the paper

    def __str__(self) -> str:
        """Return the code as it is printed, in groups of four."""
        groups = range(0, CODE_LENGTH, GROUP_LENGTH)
        return "-".join(self.text[start : start + GROUP_LENGTH] for start in groups)


def make_code(random_bytes: bytes) -> TrainingCode:
    """Make a code from the first 75 bits of at least ten random bytes."""
    if len(random_bytes) < RANDOM_BYTES:
        raise ValueError(f"a code needs {RANDOM_BYTES} random bytes")
    number = int.from_bytes(random_bytes[:RANDOM_BYTES])
    places = range(0, (CODE_LENGTH - 1) * _BITS_A_CHARACTER, _BITS_A_CHARACTER)
    body = "".join(ALPHABET[(number >> place) & (len(ALPHABET) - 1)] for place in places)
    return TrainingCode(body + check_character(body))


def parse_code(text: str) -> TrainingCode | None:
    """Return the code that was typed, in whatever way, or None where it cannot be one."""
    plain = normalise(text)
    if len(plain) != CODE_LENGTH or not set(ALPHABET) >= set(plain):
        return None
    return TrainingCode(plain) if check_character(plain[:-1]) == plain[-1] else None


def digest(code: TrainingCode, key: bytes) -> str:
    """Return what the database keeps of a code: a keyed digest, in hexadecimal."""
    return hmac.new(key, f"training code\n{code.text}".encode(), sha256).hexdigest()
