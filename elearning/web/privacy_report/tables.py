"""What every column keeps, why and how long, and who gets to see the table it is in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from flask_babel import gettext as _
from sqlalchemy import Table

from elearning.services.own_data import OWNERS
from elearning.storage.base import Kept, PersonalData
from elearning.storage.models import Base
from elearning.web.privacy_report.document import Chapter, Grid
from elearning.web.privacy_report.limits import limit_words


class Viewer(StrEnum):
    """Who gets to see something of a table, besides the person it is about."""

    NOBODY = "nobody"
    EVERYONE = "everyone"
    HOLDER_OF_CODE = "holder_of_code"
    HR = "hr"
    HR_STATUS = "hr_status"
    HR_CENTRAL = "hr_central"
    READERS_OF_REPORTS = "readers_of_reports"
    WHO_ASKED = "who_asked"
    MAINTAINER = "maintainer"


SEEN_BY: Mapping[str, tuple[Viewer, ...]] = {
    "absence": (Viewer.HR_STATUS,),
    "account": (Viewer.MAINTAINER,),
    "account_invite": (Viewer.MAINTAINER,),
    "appointment": (Viewer.HR,),
    "assignment_rule": (Viewer.HR_CENTRAL,),
    "attempt": (Viewer.NOBODY,),
    "attempt_step": (Viewer.NOBODY,),
    "audit_anchor": (Viewer.MAINTAINER,),
    "audit_entry": (Viewer.MAINTAINER,),
    "audit_head": (Viewer.MAINTAINER,),
    "award": (Viewer.HR, Viewer.HOLDER_OF_CODE),
    "award_change": (Viewer.HR_CENTRAL,),
    "badge_status": (Viewer.EVERYONE,),
    "board_report": (Viewer.HR_CENTRAL, Viewer.READERS_OF_REPORTS),
    "certificate": (Viewer.HOLDER_OF_CODE,),
    "certificate_theme": (Viewer.NOBODY,),
    "changed_award": (Viewer.NOBODY,),
    "exemption": (Viewer.HR,),
    "export_job": (Viewer.WHO_ASKED,),
    "learning_link": (Viewer.NOBODY,),
    "module_page": (Viewer.NOBODY,),
    "obligation": (Viewer.HR,),
    "outbox_message": (Viewer.NOBODY,),
    "outbox_slot": (Viewer.NOBODY,),
    "person": (Viewer.HR,),
    "prior_answer": (Viewer.NOBODY,),
    "prior_learning": (Viewer.HR_CENTRAL,),
    "published_scenario": (Viewer.NOBODY,),
    "quiet_until": (Viewer.NOBODY,),
    "role_grant": (Viewer.MAINTAINER,),
    "roster_import": (Viewer.HR_CENTRAL,),
    "roster_missing": (Viewer.HR_CENTRAL,),
    "roster_upload": (Viewer.HR_CENTRAL,),
    "signed_certificate": (Viewer.HOLDER_OF_CODE,),
    "signed_in_session": (Viewer.NOBODY,),
    "throttle": (Viewer.NOBODY,),
    "training_code": (Viewer.NOBODY,),
    "unit": (Viewer.HR,),
    "unit_place": (Viewer.HR,),
    "withdrawal": (Viewer.HR_CENTRAL,),
}


def viewer_words() -> dict[Viewer, str]:
    """Return who sees it."""
    return {
        Viewer.NOBODY: _("No page shows it to anybody else."),
        Viewer.EVERYONE: _("Everyone, as a list of numbers without names."),
        Viewer.HOLDER_OF_CODE: _(
            "Who has the code of the certificate: that it counts, and never whose it is."
        ),
        Viewer.HR: _("HR, within their units: what the list of people shows, and no more."),
        Viewer.HR_STATUS: _("HR sees no days, only that a training is paused."),
        Viewer.HR_CENTRAL: _("HR of the institution."),
        Viewer.READERS_OF_REPORTS: _("Board and works council: counts, without small groups."),
        Viewer.WHO_ASKED: _("Only who asked for the file."),
        Viewer.MAINTAINER: _("Who runs the server, with a command."),
    }


def kind_words() -> dict[PersonalData, str]:
    """Return what each kind of data is called."""
    return {
        PersonalData.NONE: _("nothing about a person"),
        PersonalData.IDENTITY: _("who somebody is"),
        PersonalData.WORK: _("work"),
        PersonalData.COMPLETION: _("completion"),
        PersonalData.LEARNING: _("learning"),
        PersonalData.SECURITY: _("keys and counters"),
    }


def table_words() -> dict[str, str]:
    """Return what each table is about."""
    return _about_people() | _about_completion() | _about_learning() | _around_it()


def tables_chapter() -> Chapter:
    """Return every table with every column."""
    tables = [Base.metadata.tables[name] for name in sorted(Base.metadata.tables)]
    return Chapter(
        "columns",
        _("What the database keeps"),
        (
            _("Every table and every column of this version, with the notes of the columns."),
            _("Kind says what a column can tell about a person."),
        ),
        below=tuple(_table_chapter(each) for each in tables),
    )


def _table_chapter(table: Table) -> Chapter:
    name, limits = table.name, limit_words()
    lines = [table_words()[name], _("Who sees it: %(who)s", who=" ".join(_seen_by(name)))]
    all_limits = {limits[column.info["kept"]] for column in table.columns}
    if len(all_limits) == 1:
        lines.append(_("How long: %(limit)s.", limit=all_limits.pop()))
    return Chapter(f"table-{name}", name, tuple(lines), (_columns(table, limits),))


def _columns(table: Table, limits: Mapping[Kept, str]) -> Grid:
    """Return the columns; how long each stays only where that is not the same for all."""
    kinds, is_one = kind_words(), len({limits[each.info["kept"]] for each in table.columns}) == 1
    rows = tuple(
        (column.name, kinds[note["pii"]], _(purpose), limits[note["kept"]])
        for column in table.columns
        for note in (column.info,)
        for purpose in (note["purpose"],)
    )
    heads = _("Column"), _("Kind"), _("What for"), _("How long")
    shown = 3 if is_one else 4
    return Grid(
        _("Columns of “%(table)s”", table=table.name),
        heads[:shown],
        (5, 5, 6, 7)[:shown],
        tuple(row[:shown] for row in rows),
        has_codes=True,
    )


def _seen_by(name: str) -> Iterator[str]:
    if name in OWNERS:
        yield _("The person it is about, under “My data”.")
    words = viewer_words()
    yield from (words[each] for each in SEEN_BY[name])


def _about_people() -> dict[str, str]:
    return {
        "absence": _("Days on which somebody is away, so that no training falls due. Never why."),
        "account": _("With what somebody signs in here, where there is no other sign-in."),
        "account_invite": _("Links that wait, with which somebody chooses a password."),
        "appointment": _("Who works where, from when until when."),
        "person": _("Who somebody is."),
        "role_grant": _("Which role somebody has, for which units, from when until when."),
        "signed_in_session": _("Which browsers are signed in now."),
    }


def _about_completion() -> dict[str, str]:
    return {
        "assignment_rule": _("Which kind of work has to hold which training."),
        "award": _("Who met which training, and on which day. It is the same for every way."),
        "award_change": _("That a new length of validity was applied, and who decided it."),
        "changed_award": _("Which certificates got another end by that."),
        "badge_status": _("Places in the public list of badges that no longer count."),
        "certificate": _("Certificates, found by their code."),
        "certificate_theme": _("Colours and logo with which certificates were issued."),
        "exemption": _("Who need not hold a training for a while, with a code from a short list."),
        "obligation": _("Who has to hold which training, and by when."),
        "prior_answer": _("Why a training elsewhere did not count, for who asked."),
        "prior_learning": _(
            "Who asks to let a training elsewhere count, with the file that shows it. It goes "
            "with the decision."
        ),
        "signed_certificate": _("What was signed of a certificate, so that it can be checked."),
        "withdrawal": _("That a certificate was asked to be withdrawn, and what became of it."),
    }


def _about_learning() -> dict[str, str]:
    return {
        "attempt": _("A run through a conversation, under a random number."),
        "attempt_step": _("What was chosen in a run, so that it can be gone on with."),
        "learning_link": _("Which random number is whose: the only link, and it can be cut."),
        "module_page": _("Which pages were read, under a random number."),
        "published_scenario": _("The versions of conversations that were on this site."),
    }


def _around_it() -> dict[str, str]:
    return {
        "audit_anchor": _("Where the log begins, after older entries went."),
        "audit_entry": _("What was done, by whom and to what: keys and codes, no names."),
        "audit_head": _("Where the log ends."),
        "board_report": _("Reports that were frozen: counts, no names."),
        "export_job": _("Files that somebody asked for, until they are gone."),
        "outbox_message": _("Messages that wait or were sent."),
        "outbox_slot": _("What a message was about, so that none is sent twice."),
        "quiet_until": _("Until when somebody would rather get no message."),
        "roster_import": _("That a roster was read, with counts."),
        "roster_missing": _("Which appointment was missing from a roster."),
        "roster_upload": _("A roster that is being looked over."),
        "throttle": _("How often something was tried, with whom scrambled."),
        "training_code": _("One-time codes that were not used yet, scrambled, without names."),
        "unit": _("Faculties, departments and services."),
        "unit_place": _("Which unit is part of which, and since when."),
    }
