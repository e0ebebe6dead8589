"""Large workbooks: asked for by a button, made by a worker, fetched by who asked only."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from elearning.clock import SetClock, SystemClock
from elearning.config import Settings
from elearning.content.library import Library
from elearning.integrations.export_folder import ExportFolder
from elearning.services.export_jobs import KEPT_FOR
from elearning.services.publish_content import publish_content
from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.jobs import ExportJob, JobState
from elearning.storage.people import Role, RoleGrant, Unit
from elearning.web.hr import file_maker
from elearning.web.hr.file_maker import make_files
from tests.builders import (
    PASSWORD,
    a_person,
    a_role,
    a_unit,
    an_account,
    an_appointment,
    an_award,
    an_obligation,
)
from tests.pages.page import Page, visit
from tests.pages.sign_in import SignInPage
from tests.pages.workbook import read_workbook
from tests.web.conftest import Arrange
from tests.web.strict_client import StrictClient

PEOPLE, MOST = 12, 10
BUTTON = "Maak 12 rijen als XLSX"
WORKER_SECONDS = 60
Enter = Callable[..., StrictClient]


@pytest.fixture
def clock() -> SetClock:
    """Return a clock that stands on this very moment: a worker of its own reads the real one."""
    return SetClock(SystemClock().now())


@pytest.fixture(autouse=True)
def low_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("people_page", "people_files", "sheet"):
        monkeypatch.setattr(f"elearning.web.hr.{module}.MOST_XLSX_ROWS", MOST)


@pytest.fixture
def units(arrange: Arrange, clock: SetClock) -> dict[str, Unit]:
    """Add twelve people in the arts and one in law; every third is done."""
    with arrange() as session:
        root = a_unit(session, code="top")
        arts, law = (a_unit(session, code=code, parent=root) for code in ("arts", "law"))
        for number in range(PEOPLE):
            person = a_person(session, name=f"Medewerker {number:02}")
            an_appointment(session, person=person, unit=arts)
            an_obligation(session, person=person, due_on=clock.today() + timedelta(days=number))
            if number % 3 == 0:
                an_award(session, person=person, obtained_on=clock.today() - timedelta(days=9))
        other = a_person(session, name="Berend Buitenbeeld")
        an_appointment(session, person=other, unit=law)
        an_obligation(session, person=other)
        return {each.code: each for each in (root, arts, law)}


@pytest.fixture
def enter(new_client: Callable[[], StrictClient], arrange: Arrange) -> Enter:
    def signed_in_as(role: Role, unit: Unit | None = None) -> StrictClient:
        with arrange() as session:
            person = a_person(session, name="Petra Personeel")
            a_role(session, person=person, role=role, unit=unit)
            name = an_account(session, person=person).sign_in_name
        client = new_client()
        SignInPage.open(client, "/inloggen?next=/privacy").send(name, PASSWORD)
        return client

    return signed_in_as


@pytest.fixture
def of_arts(enter: Enter, units: dict[str, Unit]) -> StrictClient:
    return enter(Role.HR_UNIT, units["arts"])


def ask(client: StrictClient, address: str = "/hr/mensen") -> Page:
    return visit(client, address).form(BUTTON).submit()


def fetch(client: StrictClient, href: str) -> tuple[int, bytes]:
    with client.get(href) as answer:
        return answer.status_code, answer.get_data()


def rows_of_workbook(content: bytes) -> list[list[str]]:
    def text(cell: object) -> str:
        return "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)

    rows = [[text(cell) for cell in row] for row in read_workbook(content)]
    return [row + [""] * (len(rows[0]) - len(row)) for row in rows]


def rows_of_csv(client: StrictClient, address: str) -> list[list[str]]:
    text = client.get(address).get_data().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    return rows[rows.index([]) + 1 :]


def test_a_large_workbook_is_made_in_the_background_and_says_how_far_it_is(
    app: Flask, of_arts: StrictClient, arrange: Arrange, settings: Settings
) -> None:
    page = ask(of_arts)
    assert page.heading == "We maken je bestand"
    assert page.response.headers["Refresh"] == "5"
    assert "Refresh" not in visit(of_arts, page.href("Niet vanzelf kijken")).response.headers
    with arrange() as session:
        session.execute(
            update(ExportJob).values(state=JobState.RUNNING, rows_done=6, rows_total=12)
        )
    assert "Voor 50 procent klaar: 6 van 12 rijen." in visit(of_arts, page.address).text
    with arrange() as session:
        session.execute(update(ExportJob).values(state=JobState.WAITING))
    make_files(app, lambda: False)
    ready = visit(of_arts, page.address)
    assert ready.heading == "Je bestand is klaar"
    assert "Refresh" not in ready.response.headers
    status, content = fetch(of_arts, ready.href("Download 12 rijen als XLSX"))
    assert status == 200
    assert rows_of_workbook(content) == rows_of_csv(of_arts, "/hr/mensen.csv")
    (file,) = settings.exports.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("filters", ["volgorde=-due_on", "naam=medewerker", "status=to_do"])
def test_the_file_holds_the_rows_of_its_filters(
    app: Flask, of_arts: StrictClient, filters: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("elearning.web.hr.people_page.MOST_XLSX_ROWS", 5)
    page = next(
        form.submit()
        for form in visit(of_arts, f"/hr/mensen?{filters}").forms
        if "/hr/bestanden" in form.action
    )
    make_files(app, lambda: False)
    href = next(href for text, href in visit(of_arts, page.address).links if "XLSX" in text)
    rows = rows_of_workbook(fetch(of_arts, href)[1])
    assert rows == rows_of_csv(of_arts, f"/hr/mensen.csv?{filters}")
    assert len(rows) > 5


def test_asking_twice_leads_to_the_same_file_and_the_plain_address_to_the_button(
    of_arts: StrictClient,
) -> None:
    assert ask(of_arts).address == ask(of_arts).address
    answer = of_arts.get("/hr/mensen.xlsx")
    assert (answer.status_code, answer.location) == (303, "/hr/mensen?training=lecturer-basis")
    assert of_arts.get("/hr/mensen.xlsx?status=valid").status_code == 200


def test_only_who_asked_fetches_it_while_the_right_lasts_and_it_is_noted(
    app: Flask, enter: Enter, of_arts: StrictClient, arrange: Arrange, units: dict[str, Unit]
) -> None:
    page = ask(of_arts)
    make_files(app, lambda: False)
    href = visit(of_arts, page.address).href("Download 12 rijen als XLSX")
    assert fetch(enter(Role.HR_CENTRAL), href)[0] == 404
    assert fetch(of_arts, href)[0] == 200
    with arrange() as session:
        kinds = session.scalars(select(AuditEntry.kind)).all()
        assert kinds.count(AuditKind.PEOPLE_EXPORTED) == 1
        session.execute(update(RoleGrant).values(unit_id=units["law"].id))
    assert fetch(of_arts, href)[0] == 404
    assert of_arts.get(page.address).status_code == 200


def test_after_seven_days_the_file_is_gone(
    app: Flask, of_arts: StrictClient, clock: SetClock, enter: Enter, units: dict[str, Unit]
) -> None:
    page = ask(of_arts)
    make_files(app, lambda: False)
    clock.instant += KEPT_FOR
    later = enter(Role.HR_UNIT, units["arts"])
    assert later.get(page.address).status_code == 404


def test_what_cannot_be_made_says_so_and_can_be_tried_again(
    app: Flask, of_arts: StrictClient, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    page = ask(of_arts)

    def full(*_: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(file_maker, "write_workbook", full)
        make_files(app, lambda: False)
    failed = visit(of_arts, page.address)
    assert failed.heading == "Je bestand kon niet worden gemaakt"
    assert [*settings.exports.iterdir()] == []
    assert failed.form("Probeer het opnieuw").submit().heading == "We maken je bestand"
    make_files(app, lambda: False)
    assert visit(of_arts, page.address).heading == "Je bestand is klaar"


def test_who_may_see_nothing_any_more_gets_no_file(
    app: Flask, of_arts: StrictClient, arrange: Arrange, settings: Settings
) -> None:
    ask(of_arts)
    with arrange() as session:
        session.execute(update(RoleGrant).values(until_on=date(2026, 1, 1)))
    make_files(app, lambda: False)
    with arrange() as session:
        assert session.scalars(select(ExportJob.state)).one() is JobState.FAILED
    assert not ExportFolder(settings.exports).path.exists()


def test_a_worker_that_stops_midway_gives_the_file_back(
    app: Flask, of_arts: StrictClient, arrange: Arrange, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(of_arts)
    monkeypatch.setattr(file_maker, "ROWS_BETWEEN_NOTES", 4)
    asked_whether = iter([False, False, True, True])
    make_files(app, lambda: next(asked_whether))
    with arrange() as session:
        job = session.scalars(select(ExportJob)).one()
        assert (job.state, job.rows_done, job.lease) == (JobState.WAITING, 0, None)
    make_files(app, lambda: False)
    with arrange() as session:
        assert session.scalars(select(ExportJob.state)).one() is JobState.READY


def test_what_waits_for_long_says_that_no_worker_may_be_running(
    of_arts: StrictClient, clock: SetClock
) -> None:
    page = ask(of_arts)
    assert "of draait niet" not in page.text
    clock.instant += timedelta(minutes=2)
    assert "of draait niet" in visit(of_arts, page.address).text


def test_a_queue_out_of_reach_keeps_nobody_from_asking(
    of_arts: StrictClient, settings: Settings
) -> None:
    jobs = Path(settings.jobs_url.removeprefix("sqlite:///"))
    jobs.mkdir()
    assert ask(of_arts).heading == "We maken je bestand"


@contextmanager
def a_worker(settings: Settings) -> Iterator[subprocess.Popen[str]]:
    """Run `elearning worker` on the site of this test."""
    values = {
        "ELEARNING_MODE": "demo",
        "ELEARNING_INSTANCE": str(settings.instance),
        "ELEARNING_DATABASE_URL": settings.database_url,
        "ELEARNING_SECRET_KEY": settings.secret_key,
        "ELEARNING_OVERLAY": str(settings.overlay),
        "ELEARNING_JOBS_URL": settings.jobs_url,
    }
    with subprocess.Popen(
        [sys.executable, "-m", "elearning", "worker"],
        env={**os.environ, **values},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_a_worker_of_its_own_makes_the_file_and_stops_when_it_is_told(
    of_arts: StrictClient, settings: Settings, arrange: Arrange, proved_library: Library
) -> None:
    with arrange() as session:
        publish_content(session, library=proved_library, clock=SystemClock())
    page = ask(of_arts)
    with a_worker(settings) as worker:
        ends_at = time.monotonic() + WORKER_SECONDS
        while "Je bestand is klaar" not in visit(of_arts, page.address).text:
            assert time.monotonic() < ends_at, "no worker made the file"
            time.sleep(0.2)
        worker.send_signal(signal.SIGTERM)
        _, said = worker.communicate(timeout=WORKER_SECONDS)
    assert worker.returncode == 0
    assert "the worker has stopped" in said
    ready = visit(of_arts, page.address)
    _, content = fetch(of_arts, ready.href("Download 12 rijen als XLSX"))
    assert rows_of_workbook(content) == rows_of_csv(of_arts, "/hr/mensen.csv")
