"""A canary in every field, file, filter and header is found nowhere but where it must be.

Generated over the URL map: a form, a field or a route that is new is not known here, and fails.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from elearning.cli import run as serving
from elearning.clock import SetClock
from elearning.config import Settings, SmtpTls
from elearning.content.library import Library
from elearning.integrations.letters import Sender as Office
from elearning.integrations.smtp_post import SmtpPost
from elearning.services.apply_retention import Retention, apply_retention
from elearning.services.learning_limit import LearningLimit
from elearning.services.queue_reminders import queue_all_reminders
from elearning.services.send_messages import Sending, send_messages
from elearning.storage.engine import begin_reading, one_transaction
from elearning.storage.models import Base
from elearning.storage.people import Role
from elearning.web.extensions import db
from elearning.web.privacy_report.around import cookie_words
from tests.mail_sink import Sink, mail_sink
from tests.pages.learner import EndPage, TurnPage, begin
from tests.practice_content import TALK, practice_library
from tests.web.canary import Flock, Found, Sender, Sinks, calls_in_order, forms_of, is_file
from tests.web.conftest import Arrange
from tests.web.every_route import (
    LEAVE,
    SIGN_IN,
    SIGN_OUT,
    Inhabitant,
    Settler,
    World,
    all_calls,
    browser_of,
)
from tests.web.strict_client import StrictClient

NewClient = Callable[[], StrictClient]
LIMITS_ARE_OVER = timedelta(hours=1)
ENOUGH = 500
# A week before what people here must hold is due: a Wednesday, in working hours.
REMINDED_AT = datetime(2027, 6, 23, 9, 0, tzinfo=UTC)
ENDS_SESSION = {LEAVE, SIGN_OUT, "account.sign_in_with_password"}
NOTHING: frozenset[str] = frozenset()
ASSIGNED = frozenset({"categorie", "eenheid", "omvang", "wie"})
WHEN = frozenset({"dagen", "training", "vanaf"})
# Every form that is sent in a body, with everything that it sends besides its token.
POSTED: Mapping[str, frozenset[str]] = {
    "access.confirm": frozenset({"lijst"}),
    "access.end": NOTHING,
    "account.leave": NOTHING,
    "account.sign_in_with_password": frozenset({"email", "password"}),
    "account.sign_out": NOTHING,
    "adviser.print_batch": frozenset({"number", "training"}),
    "assignment.answer_when": ASSIGNED | WHEN,
    "assignment.answer_who": ASSIGNED,
    "assignment.confirm": ASSIGNED | WHEN,
    "board.freeze": frozenset({"bekend", "dag", "training"}),
    "certificate.rename": NOTHING,
    "display.keep": frozenset({"theme"}),
    "elsewhere.decide": frozenset({"besluit"}),
    "exemptions.end_now": frozenset({"training"}),
    "exemptions.give": frozenset({"reden", "tot", "training"}),
    "files.again": NOTHING,
    "files.ask": frozenset({"eenheid", "naam", "training"}),
    "give_role.answer_who": frozenset({"nummer"}),
    "give_role.give": frozenset({"wachtwoord"}),
    "later.extend": NOTHING,
    "later.hear": NOTHING,
    "module.answer": frozenset({"check", "option"}),
    "own_badge.share": frozenset({"share"}),
    "own_data.forget": frozenset({"is_sure"}),
    "password.change": frozenset({"again", "current", "password"}),
    "password.choose": frozenset({"again", "code", "password"}),
    "people_list.confirm": WHEN | {"wie"},
    "people_list.upload": WHEN | {"bestand", "nummers", "wie"},
    "play.begin": NOTHING,
    "play.choose": frozenset({"choice"}),
    "play.choose_otherwise": frozenset({"choice"}),
    "prior.fill": frozenset({"bestand", "dag", "welke"}),
    "prior.send": NOTHING,
    "prior.take_back": NOTHING,
    "policy.ask": frozenset({"vanaf"}),
    "policy.confirm": NOTHING,
    "policy.decline": NOTHING,
    "reminders.queue": frozenset({"aantal", "eenheid", "training"}),
    "roster.apply": frozenset({"eindigt"}),
    "roster.undo": frozenset({"rooster"}),
    "roster.upload": frozenset({"bestand"}),
    "rule_end.confirm": frozenset({"dag"}),
    "structure.confirm": frozenset({"dag", "en", "nl"}),
    "support.use_code": frozenset({"code"}),
    "unit_add.add": frozenset({"code", "dag", "en", "nl", "onder"}),
    "verify.check": frozenset({"name"}),
    "verify.send": frozenset({"code"}),
    "withdrawal.ask": frozenset({"number", "reason", "training"}),
    "withdrawal.confirm": NOTHING,
    "withdrawal.decline": NOTHING,
}
# Forms that this world has no page with: a certificate in an old name, a start without a run, an
# end with practice, the later steps of a rule or a list, a roster over the brake. They are sent all
# the same.
NOT_ON_A_PAGE = {
    *("prior.fill", "prior.send"),  # everybody's request waits already
    "policy.ask",  # every certificate would keep its end
    *("access.end", "assignment.answer_when", "assignment.confirm", "certificate.rename"),
    *("files.again", "files.ask", "people_list.confirm", "play.begin", "play.choose_otherwise"),
    *("reminders.queue", "rule_end.confirm", "structure.confirm"),
}
NOT_IN_THIS_WORLD = {("roster.apply", "eindigt")}
# What is looked up, not confided: it stands in the address, and nowhere else.
IN_AN_ADDRESS: Mapping[str, str] = {
    "audit.overview": "a kind of entry and two days",
    "author.play": "the choices of a trial by an author, who is no learner; nothing is recorded",
    "elsewhere.check": "a code from a short list, before anything is decided",
    "exemptions.check": "a code from a short list and a day, before anything is decided",
    "exemptions.overview": "the filters of a list, which HR can keep as an address",
    "exemptions.who": "a name that HR looks for",
    **dict.fromkeys(
        ("give_role.over", "give_role.check"),
        "a role, a unit, a training and a day, before anything is decided",
    ),
    "guide.phrases": "a word that is looked for in lines of the site",
    "hr.overview": "a training and two days",
    "hr.people": "the filters of a list, which HR can keep as an address",
    "hr.unit": "a training and two days",
    "hr.units": "a training, a unit and two days",
    **dict.fromkeys(
        ("lists.expiring", "lists.late", "lists.new", "reminders.show", "timely.overview"),
        "the filters of a list, which HR can keep as an address",
    ),
    **dict.fromkeys(("policy.check", "rule_end.ask", "structure.overview"), "a day to look at"),
    "structure.change": "a day and the name of a unit, before anything is decided",
    "styleguide.index": "examples of fields, for who builds this site",
    "verify.send": "the code of a certificate is its address, as on paper",
}
# What an answer or a table may hold of a form, each for its reason.
MEANT: Mapping[str, str] = {
    r"field code of verify\.send is in answer of /v": "the code of a certificate is its address",
    r"field code of password\.choose is in answer of /inloggen/wachtwoord": (
        "the code of the link goes along while the new password does not fit"
    ),
    r".+ (of|at) assignment\.\w+ is in answer of /hr/toewijzing/\w+": (
        "the answers about a rule go along from question to question: which work, and no name"
    ),
    r"field (dagen|training|vanaf|wie) of people_list\.upload is in answer of .+": (
        "what a list is for goes along to the next question; the staff numbers do not"
    ),
    r"\?(\w+) at people_list\.check is in answer of /hr/toewijzing/lijst/[0-9a-f-]+": (
        "the same answers, led back to the question when one does not fit"
    ),
    r"field (nl|en) of structure\.confirm is in table unit(_place)?": "the new name of a unit",
    r"field (code|nl|en) of unit_add\.add is in table unit": "the code and names of a new unit",
}
# Everything that a view reads out of an address, so that a new one is looked at.
QUERY = (
    *(
        "bekend",
        "besluit",
        "beurt",
        "dag",
        "eenheid",
        "gebied",
        "keuze",
        "lang",
        "naam",
        "next",
        "pagina",
    ),
    *("bekend", "beurt", "dag", "eenheid", "gebied", "groep", "keuze", "lang", "lijst"),
    *("naam", "next", "pagina"),
    *("reden", "sinds", "stand", "status", "taal", "terug", "tot", "training", "van", "vanaf"),
    *("verloopt", "volgorde", "zoek", "rol", "namen", "soort"),
)
LEARNING_TABLES = {"attempt", "attempt_step", "learning_link", "module_page"}
CONTENT = "published_scenario"
CHOICES = {"ruimte": "kanariegeel", "kort": "kanariegroen", "verder": "kanariezwart"}


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    changes = {f"- id: {old}": f"- id: {new}" for old, new in CHOICES.items()}
    return practice_library(tmp_path_factory.mktemp("canary") / "content", changes=changes)


@pytest.fixture(autouse=True)
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Listen to every logger there is, from before the application is made."""
    caplog.set_level(logging.DEBUG)
    for name in ("sqlalchemy.pool", "werkzeug", "elearning"):
        caplog.set_level(logging.DEBUG, logger=name)
    # At DEBUG, SQLAlchemy says each row; no setting of ours asks for that.
    caplog.set_level(logging.INFO, logger="sqlalchemy.engine")
    return caplog


