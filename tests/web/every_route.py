"""Every route of the site with every object it can be asked for, by people of every role.

Tests that hold for the whole site are generated from this; a route that is new stands in it by
itself, and lacks its cell in the access matrix until somebody has thought about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from elearning.clock import Clock
from elearning.content.library import Library
from elearning.scenario.ids import ChoiceId
from elearning.services.export_jobs import ask_for_file
from elearning.services.issue_certificate import code_of, issue_certificate
from elearning.services.play_scenario import make_choice, start_attempt
from elearning.services.publish_content import publish_content
from elearning.services.roster_file import template
from elearning.services.sign_in import open_session
from elearning.services.stage_roster import stage_roster
from elearning.storage.completion import Award, Obligation
from elearning.storage.people import Role, RoleGrant, Unit
from elearning.storage.roster import RosterImport
from elearning.storage.rules import AssignmentRule
from elearning.web.sessions import TOKEN
from tests.builders import (
    PASSWORD,
    a_person,
    a_request,
    a_role,
    a_unit,
    a_withdrawal,
    an_account,
    an_appointment,
    an_award,
    an_exemption,
    an_obligation,
    an_open_change,
)
from tests.practice_content import BASIS, CHECK_ONLY, MODULE_ID, PACED, TALK
from tests.reports import a_report, institution
from tests.sealing import an_issuing

SIGN_IN = "/inloggen"
OTHER_WORDS = "tafelbergwolk die fietst"
PAGE_WITH_A_FORM = "/pauze"
# Sought as text: thousands of calls ask for one, and the page is read strictly elsewhere.
TOKEN_FIELD = re.compile(r'name="csrf_token" value="(?P<value>[^"]+)"')
ELSEWHERE = "Berend Buitenbeeld"
MISSING = "nergens"
RULE = "everyone"
REPORT = uuid4()
NO_GRANT = 9_999_999
NEED_A_UNIT = frozenset({Role.HR_UNIT, Role.MANAGER})
SIGN_OUT, LEAVE = "account.sign_out", "account.leave"
LAST = (
    "elsewhere.decide",
    "prior.take_back",
    "exemptions.end_now",
    "rule_end.confirm",
    "own_data.forget",
    "roster.undo",
    "roster.apply",
    "roster.upload",
    "people_list.upload",
    LEAVE,
    SIGN_OUT,
)
TARGETS = ("own", "other", "missing")
ROSTER = template("nl").replace("INF", "arts").encode()
SIGNED_IN = timedelta(hours=12)
READ_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Inhabitant:
    """Somebody with things of their own; each token is a session that is signed in."""

    id: UUID
    name: str
    email: str
    tokens: tuple[str, str]
    attempt_id: UUID
    award_id: UUID
    withdrawal_ids: Mapping[str, UUID]
    change_ids: Mapping[str, UUID]
    unit_code: str
    code: str
    upload_id: UUID
    exemption_id: int
    job_id: UUID
    grant_id: int
    request_id: UUID


@dataclass(frozen=True, slots=True)
class World:
    """One person per role, who work in one unit, and somebody who works in another."""

    people: Mapping[Role, Inhabitant]
    other: Inhabitant
    roster_id: int
    soon: date


@dataclass(frozen=True, slots=True)
class Call:
    """One request that the site knows: a route, a method and what it asks for."""

    method: str
    endpoint: str
    target: str
    path: str
    data: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Return what the access matrix calls it."""
        return f"{self.method} {self.endpoint} {self.target}"

    def send(self, client: FlaskClient) -> TestResponse:
        """Send it; a form carries the token of the browser it is sent from."""
        if self.method in READ_METHODS:
            return client.open(self.path, method=self.method, buffered=True)
        data = {**self.data, "csrf_token": form_token(client)}
        return client.open(self.path, method=self.method, data=data, buffered=True)


