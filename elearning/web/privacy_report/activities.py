"""What the routes of the site let people do, in words; each route belongs to one activity.

Who may do it is not said here: that is read from the access rules of the routes.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import gettext as _


class Activity(StrEnum):
    """One thing that somebody can do, over as many routes as it takes."""

    LEAVE = "leave"
    FIND_HELP = "find_help"
    SIGN_IN = "sign_in"
    READ_ABOUT = "read_about"
    READ_WHAT_HR_SEES = "read_what_hr_sees"
    READ_GUIDE = "read_guide"
    CHECK_CERTIFICATE = "check_certificate"
    FETCH_BADGE = "fetch_badge"
    LEARN = "learn"
    USE_CODE = "use_code"
    PUT_OFF = "put_off"
    SEE_CERTIFICATES = "see_certificates"
    SHARE_BADGE = "share_badge"
    TAKE_DATA = "take_data"
    FORGET = "forget"
    CHANGE_PASSWORD = "change_password"  # noqa: S105 - an activity
    SIGN_OUT = "sign_out"
    PRINT_CODES = "print_codes"
    SEE_COUNTS = "see_counts"
    TAKE_COUNTS = "take_counts"
    SEE_PEOPLE = "see_people"
    TAKE_PEOPLE = "take_people"
    EXEMPT = "exempt"
    ASK_PRIOR = "ask_prior"
    DECIDE_PRIOR = "decide_prior"
    PUT_RIGHT = "put_right"
    TAKE_WRONG = "take_wrong"
    ASK_FILE = "ask_file"
    REMIND = "remind"
    ASSIGN = "assign"
    CHANGE_UNITS = "change_units"
    SET_POLICY = "set_policy"
    FREEZE_REPORT = "freeze_report"
    READ_BOARD_REPORT = "read_board_report"
    SEE_LATE_NAMES = "see_late_names"
    REVIEW_ACCESS = "review_access"
    GIVE_ROLES = "give_roles"
    READ_LOG = "read_log"
    READ_FIGURE = "read_figure"
    WITHDRAW = "withdraw"
    APPLY_ROSTER = "apply_roster"
    TAKE_CHANGES = "take_changes"
    READ_REPORT = "read_report"
    READ_SCENARIOS = "read_scenarios"


FILES = ("csv", "json", "xlsx")
NAMED_LISTS = ("lists.expiring", "lists.late", "lists.new", "exemptions.overview")


def _files(*lists: str) -> tuple[str, ...]:
    """Return the routes of the files of these lists."""
    return tuple(f"{each}_{kind}" for each in lists for kind in FILES)


ROUTES: Mapping[Activity, tuple[str, ...]] = {
    Activity.LEAVE: ("account.leave", "account.leave_by_address"),
    Activity.FIND_HELP: ("support.help_page", "support.pause", "support.another_way"),
    Activity.SIGN_IN: (
        *("account.sign_in", "account.sign_in_with_password", "account.signed_out"),
        *("password.ask", "password.choose"),
    ),
    Activity.READ_ABOUT: (
        *("support.accessibility", "support.contact", "support.privacy", "support.sources"),
        *("display.choose", "display.keep", "styleguide.index", "health.health", "static"),
    ),
    Activity.READ_WHAT_HR_SEES: ("support.what_hr_sees",),
    Activity.READ_GUIDE: (
        *("guide.card", "guide.card_pdf", "guide.facts", "guide.phrases"),
        *("guide.reporting", "guide.terms"),
    ),
    Activity.CHECK_CERTIFICATE: (
        *("verify.form", "verify.send", "verify.show", "verify.check", "verify.moved"),
    ),
    Activity.FETCH_BADGE: (
        *("verify.badge", "badge.png", "badge.svg", "badge.status"),
        *("well_known.certificate_keys", "well_known.did"),
    ),
    Activity.LEARN: (
        *("learner.home", "module.start", "module.page", "module.answer", "news.show"),
        *("play.start", "play.begin", "play.turn", "play.choose", "play.end"),
        *("play.back_to_turn", "play.choose_otherwise", "guide.practice_hour"),
    ),
    Activity.USE_CODE: ("support.use_code",),
    Activity.PUT_OFF: ("later.show", "later.hear", "later.extend"),
    Activity.SEE_CERTIFICATES: (
        *("certificate.overview", "certificate.show", "certificate.pdf", "certificate.rename"),
        *("certificate.logo", "study_load.show"),
    ),
    Activity.SHARE_BADGE: ("own_badge.show", "own_badge.download", "own_badge.share"),
    Activity.TAKE_DATA: (
        *("own_data.show", "own_data.json_file", "own_data.csv_files", "own_data.pdf"),
    ),
    Activity.FORGET: ("own_data.forget",),
    Activity.CHANGE_PASSWORD: ("password.show", "password.change"),
    Activity.SIGN_OUT: ("account.sign_out",),
    Activity.PRINT_CODES: ("adviser.codes", "adviser.print_batch"),
    Activity.SEE_COUNTS: ("hr.overview", "hr.unit", "hr.units", "timely.overview"),
    Activity.TAKE_COUNTS: _files("hr.units", "timely.overview"),
    Activity.SEE_PEOPLE: ("hr.people", *NAMED_LISTS),
    Activity.TAKE_PEOPLE: _files("hr.people", *NAMED_LISTS),
    Activity.EXEMPT: (
        *("exemptions.who", "exemptions.why", "exemptions.check", "exemptions.give"),
        *("exemptions.end", "exemptions.end_now"),
    ),
    Activity.ASK_PRIOR: (
        *("prior.show", "prior.fill", "prior.check"),
        *("prior.send", "prior.take_back", "prior.evidence"),
    ),
    Activity.DECIDE_PRIOR: (
        *("elsewhere.overview", "elsewhere.show", "elsewhere.evidence"),
        *("elsewhere.check", "elsewhere.decide"),
    ),
    Activity.ASK_FILE: ("files.ask", "files.show", "files.again", "files.download"),
    Activity.REMIND: ("reminders.show", "reminders.queue"),
    Activity.ASSIGN: (
        *("assignment.overview", "assignment.who", "assignment.answer_who", "assignment.when"),
        *("assignment.answer_when", "assignment.check", "assignment.confirm"),
        *("rule_end.ask", "rule_end.confirm", "people_list.ask", "people_list.upload"),
        *("people_list.check", "people_list.confirm", "people_list.example_file"),
    ),
    Activity.CHANGE_UNITS: (
        *("structure.overview", "structure.unit", "structure.change", "structure.confirm"),
        *("unit_add.ask", "unit_add.add"),
    ),
    Activity.SET_POLICY: (
        *("policy.overview", "policy.check", "policy.ask", "policy.confirm", "policy.decline"),
    ),
    Activity.FREEZE_REPORT: (
        *("board.overview", "board.freeze", "board.show", "board.csv", "board.json", "board.xlsx"),
    ),
    Activity.READ_BOARD_REPORT: (
        *("report.overview", "report.show", "report.csv", "report.json", "report.xlsx"),
    ),
    Activity.SEE_LATE_NAMES: ("late_names.show",),
    Activity.REVIEW_ACCESS: (
        *("access.overview", "access.confirm", "access.check", "access.end"),
        *("access.csv", "access.json", "access.xlsx"),
    ),
    Activity.GIVE_ROLES: (
        *("give_role.who", "give_role.answer_who", "give_role.role", "give_role.over"),
        *("give_role.check", "give_role.give"),
    ),
    Activity.READ_LOG: ("audit.overview", "audit.check"),
    Activity.READ_FIGURE: ("figure.show",),
    Activity.PUT_RIGHT: ("quality.overview", "quality.listed"),
    Activity.TAKE_WRONG: _files("quality.listed"),
    Activity.WITHDRAW: (
        *("withdrawal.overview", "withdrawal.ask", "withdrawal.confirm", "withdrawal.decline"),
    ),
    Activity.APPLY_ROSTER: (
        *("roster.overview", "roster.upload", "roster.plan", "roster.apply"),
        *("roster.undo", "roster.example"),
    ),
    Activity.TAKE_CHANGES: ("roster.changes",),
    Activity.READ_REPORT: ("privacy_report.show", "privacy_report.pdf"),
    Activity.READ_SCENARIOS: (
        *("author.overview", "author.scenario", "author.chart", "author.languages", "author.play"),
    ),
}
# What leaves the site as a file with data about people, or counted from them.
TAKEN_ALONG = (
    Activity.TAKE_DATA,
    Activity.SEE_CERTIFICATES,
    Activity.SHARE_BADGE,
    Activity.TAKE_COUNTS,
    Activity.TAKE_PEOPLE,
    Activity.TAKE_WRONG,
    Activity.TAKE_CHANGES,
    Activity.ASK_FILE,
    Activity.FREEZE_REPORT,
    Activity.READ_BOARD_REPORT,
    Activity.REVIEW_ACCESS,
    Activity.PRINT_CODES,
    Activity.ASK_PRIOR,
    Activity.DECIDE_PRIOR,
)


def activity_words() -> dict[Activity, str]:
    """Return what each activity is."""
    return _for_everyone() | _for_learners() | _for_roles() | _for_hr_of_the_institution()


def _for_everyone() -> dict[Activity, str]:
    return {
        Activity.LEAVE: _("Leave the site quickly. Nothing is noted."),
        Activity.FIND_HELP: _(
            "Look for help, pause, and see the other ways to do a training. Nothing is noted."
        ),
        Activity.SIGN_IN: _(
            "Sign in, or choose a password with a link. Tries are counted, with the name scrambled."
        ),
        Activity.READ_ABOUT: _("Read about this site, and choose a light or dark display."),
        Activity.READ_WHAT_HR_SEES: _(
            "Read what HR sees. Who is signed in also sees their own rows, and who looked at them."
        ),
        Activity.READ_GUIDE: _("Read facts, words, the pocket card and how reporting works."),
        Activity.CHECK_CERTIFICATE: _(
            "Check a certificate by its code: whether it is valid, which training, which days. "
            "Never a name. Who knows the name can ask whether it is right, five times an hour."
        ),
        Activity.FETCH_BADGE: _(
            "Fetch a badge that its holder has shared, the public keys, and the list of badges "
            "that no longer count. The list has numbers and no names."
        ),
    }


def _for_learners() -> dict[Activity, str]:
    return {
        Activity.LEARN: _("Do a training: read, practise, and go on where you were."),
        Activity.USE_CODE: _("Complete a training with a one-time code from a person."),
        Activity.PUT_OFF: _("Get a message later, or more time. No reason is asked."),
        Activity.ASK_PRIOR: _(
            "Ask to let a training elsewhere count, with a file if you like, and take it back."
        ),
        Activity.SEE_CERTIFICATES: _("See and print your own certificates."),
        Activity.SHARE_BADGE: _("Take along your own badge, and share it or stop sharing."),
        Activity.TAKE_DATA: _("Take along everything that is kept about you, in three files."),
        Activity.FORGET: _("Have forgotten what you did while learning. It leaves no line."),
        Activity.CHANGE_PASSWORD: _("Change your own password."),
        Activity.SIGN_OUT: _("Sign out in every browser at once."),
    }


def _for_roles() -> dict[Activity, str]:
    return {
        Activity.PRINT_CODES: _(
            "Print one-time codes without names. Nobody sees who used one, or whether."
        ),
        Activity.SEE_COUNTS: _("See counts and percentages of units and trainings."),
        Activity.TAKE_COUNTS: _("Take those counts along as a file."),
        Activity.SEE_PEOPLE: _(
            "See people by name: unit, status, by when, obtained on, valid until. "
            "Never how somebody learned. Each reading is noted, and the person can see it."
        ),
        Activity.TAKE_PEOPLE: _("Take that list along as a file. It is noted as well."),
        Activity.EXEMPT: _(
            "Exempt somebody from a training for a while, with a reason from a short list, or end "
            "that. No reason is about health. It is noted."
        ),
        Activity.PUT_RIGHT: _(
            "See whose data in the roster is not right, and what to do about it."
        ),
        Activity.TAKE_WRONG: _(
            "Take along a list of what is not right in the roster. Noted as well."
        ),
        Activity.WITHDRAW: _("Withdraw a certificate: one person asks, another confirms."),
        Activity.APPLY_ROSTER: _("Read in who works where, look at what changes, and undo it."),
        Activity.TAKE_CHANGES: _(
            "Take along, line by line, what one's own upload of a roster would change. Noted."
        ),
        Activity.READ_REPORT: _("Read this report. It has no data about anyone."),
        Activity.READ_LOG: _(
            "Read the audit log, and check that nothing in it was changed. Keys, and no names."
        ),
        Activity.READ_SCENARIOS: _("Read and try out scenarios. No data about anyone."),
    }


def _for_hr_of_the_institution() -> dict[Activity, str]:
    return {
        Activity.ASK_FILE: _(
            "Have a large list made as a file. Only who asked can fetch it, for seven days. Noted."
        ),
        Activity.DECIDE_PRIOR: _(
            "See who asks to let a training elsewhere count, open the file, and decide. Each look "
            "is noted, and the person can see it. Then the request and the file are deleted."
        ),
        Activity.REMIND: _("See who gets a reminder and who does not, and send them. Noted."),
        Activity.ASSIGN: _("Say which work has to hold which training, by a rule or a list."),
        Activity.CHANGE_UNITS: _("Change how units are named and which is part of which."),
        Activity.SET_POLICY: _(
            "Apply a new length of validity to certificates: one person asks, another confirms."
        ),
        Activity.FREEZE_REPORT: _("Freeze a report for the board: counts, no names. Noted."),
        Activity.READ_BOARD_REPORT: _("Read frozen reports, without figures of small groups."),
        Activity.SEE_LATE_NAMES: _(
            "See who is past the date, by name and with that day, in one's own units. Nothing else "
            "of them. Each look is noted, and the people in the unit can see it."
        ),
        Activity.REVIEW_ACCESS: _("See who has which role, confirm it, or end it. Noted."),
        Activity.GIVE_ROLES: _(
            "Give somebody else a role, for at most a year, with the own password once more. "
            "Noted, and who gets it is told."
        ),
        Activity.READ_FIGURE: _(
            "Read one figure of the whole institution, where the institution publishes it."
        ),
    }
