"""What a page of HR says when it does not show the day that was asked for, but another one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from flask import g
from flask_babel import gettext as _

from elearning.web.hr.filters import EARLIEST, read_date


def hr_notes() -> tuple[str, ...]:
    """Return what this page has to say about the days that were asked for."""
    found: tuple[str, ...] = g.get("hr_notes", ())
    return found


def add_note(words: str) -> None:
    """Let the page of this request say something above its heading."""
    g.hr_notes = (*hr_notes(), words)


def note_days(args: Mapping[str, str], *, today: date) -> None:
    """Let the page say which days of an address it could not take, and what it shows in place."""
    for words in _notes(args.get("dag", "").strip(), args.get("bekend", "").strip(), today):
        add_note(words)


def _notes(day: str, known: str, today: date) -> Iterator[str]:
    found = read_date(day)
    if day and found is None:
        yield _("We could not read the day. Write it as 2026-09-01. You now see today.")
    elif found is not None and found > today:
        yield _("That day has not come yet. You now see today.")
    elif found is not None and found < EARLIEST:
        yield _("There are no figures from before 2000. You now see today.")
    known_on = read_date(known)
    if known and (known_on is None or not EARLIEST <= known_on <= today):
        yield _('"As known on" needs a day from 2000 through today. You now see what is known now.')
