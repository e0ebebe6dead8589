"""What the logs say: each field of the request log, each kind of entry of the audit log."""

from __future__ import annotations

from flask_babel import gettext as _

from elearning.services.audit_log import KEPT_MONTHS
from elearning.storage.audit import AuditFact, AuditKind
from elearning.web.logs import LogField
from elearning.web.privacy_report.document import Chapter, Grid


def field_words() -> dict[LogField, str]:
    """Return what each field of the request log is."""
    return {
        LogField.METHOD: _("Read or send (GET, POST)."),
        LogField.ROUTE: _("Which kind of page, as a pattern. Never which person or which part."),
        LogField.STATUS: _("Whether it worked, as a number."),
        LogField.DURATION: _("How long it took."),
        LogField.REQUEST_ID: _("A random number, to find an error that belongs to it."),
    }


def kind_words() -> dict[AuditKind, str]:
    """Return what each kind of entry says was done."""
    return _about_people() | _about_certificates() | _about_rules()


def fact_words() -> dict[AuditFact, str]:
    """Return what an entry may say besides."""
    return {
        AuditFact.COUNT: _("how many"),
        AuditFact.DAY: _("the day that was asked for"),
        AuditFact.DIGEST: _("a digest of a file"),
        AuditFact.ENDED: _("how many ended"),
        AuditFact.EXTENDED: _("how many became longer"),
        AuditFact.KEPT: _("how many stayed"),
        AuditFact.LEVEL: _("counts, or names as well"),
        AuditFact.ROLE: _("which role"),
        AuditFact.SHORTENED: _("how many became shorter"),
        AuditFact.ENTRIES: _("numbers of entries"),
        AuditFact.FILE: _("the kind of file"),
        AuditFact.KEY: _("the number of a signing key"),
        AuditFact.REASON: _("a code from a short list"),
        AuditFact.RULE: _("the code of a rule"),
        AuditFact.TRAINING: _("the code of a training"),
        AuditFact.UNIT: _("the code of a unit"),
        AuditFact.UNTIL: _("a last day"),
        AuditFact.VERSION: _("a version of content"),
    }


def logs_chapter() -> Chapter:
    """Return both logs."""
    return Chapter("logs", _("Logs"), (), below=(_requests(), _audit()))


def _requests() -> Chapter:
    rows = tuple((field.value, text) for field, text in field_words().items())
    return Chapter(
        "request-log",
        _("The log of requests"),
        (
            _("One line for each page, with these fields and no others."),
            _(
                "No internet address, no browser, no person, no choice and nothing that was typed. "
                "Leaving quickly, pausing, looking for help, another way and forgetting leave no "
                "line at all."
            ),
        ),
        (
            Grid(
                _("Fields of a line"), (_("Field"), _("What it says")), (1, 3), rows, has_codes=True
            ),
        ),
    )


def _audit() -> Chapter:
    kinds = tuple((kind.value, text) for kind, text in kind_words().items())
    facts = tuple((fact.value, text) for fact, text in fact_words().items())
    return Chapter(
        "audit-log",
        _("The audit log"),
        (
            _(
                "Says when, who, what and to whom, as keys and codes, for %(months)d months. "
                "Nothing in it can be changed without being seen.",
                months=KEPT_MONTHS,
            ),
            _("Reading, practising, failing, pausing and having learning forgotten are not in it."),
        ),
        (
            Grid(
                _("Kinds of entries"),
                (_("Kind"), _("What was done")),
                (2, 5),
                kinds,
                has_codes=True,
            ),
            Grid(
                _("What an entry can add"),
                (_("Fact"), _("What it says")),
                (2, 5),
                facts,
                has_codes=True,
            ),
        ),
    )


