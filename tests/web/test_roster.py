"""The roster in the web: nothing is saved before somebody says so, and it can be undone."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select

from elearning.clock import SetClock
from elearning.services.roster_row import COLUMNS, REQUIRED
from elearning.services.stage_roster import forget_old_uploads
from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.facts import known
from elearning.storage.people import Appointment, Role, Unit
from elearning.storage.roster import RosterUpload
from tests.pages.hr import TableOnPage
from tests.pages.html import elements
from tests.pages.page import Page, arrive, visit
from tests.web.conftest import Arrange
from tests.web.strict_client import StrictClient
from tests.web.test_hr import signed_in_as, units

__all__ = ["units"]
NewClient = Callable[[], StrictClient]
CHANGED_PERSON = ("Gewijzigde gegevens van de medewerker", "2", "1", "")
MISSING = "Voor de eerste keer niet in het bestand; er verandert nog niets"
APPLY = "Verwerk dit personeelsbestand"
HEADS = ";".join(names[0] for names in COLUMNS.values())


@pytest.fixture
def central(new_client: NewClient, arrange: Arrange, units: dict[str, Unit]) -> StrictClient:
    assert units
    return signed_in_as(new_client(), arrange, Role.HR_CENTRAL)


def row(number: int, unit: str = "arts") -> str:
    return (
        f"{number};1;Person {number};p{number}@x.example;nl;{unit};academic;lecturer;0,8;ja;"
        "2026-09-01;"
    )


def roster(*rows: str) -> bytes:
    return "\r\n".join((HEADS, *rows)).encode("utf-8-sig")


def many(count: int) -> list[str]:
    return [row(number) for number in range(1, count + 1)]


def upload(client: StrictClient, content: bytes) -> Page:
    form = visit(client, "/hr/rooster").form("Bekijk wat er verandert")
    data = {**form.values, "bestand": (BytesIO(content), "rooster.csv")}
    return arrive(client, client.post(form.action, data=data, content_type="multipart/form-data"))


def apply(client: StrictClient, content: bytes, **fields: str) -> Page:
    return arrive(client, upload(client, content).form(APPLY).send(**fields))


def appointments(arrange: Arrange) -> int:
    with arrange() as session:
        statement = select(func.count()).select_from(Appointment).where(known(Appointment, None))
        return session.scalar(statement) or 0


def test_an_upload_shows_what_would_change_and_saves_nothing(
    central: StrictClient, arrange: Arrange
) -> None:
    page = upload(central, roster(*many(2), row(3, "nowhere")))
    assert "Dit personeelsbestand heeft 3 rijen." in page.text
    assert "1 van 3 rijen is niet ingelezen." in page.text
    assert "is geen eenheid op de dag van het bestand" in page.text
    assert appointments(arrange) == 0


def test_a_row_with_two_mistakes_is_one_row_and_both_are_told(central: StrictClient) -> None:
    wrong = row(3).replace("0,8", "80%").replace("2026-09-01", "1 sept")
    page = upload(central, roster(*many(2), wrong))
    assert "1 van 3 rijen is niet ingelezen." in page.text
    _, left_out = elements(page.root, "table")
    assert [line[:2] for line in TableOnPage(left_out).rows] == [["4", "fte"], ["4", "begindatum"]]
    apply(central, roster(*many(2), wrong))
    page = visit(central, "/hr/rooster")
    assert "1 van 3 rijen is niet ingelezen." in page.text


def test_words_that_no_rule_uses_are_a_notice_and_no_mistake(central: StrictClient) -> None:
    plain = upload(central, roster(*many(2)))
    assert "Functiewoorden" not in plain.text
    page = upload(central, roster(row(1), row(2).replace("lecturer", "lecturer profesor")))
    shown = TableOnPage(list(elements(page.root, "table"))[-1])
    assert shown.rows == [["profesor", "1", "3"]]
    assert "Dat is geen fout." in page.text
    assert "niet ingelezen" not in page.text
    assert apply(central, roster(row(1), row(2))).heading == "Personeelsbestand"


def test_what_would_change_can_be_taken_along_line_by_line_and_that_is_noted(
    central: StrictClient, arrange: Arrange, clock: SetClock
) -> None:
    apply(central, roster(*many(20)))
    clock.instant += timedelta(days=1)
    central = signed_in_as(central, arrange, Role.HR_CENTRAL)
    changed = row(1).replace("0,8;ja", "0,5;nee").replace("Person 1", "=Person 1")
    page = upload(central, roster(changed, *many(19)[1:], row(21)))
    answer = central.get(page.href("Download regel voor regel wat er verandert (CSV)"))
    disposition = 'attachment; filename="wijzigingen-2027-03-04.csv"'
    assert answer.headers["Content-Disposition"] == disposition
    text = answer.get_data().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    start = rows.index([]) + 1
    assert rows[start][:2] == ["Wat", "Rij"]
    assert rows[start + 1 :] == [
        ["Gewijzigd dienstverband", "2", "1", "1", "fte", "0,8", "0,5"],
        ["Gewijzigd dienstverband", "2", "1", "1", "hoofddienstverband", "ja", "nee"],
        [*CHANGED_PERSON, "naam", "Person 1", "'=Person 1"],
        ["Nieuw dienstverband", "21", "21", "1", "eenheid", "", "arts"],
        [MISSING, "", "20", "1", "", "", ""],
    ]
    with arrange() as session:
        kinds = session.scalars(select(AuditEntry.kind).order_by(AuditEntry.number)).all()
    assert kinds[-1] is AuditKind.DETAILS_READ


def test_people_who_get_another_name_or_address_are_counted_before_it_is_applied(
    central: StrictClient,
) -> None:
    apply(central, roster(*many(3)))
    renamed = [row(1).replace("Person 1", "Somebody"), row(2).replace("p2@", "new@"), row(3)]
    page = upload(central, roster(*renamed))
    (counts, *_rest) = (TableOnPage(each) for each in elements(page.root, "table"))
    assert ("Medewerkers die een andere naam, taal of ander adres krijgen", "2") in [
        tuple(each) for each in counts.rows
    ]
    assert ["Hetzelfde gebleven", "3"] in [list(each) for each in counts.rows]


def test_a_name_that_lost_letters_changes_nothing_and_says_what_helps(
    central: StrictClient,
) -> None:
    apply(central, roster(row(1).replace("Person 1", "Dilan Yıldız")))
    page = upload(central, roster(row(1).replace("Person 1", "Dilan Y?ld?z")))
    assert "Kies in Excel CSV UTF-8" in page.text
    assert "Y?ld?z" not in page.text


def test_where_nothing_would_change_there_is_nothing_to_take_along(central: StrictClient) -> None:
    apply(central, roster(*many(2)))
    assert "Download regel voor regel" not in upload(central, roster(*many(2))).text


def test_applying_it_leads_back_to_what_it_changed(central: StrictClient, arrange: Arrange) -> None:
    page = apply(central, roster(*many(3)))
    assert page.heading == "Personeelsbestand"
    assert "Het personeelsbestand is verwerkt." in page.text
    assert "Het laatste personeelsbestand is van 3 maart 2027." in page.text
    assert appointments(arrange) == 3
    with arrange() as session:
        assert session.scalar(select(func.count()).select_from(RosterUpload)) == 0


def test_no_name_and_no_address_of_a_row_left_out_is_shown(central: StrictClient) -> None:
    page = upload(central, roster(row(1).replace("academic", "Geheim"), row(2)))
    assert "Person 1" not in page.response.text
    assert "Geheim" not in page.response.text


def test_many_endings_are_asked_about_with_their_number(
    central: StrictClient, arrange: Arrange, clock: SetClock
) -> None:
    apply(central, roster(*many(20)))
    clock.instant += timedelta(days=1)
    central = signed_in_as(central, arrange, Role.HR_CENTRAL)
    page = upload(central, roster(*many(18)))
    assert "2 van 20 dienstverbanden zouden eindigen of ontbreken" in page.text
    refused = page.form(APPLY).send(eindigt="3")
    assert refused.status_code == 422
    assert "Vul 2 in als er zoveel mogen eindigen" in refused.text
    assert arrive(central, page.form(APPLY).send(eindigt="2")).heading == "Personeelsbestand"


def test_the_last_roster_can_be_undone_for_a_day(
    central: StrictClient, arrange: Arrange, clock: SetClock
) -> None:
    page = apply(central, roster(*many(3)))
    page = arrive(central, page.form("Maak dit personeelsbestand ongedaan").send())
    assert appointments(arrange) == 0
    assert "Het personeelsbestand is ongedaan gemaakt." in page.text
    assert "24 uur lang ongedaan" not in page.text
    page = apply(central, roster(*many(3)))
    clock.instant += timedelta(hours=25)
    central = signed_in_as(central, arrange, Role.HR_CENTRAL)
    assert "ongedaan" not in visit(central, "/hr/rooster").text


def test_undoing_twice_changes_nothing(central: StrictClient, arrange: Arrange) -> None:
    page = apply(central, roster(*many(3)))
    form = page.form("Maak dit personeelsbestand ongedaan")
    form.send()
    assert form.send().status_code == 409
    assert appointments(arrange) == 0


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (b"", "Kies een bestand"),
        (b"naam;plaats\nNoor;Utrecht", "Deze kolommen ontbreken: personeelsnummer, dienstverband"),
        (b"\0\1\2", "Dit bestand is geen tekst. Sla het op als CSV."),
        (HEADS.encode() + b'\n"' + b"x" * 200_000, "Rij 2 is niet te lezen als CSV."),
    ],
)
def test_what_is_no_roster_is_refused_at_once(
    central: StrictClient, sent: bytes, words: str
) -> None:
    form = visit(central, "/hr/rooster").form("Bekijk wat er verandert")
    data = {**form.values, "bestand": (BytesIO(sent), "x.csv")}
    response = central.post(form.action, data=data, content_type="multipart/form-data")
    assert response.status_code == 422
    assert words in response.text


def test_the_page_explains_every_column_of_a_roster(central: StrictClient) -> None:
    page = visit(central, "/hr/rooster")
    found = TableOnPage(next(elements(page.root, "table"))).rows
    assert [row[0] for row in found] == [names[0] for names in COLUMNS.values()]
    required = [row[0] for row in found if row[1] == "Ja"]
    assert required == [COLUMNS[name][0] for name in REQUIRED]


def test_a_large_roster_may_be_sent_and_a_large_form_elsewhere_not(central: StrictClient) -> None:
    assert "heeft 4.000 rijen" in upload(central, roster(*many(4_000))).text
    form = visit(central, "/hr/rooster").form("Bekijk wat er verandert")
    data = {**form.values, "bestand": (BytesIO(b"x" * 400_000), "x.csv")}
    response = central.post("/uitloggen", data=data, content_type="multipart/form-data")
    assert response.status_code == 413


def test_nobody_else_sees_an_upload(
    central: StrictClient, new_client: NewClient, arrange: Arrange
) -> None:
    form = upload(central, roster(*many(2))).form(APPLY)
    other = signed_in_as(new_client(), arrange, Role.HR_CENTRAL)
    assert other.get(form.action.partition("#")[0]).status_code == 404


def test_an_upload_that_nobody_decided_about_is_gone_after_a_day(
    central: StrictClient, arrange: Arrange, clock: SetClock
) -> None:
    upload(central, roster(*many(2)))
    clock.instant += timedelta(days=1)
    with arrange() as session:
        assert forget_old_uploads(session, clock=clock) == 1


def test_the_example_can_be_uploaded_as_it_is(central: StrictClient) -> None:
    example = central.get("/hr/rooster/voorbeeld.csv")
    assert example.headers["Content-Disposition"] == 'attachment; filename="voorbeeld.csv"'
    page = upload(central, example.get_data().replace(b"INF", b"arts"))
    assert "heeft 1 rij." in page.text