@dataclass(frozen=True, slots=True)
class Settler:
    """Puts people into the database."""

    session: Session
    library: Library
    clock: Clock
    secret_key: str

    def world(self) -> World:
        """Return the whole of it."""
        publish_content(self.session, library=self.library, clock=self.clock)
        self._rule()
        root = a_unit(self.session, code="instelling")
        arts, law = (a_unit(self.session, code=code, parent=root) for code in ("arts", "law"))
        lines = institution({"arts": 30, "law": 40})
        a_report(self.session, lines=lines, training_id=BASIS, report_id=REPORT)
        changes = {
            "policy.confirm": an_open_change(self.session, training_id=CHECK_ONLY).id,
            "policy.decline": an_open_change(self.session, training_id=BASIS).id,
        }
        return World(
            people={role: self._person(role, f"Iemand {role}", arts, changes) for role in Role},
            other=self._person(Role.LEARNER, ELSEWHERE, law, changes),
            roster_id=self._roster(),
            soon=self.clock.today() + timedelta(days=9),
        )

    def _rule(self) -> None:
        """Add a rule for a training of which everybody was told by hand already."""
        self.session.add(
            AssignmentRule(
                code=RULE,
                training_id=BASIS,
                predicate={"all": []},
                from_on=self.clock.today(),
                until_on=None,
                due_days=60,
                made_by=None,
                recorded_at=self.clock.now(),
            )
        )

    def _person(self, role: Role, name: str, unit: Unit, changes: Mapping[str, UUID]) -> Inhabitant:
        person = a_person(self.session, name=name)
        an_appointment(self.session, person=person, unit=unit)
        account = an_account(self.session, person=person)
        obligation = an_obligation(self.session, person=person, training_id=BASIS)
        an_obligation(self.session, person=person, training_id=PACED)
        if role is not Role.LEARNER:
            scope = unit if role in NEED_A_UNIT else None
            a_role(self.session, person=person, role=role, unit=scope)
        award = an_award(self.session, person=person, training_id=BASIS)
        issuing = an_issuing(self.library, self.secret_key, self.clock)
        issue_certificate(self.session, award=award, issuing=issuing)
        return Inhabitant(
            id=person.id,
            name=name,
            email=account.sign_in_name,
            tokens=(self._token(person.id), self._token(person.id)),
            attempt_id=self._attempt(person.id),
            award_id=award.id,
            withdrawal_ids={
                "withdrawal.confirm": self._withdrawal(award),
                "withdrawal.decline": self._withdrawal(
                    an_award(self.session, person=person, training_id=CHECK_ONLY)
                ),
            },
            change_ids=changes,
            unit_code=unit.code,
            code=str(code_of(award.id, self.secret_key)),
            upload_id=stage_roster(
                self.session, content=ROSTER, uploaded_by=person.id, clock=self.clock
            ),
            exemption_id=self._exemption(obligation),
            job_id=ask_for_file(
                self.session,
                asked_by=person.id,
                question=f"training={BASIS}&eenheid={unit.code}",
                lang="nl",
                clock=self.clock,
            ),
            grant_id=self._grant_of(person.id),
            request_id=a_request(
                self.session, person=person, training_id=PACED, at=self.clock.now()
            ).id,
        )

    def _exemption(self, obligation: Obligation) -> int:
        """Let somebody be exempt for a day, so far ahead that it changes nothing now."""
        from_on = self.clock.today() + FAR_AHEAD
        until_on = from_on + timedelta(days=1)
        return an_exemption(
            self.session, obligation=obligation, from_on=from_on, until_on=until_on
        ).id

    def _grant_of(self, person_id: UUID) -> int:
        """Return the role of somebody; who only learns has none, and so one that is not there."""
        wanted = select(RoleGrant.id).where(RoleGrant.person_id == person_id)
        return self.session.scalar(wanted) or NO_GRANT

    def _withdrawal(self, award: Award) -> UUID:
        """Let somebody who has left have asked for it."""
        return a_withdrawal(self.session, award=award).id

    def _roster(self) -> int:
        """Add a roster that changed nothing and can be undone."""
        row = RosterImport(
            as_of=self.clock.today(),
            applied_at=self.clock.now(),
            applied_by=None,
            digest="0" * 64,
            counts={},
            problems=[],
            undone_at=None,
        )
        self.session.add(row)
        self.session.flush()
        return row.id

    def _token(self, person_id: UUID) -> str:
        return open_session(self.session, person_id=person_id, clock=self.clock, lasts=SIGNED_IN)

    def _attempt(self, person_id: UUID) -> UUID:
        """Start a conversation, and take its first step."""
        here: dict[str, Any] = {
            "library": self.library,
            "person_id": person_id,
            "scenario_id": TALK,
            "clock": self.clock,
        }
        attempt_id = start_attempt(self.session, **here)
        make_choice(
            self.session, attempt_id=attempt_id, turn=1, choice_id=ChoiceId("geheim"), **here
        )
        return attempt_id


