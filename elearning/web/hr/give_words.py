"""What giving a role says: why it cannot be, and what it opens, in words that promise nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from flask_babel import gettext as _

from elearning.services.role_receiver import Receiver
from elearning.services.role_wish import Refusal, Wish, latest_end
from elearning.storage.people import Level, Role
from elearning.web.hr.words import long_day
from elearning.web.state import library


def refusal_text(refusal: Refusal, today: date) -> str:
    """Return what is wrong, as it stands at its field.

    Who has left is told as who never was: a staff number is no way to ask about people.
    """
    nobody = _("Nobody with this staff number works here or can sign in here")
    latest = long_day(latest_end(today) - timedelta(days=1))
    return {
        Refusal.NOBODY: nobody,
        Refusal.LEFT: nobody,
        Refusal.OWN: _("This is you. Ask another administrator."),
        Refusal.LEARNER: _("Everybody who can sign in is a learner already"),
        Refusal.NEEDS_UNIT: _("Choose the unit that this role is for"),
        Refusal.TAKES_NO_UNIT: _("This role is for the institution, not for a unit"),
        Refusal.TAKES_NO_TRAINING: _("This role is for every training"),
        Refusal.OPENS_NO_NAMES: _("This role opens no names"),
        Refusal.NO_TRAINING: _("This training is not there any more. Choose again."),
        Refusal.NO_UNIT: _("This unit is not there any more. Choose again."),
        Refusal.DAY: _("Choose a day from today through %(latest)s", latest=latest),
        Refusal.HELD: _("This person has exactly this role already. End that one first."),
    }[refusal]


def opens(wish: Wish, name: str) -> Iterator[str]:
    """Yield what somebody will be able to see and do."""
    if wish.role is Role.ADVISER:
        yield _(
            "%(name)s can make codes for people who do a training with a person. "
            "%(name)s sees nobody's status.",
            name=name,
        )
    elif wish.role is Role.AUTHOR:
        yield _(
            "%(name)s can read every scenario and try it. %(name)s sees no data about people.",
            name=name,
        )
    elif wish.role is Role.AUDITOR:
        yield _(
            "%(name)s can read the audit log and check that nothing in it was changed. "
            "%(name)s sees keys there, and no names.",
            name=name,
        )
    elif wish.role is Role.ADMIN:
        yield _(
            "%(name)s sees who has which role, and can give and end roles: also one with which "
            "somebody else sees names.",
            name=name,
        )
    elif wish.level is Level.NAMED:
        yield from _with_names(wish, name)
    else:
        yield from _reports(wish, name)


def _with_names(wish: Wish, name: str) -> Iterator[str]:
    yield _(
        "%(name)s sees by name who has completed the training and who has not, with the dates. "
        "Nobody sees how somebody learns: no answers, no way of learning, no time.",
        name=name,
    )
    yield _(
        "%(name)s can take these lists along as files, queue reminders and give exemptions. "
        "Whoever is on a list sees that %(name)s looked.",
        name=name,
    )
    if wish.role is Role.HR_CENTRAL and wish.unit_code is None and wish.training_id is None:
        yield _(
            "%(name)s can do all that is for HR of the institution: assign trainings, apply "
            "rosters, freeze reports, change rules for certificates, and end roles.",
            name=name,
        )


def _reports(wish: Wish, name: str) -> Iterator[str]:
    yield _(
        "%(name)s can read the frozen reports of this. They have no names and no small groups.",
        name=name,
    )
    if wish.role is Role.MANAGER and library().institution.reports.names_for_managers:
        yield _(
            "%(name)s sees the name of who is past the date in this unit, and that day. "
            "Whoever works there sees that %(name)s looked.",
            name=name,
        )


def follows(whom: Receiver) -> Iterator[str]:
    """Yield what happens once the role is given."""
    if whom.has_account:
        yield _("It works from the next page that %(name)s opens.", name=whom.name)
    else:
        yield _("%(name)s cannot sign in yet. It works from the first time.", name=whom.name)
    if whom.has_address:
        yield _(
            "%(name)s gets a message, which does not say what role it is, and reads that under "
            "“My data”, with your name.",
            name=whom.name,
        )
    else:
        yield _(
            "%(name)s has no e-mail address here, so gets no message. Tell them yourself.",
            name=whom.name,
        )
    yield _("It stands in the log, and everybody who looks at Access sees that you gave it.")
