"""A certificate's signed statement: checked with the public key alone, refused once altered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from elearning.integrations.signed_statement import check_statement, sign_statement
from elearning.integrations.signing_keys import SigningKey
from elearning.learning.certificate_code import make_code
from elearning.learning.certificate_statement import OfflineStanding, Statement
from elearning.learning.issuer_keys import IssuerKey
from tests.sealing import KEY, PRIVATE

CODE = str(make_code(bytes(range(15))))
DAY = date(2027, 3, 3)
STATEMENT = Statement(
    code=CODE,
    verify_url=f"https://leren.voorbeeld.example/v/{CODE}",
    issued_at=datetime(2027, 3, 3, 9, tzinfo=UTC),
    name="Şerife Gökçe-Łukasiewicz",
    training_id="lecturer-basis",
    title={"nl": "Eerste reactie", "en": "First response"},
    version="1a2b3c4d",
    proof="9f8e7d6c",
    obtained_on=DAY,
    valid_until=date(2029, 3, 3),
    study_load_minutes=120,
    issuer={"nl": "Voorbeeldhogeschool", "en": "Example University"},
    goals={"nl": ("Luisteren",), "en": ("Listening",)},
)
SIGNED = sign_statement(STATEMENT, SigningKey(KEY.id, PRIVATE))


def standing(
    text: str, *, keys: tuple[IssuerKey, ...] = (KEY,), day: date = DAY
) -> OfflineStanding:
    """Check a file on a day."""
    return check_statement(text, keys=keys, day=day, lang="nl").standing


def test_what_was_signed_is_accepted_and_says_what_stands_on_the_paper() -> None:
    checked = check_statement(SIGNED, keys=(KEY,), day=DAY, lang="en")
    assert checked.standing is OfflineStanding.SIGNED
    assert dict(checked.facts)["name"] == STATEMENT.name
    assert dict(checked.facts)["training"] == "First response"


def test_the_same_statement_gives_the_same_bytes() -> None:
    assert sign_statement(STATEMENT, SigningKey(KEY.id, PRIVATE)) == SIGNED


def test_from_its_end_it_is_genuine_and_expired() -> None:
    assert standing(SIGNED, day=date(2029, 3, 2)) is OfflineStanding.SIGNED
    assert standing(SIGNED, day=date(2029, 3, 3)) is OfflineStanding.EXPIRED


def test_one_without_an_end_stays_signed() -> None:
    endless = replace(STATEMENT, valid_until=None)
    signed = sign_statement(endless, SigningKey(KEY.id, PRIVATE))
    assert standing(signed, day=date(2099, 1, 1)) is OfflineStanding.SIGNED


class TestTheKey:
    """A signature is worth what its key is worth."""

    def test_after_its_retirement_checks_what_it_signed_before(self) -> None:
        retired = replace(KEY, retired_on=date(2028, 1, 1))
        assert standing(SIGNED, keys=(retired,)) is OfflineStanding.SIGNED

    def test_does_not_check_what_carries_a_later_day(self) -> None:
        retired = replace(KEY, retired_on=date(2027, 3, 2))
        assert standing(SIGNED, keys=(retired,)) is OfflineStanding.ALTERED

    def test_that_somebody_else_may_have_convinces_nobody(self) -> None:
        leaked = replace(KEY, retired_on=DAY, compromised_on=DAY)
        checked = check_statement(SIGNED, keys=(leaked,), day=DAY, lang="nl")
        assert checked.standing is OfflineStanding.KEY_COMPROMISED
        assert checked.facts == ()

    def test_of_another_issuer_is_unknown(self) -> None:
        assert standing(SIGNED, keys=()) is OfflineStanding.KEY_UNKNOWN


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - any JSON
    """Yield the path of every field below a JSON value."""
    if isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(each, (*path, key))
    else:
        yield path


def with_another(path: tuple[Any, ...]) -> str:
    """Return the file with one field changed."""
    signed = json.loads(SIGNED)
    place = signed
    for step in path[:-1]:
        place = place[step]
    old = place[path[-1]]
    place[path[-1]] = old + 1 if isinstance(old, int) else f"{old}x"
    return json.dumps(signed)


@pytest.mark.parametrize("path", [*leaves(json.loads(SIGNED))], ids=str)
def test_any_field_that_was_changed_makes_it_refused(path: tuple[Any, ...]) -> None:
    assert standing(with_another(path)) not in {OfflineStanding.SIGNED, OfflineStanding.EXPIRED}


@pytest.mark.parametrize("changes", [{"extra": 1}, {"valid_until": None}, {"format": "other/1"}])
def test_any_field_that_was_added_or_emptied_makes_it_refused(changes: dict[str, Any]) -> None:
    signed = json.loads(SIGNED)
    signed["statement"].update(changes)
    assert standing(json.dumps(signed)) is not OfflineStanding.SIGNED


def test_every_flipped_bit_of_the_signature_makes_it_refused() -> None:
    signature = json.loads(SIGNED)["signature"]
    for place in range(len(signature)):
        for bit in range(7):
            letter = chr(ord(signature[place]) ^ 1 << bit)
            flipped = f"{signature[:place]}{letter}{signature[place + 1 :]}"
            text = json.dumps(json.loads(SIGNED) | {"signature": flipped})
            assert standing(text) is not OfflineStanding.SIGNED, (place, bit)


def test_every_flipped_bit_of_the_code_makes_it_refused() -> None:
    signed = json.loads(SIGNED)
    for place in range(len(CODE)):
        for bit in range(7):
            letter = chr(ord(CODE[place]) ^ 1 << bit)
            signed["statement"]["code"] = f"{CODE[:place]}{letter}{CODE[place + 1 :]}"
            assert standing(json.dumps(signed)) is not OfflineStanding.SIGNED, (place, bit)


def test_spaces_between_its_parts_mean_nothing() -> None:
    assert standing(json.dumps(json.loads(SIGNED), indent=3)) is OfflineStanding.SIGNED


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{}",
        "[" * 100_000,
        SIGNED[:-1],
        SIGNED.replace('"signature"', '"signature":"x","signature"', 1),
        SIGNED.replace('"study_load_minutes":120', '"study_load_minutes":NaN'),
        SIGNED.replace('"study_load_minutes":120', '"study_load_minutes":1e400'),
        SIGNED.replace('"statement":{', '"statement":{"name":"x",'),
    ],
)
def test_what_cannot_be_read_in_one_way_is_no_certificate(text: str) -> None:
    assert standing(text) is OfflineStanding.NOT_A_CERTIFICATE


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: (
    st.lists(inner) | st.dictionaries(st.sampled_from(["statement", "signature", "kid"]), inner)
)))  # fmt: skip
def test_any_json_is_answered(value: Any) -> None:  # noqa: ANN401 - any JSON
    assert standing(json.dumps(value)) is OfflineStanding.NOT_A_CERTIFICATE


def test_what_is_signed_is_canonical() -> None:
    assert rfc8785.dumps(json.loads(SIGNED)).decode() == SIGNED
