"""Who may open what: every route, every role, one's own things, those of others, and none.

A route without a line here fails; so does a line without a route. What is refused looks, to the
last byte, like what does not exist.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import cache

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from elearning.clock import SetClock
from elearning.config import Settings
from elearning.content.library import Library
from elearning.storage.people import Role
from tests.web.conftest import Arrange
from tests.web.every_route import (
    ELSEWHERE,
    LEAVE,
    SIGN_IN,
    Call,
    Inhabitant,
    Settler,
    World,
    all_calls,
    browser_of,
)
from tests.web.strict_client import StrictClient

NewClient = Callable[[], StrictClient]
LIMITS_ARE_OVER = timedelta(hours=1)
OPENS, TO_SIGN_IN, NOT_THERE = "o", "s", "."
COLUMNS: tuple[Role | None, ...] = (
    None,
    Role.LEARNER,
    Role.ADVISER,
    Role.HR_UNIT,
    Role.HR_CENTRAL,
    Role.AUTHOR,
    Role.ADMIN,
)
# Who sees figures and no names opens what a learner opens, and these besides.
VIEWERS = (Role.BOARD, Role.WORKS_COUNCIL, Role.MANAGER)
FOR_VIEWERS = frozenset(
    {
        "GET report.overview -",
        *(f"GET report.{page} own" for page in ("show", "csv", "json", "xlsx")),
    }
)
# So does who reads the log, and nothing that is about anybody's training.
AUDITORS = (Role.AUDITOR,)
FOR_AUDITORS = frozenset({"GET audit.overview -", "GET audit.check -"})
# o: opens, or does what it says and leads on; s: leads to the sign-in page; . : is not there.
# 422: opens, and asks for something that fits; nobody exempts themselves or gives themselves roles.
# Columns: anonymous, learner, adviser, HR of a unit, HR of the institution, author, administrator.
MATRIX = """
GET account.leave_by_address -          o o o o o o o
POST account.leave -                    o o o o o o o
GET account.sign_in -                   o o o o o o o
POST account.sign_in_with_password -    o o o o o o o
POST account.sign_out -                 s o o o o o o
GET account.signed_out -                o o o o o o o
GET adviser.codes -                     s . o . . . .
POST adviser.print_batch -              s . o . . . .
GET audit.overview -                    s . . . . . .
GET audit.check -                       s . . . . . .
GET author.overview -                   s . . . . o .
GET author.scenario own                 s . . . . o .
GET author.scenario missing             s . . . . . .
GET author.chart own                    s . . . . o .
GET author.chart missing                s . . . . . .
GET author.languages own                s . . . . o .
GET author.languages missing            s . . . . . .
GET author.play own                     s . . . . o .
GET author.play missing                 s . . . . . .
GET certificate.overview -              s o o o o o o
GET certificate.show own                s o o o o o o
GET certificate.show other              s . . . . . .
GET certificate.show missing            s . . . . . .
GET certificate.pdf own                 s o o o o o o
GET certificate.pdf other               s . . . . . .
GET certificate.pdf missing             s . . . . . .
GET well_known.certificate_keys -       o o o o o o o
POST certificate.rename own             s o o o o o o
POST certificate.rename other           s . . . . . .
POST certificate.rename missing         s . . . . . .
GET late_names.show -                   s . . . . . .
GET policy.overview -                   s . . . o . .
GET policy.check own                    s . . . o . .
GET policy.check missing                s . . . . . .
POST policy.ask own                     s . . . o . .
POST policy.ask missing                 s . . . . . .
POST policy.confirm own                 s . . . o . .
POST policy.confirm missing             s . . . . . .
POST policy.decline own                 s . . . o . .
POST policy.decline missing             s . . . . . .
GET prior.show -                        s o o o o o o
POST prior.fill -                       s o o o 422 o o
GET prior.check -                       s o o o o o o
POST prior.send -                       s o o o o o o
POST prior.take_back -                  s o o o o o o
GET prior.evidence -                    s o o o o o o
GET elsewhere.overview -                s . . . o . .
GET elsewhere.show own                  s . . . o . .
GET elsewhere.show other                s . . . o . .
GET elsewhere.show missing              s . . . . . .
GET elsewhere.evidence own              s . . . o . .
GET elsewhere.evidence other            s . . . o . .
GET elsewhere.evidence missing          s . . . . . .
GET elsewhere.check own                 s . . . o . .
GET elsewhere.check other               s . . . o . .
GET elsewhere.check missing             s . . . . . .
POST elsewhere.decide own               s . . . o . .
POST elsewhere.decide other             s . . . o . .
POST elsewhere.decide missing           s . . . . . .
GET withdrawal.overview -               s . . . o . .
POST withdrawal.ask -                   s . . . 422 . .
POST withdrawal.confirm own             s . . . o . .
POST withdrawal.confirm other           s . . . o . .
POST withdrawal.confirm missing         s . . . . . .
POST withdrawal.decline own             s . . . o . .
POST withdrawal.decline other           s . . . o . .
POST withdrawal.decline missing         s . . . . . .
GET study_load.show own                 s o o o o o o
GET study_load.show other               s . . . . . .
GET study_load.show missing             s . . . . . .
GET certificate.logo own                s . . . . . .
GET certificate.logo other              s . . . . . .
GET certificate.logo missing            s . . . . . .
GET own_badge.show own                  s o o o o o o
GET own_badge.show other                s . . . . . .
GET own_badge.show missing              s . . . . . .
GET own_badge.download own              s o o o o o o
GET own_badge.download other            s . . . . . .
GET own_badge.download missing          s . . . . . .
POST own_badge.share own                s o o o o o o
POST own_badge.share other              s . . . . . .
POST own_badge.share missing            s . . . . . .
GET badge.png -                         o o o o o o o
GET badge.svg -                         o o o o o o o
GET badge.status own                    o o o o o o o
GET badge.status missing                . . . . . . .
GET well_known.did -                    o o o o o o o
GET verify.badge own                    . . . . . . .
GET verify.badge other                  . . . . . . .
GET verify.badge missing                . . . . . . .
GET password.ask -                      o o o o o o o
POST password.choose -                  422 422 422 422 422 422 422
GET password.show -                     s o o o o o o
POST password.change -                  s 422 422 422 422 422 422
GET display.choose -                    o o o o o o o
POST display.keep -                     o o o o o o o
POST files.ask own                      s . . o o . .
POST files.ask other                    s . . . o . .
POST files.ask missing                  s . . . . . .
GET files.show own                      s . . o o . .
GET files.show other                    s . . . . . .
GET files.show missing                  s . . . . . .
POST files.again own                    s . . o o . .
POST files.again other                  s . . . . . .
POST files.again missing                s . . . . . .
GET files.download own                  s . . . . . .
GET files.download other                s . . . . . .
GET files.download missing              s . . . . . .
GET guide.card -                        o o o o o o o
GET guide.card_pdf -                    o o o o o o o
GET guide.facts -                       o o o o o o o
GET guide.phrases -                     o o o o o o o
GET guide.practice_hour -               s o o o o o o
GET guide.reporting -                   o o o o o o o
GET guide.terms -                       o o o o o o o
GET exemptions.overview own          s . . o o . .
GET exemptions.overview other        s . . . o . .
GET exemptions.overview missing      s . . . . . .
GET exemptions.overview_csv own      s . . o o . .
GET exemptions.overview_csv other    s . . . o . .
GET exemptions.overview_csv missing  s . . . . . .
GET exemptions.overview_json own     s . . o o . .
GET exemptions.overview_json other   s . . . o . .
GET exemptions.overview_json missing s . . . . . .
GET exemptions.overview_xlsx own     s . . o o . .
GET exemptions.overview_xlsx other   s . . . o . .
GET exemptions.overview_xlsx missing s . . . . . .
GET exemptions.who -                    s . . o o . .
GET exemptions.why own                  s . . o o . .
GET exemptions.why other                s . . . o . .
GET exemptions.why missing              s . . . . . .
GET exemptions.check own                s . . 422 422 . .
GET exemptions.check other              s . . . o . .
GET exemptions.check missing            s . . . . . .
POST exemptions.give own                s . . 422 422 . .
POST exemptions.give other              s . . . o . .
POST exemptions.give missing            s . . . . . .
GET exemptions.end own                  s . . o o . .
GET exemptions.end other                s . . . o . .
GET exemptions.end missing              s . . . . . .
POST exemptions.end_now own             s . . o o . .
POST exemptions.end_now other           s . . . o . .
POST exemptions.end_now missing         s . . . . . .
GET health.health -                     o o o o o o o
GET hr.overview -                       s . . o o . .
GET hr.people own                       s . . o o . .
GET hr.people other                     s . . . o . .
GET hr.people missing                   s . . . . . .
GET hr.people_csv own                   s . . o o . .
GET hr.people_csv other                 s . . . o . .
GET hr.people_csv missing               s . . . . . .
GET hr.people_json own                  s . . o o . .
GET hr.people_json other                s . . . o . .
GET hr.people_json missing              s . . . . . .
GET hr.people_xlsx own                  s . . o o . .
GET hr.people_xlsx other                s . . . o . .
GET hr.people_xlsx missing              s . . . . . .
GET hr.units own                        s . . o o . .
GET hr.units other                      s . . . o . .
GET hr.units missing                    s . . . . . .
GET hr.units_csv own                    s . . o o . .
GET hr.units_csv other                  s . . . o . .
GET hr.units_csv missing                s . . . . . .
GET hr.units_json own                   s . . o o . .
GET hr.units_json other                 s . . . o . .
GET hr.units_json missing               s . . . . . .
GET hr.units_xlsx own                   s . . o o . .
GET hr.units_xlsx other                 s . . . o . .
GET hr.units_xlsx missing               s . . . . . .
GET hr.unit own                         s . . o o . .
GET hr.unit other                       s . . . o . .
GET hr.unit missing                     s . . . . . .
GET lists.expiring own                s . . o o . .
GET lists.expiring other              s . . . o . .
GET lists.expiring missing            s . . . . . .
GET lists.expiring_csv own            s . . o o . .
GET lists.expiring_csv other          s . . . o . .
GET lists.expiring_csv missing        s . . . . . .
GET lists.expiring_json own           s . . o o . .
GET lists.expiring_json other         s . . . o . .
GET lists.expiring_json missing       s . . . . . .
GET lists.expiring_xlsx own           s . . o o . .
GET lists.expiring_xlsx other         s . . . o . .
GET lists.expiring_xlsx missing       s . . . . . .
GET lists.late own                    s . . o o . .
GET lists.late other                  s . . . o . .
GET lists.late missing                s . . . . . .
GET lists.late_csv own                s . . o o . .
GET lists.late_csv other              s . . . o . .
GET lists.late_csv missing            s . . . . . .
GET lists.late_json own               s . . o o . .
GET lists.late_json other             s . . . o . .
GET lists.late_json missing           s . . . . . .
GET lists.late_xlsx own               s . . o o . .
GET lists.late_xlsx other             s . . . o . .
GET lists.late_xlsx missing           s . . . . . .
GET lists.new own                     s . . o o . .
GET lists.new other                   s . . . o . .
GET lists.new missing                 s . . . . . .
GET lists.new_csv own                 s . . o o . .
GET lists.new_csv other               s . . . o . .
GET lists.new_csv missing             s . . . . . .
GET lists.new_json own                s . . o o . .
GET lists.new_json other              s . . . o . .
GET lists.new_json missing            s . . . . . .
GET lists.new_xlsx own                s . . o o . .
GET lists.new_xlsx other              s . . . o . .
GET lists.new_xlsx missing            s . . . . . .
GET later.show -                        s o o o o o o
POST later.hear -                       s o o o o o o
POST later.extend own                   s o o o o o o
POST later.extend missing               s . . . . . .
GET learner.home -                      s o o o o o o
GET module.page own                     s o o o o o o
GET module.page missing                 s . . . . . .
POST module.answer own                  s o o o o o o
POST module.answer missing              s . . . . . .
GET module.start own                    s o o o o o o
GET module.start missing                s . . . . . .
GET news.show -                         s o o o o o o
GET play.start own                      s o o o o o o
GET play.start missing                  s . . . . . .
POST play.begin own                     s o o o o o o
POST play.begin missing                 s . . . . . .
GET play.turn own                       s o o o o o o
GET play.turn other                     s . . . . . .
GET play.turn missing                   s . . . . . .
POST play.choose own                    s o o o o o o
POST play.choose other                  s . . . . . .
POST play.choose missing                s . . . . . .
GET play.back_to_turn own               s o o o o o o
GET play.back_to_turn other             s . . . . . .
GET play.back_to_turn missing           s . . . . . .
POST play.choose_otherwise own          s o o o o o o
POST play.choose_otherwise other        s . . . . . .
POST play.choose_otherwise missing      s . . . . . .
GET play.end own                        s o o o o o o
GET play.end other                      s . . . . . .
GET play.end missing                    s . . . . . .
GET own_data.show -                     s o o o o o o
GET own_data.json_file -                s o o o o o o
GET own_data.csv_files -                s o o o o o o
GET own_data.pdf -                      s o o o o o o
POST own_data.forget -                  s o o o o o o
GET quality.overview -                  s . . . o . .
GET quality.listed own                  s . . . o . .
GET quality.listed missing              s . . . . . .
GET quality.listed_csv own              s . . . o . .
GET quality.listed_csv missing          s . . . . . .
GET quality.listed_json own             s . . . o . .
GET quality.listed_json missing         s . . . . . .
GET quality.listed_xlsx own             s . . . o . .
GET quality.listed_xlsx missing         s . . . . . .
GET reminders.show own                  s . . o o . .
GET reminders.show other                s . . . o . .
GET reminders.show missing              s . . . . . .
POST reminders.queue own                s . . o o . .
POST reminders.queue other              s . . . o . .
POST reminders.queue missing            s . . . . . .
GET privacy_report.show -               s . . . o . o
GET privacy_report.pdf -                s . . . o . o
GET roster.overview -                   s . . . o . .
POST roster.upload -                    s . . . o . .
POST roster.undo -                      s . . . o . .
GET roster.plan own                     s . . . o . .
GET roster.plan other                   s . . . . . .
GET roster.plan missing                 s . . . . . .
GET roster.changes own                  s . . . o . .
GET roster.changes other                s . . . . . .
GET roster.changes missing              s . . . . . .
POST roster.apply own                   s . . . o . .
POST roster.apply other                 s . . . . . .
POST roster.apply missing               s . . . . . .
GET roster.example -                    s . . . o . .
GET assignment.overview -               s . . . o . .
GET assignment.who -                    s . . . o . .
POST assignment.answer_who -            s . . . o . .
GET assignment.when -                   s . . . o . .
POST assignment.answer_when -           s . . . o . .
GET assignment.check -                  s . . . o . .
POST assignment.confirm -               s . . . o . .
GET people_list.ask -                   s . . . o . .
POST people_list.upload -               s . . . o . .
GET people_list.check own               s . . . o . .
GET people_list.check other             s . . . . . .
GET people_list.check missing           s . . . . . .
POST people_list.confirm own            s . . . o . .
POST people_list.confirm other          s . . . . . .
POST people_list.confirm missing        s . . . . . .
GET people_list.example_file -          s . . . o . .
GET rule_end.ask own                    s . . . o . .
GET rule_end.ask missing                s . . . . . .
POST rule_end.confirm own               s . . . o . .
POST rule_end.confirm missing           s . . . . . .
GET structure.overview -                s . . . o . .
GET structure.unit own                  s . . . o . .
GET structure.unit missing              s . . . . . .
GET structure.change own                s . . . o . .
GET structure.change missing            s . . . . . .
POST structure.confirm own              s . . . o . .
POST structure.confirm missing          s . . . . . .
GET unit_add.ask -                      s . . . o . .
POST unit_add.add -                     s . . . o . .
GET access.overview -                   s . . . o . o
POST access.confirm -                   s . . . 422 . 422
GET access.csv -                        s . . . o . o
GET access.json -                       s . . . o . o
GET access.xlsx -                       s . . . o . o
GET access.check own                    s . . . o . o
GET access.check missing                s . . . . . .
POST access.end own                     s . . . 409 . 409
POST access.end missing                 s . . . . . .
GET give_role.who -                     s . . . . . o
POST give_role.answer_who -             s . . . . . 422
GET give_role.role own                  s . . . . . 422
GET give_role.role other                s . . . . . o
GET give_role.role missing              s . . . . . .
GET give_role.over own                  s . . . . . 422
GET give_role.over other                s . . . . . o
GET give_role.over missing              s . . . . . .
GET give_role.check own                 s . . . . . 422
GET give_role.check other               s . . . . . o
GET give_role.check missing             s . . . . . .
POST give_role.give own                 s . . . . . 422
POST give_role.give other               s . . . . . o
POST give_role.give missing             s . . . . . .
GET board.overview -                    s . . . o . .
POST board.freeze -                     s . . . o . .
GET board.show own                      s . . . o . .
GET board.show missing                  s . . . . . .
GET board.csv own                       s . . . o . .
GET board.csv missing                   s . . . . . .
GET board.json own                      s . . . o . .
GET board.json missing                  s . . . . . .
GET board.xlsx own                      s . . . o . .
GET board.xlsx missing                  s . . . . . .
GET figure.show -                       o o o o o o o
GET report.overview -                   s . . . . . .
GET report.show own                     s . . . . . .
GET report.show missing                 s . . . . . .
GET report.csv own                      s . . . . . .
GET report.csv missing                  s . . . . . .
GET report.json own                     s . . . . . .
GET report.json missing                 s . . . . . .
GET report.xlsx own                     s . . . . . .
GET report.xlsx missing                 s . . . . . .
GET static own                          o o o o o o o
GET static missing                      . . . . . . .
GET styleguide.index -                  o o o o o o o
GET support.accessibility -             o o o o o o o
GET support.another_way -               o o o o o o o
POST support.use_code -                 s 422 422 422 422 422 422
GET support.contact -                   o o o o o o o
GET support.help_page -                 o o o o o o o
GET support.pause -                     o o o o o o o
GET support.privacy -                   o o o o o o o
GET support.sources -                   o o o o o o o
GET support.what_hr_sees -              o o o o o o o
GET timely.overview own                 s . . o o . .
GET timely.overview other               s . . . o . .
GET timely.overview missing             s . . . . . .
GET timely.overview_csv own             s . . o o . .
GET timely.overview_csv other           s . . . o . .
GET timely.overview_csv missing         s . . . . . .
GET timely.overview_json own            s . . o o . .
GET timely.overview_json other          s . . . o . .
GET timely.overview_json missing        s . . . . . .
GET timely.overview_xlsx own            s . . o o . .
GET timely.overview_xlsx other          s . . . o . .
GET timely.overview_xlsx missing        s . . . . . .
GET verify.form -                       o o o o o o o
POST verify.send -                      o o o o o o o
GET verify.show own                     o o o o o o o
GET verify.show other                   o o o o o o o
GET verify.show missing                 o o o o o o o
POST verify.check own                   o o o o o o o
POST verify.check other                 o o o o o o o
POST verify.check missing               o o o o o o o
GET verify.moved own                    o o o o o o o
GET verify.moved other                  o o o o o o o
GET verify.moved missing                o o o o o o o
GET verify.moved -                      o o o o o o o
"""
OF_THIS_REQUEST = re.compile(r'value="[^"]*"|href="/[^"]*\?[^"]*lang=[^"]*"')


@cache
def cells() -> dict[str, tuple[str, ...]]:
    """Return the matrix by the name of each line."""
    lines = [line.split() for line in MATRIX.strip().splitlines()]
    return {" ".join(line[:3]): tuple(line[3:]) for line in lines}


def cell(name: str, role: Role | None) -> str:
    """Return what a line says for a role."""
    if role in VIEWERS:
        return OPENS if name in FOR_VIEWERS else cells()[name][COLUMNS.index(Role.LEARNER)]
    if role in AUDITORS:
        return OPENS if name in FOR_AUDITORS else cells()[name][COLUMNS.index(Role.LEARNER)]
    return cells()[name][COLUMNS.index(role)]


@pytest.fixture(scope="session")
def library(practice: Library) -> Library:
    return practice


@pytest.fixture
def world(arrange: Arrange, library: Library, clock: SetClock, settings: Settings) -> World:
    with arrange() as session:
        return Settler(session, library, clock, settings.secret_key).world()


def mark(response: TestResponse) -> str:
    """Return what an answer is, in the language of the matrix."""
    if response.status_code == 404:
        return NOT_THERE
    if (response.location or "").startswith(f"{SIGN_IN}?") or response.location == SIGN_IN:
        return TO_SIGN_IN
    return OPENS if response.status_code < 400 else str(response.status_code)


def everyone(world: World) -> list[tuple[Role | None, Inhabitant]]:
    """Return who asks, in the order of the columns; who is not signed in asks for the learner's."""
    return [(role, world.people[role or Role.LEARNER]) for role in (*COLUMNS, *VIEWERS, *AUDITORS)]