@pytest.fixture
def world(arrange: Arrange, library: Library, clock: SetClock, settings: Settings) -> World:
    with arrange() as session:
        return Settler(session, library, clock, settings.secret_key).world()


@pytest.fixture
def flock() -> Flock:
    return Flock()


@pytest.fixture
def sinks(flock: Flock) -> Sinks:
    return Sinks(flock)


@pytest.fixture
def sender(app: Flask, flock: Flock, sinks: Sinks) -> Sender:
    return Sender(app, flock, sinks)


def everyone(world: World) -> list[Inhabitant | None]:
    """Return who comes by: one of each role, and who is not signed in."""
    return [None, *world.people.values()]


# What is looked for here is the same on either database.
ON_SQLITE = pytest.mark.parametrize(
    "database_kind", [pytest.param("sqlite", marks=pytest.mark.sqlite)], indirect=True
)


@pytest.fixture
def forms(app: Flask, world: World, new_client: NewClient) -> set[Found]:
    """Return every form on every page, for everyone."""
    return {
        form
        for me in everyone(world)
        for form in forms_of(app, world, me, browser_of(new_client(), me))
    }


@ON_SQLITE
def test_every_form_and_every_field_is_known(app: Flask, forms: set[Found]) -> None:
    """Fails for a form that is new: say above what it sends, and in what kind of request."""
    found = {
        (form.endpoint, name) for form in forms if form.method == "POST" for name in form.fields
    }
    known = {(endpoint, name) for endpoint, names in POSTED.items() for name in names}
    missed = {(endpoint, name) for endpoint, name in known if endpoint in NOT_ON_A_PAGE}
    assert found | missed | NOT_IN_THIS_WORLD == known
    routes = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert routes == {*POSTED}
    assert {form.endpoint for form in forms if form.method == "POST"} == routes - NOT_ON_A_PAGE
    assert {form.endpoint for form in forms if form.method == "GET"} <= {*IN_AN_ADDRESS}


