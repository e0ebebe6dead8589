"""The whole report, for the language of the request; refuses to be made with a gap in it."""

from __future__ import annotations

from importlib.metadata import version

from flask import Flask
from flask_babel import gettext as _

from elearning.clock import AMSTERDAM
from elearning.web.i18n import language
from elearning.web.learner.words import day_in_words
from elearning.web.privacy_report.around import (
    cookies_chapter,
    exports_chapter,
    keys_chapter,
    processors_chapter,
    rights_chapter,
    settings_chapter,
)
from elearning.web.privacy_report.document import Chapter, Document, Grid
from elearning.web.privacy_report.gaps import refuse_gaps
from elearning.web.privacy_report.law import law_chapter
from elearning.web.privacy_report.limits import limits_chapter
from elearning.web.privacy_report.logged import logs_chapter
from elearning.web.privacy_report.mails import mail_chapter
from elearning.web.privacy_report.never import never_chapter
from elearning.web.privacy_report.roles import access_chapter
from elearning.web.privacy_report.sources import digests, sources
from elearning.web.privacy_report.tables import tables_chapter
from elearning.web.state import State, library

PACKAGE = "elearning"
SHOWN = 16


def privacy_report(app: Flask, state: State) -> Document:
    """Return the report of this version and these settings; raises `NotAnnotated` for a gap."""
    lang = language()
    refuse_gaps(app, lang)
    made_on = state.clock.now().astimezone(AMSTERDAM).date()
    found = digests(sources(app, state))
    institution = state.library.institution.name[lang]
    return Document(
        title=_("Privacy report"),
        institution=institution,
        lang=lang,
        made_on=made_on,
        intro=(
            _(
                "For the works council and the data protection officer of %(institution)s.",
                institution=institution,
            ),
            _(
                "Version %(version)s. Made on %(day)s by the program itself, from its own rules. "
                "There is no data about any person in this report.",
                version=version(PACKAGE),
                day=day_in_words(made_on),
            ),
            _("Digest of what it was made from: %(digest)s", digest=found[""][:SHOWN]),
        ),
        chapters=_chapters(app, state, lang, found),
        contents=_("Contents"),
        digest=found[""][:SHOWN],
    )


def _chapters(app: Flask, state: State, lang: str, found: dict[str, str]) -> tuple[Chapter, ...]:
    law = law_chapter(state.library, lang)
    return (
        _in_short(),
        never_chapter(),
        *(() if law is None else (law,)),
        access_chapter(app),
        rights_chapter(),
        limits_chapter(),
        mail_chapter(lang),
        logs_chapter(),
        cookies_chapter(app),
        exports_chapter(app),
        keys_chapter(),
        processors_chapter(state.settings),
        settings_chapter(state.settings),
        tables_chapter(),
        _comparing(found),
    )


def _in_short() -> Chapter:
    return Chapter(
        "in-short",
        _("In short"),
        (
            _(
                "Staff learn here how to react when somebody tells about sexual violence. Some of "
                "them have been through it themselves. So the program keeps as little as it can."
            ),
            _(
                "HR sees per person and training: whether it must be held, by when, when it was "
                "obtained and until when it is valid. HR never sees how somebody learned."
            ),
            _(
                "What somebody does while learning is kept under a random number, for a short "
                "time, and nobody else gets to see it. Each way of learning gives the same result."
            ),
            _("Who reads a list with names is noted, and the people on it can see that."),
            *_for_managers(),
        ),
    )


def _for_managers() -> tuple[str, ...]:
    """Return what the institution lets managers see besides counts, where it does."""
    if not library().institution.reports.names_for_managers:
        return ()
    return (
        _(
            "This institution lets managers see who of their own unit is past the date: a name "
            "and that day, and nothing else. Unless an institution says so, they see counts only."
        ),
    )


def _comparing(found: dict[str, str]) -> Chapter:
    names = {
        "access": _("Who may see and do what"),
        "columns": _("What the database keeps"),
        "limits": _("How long it stays, and how it goes"),
        "mail": _("Messages"),
        "logs": _("Logs"),
        "never": _("What is never recorded"),
        "cookies": _("Cookies"),
        "settings": _("Settings of this institution"),
        "": _("All of it"),
    }
    rows = tuple((name, found[part][:32]) for part, name in names.items())
    return Chapter(
        "digests",
        _("Comparing with another report"),
        (
            _(
                "Two reports with the same digests say the same about the program, also when they "
                "were made on other days or in the other language."
            ),
        ),
        (
            Grid(
                _("Digests of the parts (SHA-256, shortened)"),
                (_("Part"), _("Digest")),
                (1, 1),
                rows,
            ),
        ),
    )
