"""Every message that the program can send: when, to whom, the subject and the words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product

from flask_babel import gettext as _

from elearning.learning.letter import MessageText
from elearning.learning.reminders import FIRST_DAYS
from elearning.services.reminder_text import Occasion, reminder_text
from elearning.services.role_message import role_text
from elearning.storage.outbox import MessageTemplate
from elearning.web.privacy_report.document import Chapter, Grid

# Any day will do: the words around it are always the same.
EXAMPLE_DAY = date(2027, 3, 1)


def template_words() -> dict[MessageTemplate, tuple[str, str, str]]:
    """Return of each kind of message what it is called, when it goes and to whom."""
    before = ", ".join(str(-days) for days in FIRST_DAYS.values() if days < 0)
    after = ", ".join(str(days) for days in FIRST_DAYS.values() if days > 0)
    return {
        MessageTemplate.REMINDER: (
            _("Reminder"),
            _(
                "Days before the last day: %(before)s. Days after it: %(after)s. At most one "
                "message a week, on working days from 9 to 17, not while the institution is "
                "closed. Nobody who is done, exempt or away gets one.",
                before=before,
                after=after,
            ),
            _("To the work address of the person it is about, and to nobody else."),
        ),
        MessageTemplate.ROLE: (
            _("Role"),
            _(
                "When somebody was given a role, with the next messages that go. While one waits, "
                "a second role makes no second message. It does not say which role."
            ),
            _("To the work address of who got the role, and to nobody else."),
        ),
    }


def occasion_words(occasion: Occasion) -> str:
    """Return in a few words when this text is used."""
    what = _("renewal") if occasion.is_renewal else _("one training")
    if occasion.is_several:
        what = _("several trainings")
    when = _("after the day") if occasion.is_past else _("before the day")
    return f"{what}, {when}"


def occasions() -> Iterator[Occasion]:
    """Yield each occasion that has words of its own; several trainings are never told apart."""
    for is_several, is_renewal, is_past in product((False, True), repeat=3):
        if not (is_several and is_renewal):
            yield Occasion(EXAMPLE_DAY, is_past, is_renewal, is_several)


def texts(template: MessageTemplate, lang: str) -> Iterator[tuple[str, MessageText]]:
    """Yield every text of a kind of message, with when it is used."""
    if template is MessageTemplate.ROLE:
        yield _("a role was given"), role_text(lang)
        return
    for occasion in occasions():
        yield occasion_words(occasion), reminder_text(occasion, lang)


def whole_text(text: MessageText) -> str:
    """Return all words of a message, as one reads them."""
    below = (words for words, _path in text.links)
    return " ".join((text.greeting, *text.paragraphs, f"{text.button}.", *below))


def mail_chapter(lang: str) -> Chapter:
    """Return every kind of message."""
    below = tuple(_kind(template, lang) for template in template_words())
    return Chapter(
        "mail",
        _("Messages"),
        (
            _(
                "No message has a name, a training, a status or a word about the subject. It has "
                "a link to the site. It fetches no image and reports nothing back when it is read."
            ),
            _("The day in these texts is an example."),
        ),
        below=below,
    )


def _kind(template: MessageTemplate, lang: str) -> Chapter:
    name, when, to_whom = template_words()[template]
    rows = tuple(
        (occasion, text.subject, whole_text(text)) for occasion, text in texts(template, lang)
    )
    columns = _("Occasion"), _("Subject"), _("Text")
    grid = Grid(_("Texts of: %(kind)s", kind=name), columns, (3, 4, 8), rows)
    return Chapter(f"mail-{template}", name, (when, to_whom), (grid,))
