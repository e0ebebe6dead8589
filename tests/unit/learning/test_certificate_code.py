"""Certificate codes: what a check character finds, what typing may vary, and the name check."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.learning.certificate_code import (
    ALPHABET,
    CODE_LENGTH,
    RANDOM_BITS,
    RANDOM_BYTES,
    CertificateCode,
    digest,
    make_code,
    name_digest,
    name_matches,
    normalise_name,
    parse_code,
)

KEY = b"a key of the installation, 32 b."
CODE = make_code(bytes(range(1, RANDOM_BYTES + 1)))
random_bytes = st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES)
codes = random_bytes.map(make_code)


@given(codes)
def test_a_code_reads_back_from_its_printed_form(code: CertificateCode) -> None:
    assert parse_code(str(code)) == code


@given(codes)
def test_a_code_is_printed_in_six_groups_of_four(code: CertificateCode) -> None:
    assert [len(group) for group in str(code).split("-")] == [4] * 6


def test_a_code_holds_at_least_a_hundred_random_bits() -> None:
    flipped = {
        make_code((1 << bit).to_bytes(RANDOM_BYTES, "big")).text for bit in range(8 * RANDOM_BYTES)
    }
    assert RANDOM_BITS >= 100
    assert len(flipped - {make_code(bytes(RANDOM_BYTES)).text}) == RANDOM_BITS


def test_too_few_random_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match="15 random bytes"):
        make_code(bytes(RANDOM_BYTES - 1))


@given(codes)
def test_every_change_of_one_character_is_found(code: CertificateCode) -> None:
    accepted = [
        changed
        for place in range(CODE_LENGTH)
        for character in ALPHABET
        if (changed := code.text[:place] + character + code.text[place + 1 :]) != code.text
        and parse_code(changed)
    ]
    assert accepted == []


@given(codes)
def test_every_swap_of_two_characters_is_found_adjacent_or_not(code: CertificateCode) -> None:
    accepted = [
        (first, second)
        for first in range(CODE_LENGTH)
        for second in range(first + 1, CODE_LENGTH)
        if code.text[first] != code.text[second] and parse_code(_swapped(code.text, first, second))
    ]
    assert accepted == []


def _swapped(text: str, first: int, second: int) -> str:
    characters = list(text)
    characters[first], characters[second] = characters[second], characters[first]
    return "".join(characters)


@given(st.text(alphabet=ALPHABET, min_size=CODE_LENGTH - 1, max_size=CODE_LENGTH - 1))
def test_exactly_one_check_character_fits(body: str) -> None:
    assert sum(parse_code(body + character) is not None for character in ALPHABET) == 1


@given(codes, st.data())
def test_a_missing_or_an_extra_character_is_found(
    code: CertificateCode, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, CODE_LENGTH - 1))
    assert parse_code(code.text[:place] + code.text[place + 1 :]) is None
    assert parse_code(code.text[:place] + "7" + code.text[place:]) is None


@given(codes)
def test_a_code_may_be_typed_in_lower_case_with_spaces_and_look_alikes(
    code: CertificateCode,
) -> None:
    typed = str(code).lower().replace("-", " \u2013 ").replace("0", "o")
    assert parse_code(typed.replace("1", "i")) == code
    assert parse_code(typed.replace("1", "l")) == code


@given(st.text())
def test_any_text_is_answered_without_an_error(text: str) -> None:
    code = parse_code(text)
    assert code is None or parse_code(str(code)) == code


def test_an_overlong_text_is_no_code() -> None:
    assert parse_code(CODE.text + "0" * 1_000_000) is None


def test_a_letter_outside_the_alphabet_is_no_code() -> None:
    assert parse_code("U" + CODE.text[1:]) is None


def test_a_code_does_not_show_itself_in_a_log() -> None:
    assert CODE.text not in repr(CODE)


@given(codes, codes)
def test_digests_differ_by_code_and_by_key(one: CertificateCode, other: CertificateCode) -> None:
    assert (digest(one, KEY) == digest(other, KEY)) == (one == other)
    assert digest(one, KEY) != digest(one, b"another key")


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("Şerife Gökçe-Łukasiewicz", "serife gokce-lukasiewicz"),
        ("Şerife Gökçe-Łukasiewicz", "  ŞERIFE\u00a0 GÖKÇE\u2011ŁUKASIEWICZ "),
        ("Şerife Gökçe-Łukasiewicz", "S\u0327erife Go\u0308kc\u0327e \u2013 Łukasiewicz"),
        ("Siobhán O\u2019Brien", "Siobhan O'Brien"),
        ("Siobhán O\u2019Brien", "siobhan o\u00b4brien"),
        ("Søren Ærø", "Soren Aero"),
        ("İpek Işık", "Ipek Isik"),
        ("Jürgen Groß", "Jurgen Gross"),
        ("\ufb01ona van der IJ", "Fiona van der \u0132"),
        ("王小明", "王小明"),
        ("محمد", "\u200fمحمد\u200f"),
        ("김민준", "\u1100\u1175\u11b7\u1106\u1175\u11ab\u110c\u116e\u11ab"),
    ],
)
def test_a_name_matches_however_it_is_typed(printed: str, typed: str) -> None:
    assert name_matches(typed, CODE, KEY, expected=name_digest(printed, CODE, KEY))


@pytest.mark.parametrize(
    "typed", ["", "Serife", "Gokce-Lukasiewicz Serife", "SerifeGokce-Lukasiewicz", "Serife Gokce"]
)
def test_another_name_does_not_match(typed: str) -> None:
    expected = name_digest("Şerife Gökçe-Łukasiewicz", CODE, KEY)
    assert not name_matches(typed, CODE, KEY, expected=expected)


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_a_normalised_name_is_already_normal_in_spacing_and_length(name: str) -> None:
    plain = normalise_name(name)
    assert plain == " ".join(plain.split())


@given(st.text())
def test_any_name_matches_itself(name: str) -> None:
    assert name_matches(name, CODE, KEY, expected=name_digest(name, CODE, KEY))


@given(codes)
def test_equal_names_do_not_show_as_equal_in_the_database(other: CertificateCode) -> None:
    assert name_digest("Jan de Vries", CODE, KEY) != name_digest("Jan de Vries", other, KEY)
