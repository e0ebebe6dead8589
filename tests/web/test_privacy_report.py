"""The privacy report is made from the program itself: whole in both languages, or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import page as pdf_checker
import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import Column, Engine, Integer, Table, event

from elearning.clock import SetClock
from elearning.config import Settings, variable_names
from elearning.content.library import Library
from elearning.integrations.report_pdf import render_report
from elearning.storage.audit import AuditFact, AuditKind
from elearning.storage.base import Kept
from elearning.storage.models import Base
from elearning.storage.outbox import MessageTemplate
from elearning.storage.people import Role
from elearning.web import access
from elearning.web.extensions import db
from elearning.web.logs import LogField
from elearning.web.privacy_report import activities, logged
from elearning.web.privacy_report.build import privacy_report
from elearning.web.privacy_report.document import Chapter, Document, as_report
from elearning.web.privacy_report.file import FileKind, report_file
from elearning.web.privacy_report.gaps import NotAnnotated
from elearning.web.privacy_report.limits import limit_words
from elearning.web.privacy_report.mails import texts
from elearning.web.privacy_report.roles import role_words
from elearning.web.state import state
from tests.architecture.catalogues import catalogue
from tests.pages.html import elements, parse, words
from tests.pages.page import visit
from tests.web.conftest import Arrange
from tests.web.every_route import Settler, World, browser_of
from tests.web.strict_client import StrictClient
from tests.web.test_reports import with_policy

NewClient = Callable[[], StrictClient]
LANGUAGES = ["nl", "en"]
COLUMNS = [(name, each.name) for name, table in Base.metadata.tables.items() for each in table.c]

# The checker takes a last byte of a compressed stream for the end of a line when it looks like one.
TRIMMED = "a stream /Length does not match its raw content length"
STREAM = re.compile(rb"/Length (\d+)[^>]*>>\s*stream\r?\n")


def failures(pdf: bytes) -> set[str]:
    """Return what the standards find wrong."""
    found = [pdf_checker.validate_pdf_bytes(pdf, profile=each) for each in ("3a", "ua1")]
    return {each.message for report in found for each in report.failures}


def has_right_lengths(pdf: bytes) -> bool:
    """Say whether every stream ends where it says that it does."""
    ends = [each.end() + int(each[1]) for each in STREAM.finditer(pdf)]
    return bool(ends) and all(pdf[end:].lstrip().startswith(b"endstream") for end in ends)


@pytest.fixture
def report(app: Flask, lang: str) -> Document:
    with app.test_request_context(f"/?lang={lang}"):
        return privacy_report(app, state())


def cells(chapters: tuple[Chapter, ...]) -> list[str]:
    """Return every line and cell of the report."""
    found: list[str] = []
    for each in chapters:
        found += [each.title, *each.lines, *cells(each.below)]
        for grid in each.grids:
            found += [grid.caption, *grid.columns, *(cell for row in grid.rows for cell in row)]
    return found


def chapter(report: Document, anchor: str) -> list[str]:
    """Return every line and cell of one chapter."""
    return cells(tuple(each for each in report.chapters if each.anchor == anchor))


@pytest.mark.parametrize("lang", LANGUAGES)
class TestTheReport:
    """In either language."""

    def test_has_every_table_and_every_column(self, report: Document) -> None:
        tables = {
            each.title: {row[0] for grid in each.grids for row in grid.rows}
            for part in report.chapters
            if part.anchor == "columns"
            for each in part.below
        }
        assert sorted(
            (table, column) for table, columns in tables.items() for column in columns
        ) == sorted(COLUMNS)

    def test_has_every_role_kind_fact_and_field(
        self, app: Flask, report: Document, lang: str
    ) -> None:
        access_told, logs_told = chapter(report, "access"), chapter(report, "logs")
        assert {*AuditKind, *AuditFact, *LogField} <= {*logs_told}
        with app.test_request_context(f"/?lang={lang}"):
            assert {role_words()[role][0] for role in Role} <= {*access_told}
            assert {*activities.activity_words().values()} <= {*access_told}
            assert {limit_words()[each] for each in Kept} <= {*chapter(report, "limits")}

    def test_has_the_subject_and_text_of_every_message(self, report: Document, lang: str) -> None:
        told = chapter(report, "mail")
        for template in MessageTemplate:
            for _occasion, text in texts(template, lang):
                assert text.subject in told
                assert any(text.paragraphs[0] in each for each in told)

    def test_says_what_is_open_to_whom_as_the_rules_do(
        self, app: Flask, report: Document, lang: str
    ) -> None:
        with app.test_request_context(f"/?lang={lang}"):
            told = activities.activity_words()
        (part,) = (each for each in report.chapters if each.anchor == "access")
        by_role = {each.anchor: cells((each,)) for each in part.below}
        people, counts = told[activities.Activity.SEE_PEOPLE], told[activities.Activity.LEARN]
        for role in Role:
            may_see = role in {Role.HR_UNIT, Role.HR_CENTRAL}
            assert (people in by_role[f"role-{role}"]) is may_see
        assert counts in by_role["role-learner"]
        assert people not in by_role["role-everyone"]

    def test_has_no_empty_cell_and_no_placeholder(self, report: Document) -> None:
        for text in cells(report.chapters):
            assert text.strip()
            assert "%(" not in text

    def test_is_a_page_that_needs_nothing_else(self, app: Flask, lang: str) -> None:
        made, _digest = report_file(app, lang, FileKind.HTML)
        root, problems = parse(made.decode())
        assert problems == []
        assert [words(each) for each in elements(root, "h1")] == [
            {"nl": "Privacyrapport", "en": "Privacy report"}[lang]
        ]
        assert root.get("lang") == lang
        levels = [int(each.tag[1]) for each in elements(root, "h1", "h2", "h3", "h4")]
        assert all(after - before <= 1 for before, after in pairwise(levels))
        for table in elements(root, "table"):
            assert len(list(elements(table, "caption"))) == 1
            assert all(each.get("scope") for each in elements(table, "th"))
        assert not list(elements(root, "link", "script", "img"))
        assert "@media print" in made.decode()
        assert re.findall(r"url\(|@import|https?://", made.decode()) == []

    def test_is_a_pdf_that_meets_both_standards(self, app: Flask, lang: str) -> None:
        made, _digest = report_file(app, lang, FileKind.PDF)
        assert failures(made) - ({TRIMMED} if has_right_lengths(made) else set()) == set()
        assert made == report_file(app, lang, FileKind.PDF)[0]

    def test_has_all_its_words_in_the_pdf(self, report: Document, tmp_path: Path) -> None:
        path = tmp_path / "report.pdf"
        path.write_bytes(render_report(as_report(report)))
        text = "".join("".join(each.extract_text().split()) for each in PdfReader(path).pages)
        for _table, column in COLUMNS:
            assert column in text
        for kind in AuditKind:
            assert kind in text


def test_the_dutch_report_has_no_english_sentence_left(app: Flask) -> None:
    told = {}
    for lang in LANGUAGES:
        with app.test_request_context(f"/?lang={lang}"):
            told[lang] = cells(privacy_report(app, state()).chapters)
    english = {str(each.id): each.string for each in catalogue("nl") if each.id}
    same = {text for text in {*told["nl"]} & {*told["en"]} if english.get(text, text) != text}
    # Names of columns and codes that happen to be English words of the interface.
    assert {text for text in same if " " in text} == set()


def test_both_languages_have_the_same_digest_and_other_settings_another(app: Flask) -> None:
    dutch, english = (report_file(app, lang, FileKind.HTML)[1] for lang in LANGUAGES)
    assert dutch == english
    assert len(dutch) == 16
    app.extensions["elearning"] = replaced(app, learning_days=7)
    assert report_file(app, "nl", FileKind.HTML)[1] != dutch


def replaced(app: Flask, **changes: object) -> object:
    """Return what the application was built from, with other settings."""
    found = app.extensions["elearning"]
    return replace(found, settings=replace(found.settings, **changes))


def test_it_says_whether_managers_see_names_and_its_digest_tells_the_two_apart(app: Flask) -> None:
    reports = {}
    for allowed in (False, True):
        with_policy(app, names_for_managers=allowed)
        with app.test_request_context("/?lang=nl"):
            reports[allowed] = privacy_report(app, state())
    usual, named = (" ".join(cells(reports[each].chapters)) for each in (False, True))
    assert reports[False].digest != reports[True].digest
    assert "Deze instelling staat het niet toe, dus niemand kan het." in usual
    assert "de namen van wie over de datum is: nee." in usual
    assert "Deze instelling laat leidinggevenden" not in usual
    assert "Alleen binnen je eenheden en trainingen. Deze instelling staat het toe." in named
    assert "de namen van wie over de datum is: ja." in named
    assert "Deze instelling laat leidinggevenden ook de namen zien" in named
    assert "Deze instelling laat leidinggevenden zien wie van hun eigen eenheid" in named


def test_the_report_reads_the_program_and_nothing_from_the_database(app: Flask) -> None:
    seen: list[str] = []
    with app.app_context():
        engine: Engine = db.engine

    def listen(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", listen)
    report_file(app, "nl", FileKind.HTML)
    event.remove(engine, "before_cursor_execute", listen)
    assert seen == []


def test_no_secret_address_or_path_is_in_it(app: Flask, settings: Settings) -> None:
    made = report_file(app, "en", FileKind.HTML)[0].decode()
    assert settings.secret_key not in made
    assert str(settings.instance) not in made
    assert settings.database_url not in made
    assert {f"{each}" for each in variable_names() if each in made} == {
        f"ELEARNING_{each.upper()}"
        for each in (
            *("mode", "database_url", "timezone", "idle_minutes", "session_hours"),
            *("learning_days", "account_months", "retention_hour", "smtp_host", "smtp_tls"),
        )
    }


class TestWithAGap:
    """There is no report, and it says what is missing."""

    def made(self, app: Flask, lang: str = "nl") -> str:
        with pytest.raises(NotAnnotated) as refusal:
            report_file(app, lang, FileKind.HTML)
        return str(refusal.value)

    def test_a_column_without_a_note(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        column = Base.metadata.tables["award"].c.obtained_on
        monkeypatch.setattr(column, "info", {})
        assert self.made(app) == "not annotated: column award.obtained_on"

    def test_a_column_without_dutch_words(
        self, app: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        column = Base.metadata.tables["award"].c.obtained_on
        monkeypatch.setitem(column.info, "purpose", "something that is new")
        assert self.made(app) == "not annotated: column award.obtained_on"
        report_file(app, "en", FileKind.HTML)

    def test_a_new_table(self, app: Flask) -> None:
        info = Base.metadata.tables["award"].c.id.info
        new = Table("diary", Base.metadata, Column("id", Integer, primary_key=True, info=info))
        try:
            assert self.made(app) == "not annotated: table diary"
        finally:
            Base.metadata.remove(new)

    def test_a_column_that_breaks_a_rule(self, app: Flask) -> None:
        info = Base.metadata.tables["award"].c.id.info
        new = Table("person", Base.metadata, extend_existing=True)
        column: Column[int] = Column("gender", Integer, info=info)
        new.append_column(column)
        try:
            assert "private_facts: person.gender" in self.made(app)
        finally:
            new._columns.remove(column)  # noqa: SLF001 - undoes the line above

    def test_a_new_route(self, app: Flask) -> None:
        app._got_first_request = False  # noqa: SLF001 - routes are added before the first request
        app.add_url_rule("/dagboek", "diary", access.public(lambda: ""))
        assert self.made(app) == "not annotated: route diary"

    def test_routes_of_one_activity_with_different_rules(
        self, app: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(app.view_functions, "hr.people_csv", access.public(lambda: ""))
        assert "activity take_people: its routes have different rules" in self.made(app)

    def test_a_new_kind_in_the_audit_log(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        known = logged.kind_words
        monkeypatch.setattr(
            logged,
            "kind_words",
            lambda: {k: v for k, v in known().items() if k is not AuditKind.AWARD_GIVEN},
        )
        assert self.made(app) == "not annotated: audit kind award_given"


@pytest.fixture(scope="session")
def library(practice: Library) -> Library:
    return practice


@pytest.fixture
def world(arrange: Arrange, library: Library, clock: SetClock, settings: Settings) -> World:
    with arrange() as session:
        return Settler(session, library, clock, settings.secret_key).world()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_hr_of_the_institution_reads_it_in_the_browser_and_takes_it_along(
    world: World, new_client: NewClient, lang: str
) -> None:
    browser = browser_of(new_client(), world.people[Role.HR_CENTRAL])
    privacy = visit(browser, f"/privacy?lang={lang}")
    shown = privacy.follow(
        {
            "nl": "Het hele rapport, voor ondernemingsraad en gegevensbescherming",
            "en": "The whole report, for works council and data protection",
        }[lang]
    )
    assert shown.heading == {"nl": "Privacyrapport", "en": "Privacy report"}[lang]
    assert "attempt_step" in shown.text
    taken = browser.get(shown.href({"nl": "Dit rapport als document (PDF)"}.get(lang, PDF)))
    assert taken.mimetype == "application/pdf"
    assert taken.headers["Content-Disposition"].endswith(
        {"nl": '"privacyrapport.pdf"', "en": '"privacy-report.pdf"'}[lang]
    )


PDF = "This report as a document (PDF)"


def test_nobody_else_is_shown_the_way_there(world: World, new_client: NewClient) -> None:
    for role in (Role.LEARNER, Role.ADVISER, Role.HR_UNIT, Role.AUTHOR):
        browser = browser_of(new_client(), world.people[role])
        assert "/hr/privacyrapport" not in browser.get("/privacy").text