def _about_people() -> dict[AuditKind, str]:
    return {
        AuditKind.PEOPLE_READ: _("HR read a list of people."),
        AuditKind.LATE_READ: _("A manager read who is past the date."),
        AuditKind.DETAILS_READ: _("HR looked for details to put right in the roster."),
        AuditKind.PERSON_READ: _(
            "HR or an administrator looked at one person: for an exemption, a role or a withdrawal."
        ),
        AuditKind.PEOPLE_EXPORTED: _("HR took along a list of people as a file."),
        AuditKind.PRIOR_READ: _("HR looked at a request about a training elsewhere."),
        AuditKind.PRIOR_FILE_OPENED: _("HR opened the file of such a request."),
        AuditKind.COUNTS_EXPORTED: _("HR took along counts as a file."),
        AuditKind.LIST_EXPORTED: _("A list of addresses was written, to award badges elsewhere."),
        AuditKind.ROSTER_APPLIED: _("A roster was applied."),
        AuditKind.ROSTER_UNDONE: _("A roster was undone."),
        AuditKind.REMINDERS_QUEUED: _("Reminders were queued, and how many."),
        AuditKind.ACCOUNT_INVITED: _("A link to choose a password was made for somebody."),
        AuditKind.ACCOUNT_REMOVED: _("The account of somebody was removed."),
        AuditKind.PASSWORD_CHOSEN: _("Somebody chose a password with such a link."),
        AuditKind.PASSWORD_CHANGED: _("Somebody changed their own password."),
        AuditKind.PERSON_ERASED: _("Somebody was erased; never who."),
        AuditKind.ENTRIES_EMPTIED: _("Entries about somebody who was forgotten were emptied."),
    }


def _about_certificates() -> dict[AuditKind, str]:
    return {
        AuditKind.AWARD_GIVEN: _(
            "Somebody met a training. The entry is the same for every way of learning here."
        ),
        AuditKind.CERTIFICATE_ISSUED: _("A certificate was issued, in every way the same."),
        AuditKind.AWARD_REPLACED: _("A certificate was replaced by a right one."),
        AuditKind.PRIOR_APPROVED: _("HR let a training elsewhere count; never which one."),
        AuditKind.PRIOR_DECLINED: _("HR did not let it count, with a code from a short list."),
        AuditKind.WITHDRAWAL_REQUESTED: _("Somebody asked to withdraw a certificate."),
        AuditKind.WITHDRAWAL_CONFIRMED: _("Somebody else confirmed it."),
        AuditKind.WITHDRAWAL_DECLINED: _("Somebody else declined it."),
        AuditKind.BADGE_SHARED: _("A holder shared their badge."),
        AuditKind.BADGE_HIDDEN: _("A holder stopped sharing it."),
        AuditKind.CODES_PRINTED: _("One-time codes were printed, and how many; never which."),
        AuditKind.KEY_ROTATED: _("A new key signs from now on."),
        AuditKind.KEY_COMPROMISED: _("A key was marked as no longer safe."),
    }


def _about_rules() -> dict[AuditKind, str]:
    return {
        AuditKind.LIST_EXTENDED: _("People were put on a list of who must hold a training."),
        AuditKind.LIST_SHORTENED: _("People were taken off such a list."),
        AuditKind.UNIT_CHANGED: _("A unit got another name or place."),
        AuditKind.ROLE_GIVEN: _("Somebody was given a role."),
        AuditKind.ROLE_ENDED: _("A role was ended."),
        AuditKind.ACCESS_REVIEWED: _("Somebody looked over who has which role."),
        AuditKind.ACCESS_READ: _("Somebody looked at who has which role."),
        AuditKind.ACCESS_EXPORTED: _("Somebody took along who has which role."),
        AuditKind.REPORT_FROZEN: _("A report for the board was frozen."),
        AuditKind.CHANGE_REQUESTED: _("Somebody asked to apply a new length of validity."),
        AuditKind.CHANGE_CONFIRMED: _("Somebody else confirmed that."),
        AuditKind.CHANGE_DECLINED: _("Somebody else declined that."),
        AuditKind.CHANGE_DONE: _("It was applied, and to how many."),
        AuditKind.RULE_ADDED: _("A rule was added that says who must hold a training."),
        AuditKind.RULE_CHANGED: _("Such a rule was changed."),
        AuditKind.RULE_ENDED: _("Such a rule was ended."),
        AuditKind.EXEMPTION_GIVEN: _("Somebody was exempted, with a code from a short list."),
        AuditKind.EXEMPTION_ENDED: _("Such an exemption was ended early."),
    }