def test_every_parameter_of_an_address_is_known() -> None:
    """Reads the source: what no form sends, a link may."""
    web = Path(serving.__file__).parents[1] / "web"
    source = "\n".join(each.read_text(encoding="utf-8") for each in web.rglob("*.py"))
    read = set(re.findall(r'args\.get(?:list)?\("(\w+)"', source))
    assert read <= {*QUERY}
    assert {"zoek", "keuze", "terug"} <= read


def send_everything(
    sender: Sender, app: Flask, world: World, new_client: NewClient, clock: SetClock
) -> None:
    """Send every form as everyone: every field a canary, then one field after the other."""
    for me in everyone(world):
        clock.instant += LIMITS_ARE_OVER
        own = browser_of(new_client(), me)
        for call in calls_in_order(app, world, me or world.people[Role.LEARNER]):
            if call.endpoint in ENDS_SESSION:
                own = browser_of(new_client(), me, spare=True)
            names = POSTED[call.endpoint]
            answer = sender.post(own, call, names | {"extra"})
            is_open = answer.status_code != HTTPStatus.NOT_FOUND and not leads_to_sign_in(answer)
            for name in sorted(names) if is_open else ():
                sender.post_one(own, call, name)


def leads_to_sign_in(answer: TestResponse) -> bool:
    """Say whether somebody has to sign in first."""
    return urlsplit(answer.location or "").path == SIGN_IN