def test_every_route_opens_for_whom_it_should_and_for_nobody_else(
    app: Flask, world: World, new_client: NewClient, clock: SetClock
) -> None:
    found: dict[str, list[str]] = {}
    for role, me in everyone(world):
        clock.instant += LIMITS_ARE_OVER
        for call in all_calls(app, world, me):
            is_leaving = call.endpoint == LEAVE
            client = browser_of(new_client(), me if role else None, spare=is_leaving)
            found.setdefault(call.name, []).append(mark(call.send(client)))
    expected = {name: tuple(cell(name, role) for role, _ in everyone(world)) for name in cells()}
    assert sorted(found) == sorted(expected), "a route has no line, or a line has no route"
    wrong = {
        name: (marks, expected[name])
        for name, marks in found.items()
        if tuple(marks) != expected[name]
    }
    assert wrong == {}


def test_what_is_refused_looks_like_what_does_not_exist(
    app: Flask, world: World, new_client: NewClient
) -> None:
    for role, me in everyone(world)[1:]:
        client = browser_of(new_client(), me)
        calls = [call for call in all_calls(app, world, me) if call.endpoint != "static"]
        nowhere = anonymous(NO_SUCH_PAGE.send(client))
        missing = {
            call.endpoint: anonymous(call.send(client))
            for call in calls
            if call.target == "missing"
        }
        for call in calls:
            if cell(call.name, role) == NOT_THERE and call.target != "missing":
                refused = anonymous(call.send(client))
                assert refused == missing.get(call.endpoint, nowhere), call.name
        assert missing["certificate.show"] == nowhere


