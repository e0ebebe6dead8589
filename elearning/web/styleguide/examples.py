"""Examples of everything but the conversation, in the reader's language."""

from __future__ import annotations

import segno
from flask_babel import gettext as _
from markupsafe import Markup

from elearning.web.i18n import language
from elearning.web.parts import (
    Bar,
    Cell,
    Certificate,
    Choice,
    Column,
    Contact,
    Link,
    Status,
    Trend,
)

CODE = "7K3F-9QXM-2B4T-8RWZ-5H6J-C"
ADDRESS = "https://example.org/v/7K3F9QXM2B4T8RWZ5H6JC"
MONTHS = (41, 43, 44, 44, 47, 50, 52, 52, 56, 58, 61, 62)


def statuses() -> tuple[tuple[str, str], ...]:
    """Return every status mark."""
    return (
        ("todo", _("Not started yet")),
        ("busy", _("In progress")),
        ("done", _("Completed")),
        ("locked", _("Not available yet")),
        ("valid", _("Valid")),
        ("open", _("Open")),
        ("grace", _("In the grace period")),
        ("expiring", _("Expires soon")),
        ("overdue", _("Past the date")),
        ("lapsed", _("Lapsed")),
        ("paused", _("Paused")),
        ("exempt", _("Exempt")),
        ("expired", _("Expired")),
        ("replaced", _("Replaced")),
        ("withdrawn", _("Withdrawn")),
        ("unknown", _("Not found")),
        ("fits", _("Fits well")),
        ("better", _("Could be better")),
        ("rather_not", _("Better not")),
        ("strong", _("Strong")),
        ("growing", _("On your way")),
        ("practise", _("Practise more")),
    )


def topics() -> tuple[Choice, ...]:
    """Return three options with a hint."""
    return (
        Choice("talk", _("Practise conversations"), hint=_("About 15 minutes each")),
        Choice("read", _("Read"), hint=_("The same goals, without a conversation")),
        Choice("together", _("Together with someone"), hint=_("You make an appointment first")),
    )


def emergency() -> Contact:
    """Return the contact that comes first."""
    return Contact(
        _("Immediate danger"), _("November 2026"), role=_("Call straight away."), phone="112"
    )


def contacts() -> tuple[Contact, ...]:
    """Return a checked and an unchecked contact."""
    return (
        Contact(
            _("A national service"),
            _("November 2026"),
            role=_("For everyone who wants to talk about it, shortly after or years later."),
            phone="088 000 00 00",
            url="https://example.org",
            has_chat=True,
            hours=_("day and night"),
            cost=_("free"),
            languages=_("Dutch, English"),
        ),
        Contact(
            _("Confidential adviser of your institution"),
            None,
            email="adviser@example.org",
            hours=_("on working days"),
        ),
    )


def department_columns() -> tuple[Column, ...]:
    """Return columns with a number."""
    return (Column(_("Department")), Column(_("Staff"), is_number=True), Column(_("Completed")))


def departments() -> tuple[tuple[Cell, ...], ...]:
    """Return two departments."""
    return (
        (_("Law"), "120", Bar(49, "49%")),
        (_("Health"), "203", Bar(69, "69%")),
    )


def people_columns() -> tuple[Column, ...]:
    """Return columns that can be sorted."""
    return (
        Column(_("Name"), "?sort=-name#figures", "ascending"),
        Column(_("Department"), "?sort=department#figures"),
        Column(_("Status")),
        Column(_("Due on"), "?sort=due#figures"),
    )


def people() -> tuple[tuple[Cell, ...], ...]:
    """Return two people."""
    return (
        (
            Link("Joke Aardenburg", "#figures"),
            _("Law"),
            Status("overdue", _("Past the date")),
            _("1 November 2026"),
        ),
        (Link("Youssef Benali", "#figures"), _("Health"), Status("valid", _("Valid")), "–"),
    )


def trend() -> Trend:
    """Return a year in months."""
    return Trend(
        summary=_(
            "Completed in twelve months: from %(first)s to %(last)s.", first="41%", last="62%"
        ),
        columns=(Column(_("Month")), Column(_("Completed"), is_number=True)),
        rows=[(f"2026-{month:02}", f"{value}%") for month, value in enumerate(MONTHS, 1)],
        percentages=MONTHS,
    )


def certificate() -> Certificate:
    """Return a certificate with a long name."""
    drawing = segno.make(ADDRESS, error="m").svg_inline(border=0, omitsize=True)
    return Certificate(
        lang=language(),
        programme=_("First response"),
        name="Şerife Gökçe-Łukasiewicz",
        title=_("First response: basis for teaching staff"),
        goals=(
            _("receive a disclosure without questioning"),
            _("say what you can and cannot keep to yourself"),
            _("leave the decisions to the other person"),
            _("refer carefully to the right place"),
        ),
        obtained_on=_("14 January 2027"),
        valid_through=_("13 January 2029"),
        study_load=_("120 minutes"),
        version="2027.1",
        issuer=_("Example institution"),
        code=CODE,
        verify_url=ADDRESS,
        verify_text="example.org/v",
        qr=Markup(drawing),  # noqa: S704 - drawn by segno from a constant
    )
