"""How long everything stays, and by what it goes: the limits of the columns in words."""

from __future__ import annotations

from flask_babel import gettext as _

from elearning.services.apply_retention import STEPS
from elearning.services.training_codes import VALID_DAYS
from elearning.storage.base import Kept
from elearning.storage.models import Base
from elearning.web.privacy_report.document import Chapter, Grid
from elearning.web.state import settings


def limit_words() -> dict[Kept, str]:
    """Return how long each limit is, in a few words."""
    return {
        Kept.WHILE_PUBLISHED: _("as long as it is on the site"),
        Kept.WHILE_EMPLOYED: _("24 months after the last appointment"),
        Kept.ACCOUNT: _(
            "24 months after the last appointment; without any, %(months)d months after the last "
            "sign-in",
            months=settings().account_months,
        ),
        Kept.WITH_AWARD: _("24 months after the last appointment"),
        Kept.LEARNING: _(
            "%(days)d days after completion, or 30 months without use; sooner when asked",
            days=settings().learning_days,
        ),
        Kept.SESSION: _(
            "until signing out, at most %(hours)d hours", hours=settings().session_hours
        ),
        Kept.THROTTLE: _("at most one day"),
        Kept.UPLOAD: _("until it is applied or put aside, at most one day"),
        Kept.INVITE: _("until it is used, at most 7 days"),
        Kept.UNTIL_USED: _("until it is used, at most %(days)d days", days=VALID_DAYS),
        Kept.REQUEST: _(
            "until it is decided or taken back, at most 60 days; not sent, at most one day"
        ),
        Kept.ANSWER: _("30 days, or until the next request"),
        Kept.MESSAGE: _("30 days"),
        Kept.UNTIL_THAT_DAY: _("until that day, at most one week"),
        Kept.EXPORT: _("7 days after it was asked for"),
        Kept.REPORT: _("7 years"),
        Kept.AUDIT: _("24 months"),
        Kept.ROSTERS: _("24 months; the newest one stays"),
        Kept.INSTITUTION: _("as long as the site: it is about the institution"),
        Kept.NAMES_NOBODY: _("as long as the site: it leads to nobody"),
    }


def step_words() -> dict[str, str]:
    """Return how each step of the daily clean-up works."""
    return {
        "learners": _("Deletes the learning state, and the link from the person to it."),
        "people": _(
            "Deletes the person with everything about them. Their certificates are then unknown, "
            "and in the log their key is emptied."
        ),
        "sessions": _("Deletes sessions that have ended."),
        "counters": _("Deletes counters whose time is over."),
        "codes": _("Deletes codes that are no longer valid. A used code went when it was used."),
        "invites": _("Deletes links to choose a password whose time is over."),
        "uploads": _("Deletes rosters that nobody applied."),
        "requests": _(
            "Deletes requests that nobody decided or sent, with their file, and old answers. With "
            "a decision a request goes at once."
        ),
        "files": _("Deletes the files, and that they were asked for."),
        "reports": _("Deletes old reports."),
        "messages": _("Deletes messages, sent or not, and what they were about."),
        "rosters": _("Deletes what is known of old rosters."),
        "audit_entries": _("Deletes old entries of the log; the chain of the rest still holds."),
    }


def stays_words() -> dict[Kept, str]:
    """Return why some things have no limit."""
    return {
        Kept.WHILE_PUBLISHED: _("Content of the site; it says nothing about people."),
        Kept.INSTITUTION: _("Units and rules; without them no figure of the past can be told."),
        Kept.NAMES_NOBODY: _("Numbers and digests that lead to nobody."),
    }


def limits_chapter() -> Chapter:
    """Return every limit with how it is kept."""
    words, steps, stays = limit_words(), step_words(), stays_words()
    kept_by = {limit: steps[step.counted] for step in STEPS for limit in step.keeps}
    rows = tuple((words[limit], _tables(limit), (kept_by | stays)[limit]) for limit in Kept)
    columns = _("How long"), _("Where"), _("By what it goes")
    return Chapter(
        "limits",
        _("How long it stays, and how it goes"),
        (
            _(
                "A command of the program carries these limits out every day. On SQLite it then "
                "writes the file anew, so that no byte of what was deleted is left in it."
            ),
            _("Back-ups are up to the institution. Who was erased stays erased after a restore."),
            _(
                "The program keeps no log of requests itself: the institution deletes what it "
                "collects after 14 days."
            ),
        ),
        (Grid(_("Limits"), columns, (4, 5, 6), rows),),
    )


def _tables(limit: Kept) -> str:
    tables = Base.metadata.tables
    named = (
        name
        for name in sorted(tables)
        if any(column.info["kept"] is limit for column in tables[name].columns)
    )
    return ", ".join(named)
