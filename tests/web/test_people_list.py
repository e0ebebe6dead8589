"""A list of people in the web: rows in doubt are named by number, and nothing is saved unseen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from elearning.clock import SetClock
from elearning.services.assign_training import RuleDraft, add_rule
from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.completion import Basis, Obligation
from elearning.storage.facts import known
from elearning.storage.people import Role, Unit
from tests.builders import TRAINING, a_person, an_appointment, an_award, an_obligation
from tests.databases import TODAY
from tests.pages.assignment import LOOK, AssignmentPage
from tests.pages.hr import PeoplePage
from tests.pages.page import Page, arrive, visit
from tests.trainings import a_training
from tests.web.conftest import Arrange
from tests.web.strict_client import StrictClient
from tests.web.test_hr import signed_in_as, units

__all__ = ["units"]
NewClient = Callable[[], StrictClient]
DAY = TODAY.date()
ONE = timedelta(days=1)
LIST = "/hr/toewijzing/lijst"
PUT, TAKE = "Zet ze op de lijst", "Haal ze van de lijst"
NEW = "Moet hem nu voor het eerst doen"


@pytest.fixture
def numbers(arrange: Arrange, units: dict[str, Unit]) -> dict[str, str]:
    """Return the numbers of four people: one holds it, one must already, one has left."""
    found = {}
    with arrange() as session:
        for name in ("Aisha", "Bram", "Chen", "Daan"):
            person = a_person(session, name=name)
            ends_on = DAY - ONE if name == "Daan" else None
            an_appointment(
                session, person=person, unit=units["law"], category="support", ends_on=ends_on
            )
            found[name] = person.external_id
            if name == "Bram":
                an_award(session, person=person)
            if name == "Chen":
                an_obligation(session, person=person)
    return found


@pytest.fixture
def central(new_client: NewClient, arrange: Arrange, units: dict[str, Unit]) -> StrictClient:
    assert units
    return signed_in_as(new_client(), arrange, Role.HR_CENTRAL)


def send(client: StrictClient, *, status: int = 200, **answers: object) -> Page:
    """Send the form of the list."""
    form = visit(client, LIST).form(LOOK)
    data = {**form.values, "wie": "erop", **answers}
    response = client.post(form.action, data=data, content_type="multipart/form-data")
    return arrive(client, response, status=status)


def listed(arrange: Arrange) -> list[tuple[Basis, date, date | None]]:
    with arrange() as session:
        rows = session.scalars(
            select(Obligation)
            .where(known(Obligation, None))
            .order_by(Obligation.opened_on, Obligation.closed_on)
        )
        return [(row.basis, row.opened_on, row.closed_on) for row in rows]


def test_a_pasted_list_is_looked_over_row_by_row_and_saves_nothing(
    central: StrictClient, numbers: dict[str, str], arrange: Arrange
) -> None:
    before = listed(arrange)
    lines = [*numbers.values(), numbers["Aisha"], "", "99999"]
    found = AssignmentPage(send(central, nummers="\n".join(lines)))
    assert found.counts == {
        "Gevonden in het personeelsbestand": "3",
        NEW: "2",
        "Moet hem al doen": "1",
        "Heeft hem al behaald; dat blijft geldig": "1",
        "Vrijgesteld op die dag": "0",
        "Rijen overgeslagen": "2",
    }
    assert found.tables[1].rows == [["Aisha", "law nl"], ["Bram", "law nl"]]
    assert found.tables[2].rows == [
        ["4", "hoort bij iemand zonder dienstverband op die dag"],
        ["7", "hoort bij niemand in het personeelsbestand"],
    ]
    assert listed(arrange) == before


def test_saving_it_counts_them_beside_a_rule_and_twice_is_once(
    central: StrictClient, numbers: dict[str, str], arrange: Arrange, clock: SetClock
) -> None:
    draft = RuleDraft("academics", TRAINING, {"category": "academic"}, DAY, None, 60)
    with arrange() as session:
        trainings = {TRAINING: a_training()}
        add_rule(session, draft=draft, trainings=trainings, made_by=None, clock=clock)
    form = send(central, nummers=f"{numbers['Aisha']};x\n{numbers['Bram']};y").form(PUT)
    saved = form.submit()
    assert "3 medewerkers" in saved.text
    assert form.send().status_code == 404
    assert PeoplePage.open(central).names == ["Aisha", "Bram", "Chen"]
    with arrange() as session:
        (entry,) = session.scalars(
            select(AuditEntry).where(AuditEntry.kind == AuditKind.LIST_EXTENDED)
        )
        assert (entry.subject_id, '"count": "2"' in str(entry.facts)) == (None, True)


def test_whoever_is_taken_off_had_to_do_it_before(
    central: StrictClient, numbers: dict[str, str], arrange: Arrange
) -> None:
    day = DAY + 5 * ONE
    page = send(central, wie="eraf", vanaf=str(day), nummers=numbers["Chen"])
    page.form(TAKE).submit()
    assert listed(arrange) == [(Basis.LISTED, date(2025, 9, 1), day)]
    nothing = send(central, wie="eraf", nummers=numbers["Aisha"])
    assert "Deze lijst verandert voor niemand iets." in nothing.text


def test_a_file_counts_and_its_example_can_be_sent(
    central: StrictClient, numbers: dict[str, str]
) -> None:
    example = central.get(f"{LIST}/voorbeeld.csv").get_data()
    sent = example.replace(b"100234", numbers["Aisha"].encode())
    found = send(central, bestand=(BytesIO(sent), "x.csv"), nummers="99999")
    assert AssignmentPage(found).counts[NEW] == "1"


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"nummers": ""}, "nummers"),
        ({"nummers": "1", "wie": ""}, "wie"),
        ({"nummers": "1", "dagen": "3"}, "dagen"),
        ({"nummers": "1", "vanaf": "2027-01-01"}, "vanaf"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(
    central: StrictClient, answers: dict[str, str], field: str
) -> None:
    page = send(central, status=422, **answers)
    assert any(href == f"#{field}" for _, href in page.links)
    assert page.form(LOOK).values["nummers"].strip() == answers["nummers"]


def test_nobody_else_sees_a_list(
    central: StrictClient, numbers: dict[str, str], new_client: NewClient, arrange: Arrange
) -> None:
    action = send(central, nummers=numbers["Aisha"]).form(PUT).action
    other = signed_in_as(new_client(), arrange, Role.HR_CENTRAL)
    assert other.get(action).status_code == 404
