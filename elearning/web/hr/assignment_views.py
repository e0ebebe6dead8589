"""Assignments: which rules there are, a new one in two questions and a check, change and end.

The answers travel in the address; nothing is saved before somebody says so on the check page.
"""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.learning.assignment import Rule
from elearning.learning.predicate import parse_predicate, tags_named
from elearning.services import assign_training as use_case
from elearning.services.hr_scope import whole_institution
from elearning.services.in_scope import rule_of
from elearning.services.list_people import listed_counts
from elearning.services.preview_rule import preview_rule
from elearning.services.reading_log import Reading
from elearning.services.rule_list import first_names, rule_list, tags_in_use
from elearning.services.unit_tree import read_unit_facts
from elearning.storage.audit import AuditKind
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import person_id, requires
from elearning.web.hr.assignment_answers import Answers, read_answers
from elearning.web.hr.assignment_check_page import Check, check_page
from elearning.web.hr.assignment_forms import (
    Options,
    Problems,
    when_page,
    when_problems,
    who_page,
    who_problems,
)
from elearning.web.hr.assignment_page import rules_page, title_of
from elearning.web.i18n import language
from elearning.web.reading import note
from elearning.web.rule_words import applies_text
from elearning.web.state import clock, library

MOST_NAMES = 10

blueprint = Blueprint("assignment", __name__, url_prefix="/hr/toewijzing")


@blueprint.get("")
@requires(Role.HR_CENTRAL, everywhere=True)
def overview() -> ResponseReturnValue:
    """Show the rules in words."""
    today, session = clock().today(), transaction.session()
    found, listed = rule_list(session, day=today), listed_counts(session, day=today)
    page = rules_page(found, listed, library().trainings, day=today, lang=language())
    return render_template("hr/assignments.html", page=page)


@blueprint.get("/wie")
@requires(Role.HR_CENTRAL, everywhere=True)
def who() -> ResponseReturnValue:
    """Ask whom a rule is about."""
    return _who(read_answers(request.args), {})


@blueprint.post("/wie")
@requires(Role.HR_CENTRAL, everywhere=True)
def answer_who() -> ResponseReturnValue:
    """Lead to the next question."""
    answers = read_answers(request.form)
    problems = who_problems(answers, _options(answers))
    if problems:
        return _who(answers, problems), HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(answers.with_key().address(".when"), code=HTTPStatus.SEE_OTHER)


@blueprint.get("/wanneer")
@requires(Role.HR_CENTRAL, everywhere=True)
def when() -> ResponseReturnValue:
    """Ask which training, from when, and how long people have."""
    answers = read_answers(request.args)
    if who_problems(answers, _options(answers)):
        return redirect(answers.address(".who"), code=HTTPStatus.SEE_OTHER)
    return _when(answers, {})


@blueprint.post("/wanneer")
@requires(Role.HR_CENTRAL, everywhere=True)
def answer_when() -> ResponseReturnValue:
    """Lead to the check page."""
    answers = read_answers(request.form)
    problems = when_problems(answers, library().trainings, clock().today())
    if problems:
        return _when(answers, problems), HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(answers.address(".check"), code=HTTPStatus.SEE_OTHER)


@blueprint.get("/controle")
@requires(Role.HR_CENTRAL, everywhere=True)
def check() -> ResponseReturnValue:
    """Show what the rule would do; names are read here, so that is noted."""
    answers = read_answers(request.args)
    draft = _draft(answers)
    if draft is None:
        return redirect(answers.address(".when"), code=HTTPStatus.SEE_OTHER)
    scope = whole_institution(transaction.session(), day=draft.from_on)
    note(Reading(AuditKind.PEOPLE_READ, draft.training_id, scope, draft.from_on))
    page = check_page(_check(answers, draft), answers, language())
    return render_template("hr/assignment_check.html", page=page)


@blueprint.post("/controle")
@requires(Role.HR_CENTRAL, everywhere=True)
def confirm() -> ResponseReturnValue:
    """Make the rule; the same answers a second time are the same rule."""
    answers = read_answers(request.args)
    draft = _draft(answers)
    if draft is None:
        return redirect(answers.address(".when"), code=HTTPStatus.SEE_OTHER)
    session, trainings = transaction.session(), library().trainings
    if not use_case.was_made(session, draft.code):
        use_case.make_rule(
            session,
            draft=draft,
            replaces=answers.replaces,
            trainings=trainings,
            made_by=person_id(),
            clock=clock(),
        )
    flash(_("The rule is saved. Who it is about sees why on their own page."), "positive")
    return redirect(url_for(".overview"), code=HTTPStatus.SEE_OTHER)


def _who(answers: Answers, problems: Problems) -> str:
    options = _options(answers)
    page = who_page(answers, options, problems, changes=_changed(answers), lang=language())
    return render_template("hr/assignment_who.html", page=page)


def _when(answers: Answers, problems: Problems) -> str:
    page = when_page(
        answers,
        library().trainings,
        problems,
        applies=_applies(answers),
        today=clock().today(),
        lang=language(),
    )
    return render_template("hr/assignment_when.html", page=page)


def _options(answers: Answers) -> Options:
    """Return what there is to choose from; a function that a rule names already is one of it."""
    session = transaction.session()
    named = [] if (rule := _changed(answers)) is None else tags_named(rule.predicate)
    scope = whole_institution(session, day=clock().today())
    return Options(tuple(sorted({*tags_in_use(session), *named})), scope)


def _changed(answers: Answers) -> Rule | None:
    """Return the rule in whose place this one comes; raises `NotFound` for one that ended."""
    if answers.replaces is None:
        return None
    today = clock().today()
    return rule_of(use_case.running_rule(transaction.session(), answers.replaces, day=today))


def _draft(answers: Answers) -> use_case.RuleDraft | None:
    """Return the rule that the answers make; None where one is missing or wrong."""
    trainings, today = library().trainings, clock().today()
    if who_problems(answers, _options(answers)) or when_problems(answers, trainings, today):
        return None
    from_on, days = answers.day("vanaf"), answers.number("dagen")
    if from_on is None or days is None or not answers.one("sleutel"):
        return None
    return answers.draft(from_on, days)


def _check(answers: Answers, draft: use_case.RuleDraft) -> Check:
    session, facts = transaction.session(), read_unit_facts(transaction.session())
    found = preview_rule(
        session,
        draft=draft,
        replaces=answers.replaces,
        trainings=library().trainings,
        clock=clock(),
    )
    inside, outside = (
        first_names(session, people, facts=facts, day=found.day, most=MOST_NAMES)
        for people in (found.inside, found.outside)
    )
    title = title_of(draft.training_id, library().trainings, language())
    return Check(title, _applies(answers), draft.due_days, found, inside, outside)


def _applies(answers: Answers) -> str:
    units = read_unit_facts(transaction.session()).by_code(clock().today())
    predicate = parse_predicate(answers.audience.predicate())
    return applies_text(predicate, units, language())
