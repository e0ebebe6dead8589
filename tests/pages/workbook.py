"""Read a workbook back as a spreadsheet would: what each cell holds, and as what."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, timedelta
from xml.etree.ElementTree import Element, fromstring

NAMES = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
# Day 1 of a workbook is 1 January 1900, and it believes that year to have been a leap year.
DAY_ZERO = date(1899, 12, 30)
Cell = str | int | date | None


def read_workbook(content: bytes, sheet: int = 1) -> list[list[Cell]]:
    """Return the rows of a sheet; numbers in the format of a day are days."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        texts = _texts(book) if "xl/sharedStrings.xml" in book.namelist() else []
        root = fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml"))  # noqa: S314 - our own file
    assert root.findall(".//m:f", NAMES) == [], "a cell is a formula"
    return [_row(each, texts) for each in root.iterfind(".//m:row", NAMES)]


def _texts(book: zipfile.ZipFile) -> list[str]:
    root = fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314 - our own file
    return ["".join(each.itertext()) for each in root.iterfind("m:si", NAMES)]


def _row(row: Element, texts: list[str]) -> list[Cell]:
    found: dict[int, Cell] = {}
    for cell in row.iterfind("m:c", NAMES):
        found[_place(cell.get("r", ""))] = _value(cell, texts)
    return [found.get(place) for place in range(max(found, default=-1) + 1)]


def _place(reference: str) -> int:
    letters = re.match(r"[A-Z]+", reference)
    assert letters is not None
    place = 0
    for letter in letters[0]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _value(cell: Element, texts: list[str]) -> Cell:
    inline = cell.find("m:is", NAMES)
    if inline is not None:
        return "".join(inline.itertext())
    value = cell.find("m:v", NAMES)
    if value is None or value.text is None:
        return None
    if cell.get("t") == "s":
        return texts[int(value.text)]
    number = int(float(value.text))
    return DAY_ZERO + timedelta(days=number) if cell.get("s") else number
