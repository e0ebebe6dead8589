"""What surrounds every page: names, languages, menu, exit, footer and banners."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import cast

from flask import get_flashed_messages, request, url_for
from flask_babel import gettext as _

from elearning.storage.people import Role
from elearning.web.access import (
    may,
    may_read_late_names,
    may_read_names,
    may_read_reports,
    signed_in_or_none,
)
from elearning.web.cookieless import is_cookieless
from elearning.web.hr.menu import BLUEPRINTS as HR_BLUEPRINTS
from elearning.web.i18n import LANGUAGES, language, switch_address
from elearning.web.state import library, settings

Link = tuple[str, str]
THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"
ACCESS_BLUEPRINTS = frozenset({"access", "give_role"})


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything that layout.html reads; see the comment on top of it."""

    site_name: str
    institution_name: str
    lang: str
    other_langs: tuple[tuple[str, str, str], ...]
    account: tuple[str, tuple[tuple[str, str, str], ...]] | None
    nav: tuple[tuple[str, str, bool], ...]
    exit_url: str | None
    exit_to: str
    theme: str
    footer: tuple[Link, ...]
    is_demo: bool
    flashes: tuple[tuple[str, str], ...]
    home_url: str


def frame() -> Frame:
    """Return the frame of this request; a cookieless page has no account, menu or exit."""
    is_bare = is_cookieless(request)
    institution = library().institution
    lang = language()
    return Frame(
        site_name=_("Learning environment"),
        institution_name=institution.name[lang],
        lang=lang,
        other_langs=tuple(
            (code, label, switch_address(code)) for code, label in LANGUAGES.items() if code != lang
        ),
        account=None if is_bare else _account(),
        nav=() if is_bare else _menu(),
        exit_url=None if is_bare else url_for("account.leave"),
        exit_to=institution.exit_url,
        theme="auto" if is_bare else _theme(),
        footer=_footer(lang),
        is_demo=settings().is_demo,
        flashes=() if is_bare else _flashes(),
        home_url=url_for("learner.home"),
    )


def _account() -> tuple[str, tuple[tuple[str, str, str], ...]] | None:
    person = signed_in_or_none()
    if person is None:
        return None
    return person.display_name, (
        (_("Certificates"), url_for("certificate.overview"), "get"),
        (_("My data"), url_for("own_data.show"), "get"),
        (_("Change password"), url_for("password.show"), "get"),
        (_("Sign out everywhere"), url_for("account.sign_out"), "post"),
    )


def _menu() -> tuple[tuple[str, str, bool], ...]:
    """Return the main menu; someone who only learns needs none."""
    here = request.blueprint
    more = []
    if may_read_names():
        more.append((_("Completion overview"), url_for("hr.overview"), here in HR_BLUEPRINTS))
    if may_read_reports():
        is_here = here == "report" or (here == "late_names" and may_read_late_names())
        more.append((_("Reports"), url_for("report.overview"), is_here))
    if may(Role.ADMIN):
        more.append((_("Access"), url_for("access.overview"), here in ACCESS_BLUEPRINTS))
    if may(Role.ADVISER):
        more.append((_("Codes"), url_for("adviser.codes"), here == "adviser"))
    if may(Role.AUDITOR):
        more.append((_("Log"), url_for("audit.overview"), here == "audit"))
    if may(Role.AUTHOR):
        more.append((_("Scenarios"), url_for("author.overview"), here == "author"))
    if not more:
        return ()
    return ((_("My training"), url_for("learner.home"), here == "learner"), *more)


@cache
def _footer(_lang: str) -> tuple[Link, ...]:
    """Return the links of every page; they stand still, so they are made once per language."""
    return (
        (_("Help and referral"), url_for("support.help_page")),
        (_("What does HR see of me?"), url_for("support.what_hr_sees")),
        (_("Sources"), url_for("support.sources")),
        (_("Display"), url_for("display.choose")),
        (_("Accessibility"), url_for("support.accessibility")),
        (_("Privacy"), url_for("support.privacy")),
        (_("Contact"), url_for("support.contact")),
    )


def _flashes() -> tuple[tuple[str, str], ...]:
    return tuple(cast("list[tuple[str, str]]", get_flashed_messages(with_categories=True)))


def _theme() -> str:
    chosen = request.cookies.get(THEME_COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"