def ask_for_everything(
    sender: Sender, app: Flask, world: World, new_client: NewClient
) -> Iterator[tuple[str, str]]:
    """Ask for every address with canaries in its query; yield where each leads that it leads on."""
    for me in everyone(world):
        client = browser_of(new_client(), me)
        for call in all_calls(app, world, me or world.people[Role.LEARNER]):
            if call.method != "GET" or call.endpoint == "static":
                continue
            query = {name: sender.flock.canary(f"?{name} at {call.endpoint}") for name in QUERY}
            kept = sender.sinks.pieces.copy()
            answer = sender.get(client, call.path.partition("?")[0], query)
            if leads_to_sign_in(answer):
                # Whoever has to sign in first comes back to the address that was asked for.
                sender.sinks.pieces[:] = kept
                yield call.endpoint, answer.location or ""


@ON_SQLITE
def test_no_form_leaks_into_a_log_an_address_a_cookie_a_table_or_a_file(  # noqa: PLR0913, PLR0917
    app: Flask,
    world: World,
    new_client: NewClient,
    clock: SetClock,
    sender: Sender,
    log: pytest.LogCaptureFixture,
    arrange: Arrange,
    settings: Settings,
    library: Library,
) -> None:
    send_everything(sender, app, world, new_client, clock)
    assert len(sender.flock.places) > ENOUGH
    add_tables(sender.sinks, arrange, but={"roster_upload"})
    for me in everyone(world):
        add_files(sender.sinks, app, world, me, new_client)
    work_and_write(sender.sinks, app, clock, library, settings)
    with app.test_request_context():
        assert sender.sinks.cookies <= {*cookie_words(app)}
    sender.sinks.hear(log.records)
    assert [each for each in sender.sinks.leaks() if not is_by_design(each)] == []


def is_by_design(leak: str) -> bool:
    """Say whether this is one of the few things that are meant to stay or to be seen."""
    return any(re.fullmatch(pattern, leak) for pattern in MEANT)


@ON_SQLITE
def test_no_filter_or_header_leaks_into_a_log_a_header_or_a_table(
    app: Flask,
    world: World,
    new_client: NewClient,
    sender: Sender,
    log: pytest.LogCaptureFixture,
    arrange: Arrange,
) -> None:
    led_on = list(ask_for_everything(sender, app, world, new_client))
    assert led_on
    for endpoint, location in led_on:
        parts = urlsplit(location)
        assert parts.path == SIGN_IN
        assert not sender.flock.found_in(parts.path + parts.netloc), endpoint
        assert parts.query.startswith("next=")
    sender.sinks.hear(log.records)
    add_tables(sender.sinks, arrange)
    assert [each for each in sender.sinks.leaks() if not is_by_design(each)] == []


