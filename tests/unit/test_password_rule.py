"""Passwords are long, and not made of what somebody would try first; nothing else is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.services.password_rule import Fault, PasswordNotUsable, check_password
from elearning.services.sign_in import LONGEST_PASSWORD

KNOWN = ("Noor de Wit", "p1042", "n.dewit@instelling.example", "Leeromgeving", "Hogeschool Delta")


def fault(password: str) -> Fault | None:
    """Return what is wrong with a password, if anything is."""
    try:
        check_password(password, known=KNOWN)
    except PasswordNotUsable as refusal:
        return refusal.fault
    return None


@pytest.mark.parametrize(
    "password",
    [
        "paarse walvis fietst omhoog",
        "correct horse battery staple",
        "tafelbergwolk",
        "žluťoučký kůň",
        "\N{WHALE}\N{BICYCLE}\N{SNOWFLAKE}\N{CACTUS}\N{OWL}\N{KEY}" * 2,
    ],
)
def test_a_few_words_or_any_signs_will_do(password: str) -> None:
    assert fault(password) is None


@pytest.mark.parametrize(
    "password",
    [
        "wachtwoord123",
        "Welkom123456",
        "password2026!",
        "123456789012",
        "qwertyuiop12",
        "aaaaaaaaaaaaaa",
        "ababababababab",
        "noor.dewit.1042",
        "NoordeWit2026!",
        "p1042p1042p1042",
        "hogeschooldelta1",
        "leeromgeving12",
        "n.dewit@instelling.example",
        "Zomer2026Zomer2026",
    ],
)
def test_what_somebody_would_try_first_is_refused(password: str) -> None:
    assert fault(password) is Fault.TOO_EASY


def test_a_refusal_does_not_say_the_password() -> None:
    with pytest.raises(PasswordNotUsable) as refused:
        check_password("wachtwoord123", known=KNOWN)
    assert "wachtwoord123" not in str(refused.value)


def test_the_lengths_are_those_that_are_said() -> None:
    assert fault("tafelbergwo") is Fault.TOO_SHORT
    longest = "tafelbergwolk " * LONGEST_PASSWORD
    assert fault(longest[:LONGEST_PASSWORD]) is None
    assert fault(longest[: LONGEST_PASSWORD + 1]) is Fault.TOO_LONG


@given(st.text(max_size=40))
def test_whatever_is_typed_has_an_answer_and_nothing_short_passes(password: str) -> None:
    assert fault(password) is not None or len(password) >= 12
