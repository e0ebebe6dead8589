"""One-time codes: readable on paper, hard to guess, and a slip of the pen is seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.learning.certificate_code import ALPHABET
from elearning.learning.training_code import (
    CODE_LENGTH,
    RANDOM_BYTES,
    digest,
    make_code,
    parse_code,
)

random_bytes = st.binary(min_size=RANDOM_BYTES, max_size=2 * RANDOM_BYTES)
KEY, OTHER_KEY = b"one key", b"another"


@given(random_bytes)
def test_a_code_is_read_back_as_it_was_printed(source: bytes) -> None:
    code = make_code(source)
    printed = str(code)
    assert [len(group) for group in printed.split("-")] == [4, 4, 4, 4]
    assert parse_code(printed) == code
    assert parse_code(f" {printed.lower().replace('-', ' ')} ") == code


@given(random_bytes, st.integers(0, CODE_LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_seen(source: bytes, place: int, sign: str) -> None:
    text = make_code(source).text
    changed = text[:place] + sign + text[place + 1 :]
    assert (parse_code(changed) is None) is (changed != text)


@given(random_bytes, st.integers(0, CODE_LENGTH - 2))
def test_two_swapped_characters_are_seen(source: bytes, place: int) -> None:
    text = make_code(source).text
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    assert (parse_code(swapped) is None) is (swapped != text)


@pytest.mark.parametrize("text", ["", "ABCD", "0" * 17, "U" * 16, "!" * 16, "0" * 1000])
def test_what_cannot_be_a_code_is_none(text: str) -> None:
    assert parse_code(text) is None


def test_every_random_bit_makes_another_code() -> None:
    codes = {make_code((1 << bit).to_bytes(RANDOM_BYTES)).text for bit in range(75)}
    assert len(codes) == 75


def test_too_little_chance_is_refused() -> None:
    with pytest.raises(ValueError, match="10 random bytes"):
        make_code(b"short")


def test_the_digest_depends_on_the_key_and_the_code_and_shows_neither() -> None:
    one, other = make_code(bytes(RANDOM_BYTES)), make_code(b"\1" * RANDOM_BYTES)
    assert len({digest(one, KEY), digest(one, OTHER_KEY), digest(other, KEY)}) == 3
    assert one.text not in digest(one, KEY)
    assert one.text not in repr(one)
