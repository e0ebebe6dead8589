"""A roster as spreadsheets write it: encodings, separators, dates, and rows that cannot be read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.errors import InvalidInput
from elearning.services.roster_file import read_roster, template
from elearning.services.roster_row import COLUMNS, RosterRow, Trouble

HEADS = (
    "personeelsnummer;dienstverband;naam;eenheid;categorie;begindatum;laatste_dag;fte;functies;"
    "hoofddienstverband;e-mail;taal"
)
ROW = "100;1;Şerife Gökçe;INF;wp;2026-09-01;31-12-2027;0,8;Lecturer examiner;ja;s@x.example;nl"


def file(*rows: str, heads: str = HEADS) -> bytes:
    return "\r\n".join((heads, *rows)).encode()


def troubles(*rows: str) -> list[tuple[int, str, Trouble]]:
    return [(each.row, each.column, each.trouble) for each in read_roster(file(*rows)).problems]


EXPECTED = RosterRow(
    row=2,
    person="100",
    appointment="1",
    name="Şerife Gökçe",
    email="s@x.example",
    language="nl",
    unit="INF",
    category="academic",
    tags="examiner lecturer",
    fte_percent=80,
    is_primary=True,
    starts_on=date(2026, 9, 1),
    ends_on=date(2028, 1, 1),
)


def test_a_row_is_read_and_the_day_after_the_last_is_the_end() -> None:
    assert read_roster(file(ROW)).rows == (EXPECTED,)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_every_usual_encoding_and_separator_gives_the_same(encoding: str, separator: str) -> None:
    text = f"{HEADS}\n{ROW}".replace("0,8", "0.8").replace(";", separator)
    assert read_roster(text.encode(encoding)).rows == (EXPECTED,)


def test_what_windows_writes_is_read() -> None:
    (row,) = read_roster(
        file(ROW.replace("Şerife Gökçe", "Zoë Müller")).decode().encode("cp1252")
    ).rows
    assert row.name == "Zoë Müller"


def test_headings_may_be_english_in_any_order_and_with_capitals() -> None:
    heads = "Name,PERSON_NUMBER,appointment,first_day,unit,category"
    (row,) = read_roster(file("Noor,7,1,2026-01-02,INF,support", heads=heads)).rows
    assert (row.person, row.language, row.fte_percent, row.is_primary) == ("7", "nl", 100, False)
    assert (row.ends_on, row.email, row.tags) == (None, None, "")


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_template_is_a_roster(lang: str) -> None:
    found = read_roster(template(lang).encode("utf-8-sig"))
    assert (len(found.rows), found.problems) == (1, ())


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("100;1", ";1", ("person", Trouble.MISSING)),
        ("INF", "", ("unit", Trouble.MISSING)),
        ("Şerife Gökçe", "x" * 201, ("name", Trouble.TOO_LONG)),
        ("Gökçe", "G\x07", ("name", Trouble.TOO_LONG)),
        ("Şerife Gökçe", "?erife Gökçe", ("name", Trouble.LOST_LETTERS)),
        ("2026-09-01", "9999-12-31", ("starts_on", Trouble.NO_DATE)),
        ("2026-09-01", "2026-02-30", ("starts_on", Trouble.NO_DATE)),
        ("2026-09-01", "1-1-0026", ("starts_on", Trouble.NO_DATE)),
        ("31-12-2027", "31-8-2026", ("last_day", Trouble.ENDS_BEFORE)),
        ("0,8", "1,2", ("fte", Trouble.NO_FTE)),
        ("0,8", "nan", ("fte", Trouble.NO_FTE)),
        ("0,8", "half", ("fte", Trouble.NO_FTE)),
        (";ja;", ";maybe;", ("primary", Trouble.NO_YES_OR_NO)),
        (";nl", ";fr", ("language", Trouble.NO_LANGUAGE)),
        (";wp;", ";board;", ("category", Trouble.NO_CATEGORY)),
        ("examiner", "exam<i>ner", ("tags", Trouble.NO_TAG)),
    ],
)
def test_a_row_that_cannot_be_read_is_named_and_the_rest_is_read(
    before: str, after: str, expected: tuple[str, Trouble]
) -> None:
    good = ROW.replace("100;1", "101;1")
    found = read_roster(file(ROW.replace(before, after), good))
    assert [(each.row, each.column, each.trouble) for each in found.problems] == [(2, *expected)]
    assert ([row.row for row in found.rows], found.total) == ([3], 2)


def test_everything_that_is_wrong_with_a_row_is_told_at_once() -> None:
    row = ROW.replace("Gökçe", "G?kçe").replace("INF", "").replace("2026-09-01", "1 sept")
    assert troubles(row.replace("0,8", "80%"), ROW) == [
        (2, "name", Trouble.LOST_LETTERS),
        (2, "unit", Trouble.MISSING),
        (2, "fte", Trouble.NO_FTE),
        (2, "starts_on", Trouble.NO_DATE),
    ]


@pytest.mark.parametrize("last_day", ["31-12-9999", "9999-12-31", "31.12.9999"])
def test_the_last_day_of_all_means_that_there_is_none(last_day: str) -> None:
    (row,) = read_roster(file(ROW.replace("31-12-2027", last_day))).rows
    assert row.ends_on is None


def test_an_appointment_that_stands_twice_is_read_once() -> None:
    assert troubles(ROW, ROW) == [(3, "appointment", Trouble.TWICE)]


def test_empty_lines_are_skipped_and_numbers_are_those_of_the_file() -> None:
    assert [row.row for row in read_roster(file("", ROW, ";;;")).rows] == [3]


def test_all_missing_columns_are_named_at_once() -> None:
    with pytest.raises(InvalidInput, match="dienstverband, naam, eenheid, categorie, begindatum"):
        read_roster(b"personeelsnummer;plaats\n1;Utrecht")


@pytest.mark.parametrize("wrong", [b"", b"\0\0\0", b"PK\x03\x04\x00\x00", b'"' + b"x" * 200_000])
def test_what_is_no_roster_is_refused_whole(wrong: bytes) -> None:
    with pytest.raises(InvalidInput):
        read_roster(wrong)


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_or_read(content: bytes) -> None:
    try:
        found = read_roster(HEADS.encode() + b"\n" + content)
    except InvalidInput:
        return
    assert len(found.rows) + len({each.row for each in found.problems}) == found.total


def test_every_column_has_a_name_in_both_languages() -> None:
    assert all(len(names) <= 2 for names in COLUMNS.values())