def all_calls(app: Flask, world: World, me: Inhabitant) -> list[Call]:
    """Return every route with every method and target, as this person would ask for it.

    What uses something up comes last: after signing out no session of the person is left.
    """
    calls = [
        call
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        for call in _calls(app, rule, method, world, me)
    ]
    return sorted(
        calls, key=lambda call: LAST.index(call.endpoint) if call.endpoint in LAST else -1
    )


def _calls(app: Flask, rule: Rule, method: str, world: World, me: Inhabitant) -> Iterator[Call]:
    has_object = bool(rule.arguments) or rule.endpoint in OBJECT_IN_QUERY
    for target in TARGETS if has_object else ("-",):
        values = _values(rule, target, world.other if target == "other" else me)
        if values is None:
            continue
        with app.test_request_context():
            path = url_for(rule.endpoint, _method=method, **values)
        yield Call(method, rule.endpoint, target, path, _data(rule.endpoint, world, me))


FILES = ("csv", "xlsx", "json")
# Lists and figures of HR: of all units that somebody may see, or of the one that is asked for.
HR_LISTS = (
    "hr.people",
    "hr.units",
    "lists.expiring",
    "lists.late",
    "lists.new",
    "exemptions.overview",
    "timely.overview",
)
QUALITY_LISTS = ("listed", *(f"listed_{kind}" for kind in FILES))
FIGURES_ONLY = ("hr.units", "timely.overview")
FAR_AHEAD = timedelta(days=500)
OBJECT_IN_QUERY = frozenset(
    {
        *HR_LISTS,
        *("reminders.show", "reminders.queue", "files.ask"),
        *(f"{page}_{kind}" for page in HR_LISTS for kind in FILES),
    }
)
# What belongs to nobody in particular is there, or it is missing.
COMMON: Mapping[str, Mapping[str, object]] = {
    "static": {"filename": "app.css"},
    "module.start": {"module_id": MODULE_ID},
    "module.page": {"module_id": MODULE_ID, "page_id": "vraag"},
    "module.answer": {"module_id": MODULE_ID, "page_id": "vraag"},
    **{
        f"author.{page}": {"scenario_id": TALK}
        for page in ("scenario", "chart", "languages", "play")
    },
    "play.start": {"scenario_id": TALK},
    "play.begin": {"scenario_id": TALK},
    "badge.status": {"number": "1"},
    **{f"quality.{page}": {"check": "no_address"} for page in QUALITY_LISTS},
    **{
        f"policy.{page}": {"training_id": CHECK_ONLY, "effect": "shorten"}
        for page in ("check", "ask")
    },
    "later.extend": {"training_id": PACED},
    **{
        f"{who}.{page}": {"report_id": REPORT}
        for who in ("report", "board")
        for page in ("show", "csv", "json", "xlsx")
    },
    **{f"rule_end.{page}": {"code": RULE} for page in ("ask", "confirm")},
    "structure.unit": {"code": "instelling"},
    **{
        f"structure.{page}": {"code": "instelling", "kind": "hernoemen"}
        for page in ("change", "confirm")
    },
}
# What an address carries along from the step before.
ALONG: Mapping[str, Mapping[str, str]] = {
    "elsewhere.check": {"besluit": "not_shown"},
    "exemptions.check": {"reden": "other_employer", "tot": "2027-04-01"},
    "give_role.over": {"rol": "board"},
    "give_role.check": {"rol": "board", "tot": "2027-04-01"},
    "give_role.give": {"rol": "board", "tot": "2027-04-01"},
}
# What a review ends for one of them would be gone for the next.
ROLES = frozenset({"access.check", "access.end"})
NOBODYS = uuid4()
MISSING_VALUES: Mapping[str, object] = {
    "attempt_id": NOBODYS,
    "award_id": NOBODYS,
    "withdrawal_id": NOBODYS,
    "change_id": NOBODYS,
    "upload_id": NOBODYS,
    "person_id": NOBODYS,
    "exemption_id": 999_999,
    "job_id": NOBODYS,
    "report_id": NOBODYS,
    "grant_id": NO_GRANT,
    "request_id": NOBODYS,
    "turn": 1,
    "number": 9,
}


