"""What a learner reads when content is new, or when a certificate has another end than it had."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import gettext as _

from elearning.learning.award_change import Effect
from elearning.learning.update import Update
from elearning.services.content_update import ChangedEnd
from elearning.web.learner.words import about_minutes, day_in_words


def update_text(update: Update, valid_until: date | None, minutes: int, lang: str) -> str:
    """Return what is new, how long it takes, and until when the certificate holds."""
    news = " ".join(each.news[lang] for each in update.majors)
    return " ".join(
        (
            _("What is new: %(news)s", news=news),
            _asked(update, minutes),
            _until(update, valid_until),
        )
    )


def _asked(update: Update, minutes: int) -> str:
    if update.is_whole:
        return _("You do the training anew, %(minutes)s.", minutes=about_minutes(minutes))
    return _("You do only this part, %(minutes)s.", minutes=about_minutes(minutes))


def _until(update: Update, valid_until: date | None) -> str:
    """Say until when the certificate holds, and what comes of doing what is asked by then."""
    if valid_until is None:
        return _("Your certificate stays valid.")
    until = _("Your certificate is valid through %(day)s.", day=day_in_words(_last(valid_until)))
    if update.own_end == valid_until:
        return until
    if update.is_whole or update.own_end is None:
        stays = _("When you are done by then, it stays valid.")
        return f"{until} {stays}"
    later = day_in_words(_last(update.own_end))
    stays = _("When you are done by then, it stays valid through %(day)s.", day=later)
    return f"{until} {stays}"


def changed_text(changed: ChangedEnd) -> str:
    """Return why a certificate has another end, and what the end was."""
    why = {
        Effect.SHORTEN: _(
            "Your institution has decided that certificates are valid for a shorter time."
        ),
        Effect.EXTEND: _(
            "Your institution has decided that certificates are valid for a longer time."
        ),
        Effect.LIMIT: _("The content of the training is new."),
    }[changed.effect]
    if changed.before is None:
        return why
    before = _(
        "Before that, yours was valid through %(day)s.", day=day_in_words(_last(changed.before))
    )
    return f"{why} {before}"


def _last(ends_on: date) -> date:
    return ends_on - timedelta(days=1)
