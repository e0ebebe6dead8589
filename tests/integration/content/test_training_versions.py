"""Versions of a training's validity and of its content, read from trainings.yaml."""

from __future__ import annotations

from datetime import date

import pytest

from elearning.learning.validity import Asks, MajorVersion, Validity
from tests.integration.content.test_training_plans import SOUND, read

POLICY = "months: 12, renewal_window_days: 30, grace_days: 7, due_days: 60}"
NEWS = 'news: {nl: "De wet is nieuw.", en: "The law is new."}}'


def policy(from_on: str = "2027-09-01", announced: str = "2027-06-01") -> str:
    """Return one line of `policies`."""
    return f"      - {{from: {from_on}, announced: {announced}, {POLICY}\n"


def major(said: str, *, number: int = 2, from_on: str = "2027-09-01") -> str:
    """Return one line of `majors`."""
    return f"      - {{major: {number}, from: {from_on}, {said}, {NEWS}\n"


def messages(key: str, *lines: str) -> list[str]:
    """Return what is said of a sound training with these versions."""
    return read(f"{SOUND}    {key}:\n{''.join(lines)}")[1]


def test_the_first_validity_holds_until_the_next_one_begins() -> None:
    training, found = read(f"{SOUND}    policies:\n{policy()}")
    assert found == []
    assert training.validity.months == 24
    assert training.on(date(2027, 8, 31)).validity.months == 24
    assert training.on(date(2027, 9, 1)).validity == Validity(12, 30, 7, 60)
    assert training.on(date(2027, 9, 1), date(2027, 5, 31)).validity.months == 24


def test_a_policy_is_announced_before_it_holds_and_they_stand_in_order() -> None:
    assert messages("policies", policy(announced="2027-09-02")) == [
        "announced: lies after the day from which it holds"
    ]
    assert messages("policies", policy(), policy()) == [
        "policies: stand in the order of their days, each day once"
    ]


def test_a_major_version_says_what_it_asks() -> None:
    lines = (
        major("asks: none"),
        major("asks: delta, module: b1, within_days: 90", number=3, from_on="2028-01-01"),
        major("asks: full, within_days: 180", number=4, from_on="2029-01-01"),
    )
    training, found = read(f"{SOUND}    majors:\n{''.join(lines)}")
    assert found == []
    news = {"nl": "De wet is nieuw.", "en": "The law is new."}
    assert training.majors == (
        MajorVersion(2, date(2027, 9, 1), Asks.NONE, None, None, news),
        MajorVersion(3, date(2028, 1, 1), Asks.DELTA, "b1", 90, news),
        MajorVersion(4, date(2029, 1, 1), Asks.FULL, None, 180, news),
    )


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("asks: delta, module: weg, within_days: 90", "module: there is no module 'weg'"),
        (
            "asks: delta, module: m2, within_days: 90",
            "module 'm2' has no question on a page that everybody reads",
        ),
        ("asks: delta, within_days: 90", "module: is missing"),
        ("asks: full", "within_days: is missing"),
        ("asks: full, within_days: 13", "within_days: leaves people at least 14 days"),
        ("asks: full, module: b1, within_days: 90", "module: is not a key here"),
        ("asks: none, within_days: 90", "within_days: is not a key here"),
        ("asks: soms", "asks: needs one of none, delta, full, not 'soms'"),
    ],
)
def test_a_major_version_that_cannot_be_is_refused(said: str, message: str) -> None:
    assert message in messages("majors", major(said))


def test_major_versions_are_numbered_and_stand_in_order() -> None:
    assert messages("majors", major("asks: none", number=3)) == [
        "majors: are numbered 2, 3, … without a gap"
    ]
    assert messages("majors", major("asks: none"), major("asks: none", number=3)) == [
        "majors: stand in the order of their days, each day once"
    ]