def _values(rule: Rule, target: str, owner: Inhabitant) -> dict[str, Any] | None:
    """Return the values of an address; None where there is no such target."""
    if target == "other" and (
        rule.endpoint in COMMON or rule.endpoint in ROLES or "change_id" in rule.arguments
    ):
        return None
    if target == "missing":
        return {name: MISSING_VALUES.get(name, MISSING) for name in rule.arguments or {"eenheid"}}
    if rule.endpoint in COMMON:
        return dict(COMMON[rule.endpoint])
    known = {
        "scenario_id": TALK,
        "attempt_id": owner.attempt_id,
        "grant_id": owner.grant_id,
        "request_id": owner.request_id,
        "turn": 1 if rule.endpoint.startswith("play.") and "anders" in rule.rule else 2,
        "award_id": owner.award_id,
        "withdrawal_id": owner.withdrawal_ids.get(rule.endpoint),
        "upload_id": owner.upload_id,
        "person_id": owner.id,
        "exemption_id": owner.exemption_id,
        "job_id": owner.job_id,
        "change_id": owner.change_ids.get(rule.endpoint),
        "code": owner.unit_code if rule.endpoint == "hr.unit" else owner.code,
        "eenheid": owner.unit_code,
    }
    names = {"eenheid"} if rule.endpoint in OBJECT_IN_QUERY else set(rule.arguments)
    return {name: known[name] for name in names} | dict(ALONG.get(rule.endpoint, {}))


def _data(endpoint: str, world: World, me: Inhabitant) -> dict[str, Any]:
    """Return what fits into the form of a route."""
    known: dict[str, dict[str, Any]] = {
        "access.confirm": {"lijst": "0"},
        "give_role.answer_who": {"nummer": "nobody"},
        "give_role.give": {"wachtwoord": PASSWORD},
        "board.freeze": {"training": BASIS, "dag": "2027-03-02"},
        "adviser.print_batch": {"training": CHECK_ONLY, "number": "1"},
        "account.sign_in_with_password": {"email": me.email, "password": PASSWORD},
        "password.choose": {"code": "nobodys", "password": OTHER_WORDS, "again": OTHER_WORDS},
        "password.change": {"current": "a guess", "password": OTHER_WORDS, "again": OTHER_WORDS},
        "display.keep": {"theme": "dark"},
        "elsewhere.decide": {"besluit": "not_shown"},
        "exemptions.give": {"reden": "other_employer", "tot": world.soon.isoformat()},
        "module.answer": {"check": "1", "option": "past"},
        "play.choose": {"choice": "herstel"},
        "play.choose_otherwise": {"choice": "ruimte"},
        "own_data.forget": {"is_sure": "y"},
        "assignment.answer_who": {"wie": "iedereen"},
        "assignment.answer_when": {
            "wie": "iedereen",
            "sleutel": "0",
            "training": CHECK_ONLY,
            "vanaf": "2027-04-01",
            "dagen": "60",
        },
        "people_list.upload": {
            "wie": "eraf",
            "training": CHECK_ONLY,
            "vanaf": "2027-04-01",
            "nummers": "99999",
        },
        "rule_end.confirm": {"dag": "2027-06-01"},
        "structure.confirm": {"dag": "2027-06-01", "nl": "Instelling", "en": "Institution"},
        "unit_add.add": {"code": "NW", "nl": "Nieuw", "en": "New", "onder": "instelling"},
        "roster.undo": {"rooster": str(world.roster_id)},
        "roster.upload": {"bestand": (BytesIO(ROSTER), "rooster.csv")},
        "support.use_code": {"code": "ABCD"},
        "verify.check": {"name": me.name},
        "verify.send": {"code": me.code},
        "withdrawal.ask": {"number": "nobody", "training": BASIS, "reason": "not_met"},
    }
    return known.get(endpoint, {})


def browser_of(
    client: FlaskClient, person: Inhabitant | None, *, spare: bool = False
) -> FlaskClient:
    """Sign the person in without the page; None leaves the browser signed out."""
    if person is not None:
        with client.session_transaction() as kept:
            kept[TOKEN] = person.tokens[spare]
    return client


def form_token(client: FlaskClient) -> str:
    """Return a token that fits the cookie of this browser."""
    found = TOKEN_FIELD.search(client.get(PAGE_WITH_A_FORM).text)
    assert found is not None
    return found["value"]
