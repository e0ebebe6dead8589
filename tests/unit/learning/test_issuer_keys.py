"""The list of public keys is read back as it was written, and nothing else is taken for one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from elearning.errors import InvalidInput
from elearning.learning.issuer_keys import (
    IssuerKey,
    KeyState,
    find_key,
    key_id,
    published,
    read_published,
)

PUBLIC = bytes(range(32))
KEY = IssuerKey(key_id(PUBLIC), PUBLIC, date(2027, 1, 1), None, None)
RETIRED = replace(KEY, retired_on=date(2028, 1, 1))
LEAKED = replace(RETIRED, compromised_on=date(2029, 1, 1))


def test_a_list_is_read_back_as_it_was() -> None:
    assert read_published(published([KEY, RETIRED, LEAKED])) == (KEY, RETIRED, LEAKED)


def test_the_state_of_a_key_follows_from_its_days() -> None:
    states = [each.state for each in (KEY, RETIRED, LEAKED)]
    assert states == [KeyState.ACTIVE, KeyState.RETIRED, KeyState.COMPROMISED]


@pytest.mark.parametrize(
    ("day", "is_possible"),
    [
        (date(2026, 12, 31), False),
        (date(2027, 1, 1), True),
        (date(2028, 1, 1), True),
        (date(2028, 1, 2), False),
    ],
)
def test_a_retired_key_signed_in_its_own_time_only(day: date, is_possible: bool) -> None:  # noqa: FBT001 - an expected value
    assert RETIRED.may_have_signed_on(day) is is_possible


def test_a_key_is_found_by_its_name() -> None:
    assert find_key([KEY], KEY.id) is KEY
    assert find_key([KEY], "0" * 16) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [("kid", "0" * 16), ("x", "AAAA"), ("crv", "X25519"), ("created_on", "yesterday"), ("x", None)],
)
def test_a_key_that_is_not_what_it_says_makes_the_list_unreadable(
    field: str, value: str | None
) -> None:
    listed = json.loads(published([KEY]))
    listed["keys"][0][field] = value
    with pytest.raises(InvalidInput):
        read_published(json.dumps(listed))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"keys": 1}', "not json", '{"keys": ["x"]}'])
def test_anything_else_is_no_list(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_published(text)
