"""Facts and rules as a page: what is known, where from, and what is still being checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from elearning.content.directory import Directory, Fact, FactKind
from elearning.content.rule_packs import Jurisdiction, PackStatus, RulePack
from elearning.learning.certificate import CertificateLanguage
from elearning.web.support.contacts import as_heading, month


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact: its short value, its sentence, and how well it is known."""

    name: str
    text: str
    state: str
    is_checked: bool
    source: str | None


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Facts of one kind, or of one set of rules; `note` says what to make of them."""

    id: str
    title: str
    note: str | None
    rows: tuple[FactRow, ...]


@dataclass(frozen=True, slots=True)
class FactsPage:
    """Everything the template shows."""

    groups: tuple[FactGroup, ...]
    has_old_facts: bool


def facts_page(directory: Directory, lang: CertificateLanguage, today: date) -> FactsPage:
    """Return the page in a language, on a day."""
    groups = tuple(each for each in _groups(directory, lang, today) if each.rows)
    facts = directory.facts.values()
    return FactsPage(groups, any(_is_old(each, today) for each in facts))


def _groups(directory: Directory, lang: CertificateLanguage, today: date) -> Iterator[FactGroup]:
    def rows(facts: Iterable[Fact]) -> tuple[FactRow, ...]:
        return tuple(_row(each, lang, today) for each in facts)

    loose = [each for each in directory.facts.values() if each.pack is None]
    here = [each for each in loose if each.jurisdiction is Jurisdiction.NL]
    windows = [each for each in here if each.kind is FactKind.WINDOW]
    ask = _("Ask the service itself: it knows.")
    yield FactGroup("tijd", _("Time and care"), ask, rows(windows))
    law = [each for each in here if each.kind is FactKind.LAW]
    yield FactGroup("wet", _("The law"), None, rows(law))
    for pack in directory.packs.values():
        own = [each for each in directory.facts.values() if each.pack == pack.id]
        yield FactGroup(pack.id, pack.name[lang], _pack_note(pack, lang), rows(own))
    figures = [each for each in here if each.kind is FactKind.FIGURE]
    yield FactGroup("cijfers", _("Figures"), None, rows(figures))
    islands = [each for each in loose if each.jurisdiction is Jurisdiction.NL_BES]
    yield FactGroup("eilanden", _("The Caribbean"), None, rows(islands))


def _pack_note(pack: RulePack, lang: CertificateLanguage) -> str:
    status = {
        PackStatus.ON: _("In use in the texts of this site."),
        PackStatus.PENDING: _("Not in use: it is not law yet."),
        PackStatus.TEXT_ONLY: _("Only as a text: ask counsel."),
    }[pack.status]
    return f"{status} {pack.note[lang]}"


def _row(fact: Fact, lang: CertificateLanguage, today: date) -> FactRow:
    return FactRow(
        name=as_heading(fact.value[lang]),
        text=fact.text[lang],
        state=_state(fact, lang, today),
        is_checked=fact.dated.is_verified and not _is_old(fact, today),
        source=fact.dated.source,
    )


def _state(fact: Fact, lang: CertificateLanguage, today: date) -> str:
    seen = fact.dated.verified_on
    if seen is None:
        return _("Being checked")
    if _is_old(fact, today):
        return _(
            "Source seen in %(month)s. We should have looked at it again by now.",
            month=month(seen, lang),
        )
    return _("Source seen in %(month)s", month=month(seen, lang))


def _is_old(fact: Fact, today: date) -> bool:
    return fact.dated.is_verified and fact.dated.is_stale_on(today)
