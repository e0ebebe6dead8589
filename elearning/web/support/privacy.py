"""What the privacy page says is kept: taken from the notes on the columns, put into plain words."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from elearning.services.training_codes import VALID_DAYS
from elearning.storage.base import Kept, PersonalData
from elearning.storage.models import Base


@dataclass(frozen=True, slots=True)
class KeptKind:
    """One kind of data: what it is, what it is for, and how long it stays."""

    name: str
    what: str
    purpose: str
    how_long: tuple[str, ...]


def kept_kinds(session_hours: int, learning_days: int, account_months: int) -> tuple[KeptKind, ...]:
    """Return every kind of personal data that some column holds."""
    limits = _limits(session_hours, learning_days, account_months)
    return tuple(
        KeptKind(
            *_words()[kind],
            tuple(dict.fromkeys(limits[each] for each in Kept if each in periods)),
        )
        for kind in PersonalData
        if kind is not PersonalData.NONE and (periods := _periods(kind))
    )


def _periods(kind: PersonalData) -> set[Kept]:
    columns = (column for table in Base.metadata.sorted_tables for column in table.columns)
    return {column.info["kept"] for column in columns if column.info["pii"] is kind}


def _words() -> dict[PersonalData, tuple[str, str, str]]:
    return {
        PersonalData.IDENTITY: (
            _("Who you are"),
            _("Your name, e-mail address, staff number and language."),
            _("To let you in, to write to you, and for the name on your certificate."),
        ),
        PersonalData.WORK: (
            _("Where you work"),
            _(
                "Your department, from when until when, your role on this site, and periods "
                "in which you were away. Never why you were away."
            ),
            _("To know which training you must hold, and who in HR sees your row."),
        ),
        PersonalData.COMPLETION: (
            _("Whether you are done"),
            _(
                "Which training you must hold and by when, when you obtained it, and how long "
                "it is valid. An exemption has a code from a short list; none is about health. "
                "If you ask to let a training elsewhere count: which, when, and your file."
            ),
            _("To show HR who is done, and to give you a certificate."),
        ),
        PersonalData.LEARNING: (
            _("What you do while learning"),
            _(
                "Which pages you read and what you chose in conversations. It is kept under "
                "a random number. One line says which number is yours."
            ),
            _("So that you can go on where you were, and look back. Nobody else gets to see it."),
        ),
        PersonalData.SECURITY: (
            _("Keys"),
            _(
                "Your password and the keys of your browsers, scrambled so that nobody can "
                "read them back. And how often someone tried to sign in."
            ),
            _("To keep others out."),
        ),
    }


def _limits(session_hours: int, learning_days: int, account_months: int) -> dict[Kept, str]:
    after_leaving = _("Until 24 months after your last appointment.")
    return {
        Kept.WHILE_PUBLISHED: _("As long as it is on this site."),
        Kept.WHILE_EMPLOYED: after_leaving,
        Kept.ACCOUNT: _(
            "An account without an appointment: until %(months)d months after you last signed in. "
            "Of signing in we only keep the day of the last time.",
            months=account_months,
        ),
        Kept.WITH_AWARD: after_leaving,
        Kept.LEARNING: _(
            "Until %(days)d days after you have completed everything, or after 30 months in "
            "which you did nothing. You can have it forgotten sooner.",
            days=learning_days,
        ),
        Kept.SESSION: _(
            "The key of a browser: until you sign out, at most %(hours)d hours.",
            hours=session_hours,
        ),
        Kept.THROTTLE: _("Tries: at most one day."),
        Kept.UPLOAD: _("A roster that HR is looking over: until they decide, at most one day."),
        Kept.EXPORT: _("A list that HR had made as a file: 7 days."),
        Kept.REQUEST: _(
            "Your request about a training elsewhere, with your file: until HR decides or you take "
            "it back, at most 60 days. What you did not send: at most one day."
        ),
        Kept.ANSWER: _("That such a request was declined: 30 days, or until your next one."),
        Kept.MESSAGE: _("A message to you, and what it was about: 30 days."),
        Kept.UNTIL_THAT_DAY: _("That you would rather hear later: until that day, at most a week."),
        Kept.AUDIT: _("What was done, by whom and to what: 24 months."),
        Kept.ROSTERS: _("That a roster was read, and by whom: 24 months."),
        Kept.REPORT: _("Figures per unit, without names: 7 years."),
        Kept.INSTITUTION: _("As long as it is on this site."),
        Kept.NAMES_NOBODY: _("As long as this site is there: it leads to nobody."),
        Kept.INVITE: _("A link to choose a password: until it is used, at most 7 days."),
        Kept.UNTIL_USED: _(
            "A code on paper: until it is used, at most %(days)d days.", days=VALID_DAYS
        ),
    }
