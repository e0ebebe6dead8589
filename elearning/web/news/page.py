"""What changed since a day as a value: law, then contacts and figures, each with its date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from markupsafe import Markup, escape

from elearning.content.changes import Change, ChangeKind, changes_since
from elearning.content.directory import Fact, Resource
from elearning.content.library import Library
from elearning.content.placeholders import Places, phone_link
from elearning.web.learner.words import day_in_words
from elearning.web.support.contacts import as_heading


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One entry, and since when it holds or was seen."""

    name: str
    text: Markup
    when: str
    asks_counsel: bool


@dataclass(frozen=True, slots=True)
class NewsSection:
    """Entries to which the same happened."""

    heading: str
    items: tuple[NewsItem, ...]


@dataclass(frozen=True, slots=True)
class NewsPage:
    """Everything the template shows; `since` is None for who has no certificate yet."""

    since: str | None
    sections: tuple[NewsSection, ...]
    checked: tuple[NewsItem, ...]


def news_page(library: Library, lang: str, since: date | None, today: date) -> NewsPage:
    """Return what changed since the day of a certificate."""
    if since is None:
        return NewsPage(None, (), ())
    changes = changes_since(library.directory, since, today)
    sections = (
        NewsSection(heading, items)
        for kind, heading in _headings().items()
        if (items := _items(library, lang, kind, changes))
    )
    return NewsPage(
        since=day_in_words(since),
        sections=tuple(sections),
        checked=_items(library, lang, ChangeKind.CHECKED, changes),
    )


def _headings() -> dict[ChangeKind, str]:
    return {
        ChangeKind.IN_FORCE: _("Now in force"),
        ChangeKind.COMING: _("Not in force yet"),
        ChangeKind.CHANGED: _("Says something else now"),
    }


def _items(
    library: Library, lang: str, kind: ChangeKind, changes: Iterable[Change]
) -> tuple[NewsItem, ...]:
    return tuple(
        NewsItem(
            name=_name(each.entry, lang),
            text=_text(library, each.entry, lang),
            when=_when(kind, each.on),
            asks_counsel=isinstance(each.entry, Fact) and each.entry.is_legal,
        )
        for each in changes
        if each.kind is kind
    )


def _name(entry: Fact | Resource, lang: str) -> str:
    return as_heading(entry.value[lang] if isinstance(entry, Fact) else entry.name[lang])


def _text(library: Library, entry: Fact | Resource, lang: str) -> Markup:
    if isinstance(entry, Fact):
        places = Places(library.directory, library.institution)
        return places.fill_html(f"{{{{fact.{entry.id}.text}}}}", lang)
    text = escape(entry.for_whom[lang])
    return text if entry.phone is None else Markup("{} {}").format(phone_link(entry.phone), text)


def _when(kind: ChangeKind, day: date) -> str:
    words = day_in_words(day)
    return {
        ChangeKind.COMING: _("From %(day)s", day=words),
        ChangeKind.IN_FORCE: _("Since %(day)s", day=words),
        ChangeKind.CHANGED: _("Changed on %(day)s", day=words),
        ChangeKind.CHECKED: _("Source seen on %(day)s", day=words),
    }[kind]
