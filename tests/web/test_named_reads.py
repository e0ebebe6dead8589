"""Whoever is named to somebody else, on any page or in any file: that it was read is noted.

The rule for the whole site (docs/decisions/0013). Nothing is excepted: a page that is new and names
people fails here until it notes who looked.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from elearning.clock import SetClock
from elearning.config import Settings
from elearning.content.library import Library
from elearning.storage.audit import AuditEntry
from elearning.storage.people import Role
from tests.web.conftest import Arrange
from tests.web.every_route import Settler, World, all_calls, browser_of
from tests.web.strict_client import StrictClient

READ_NAMES = (Role.HR_CENTRAL, Role.ADMIN)
OTHERS = tuple(role for role in Role if role not in READ_NAMES)


@pytest.fixture(scope="session")
def library(practice: Library) -> Library:
    return practice


@pytest.fixture
def world(arrange: Arrange, library: Library, clock: SetClock, settings: Settings) -> World:
    with arrange() as session:
        return Settler(session, library, clock, settings.secret_key).world()


@pytest.mark.either_database
@pytest.mark.parametrize(
    "role", [*READ_NAMES, *(pytest.param(role, marks=pytest.mark.slow) for role in OTHERS)]
)
def test_nobody_is_named_to_somebody_else_without_a_note(
    app: Flask, world: World, new_client: Callable[[], StrictClient], arrange: Arrange, role: Role
) -> None:
    me = world.people[role]
    others = {each.name for each in (*world.people.values(), world.other)} - {me.name}
    named, before = set(), entries(arrange)
    for call in all_calls(app, world, me):
        answer = call.send(browser_of(new_client(), me))
        after = entries(arrange)
        if any(name in text_of(answer) for name in others):
            assert after > before, call.name
            named.add(call.endpoint)
        before = after
    if role is Role.HR_CENTRAL:
        assert {"hr.people", "exemptions.why", "withdrawal.overview", "access.overview"} <= named
    if role is Role.ADMIN:
        assert {"access.overview", "give_role.role", "give_role.over", "give_role.check"} <= named


def entries(arrange: Arrange) -> int:
    """Return how much the audit log says."""
    with arrange() as session:
        return session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def text_of(answer: TestResponse) -> str:
    """Return what can be read in an answer, also in a workbook."""
    content: bytes = answer.get_data()
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    return content.decode(errors="replace")