def add_tables(sinks: Sinks, arrange: Arrange, *, but: AbstractSet[str] = frozenset()) -> None:
    """Add every row of every table, what is packed in a column unpacked."""
    with arrange() as session:
        for table, row in rows(session):
            if table not in but:
                for value in row:
                    content = value if isinstance(value, bytes) else str(value).encode()
                    sinks.take(f"table {table}", content)


def rows(session: Session) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield every row that is stored, with the name of its table."""
    begin_reading(session)
    for table in Base.metadata.sorted_tables:
        for row in session.execute(select(table)):
            yield table.name, tuple(row)


def add_files(
    sinks: Sinks, app: Flask, world: World, me: Inhabitant | None, new_client: NewClient
) -> None:
    """Add every file that somebody can take along."""
    if me is None:
        return
    client = browser_of(new_client(), me)
    for call in all_calls(app, world, me):
        if call.method == "GET" and is_file(call) and call.target != "other":
            sinks.take(f"file {call.endpoint}", client.get(call.path, buffered=True).data)


@contextmanager
def post_office(settings: Settings, clock: SetClock) -> Iterator[tuple[SmtpPost, Sink]]:
    """Open a mail server on this machine, and what sends to it."""
    with mail_sink() as sink:
        own = replace(
            settings,
            smtp_host="127.0.0.1",
            smtp_port=sink.port,
            smtp_tls=SmtpTls.NONE,
            smtp_from="l@l.example",
        )
        office = Office(
            "l@l.example", {"nl": "Instelling", "en": "Institution"}, "http://localhost"
        )
        yield SmtpPost(own, office, clock), sink


def work_and_write(
    sinks: Sinks, app: Flask, clock: SetClock, library: Library, settings: Settings
) -> None:
    """Let the workers do what they do by the clock, and add what they write to people."""
    with app.app_context():
        engine = db.engine
    clock.instant = REMINDED_AT
    with post_office(settings, clock) as (post, sink):
        sending = Sending(lambda: one_transaction(engine), post, library.trainings, (), clock)
        with sending.begin() as session:
            queue_all_reminders(session, trainings=library.trainings, closures=(), clock=clock)
        send_messages(sending)
    assert sink.accepted
    for address, content in sink.accepted:
        sinks.take("message", address.encode() + content)
    limit = LearningLimit(library, settings.learning_days)
    apply_retention(Retention(lambda: one_transaction(engine), limit, clock))


@ON_SQLITE
def test_a_choice_is_in_the_learning_tables_and_nowhere_else(  # noqa: PLR0913, PLR0917
    app: Flask,
    world: World,
    new_client: NewClient,
    arrange: Arrange,
    sinks: Sinks,
    log: pytest.LogCaptureFixture,
    clock: SetClock,
    library: Library,
    settings: Settings,
) -> None:
    learner = browser_of(new_client(), world.people[Role.LEARNER])
    log.clear()
    run = begin(learner, TALK)
    EndPage(TurnPage.open(learner, f"{run.run}/2").play("kanariezwart", "wijzen"))
    again = EndPage(TurnPage.open(learner, f"{run.run}/4").page).start_again()
    again.play("kanariegeel", "wijzen")
    sinks.flock.places |= {word: f"choice {word}" for word in CHOICES.values()}
    with arrange() as session:
        where = {
            table
            for table, row in rows(session)
            for value in row
            if sinks.flock.found_in(str(value)) and table != CONTENT
        }
    assert where == {"attempt_step"}
    own = browser_of(new_client(), world.people[Role.LEARNER]).get("/gegevens/json").text
    assert "kanariezwart" in json.dumps(json.loads(own)["tables"]["attempt_step"])
    for me in everyone(world):
        if me is not world.people[Role.LEARNER]:
            add_files(sinks, app, world, me, new_client)
    work_and_write(sinks, app, clock, library, settings)
    sinks.hear(log.records)
    assert sinks.leaks() == []


@ON_SQLITE
def test_the_privacy_report_names_every_cookie(
    app: Flask, world: World, new_client: NewClient, sinks: Sinks
) -> None:
    me = world.people[Role.LEARNER]
    for call in all_calls(app, world, me):
        if call.endpoint in {"display.keep", "account.sign_in_with_password"}:
            sinks.see(call.send(new_client()))
    sinks.see(new_client().get("/privacy?lang=en"))
    with app.test_request_context():
        assert sinks.cookies == {*cookie_words(app)}


def test_the_server_writes_no_access_log() -> None:
    arguments = serving._arguments("127.0.0.1:1", 1)  # noqa: SLF001 - what it is started with
    assert not [each for each in arguments if "access" in each]
    assert "--log-level=warning" in arguments


@ON_SQLITE
class TestTheTest:
    """A leak that is planted is found: otherwise all of the above says nothing."""

    def test_finds_a_canary_in_a_log(
        self, sender: Sender, log: pytest.LogCaptureFixture, app: Flask
    ) -> None:
        word = sender.flock.canary("field name of a form")
        app.logger.warning("somebody typed %s", word.upper())
        sender.sinks.hear(log.records)
        assert sender.sinks.leaks() == ["field name of a form is in log elearning.web.factory"]

    def test_finds_a_canary_in_a_traceback(
        self, sender: Sender, log: pytest.LogCaptureFixture, app: Flask
    ) -> None:
        error = ValueError(sender.flock.canary("field"))
        app.logger.error("an error", exc_info=error)
        sender.sinks.hear(log.records)
        assert sender.sinks.leaks() == ["field is in log elearning.web.factory"]

    def test_finds_a_canary_in_an_address_that_is_led_to(
        self, sender: Sender, client: StrictClient
    ) -> None:
        answer = sender.get(client, "/hr/mensen", {"naam": sender.flock.canary("naam")})
        assert answer.status_code == 303
        assert sender.sinks.leaks() == ["naam is in answer of /hr/mensen"]

    def test_finds_a_canary_in_a_table(
        self, world: World, arrange: Arrange, sender: Sender
    ) -> None:
        assert world.people
        with arrange() as session:
            unit = session.scalars(select(Base.metadata.tables["unit"].c.id)).first()
            session.execute(
                Base.metadata.tables["unit"]
                .update()
                .where(Base.metadata.tables["unit"].c.id == unit)
                .values(name_nl=sender.flock.canary("a name"))
            )
        add_tables(sender.sinks, arrange)
        assert sender.sinks.leaks() == ["a name is in table unit"]

    def test_finds_a_canary_in_a_roster_that_waits(
        self, app: Flask, world: World, new_client: NewClient, arrange: Arrange, sender: Sender
    ) -> None:
        me = world.people[Role.HR_CENTRAL]
        (call,) = (each for each in all_calls(app, world, me) if each.endpoint == "roster.upload")
        sender.post(browser_of(new_client(), me), call, frozenset({"bestand"}))
        add_tables(sender.sinks, arrange)
        assert all("is in table roster_upload" in each for each in sender.sinks.leaks())
        assert sender.sinks.leaks()

    def test_finds_a_canary_in_a_file_of_hr(
        self, app: Flask, world: World, new_client: NewClient, arrange: Arrange, sender: Sender
    ) -> None:
        word = sender.flock.canary("a name")
        people = Base.metadata.tables["person"]
        with arrange() as session:
            session.execute(
                people.update()
                .where(people.c.display_name == world.people[Role.LEARNER].name)
                .values(display_name=word)
            )
        add_files(sender.sinks, app, world, world.people[Role.HR_CENTRAL], new_client)
        files = {each.rsplit(" ", 1)[-1] for each in sender.sinks.leaks()}
        assert {"hr.people_csv", "hr.people_json", "hr.people_xlsx"} <= files


def test_nothing_of_learning_has_a_table_that_is_not_known_here() -> None:
    learning = {
        table.name
        for table in Base.metadata.sorted_tables
        if any(column.info["pii"].value == "learning" for column in table.columns)
    }
    assert learning == LEARNING_TABLES
