"""From all that a viewer can fetch, no hidden cell can be told more closely than k.

Over institutions and sequences of reports: the page, every file, the list and the public figure.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import delete

from elearning.content.library import Library
from elearning.storage.people import Role, Unit
from elearning.storage.reports import BoardReport
from tests.builders import PASSWORD, a_person, a_role, a_unit, an_account
from tests.disclosure import Told, bounds, told_by
from tests.pages.hr import TableOnPage
from tests.pages.html import elements
from tests.pages.page import visit
from tests.pages.sign_in import SignInPage
from tests.pages.workbook import read_workbook
from tests.practice_content import BASIS
from tests.reports import a_report, grids
from tests.web.conftest import Arrange
from tests.web.strict_client import StrictClient
from tests.web.test_reports import NewClient, with_policy

FIRST = date(2027, 1, 1)
SEQUENCES = 10
HIDDEN = "niet getoond"


@pytest.fixture(scope="session")
def library(practice: Library) -> Library:
    return practice


def a_browser(
    new_client: NewClient, arrange: Arrange, role: Role, unit: Unit | None = None
) -> StrictClient:
    with arrange() as session:
        person = a_person(session)
        a_role(session, person=person, role=role, unit=unit)
        name = an_account(session, person=person).sign_in_name
    client = new_client()
    SignInPage.open(client, "/inloggen?next=/privacy").send(name, PASSWORD)
    return client


def from_json(client: StrictClient, report_id: str) -> list[Told]:
    return told_by(json.loads(client.get(f"/verslag/{report_id}.json").get_data()))


def as_texts(told: Sequence[Told]) -> list[list[str]]:
    """Return what the other formats must hold; an empty line of a unit itself is left out."""
    return [
        [HIDDEN] * 4
        if each.people is None
        else [str(each.people), *("" if share is None else str(share) for share in each.shares)]
        for each in told
        if not (each.code.endswith("\x1f") and each.people == 0)
    ]


def in_other_formats(client: StrictClient, report_id: str) -> list[list[list[str]]]:
    """Return the figures of the CSV, of the workbook and of the page."""
    text = client.get(f"/verslag/{report_id}.csv").get_data().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    book = read_workbook(client.get(f"/verslag/{report_id}.xlsx").get_data())
    page = visit(client, f"/verslag/{report_id}")
    table = TableOnPage(next(elements(page.root, "table")))
    return [
        [row[3:] for row in rows[rows.index([]) + 2 :]],
        [
            ["" if cell is None else str(cell) for cell in [*row[3:], None, None, None][:4]]
            for row in book[1:]
        ],
        [[cell.rstrip("%").replace("–", "") for cell in row[1:]] for row in table.rows],
    ]


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_nothing_that_can_be_fetched_tells_what_is_hidden(
    app: Flask, new_client: NewClient, arrange: Arrange, seed: int
) -> None:
    random = Random(seed)  # noqa: S311 - no secrets
    least = random.randint(5, 12)
    with_policy(app, smallest_group=least)
    client = a_browser(new_client, arrange, Role.BOARD)
    hidden_before: set[str] = set()
    told: list[Told] = []
    for number, lines in enumerate(grids(random)):
        with arrange() as session:
            day = FIRST + timedelta(days=number)
            row = a_report(session, lines=lines, training_id=BASIS, day=day, least=least)
        told = from_json(client, str(row.id))
        for rows in in_other_formats(client, str(row.id)):
            assert rows == as_texts(told)
        for each in told:
            if each.people is None:
                low, high = bounds(told, each.code)
                assert high - low >= least, (seed, each, low, high)
            else:
                assert each.people == 0 or each.people >= least
                assert each.people == 0 or each.code not in hidden_before
        hidden_before |= {each.code for each in told if each.people is None}
    figure = visit(client, "/cijfer").text
    is_shown = bool(told[0].people)
    assert (f"{told[0].shares[0]}%" in figure) is is_shown
    assert ("Een cijfer over minder dan" in figure) is not is_shown


def test_a_manager_gets_of_every_report_a_part_of_what_everybody_gets(
    new_client: NewClient, arrange: Arrange
) -> None:
    random = Random(1)  # noqa: S311 - no secrets
    with arrange() as session:
        top = a_unit(session, code="top")
        faculty = a_unit(session, code="f0", parent=top)
    board = a_browser(new_client, arrange, Role.BOARD)
    manager = a_browser(new_client, arrange, Role.MANAGER, faculty)
    for lines in grids(random):
        with arrange() as session:
            session.execute(delete(BoardReport))
            report_id = str(a_report(session, lines=lines, training_id=BASIS).id)
        whole = from_json(board, report_id)
        own = [each for each in whole if "f0" in {each.code, each.above}]
        assert from_json(manager, report_id) == own
        for rows in in_other_formats(manager, report_id):
            assert rows == as_texts(own)


def test_the_bounds_would_find_a_unit_that_is_told_by_its_siblings() -> None:
    shares = (50, 60, 10)
    whole = (50, 61, 10)
    cells = [
        Told("top", None, 59, whole),
        Told("a", "top", None, (None, None, None)),
        Told("b", "top", 20, shares),
        Told("c", "top", 30, shares),
    ]
    low, high = bounds(cells, "a")
    assert (round(low), round(high)) == (9, 9)