NO_SUCH_PAGE = Call("GET", "", "missing", "/bestaat-niet", {})


def anonymous(response: TestResponse) -> tuple[int, str, list[tuple[str, str]]]:
    """Return an answer without what belongs to this one request: its token and its address."""
    body = OF_THIS_REQUEST.sub("", response.text).replace(' aria-current="page"', "")
    headers = [
        (name, value)
        for name, value in response.headers.items()
        if name not in {"Set-Cookie", "Content-Length"}
    ]
    return response.status_code, body, sorted(headers)


def test_hr_of_a_unit_reads_nothing_of_another_unit(
    app: Flask, world: World, new_client: NewClient
) -> None:
    for role, is_named in ((Role.HR_UNIT, False), (Role.HR_CENTRAL, True)):
        me = world.people[role]
        client = browser_of(new_client(), me)
        read = [
            call.send(client).get_data().decode(errors="replace")
            for call in all_calls(app, world, me)
            if call.method == "GET" and not call.endpoint.startswith(("certificate.", "play."))
        ]
        assert any(ELSEWHERE in text for text in read) is is_named
        assert all(world.other.email not in text for text in read)


def test_no_route_takes_a_method_that_it_does_not_name(
    app: Flask, world: World, new_client: NewClient
) -> None:
    me = world.people[Role.ADMIN]
    client = browser_of(new_client(), me)
    known: dict[str, set[str]] = {}
    for call in all_calls(app, world, me):
        known.setdefault(call.path.partition("?")[0], set()).add(call.method)
    for path, methods in known.items():
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "PROPFIND"} - methods:
            assert client.open(path, method=method).status_code == 405, f"{method} {path}"
