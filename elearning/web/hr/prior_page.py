"""Requests about trainings elsewhere as HR sees them: the list, one of them, and a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.clock import AMSTERDAM
from elearning.content.library import Library
from elearning.learning.prior import Refusal
from elearning.services.decide_prior import Approval, Waiting
from elearning.web.hr.forms import Table
from elearning.web.hr.words import last_valid_day, long_day, number, short_day
from elearning.web.parts import Choice, Column, Link
from elearning.web.prior.words import kind_text, name_of, refusal_text, title_of

APPROVE = "telt-mee"
Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """What waits, the longest first; `more` says that not all of it is shown."""

    table: Table | None
    more: str | None


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """One request; `said` says why it cannot be decided, or not be approved."""

    facts: Facts
    file: str | None
    choices: tuple[Choice, ...]
    action: str
    said: str | None


@dataclass(frozen=True, slots=True)
class CheckPage:
    """A decision with what it does, before it is taken."""

    heading: str
    facts: Facts
    effects: tuple[str, ...]
    button: str
    action: str
    back: str
    fields: Mapping[str, str]


def overview_page(
    found: Sequence[Waiting], total: int, library: Library, lang: str
) -> OverviewPage:
    """Return the requests that wait."""
    columns = (
        Column(_("Name")),
        Column(_("Staff number")),
        Column(_("Training elsewhere")),
        Column(_("Completed on")),
        Column(_("File")),
        Column(_("Sent on")),
    )
    rows = tuple(
        (
            Link(each.name, url_for(".show", request_id=each.id)),
            each.number,
            name_of(each.code, library, lang),
            short_day(each.completed_on),
            kind_text(each.evidence_kind),
            short_day(each.sent_at.astimezone(AMSTERDAM).date()),
        )
        for each in found
    )
    caption = ngettext(
        "%(total)s request waits", "%(total)s requests wait", total, total=number(total)
    )
    more = None
    if total > len(found):
        more = _("The %(count)s that wait longest are shown.", count=number(len(found)))
    return OverviewPage(Table(caption, columns, rows) if rows else None, more)


def decision_page(
    asked: Waiting, found: Approval | None, me: UUID, library: Library, lang: str
) -> DecisionPage:
    """Return one request with what can be decided; nobody decides on their own."""
    is_mine = asked.person_id == me
    file = url_for(".evidence", request_id=asked.id) if asked.evidence_kind else None
    return DecisionPage(
        facts=_facts(asked, library, lang),
        file=file,
        choices=() if is_mine else _choices(found),
        action=url_for(".check", request_id=asked.id),
        said=_said(found, is_mine=is_mine),
    )


def _said(found: Approval | None, *, is_mine: bool) -> str | None:
    if is_mine:
        return _("This is your own request, so a colleague has to decide.")
    if found is None:
        return _(
            "No certificate can come of it any more. The training is no longer asked of this "
            "person or is completed, the list has changed, or it was too long ago."
        )
    return None


def _choices(found: Approval | None) -> tuple[Choice, ...]:
    refusals = tuple(
        Choice(each.value, _("Decline: %(why)s", why=refusal_text(each))) for each in Refusal
    )
    return refusals if found is None else (Choice(APPROVE, _("It counts")), *refusals)


def approval_page(asked: Waiting, found: Approval, library: Library, lang: str) -> CheckPage:
    """Return what an approval does."""
    last = last_valid_day(found.valid_until)
    until = _("The certificate has no end date.")
    if last is not None:
        until = _("The certificate is valid through %(day)s.", day=long_day(last))
    effects = (
        _("The person gets a certificate, obtained on %(day)s.", day=long_day(asked.completed_on)),
        until,
        _("Nobody who looks at the certificate sees that it came of a training elsewhere."),
        _deleted(),
    )
    facts = _facts(asked, library, lang)
    return _check(asked, _("Let it count?"), facts, effects, _("Let it count"), APPROVE)


def refusal_page(asked: Waiting, reason: Refusal, library: Library, lang: str) -> CheckPage:
    """Return what declining does."""
    effects = (
        _("The person sees that it does not count and this reason, for 30 days."),
        _("They still have to do the training, and they can ask again."),
        _deleted(),
    )
    why = refusal_text(reason)
    facts = (*_facts(asked, library, lang), (_("Reason"), f"{why[0].upper()}{why[1:]}"))
    return _check(asked, _("Decline this request?"), facts, effects, _("Decline"), reason.value)


def _check(
    asked: Waiting, heading: str, facts: Facts, effects: tuple[str, ...], button: str, answer: str
) -> CheckPage:
    return CheckPage(
        heading=heading,
        facts=facts,
        effects=effects,
        button=button,
        action=url_for(".decide", request_id=asked.id),
        back=url_for(".show", request_id=asked.id),
        fields={"besluit": answer},
    )


def _deleted() -> str:
    return _("The request is deleted at once and for good, and a file with it.")


def _facts(asked: Waiting, library: Library, lang: str) -> Facts:
    return (
        (_("Name"), asked.name),
        (_("Staff number"), asked.number),
        (_("Training elsewhere"), name_of(asked.code, library, lang)),
        (_("Completed on"), long_day(asked.completed_on)),
        (_("Counts for"), title_of(asked.training_id, library, lang)),
        (_("File"), kind_text(asked.evidence_kind)),
    )
