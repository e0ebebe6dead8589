"""Cookies, files that are taken along, keys, others who process data, rights and settings."""

from __future__ import annotations

from flask import Flask
from flask_babel import gettext as _

from elearning.config import PREFIX, Settings
from elearning.storage.people import Role
from elearning.web import i18n
from elearning.web.frame import THEME_COOKIE
from elearning.web.privacy_report.activities import TAKEN_ALONG, activity_words
from elearning.web.privacy_report.document import Chapter, Grid
from elearning.web.privacy_report.roles import policies, role_words
from elearning.web.state import library


def cookie_words(app: Flask) -> dict[str, tuple[str, str]]:
    """Return each cookie: what it is for, and how long it stays."""
    minutes = int(app.permanent_session_lifetime.total_seconds() // 60)
    year = _("one year")
    return {
        app.config["SESSION_COOKIE_NAME"]: (
            _("Guards the forms, and keeps somebody signed in. Signed, not readable by scripts."),
            _("until signing out, or %(minutes)d minutes without use", minutes=minutes),
        ),
        i18n.COOKIE: (_("Remembers the language. Says nothing else."), year),
        THEME_COOKIE: (_("Remembers the light or dark display. Says nothing else."), year),
    }


def cookies_chapter(app: Flask) -> Chapter:
    """Return the cookies; checking a certificate sets none."""
    rows = tuple((name, *words) for name, words in cookie_words(app).items())
    columns = _("Cookie"), _("What for"), _("How long")
    return Chapter(
        "cookies",
        _("Cookies"),
        (_("No trackers, no statistics of visits. Checking a certificate sets no cookie."),),
        (Grid(_("All cookies"), columns, (3, 6, 5), rows, has_codes=True),),
    )


def exports_chapter(app: Flask) -> Chapter:
    """Return which files leave the site, and who can make them."""
    words, rules, names = activity_words(), policies(app), role_words()
    rows = [
        (words[each], ", ".join(names[role][0] for role in Role if role in rules[each].roles))
        for each in TAKEN_ALONG
    ]
    rows += [(each, _("Who runs the server, with a command.")) for each in _files_of_commands()]
    columns = _("File"), _("Who can make it")
    return Chapter(
        "exports",
        _("Files that are taken along"),
        (_("Files with names say who made them, when, and what was asked for."),),
        (Grid(_("All files"), columns, (3, 2), tuple(rows)),),
    )


def _files_of_commands() -> tuple[str, ...]:
    return (
        _("Addresses of who holds a training, to award badges elsewhere (edubadges). Noted."),
        _("One-time codes without names, for trainers (codes). How many is noted."),
        _("Numbers and digests of the audit log, to keep elsewhere (audit head). No names."),
        _("A back-up of the database. It holds everything; keep it as safe as the database."),
    )


def keys_chapter() -> Chapter:
    """Return the secrets, where they are and what they open."""
    rows = (
        (
            _("Secret of the site"),
            _("Signs cookies, and makes codes of certificates. In the settings."),
        ),
        (_("Signing keys"), _("Sign certificates. In a folder that only the program can read.")),
        (_("Password of the database"), _("In the settings, where the database has one.")),
        (_("Password of the mail server"), _("In the settings. Never sent without encryption.")),
        (_("Passwords of people"), _("Only scrambled with argon2id; nobody can read them back.")),
        (_("Keys of browsers"), _("Only a digest; the key itself is in the browser.")),
        (_("Codes on certificates"), _("Only a digest, and what was signed without its code.")),
        (
            _("Ledger of erasures"),
            _("Digests with a key, so that a restored back-up brings nobody back."),
        ),
    )
    columns = _("Secret"), _("What it is, and where")
    return Chapter(
        "keys",
        _("Keys and secrets"),
        (_("None of these is in this report, in a log or in a message."),),
        (Grid(_("All secrets"), columns, (2, 5), rows),),
    )


def processors_chapter(current: Settings) -> Chapter:
    """Return who else gets data: nobody, unless the institution decides so."""
    mail = (
        _("A mail server is set. It gets work addresses and the texts above.")
        if current.has_mail
        else _("No mail server is set, so no message leaves.")
    )
    return Chapter(
        "processors",
        _("Others who process data"),
        (
            _(
                "The program itself sends data to nobody. It fetches nothing from other sites, and "
                "makes its PDFs on its own machine."
            ),
            mail,
            _(
                "Who hosts the machine and the back-ups is for the institution to fill in here, "
                "and so are the legal basis and the agreements."
            ),
        ),
    )


def rights_chapter() -> Chapter:
    """Return what a person can do about their data, and where."""
    rows = (
        (_("Know what is kept"), _("“Privacy”, for everyone; this report, from HR.")),
        (_("See it"), _("“My data”: everything, as a document, tables and JSON.")),
        (_("Take it along"), _("The same files; JSON is for other programs.")),
        (_("See who looked"), _("“What does HR see of me?” shows who read a list or a file.")),
        (
            _("Have it corrected"),
            _("HR corrects the roster, or a certificate; the old code says “replaced”."),
        ),
        (
            _("Have learning forgotten"),
            _("“My data”, at once, without a reason. Nobody sees it. Certificates stay."),
        ),
        (
            _("Have everything erased"),
            _("Ask the institution. If it agrees, one command erases the person and all of it."),
        ),
        (
            _("Object, or learn another way"),
            _("“Another way” is open to everyone, without a reason. Each way counts the same."),
        ),
        (
            _("Not be judged by a machine"),
            _("The program decides nothing about people but that a training was completed."),
        ),
    )
    columns = _("What somebody can do"), _("Where")
    email = library().institution.support_email
    return Chapter(
        "rights",
        _("Rights of the person"),
        (_("Questions go to %(email)s. The institution decides, and must answer.", email=email),),
        (Grid(_("Rights, and where they are in the program"), columns, (2, 5), rows),),
    )


def settings_chapter(current: Settings) -> Chapter:
    """Return the settings of this institution that change what is kept or seen."""
    told, answers = settings_told(current), {"yes": _("yes"), "no": _("no")}
    rows = tuple(
        (f"{PREFIX}{name.upper()}", text, answers.get(told[name], told[name]))
        for name, text in setting_words().items()
    )
    columns = _("Setting"), _("What it changes"), _("Now")
    closures = len(library().institution.messages.closures)
    named = "yes" if library().institution.reports.names_for_managers else "no"
    return Chapter(
        "settings",
        _("Settings of this institution"),
        (
            _(
                "Days without messages because the institution is closed: %(n)d periods.",
                n=closures,
            ),
            _("Managers see the names of who is past the date: %(answer)s.", answer=answers[named]),
        ),
        (
            Grid(
                _("Settings that change what is kept or seen"),
                columns,
                (5, 5, 3),
                rows,
                has_codes=True,
            ),
        ),
    )


def settings_told(current: Settings) -> dict[str, str]:
    """Return what those settings are now; never a secret, an address or a path."""
    is_postgresql = current.database_url.startswith("postgres")
    return {
        "mode": current.mode.value,
        "database_url": "PostgreSQL" if is_postgresql else "SQLite",
        "timezone": current.timezone,
        "idle_minutes": str(current.idle_minutes),
        "session_hours": str(current.session_hours),
        "learning_days": str(current.learning_days),
        "account_months": str(current.account_months),
        "retention_hour": "-" if current.retention_hour is None else str(current.retention_hour),
        "smtp_host": "yes" if current.has_mail else "no",
        "smtp_tls": current.smtp_tls.value,
    }


def setting_words() -> dict[str, str]:
    """Return what each setting changes that changes what is kept or seen."""
    return {
        "mode": _("Real people, or a demo with invented ones."),
        "database_url": _("Which database."),
        "timezone": _("Where a day begins."),
        "idle_minutes": _("Minutes without use until signing in again."),
        "session_hours": _("Hours until signing in again in any case."),
        "learning_days": _("Days after completion that learning state stays."),
        "account_months": _("Months without use that an account stays without an appointment."),
        "retention_hour": _("Hour of the night in which the worker forgets, if it does."),
        "smtp_host": _("Whether messages can be sent."),
        "smtp_tls": _("How the way to the mail server is guarded."),
    }


# Settings that change nothing about what is kept or who sees it.
NOT_TOLD = frozenset(
    {
        *("instance", "secret_key", "base_url", "content", "overlay", "trusted_hosts"),
        *(
            "jobs_url",
            "proxy_hops",
            "smtp_port",
            "smtp_user",
            "smtp_password",
            "smtp_from",
            "smtp_timeout",
        ),
    }
)
