"""The code on a certificate, and the name check beside it: made, read, and digested.

A code is 23 characters of Crockford's base32 (115 random bits) and one check character, printed in
six groups of four. The check character comes from the same 32 characters. It is a weighted sum
over GF(32): character i weighs g to the power i, where g generates the field (order 31). Within 24
places all weights differ, so every changed character and every swap of two different characters,
adjacent or not, leaves a sum other than zero and is found.

The database keeps digests only. The digest of a name is salted with the code, which the database
does not hold, so that equal names do not show and a list of names cannot be tried against it.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from dataclasses import dataclass, field
from functools import reduce
from hashlib import sha256

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP_LENGTH = 4
CODE_LENGTH = 24
RANDOM_BITS = 5 * (CODE_LENGTH - 1)
RANDOM_BYTES = 15

_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_LOOK_ALIKES = str.maketrans("OIL", "011")
_SEPARATORS = re.compile(r"[\s\u002d\u2010-\u2015\u2212]+")
_FIELD_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1, primitive over GF(2)
_LONGEST_INPUT = 200  # keeps an over-long form field from costing anything


@dataclass(frozen=True, slots=True)
class CertificateCode:
    """A well-formed code; that its check character fits says nothing about its being issued."""

    text: str = field(repr=False)  # a code in a log would be as good as the paper

    def __str__(self) -> str:
        """Return the code as it is printed, in groups of four."""
        groups = range(0, CODE_LENGTH, GROUP_LENGTH)
        return "-".join(self.text[start : start + GROUP_LENGTH] for start in groups)


def make_code(random_bytes: bytes) -> CertificateCode:
    """Make a code from the first 115 bits of at least 15 random (or secretly derived) bytes."""
    if len(random_bytes) < RANDOM_BYTES:
        message = f"a certificate code needs {RANDOM_BYTES} random bytes"
        raise ValueError(message)
    number = int.from_bytes(random_bytes[:RANDOM_BYTES], "big") >> (8 * RANDOM_BYTES - RANDOM_BITS)
    places = range(RANDOM_BITS - 5, -1, -5)
    body = "".join(ALPHABET[(number >> place) & 31] for place in places)
    return CertificateCode(body + check_character(body))


def check_character(body: str) -> str:
    """Return the character that brings the weighted sum of the whole code to zero."""
    return ALPHABET[_times_generator(_weighted_sum(body))]


def normalise(text: str) -> str:
    """Return a typed code without spaces and dashes, in capitals, O read as 0 and I or L as 1."""
    plain = unicodedata.normalize("NFKC", text[:_LONGEST_INPUT])
    return _SEPARATORS.sub("", plain).upper().translate(_LOOK_ALIKES)


def parse_code(text: str) -> CertificateCode | None:
    """Return the code that was typed, or None where it cannot be one."""
    plain = normalise(text)
    if len(plain) != CODE_LENGTH or not _VALUES.keys() >= set(plain):
        return None
    return CertificateCode(plain) if _weighted_sum(plain) == 0 else None


def digest(code: CertificateCode, key: bytes) -> str:
    """Return what the database keeps of a code: a keyed digest, in hexadecimal."""
    return _keyed_digest(key, "certificate code", code.text)


def normalise_name(name: str) -> str:
    """Return a name as it is compared: without case, accents, and ways of typing a dash or quote.

    Accents and strokes are left out on both sides. Who checks a paper types on their own keyboard,
    and a holder whose name has an Ş or an Ł must not look like a forger for it. The other way
    round nothing is lost: a name that differs only in its accents is no use to a forger.
    """
    plain = unicodedata.normalize("NFKC", name.translate(_TYPED_MARKS))
    letters = unicodedata.normalize("NFKD", plain.casefold().translate(_TYPED_MARKS))
    bare = "".join(letter for letter in letters if not _is_left_out(letter))
    words = unicodedata.normalize("NFC", bare.translate(_STROKED_LETTERS)).split()
    return re.sub(r" ?([-']) ?", r"\1", " ".join(words))


def name_digest(name: str, code: CertificateCode, key: bytes) -> str:
    """Return what the database keeps for the name check: keyed, and salted with the code."""
    return _keyed_digest(key, "certificate name", f"{code.text}\n{normalise_name(name)}")


def name_matches(name: str, code: CertificateCode, key: bytes, *, expected: str) -> bool:
    """Say whether this is the name on the paper, taking the same time either way."""
    return hmac.compare_digest(name_digest(name, code, key), expected)


def _times_generator(value: int) -> int:
    doubled = value << 1
    return doubled ^ _FIELD_POLYNOMIAL if doubled > len(ALPHABET) - 1 else doubled


def _weighted_sum(text: str) -> int:
    return reduce(lambda total, sign: _times_generator(total) ^ _VALUES[sign], text, 0)


def _keyed_digest(key: bytes, purpose: str, text: str) -> str:
    return hmac.new(key, f"{purpose}\n{text}".encode(), sha256).hexdigest()


def _is_left_out(character: str) -> bool:
    accent = "\u0300" <= character <= "\u036f"
    return accent or unicodedata.category(character) in {"Cc", "Cf", "Cs"}


_TYPED_MARKS = {
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-"),
    **dict.fromkeys(map(ord, "\u2018\u2019\u201b\u02bc\u02b9\u2032\u0060\u00b4\uff07"), "'"),
    **dict.fromkeys(map(ord, "\t\n\r"), " "),
}
_STROKED_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "\u0131": "i", "ŧ": "t",
        "ŋ": "n", "æ": "ae", "œ": "oe", "þ": "th",
    }
)  # fmt: skip
