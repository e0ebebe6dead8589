"""No code can be guessed, and no altered one is taken for another; the whole runs by `make`."""

from __future__ import annotations

import os
import random

import pytest
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.learning.certificate_code import ALPHABET, CertificateCode, make_code, parse_code
from elearning.services.issue_certificate import issue_certificate
from elearning.services.verify_certificate import Standing, verify_code
from tests.builders import an_award
from tests.integration.services.learner import SECRET
from tests.practice_content import BASIS
from tests.sealing import an_issuing

# `make certificates-check` sets it to a million.
GUESSES = int(os.environ.get("CERTIFICATE_GUESSES", "500"))
ISSUED = 20


@pytest.fixture
def codes(session: Session, library: Library, clock: SetClock) -> list[CertificateCode]:
    """Return the codes of certificates that were issued."""
    issuing = an_issuing(library, SECRET, clock)
    return [
        issue_certificate(session, award=an_award(session, training_id=BASIS), issuing=issuing)
        for _ in range(ISSUED)
    ]


def standing(session: Session, text: str, clock: SetClock) -> Standing:
    """Look a code up."""
    return verify_code(session, text=text, secret_key=SECRET, clock=clock).standing


def test_no_random_code_is_ever_found(
    session: Session, codes: list[CertificateCode], clock: SetClock
) -> None:
    chance = random.Random(20270303)  # noqa: S311 - a guesser, and the same every time
    hits = sum(
        standing(session, str(make_code(chance.randbytes(15))), clock) is not Standing.UNKNOWN
        for _ in range(GUESSES)
    )
    assert hits == 0
    assert standing(session, str(codes[0]), clock) is Standing.VALID


def test_no_code_with_another_character_is_found(
    session: Session, codes: list[CertificateCode], clock: SetClock
) -> None:
    code = codes[0].text
    for place in range(len(code)):
        for letter in ALPHABET:
            if letter != code[place]:
                changed = f"{code[:place]}{letter}{code[place + 1 :]}"
                assert standing(session, changed, clock) is Standing.UNKNOWN, (place, letter)


def test_every_flipped_bit_of_a_code_gives_another_code_or_none(
    session: Session, codes: list[CertificateCode], clock: SetClock
) -> None:
    """Letters that look alike, and capitals, are the same character on purpose."""
    for place in range(len(codes[0].text)):
        for bit in range(7):
            text = codes[0].text
            changed = f"{text[:place]}{chr(ord(text[place]) ^ 1 << bit)}{text[place + 1 :]}"
            is_same = parse_code(changed) == codes[0]
            assert (standing(session, changed, clock) is Standing.UNKNOWN) is not is_same
