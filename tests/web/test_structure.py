"""The tree of units in the web: a change holds from a day on, and never for the days before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from elearning.clock import SetClock
from elearning.services.assign_training import RuleDraft, add_rule
from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.people import Role, Unit
from elearning.storage.units import UnitPlace
from tests.builders import TRAINING, a_person, a_role, an_appointment, an_obligation
from tests.databases import TODAY
from tests.pages.hr import OverviewPage, TableOnPage
from tests.pages.html import elements
from tests.pages.page import Page, visit
from tests.trainings import a_training
from tests.web.conftest import Arrange
from tests.web.strict_client import StrictClient
from tests.web.test_hr import signed_in_as, units

__all__ = ["units"]
NewClient = Callable[[], StrictClient]
DAY = TODAY.date()
ONE = timedelta(days=1)
MERGE = "/hr/indeling/arts/samenvoegen"


@pytest.fixture
def central(new_client: NewClient, arrange: Arrange, units: dict[str, Unit]) -> StrictClient:
    """Return HR of the institution; two people in arts, one in history below it, three in law."""
    with arrange() as session:
        for code in ("arts", "arts", "history", "law", "law", "law"):
            person = a_person(session)
            an_appointment(session, person=person, unit=units[code])
            an_obligation(session, person=person)
    return signed_in_as(new_client(), arrange, Role.HR_CENTRAL)


def change(client: StrictClient, address: str, button: str, **answers: str) -> Page:
    """Answer the question, look at what it does, and press the button."""
    query = "&".join(f"{name}={value}" for name, value in answers.items())
    return visit(client, f"{address}?{query}").form(button).submit()


def per_unit(client: StrictClient, day: date) -> dict[str, str]:
    """Return how many people the overview counts in each unit on a day."""
    found = OverviewPage.open(client, f"/hr?dag={day}").tables[0]
    return {row[0]: row[2] for row in found.rows}


def total(client: StrictClient, day: date) -> str:
    """Return the first figure of the institution."""
    return next(iter(OverviewPage.open(client, f"/hr?dag={day}").figures))


def listed(page: Page) -> list[str]:
    return [row[1] for row in TableOnPage(next(elements(page.root, "table"))).rows]


def places(arrange: Arrange) -> int:
    with arrange() as session:
        return session.scalar(select(func.count()).select_from(UnitPlace)) or 0


def test_unit_merge_through_the_page(
    central: StrictClient, arrange: Arrange, clock: SetClock
) -> None:
    """Golden: the day before shows the units as they were, the day itself the merged one."""
    page = visit(central, f"{MERGE}?naar=law&dag={DAY}")
    assert "Op 3 maart 2027 gaat het om 3 dienstverbanden, van 3 medewerkers." in page.text
    assert "tot en met 2 maart 2027" in page.text
    assert per_unit(central, DAY) == {"arts nl": "3", "law nl": "3"}
    done = change(central, MERGE, "Voeg samen met law nl", naar="law", dag=str(DAY))
    assert listed(done) == ["institution", "law", "history"]
    before = DAY - ONE
    assert per_unit(central, before) == {"arts nl": "3", "law nl": "3"}
    assert per_unit(central, DAY) == {"law nl": "6"}
    assert total(central, before) == total(central, DAY)
    assert listed(visit(central, f"/hr/indeling?dag={before}"))[1:3] == ["arts", "history"]
    clock.instant += ONE
    with arrange() as session:
        (entry,) = session.scalars(
            select(AuditEntry).where(AuditEntry.kind == AuditKind.UNIT_CHANGED)
        )
        assert (entry.subject_id, '"reason": "merge"' in str(entry.facts)) == (None, True)


def test_looking_saves_nothing_and_pressing_twice_changes_once(
    central: StrictClient, arrange: Arrange
) -> None:
    page = visit(central, f"{MERGE}?naar=law&dag={DAY}")
    before = places(arrange)
    form = page.form("Voeg samen met law nl")
    assert form.submit().heading == "Eenheden en hun plaats"
    after = places(arrange)
    assert form.submit().heading == "Eenheden en hun plaats"
    assert (after > before, places(arrange)) == (True, after)


def test_move_close_and_rename_from_their_days(central: StrictClient) -> None:
    root = "/hr/indeling"
    change(
        central, f"{root}/history/verplaatsen", "Verplaats deze eenheid", naar="law", dag=str(DAY)
    )
    assert per_unit(central, DAY) == {"arts nl": "2", "law nl": "4"}
    change(central, f"{root}/law/sluiten", "Sluit deze eenheid", dag=str(DAY))
    assert per_unit(central, DAY)["institution nl zelf"] == "3"
    names = {"nl": "Kunst", "en": "Art", "dag": str(DAY)}
    change(central, f"{root}/arts/hernoemen", "Geef een andere naam", **names)
    assert "Kunst" in per_unit(central, DAY)
    assert per_unit(central, DAY - ONE) == {"arts nl": "3", "law nl": "3"}


def test_the_page_says_which_rules_name_the_unit_and_which_roles_open_nothing_more(
    central: StrictClient, arrange: Arrange, units: dict[str, Unit], clock: SetClock
) -> None:
    draft = RuleDraft("arts", TRAINING, {"unit": "history"}, DAY, None, 60)
    with arrange() as session:
        trainings = {TRAINING: a_training()}
        an_appointment(session, unit=units["history"])
        add_rule(session, draft=draft, trainings=trainings, made_by=None, clock=clock)
        a_role(session, person=a_person(session), role=Role.HR_UNIT, unit=units["history"])
    page = visit(central, f"/hr/indeling/history/sluiten?dag={DAY + ONE}")
    assert "Geldt voor: iedereen in history nl." in page.text
    assert "1 rol over deze eenheid opent vanaf die dag niets meer." in page.text
    assert "beginnen er 0 verplichtingen en eindigen er 1" in page.text


@pytest.mark.parametrize(
    ("address", "where"),
    [
        (f"{MERGE}?naar=law&dag={DAY}", "onder de andere eenheid"),
        (f"/hr/indeling/arts/sluiten?dag={DAY}", "onder de eenheid erboven"),
    ],
)
def test_the_page_says_where_the_units_below_go(
    central: StrictClient, address: str, where: str
) -> None:
    words = f"1 eenheid eronder blijft bestaan en staat vanaf dan {where}."
    assert words in visit(central, address).text
    assert "eronder blij" not in visit(central, f"/hr/indeling/law/sluiten?dag={DAY}").text


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/hr/indeling/arts/hernoemen?nl=arts nl&en=arts en&dag=2027-03-03", "nl"),
        (f"{MERGE}?naar=history&dag=2027-03-03", "naar"),
        (f"{MERGE}?naar=arts&dag=2027-03-03", "naar"),
        (f"{MERGE}?naar=&dag=2027-03-03", "naar"),
        (f"{MERGE}?naar=law&dag=morgen", "dag"),
        (f"{MERGE}?naar=law&dag=1999-01-01", "dag"),
        ("/hr/indeling/history/verplaatsen?naar=arts&dag=2027-03-03", "naar"),
        ("/hr/indeling/arts/hernoemen?nl=Kunst&en=&dag=2027-03-03", "en"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_at_its_field(
    central: StrictClient, address: str, field: str
) -> None:
    page = visit(central, address, status=422)
    assert page.title.startswith("Fout: ")
    assert any(href == f"#{field}" for _, href in page.links)


def test_the_institution_itself_only_gets_another_name(central: StrictClient) -> None:
    page = visit(central, "/hr/indeling/institution")
    assert [label for label, _ in page.links if label.startswith(("Geef", "Voeg"))] == [
        "Geef een andere naam"
    ]
    visit(central, f"/hr/indeling/institution/sluiten?dag={DAY}", status=404)


def test_what_is_not_there_is_not_found(central: StrictClient) -> None:
    for address in ("/hr/indeling/weg", "/hr/indeling/arts/opheffen", "/hr/indeling/weg/sluiten"):
        visit(central, address, status=404)
