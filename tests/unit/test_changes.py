"""What changed since a certificate: each entry once, by its own dates."""

from __future__ import annotations

from datetime import date

from elearning.content.changes import ChangeKind, changes_since
from elearning.content.directory import (
    Dated,
    Directory,
    Fact,
    FactKind,
    Resource,
)
from elearning.content.rule_packs import Jurisdiction

SINCE, TODAY = date(2027, 1, 15), date(2027, 6, 1)
BEFORE, AFTER, TO_COME = date(2026, 12, 1), date(2027, 3, 1), date(2027, 9, 1)
NOTHING = {"nl": "", "en": ""}


def dated(
    *,
    verified_on: date | None = None,
    changed_on: date | None = None,
    effective_on: date | None = None,
) -> Dated:
    return Dated("S1", None, verified_on, date(2028, 1, 1), changed_on, effective_on)


def a_directory(**entries: Dated) -> Directory:
    """Return a directory of facts; one whose name begins with `service` is a resource."""
    facts = {
        name: Fact(name, NOTHING, NOTHING, FactKind.LAW, True, None, Jurisdiction.NL, each)
        for name, each in entries.items()
        if not name.startswith("service")
    }
    resources = {
        name: Resource(
            id=name,
            name=NOTHING,
            phone=None,
            url=None,
            has_chat=False,
            hours=None,
            cost=None,
            languages=(),
            for_whom=NOTHING,
            not_for=None,
            jurisdiction=Jurisdiction.NL,
            dated=each,
            help_order=None,
        )
        for name, each in entries.items()
        if name.startswith("service")
    }
    return Directory(resources, facts, {}, {})


def found(**entries: Dated) -> list[tuple[str, ChangeKind, date]]:
    changes = changes_since(a_directory(**entries), SINCE, TODAY)
    return [(each.entry.id, each.kind, each.on) for each in changes]


def test_nothing_that_happened_before_is_named() -> None:
    old = dated(verified_on=BEFORE, changed_on=BEFORE, effective_on=BEFORE)
    assert found(law=old, service=old, unknown=dated()) == []


def test_the_day_of_the_certificate_itself_is_not_after_it() -> None:
    assert found(law=dated(verified_on=SINCE, changed_on=SINCE, effective_on=SINCE)) == []


def test_law_that_came_into_force_and_law_to_come_are_told_apart() -> None:
    assert found(new=dated(effective_on=AFTER), next=dated(effective_on=TO_COME)) == [
        ("next", ChangeKind.COMING, TO_COME),
        ("new", ChangeKind.IN_FORCE, AFTER),
    ]


def test_law_is_in_force_on_its_very_day() -> None:
    assert found(new=dated(effective_on=TODAY)) == [("new", ChangeKind.IN_FORCE, TODAY)]


def test_what_changed_is_more_than_what_was_looked_at_again() -> None:
    assert found(service=dated(changed_on=AFTER, verified_on=TODAY)) == [
        ("service", ChangeKind.CHANGED, AFTER)
    ]
    assert found(service=dated(changed_on=BEFORE, verified_on=AFTER)) == [
        ("service", ChangeKind.CHECKED, AFTER)
    ]


def test_a_change_that_is_dated_ahead_is_not_told_yet() -> None:
    assert found(service=dated(changed_on=TO_COME, verified_on=TO_COME)) == []
