"""Assigning a training: two questions and a check, nothing saved before, history kept after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from elearning.clock import SetClock
from elearning.services.assign_training import RuleDraft, add_rule
from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.completion import Award, Obligation
from elearning.storage.facts import known
from elearning.storage.people import Role, Unit
from elearning.storage.rules import AssignmentRule
from tests.builders import (
    PASSWORD,
    TRAINING,
    a_person,
    an_account,
    an_appointment,
    an_award,
    an_exemption,
    an_obligation,
)
from tests.databases import TODAY
from tests.pages.assignment import CHANGE, END, LOOK, MAKE, NEXT, AssignmentPage, Values
from tests.pages.hr import PeoplePage
from tests.pages.page import visit
from tests.pages.sign_in import SignInPage
from tests.trainings import a_training
from tests.web.conftest import Arrange
from tests.web.strict_client import StrictClient
from tests.web.test_hr import signed_in_as, units

__all__ = ["units"]
NewClient = Callable[[], StrictClient]
DAY = TODAY.date()
ONE = timedelta(days=1)
TRAININGS = {TRAINING: a_training()}
ACADEMICS = "wetenschappelijk en onderwijzend personeel"
ACADEMIC: Values = {"wie": "keuze", "categorie": "academic"}


@pytest.fixture
def central(new_client: NewClient, arrange: Arrange, units: dict[str, Unit]) -> StrictClient:
    """Return HR of the institution, and staff: two academics in arts, one supporter in law."""
    with arrange() as session:
        for name in ("Aisha", "Bram"):
            an_appointment(session, person=a_person(session, name=name), unit=units["arts"])
        chen = a_person(session, name="Chen")
        an_appointment(session, person=chen, unit=units["law"], category="support", tags="coach")
    return signed_in_as(new_client(), arrange, Role.HR_CENTRAL)


def check(client: StrictClient, **who: str | list[str]) -> AssignmentPage:
    """Answer both questions, the second as it stands."""
    asked = AssignmentPage.open(client, "/hr/toewijzing/wie").send(NEXT, who or ACADEMIC)
    return asked.send(LOOK)


def rules(arrange: Arrange) -> list[tuple[object, ...]]:
    """Return what is on record now: predicate, first day, first day after."""
    with arrange() as session:
        rows = session.scalars(
            select(AssignmentRule)
            .where(known(AssignmentRule, None))
            .order_by(AssignmentRule.from_on)
        )
        return [(row.predicate, row.from_on, row.until_on) for row in rows]


def obligations(arrange: Arrange) -> int:
    with arrange() as session:
        statement = select(func.count()).select_from(Obligation).where(known(Obligation, None))
        return session.scalar(statement) or 0


class TestANewRule:
    """From nothing to a rule."""

    def test_without_rules_the_page_says_so_and_leads_to_the_first_question(
        self, central: StrictClient
    ) -> None:
        page = AssignmentPage.open(central).page
        assert "Nog niemand toegewezen door een regel" in page.text
        assert page.follow("Wijs een training toe").heading == "Wie moet een training doen?"
        overview = visit(central, "/hr")
        assert overview.follow("Toewijzingen").heading == "Toewijzingen"

    def test_the_check_page_counts_and_nothing_is_saved(
        self, central: StrictClient, arrange: Arrange
    ) -> None:
        found = check(central)
        assert found.sentences == [f"{ACADEMICS}."]
        # The officer who is signed in works nowhere.
        assert found.counts == {
            "De regel gaat over hen": "2",
            "Werkt hier, en de regel gaat niet over hen": "1",
            "Moet hem nu voor het eerst doen": "2",
            "Van wie later in dienst komt": "0",
            "Moet hem al doen": "0",
            "Heeft hem al behaald; dat blijft geldig": "0",
            "Vrijgesteld op die dag": "0",
            "Hoeft hem niet meer te doen": "0",
        }
        assert [row[0] for row in found.tables[1].rows] == ["Aisha", "Bram"]
        assert found.tables[2].rows == [["Chen", "law nl"]]
        assert "2 mei 2027" in found.page.text
        assert (rules(arrange), obligations(arrange)) == ([], 0)

    def test_confirming_makes_the_rule_and_the_person_reads_the_same_words(
        self, central: StrictClient, arrange: Arrange, new_client: NewClient, units: dict[str, Unit]
    ) -> None:
        found = check(central, wie="keuze", categorie="academic", eenheid=["arts", "law"])
        made = found.send(MAKE)
        assert made.page.heading == "Toewijzingen"
        assert obligations(arrange) == 2
        with arrange() as session:
            person = a_person(session, name="Daan")
            an_appointment(session, person=person, unit=units["arts"])
            account = an_account(session, person=person)
            an_obligation(session, person=person, rule_code="any", opened_on=DAY)
        learner = new_client()
        SignInPage.open(learner).sign_in(account.sign_in_name, PASSWORD)
        theirs = visit(learner, "/wat-ziet-hr").text
        (sentence,) = made.sentences
        assert sentence == f"{ACADEMICS} en (iedereen in arts nl of iedereen in law nl)."
        assert f"Geldt voor: {sentence}" in theirs

    def test_pressing_the_button_twice_makes_one_rule(
        self, central: StrictClient, arrange: Arrange
    ) -> None:
        found = check(central)
        found.send(MAKE)
        found.send(MAKE)
        assert len(rules(arrange)) == 1
        assert obligations(arrange) == 2

    def test_other_answers_afterwards_are_another_rule(
        self, central: StrictClient, arrange: Arrange
    ) -> None:
        found = check(central)
        found.send(MAKE)
        when = AssignmentPage(found.page.follow("Wijzig wat en wanneer"))
        when.send(LOOK, {"dagen": "90"}).send(MAKE)
        assert len(rules(arrange)) == 2

    def test_everyone_is_a_choice_of_its_own(self, central: StrictClient, arrange: Arrange) -> None:
        found = check(central, wie="iedereen", categorie="academic")
        assert found.sentences == ["iedereen die hier werkt."]
        found.send(MAKE)
        assert rules(arrange) == [({"all": []}, DAY, None)]

    def test_who_is_valid_exempt_or_obliged_already_is_told_apart(
        self, central: StrictClient, arrange: Arrange, units: dict[str, Unit]
    ) -> None:
        with arrange() as session:
            done = a_person(session, name="Daan")
            an_appointment(session, unit=units["law"], person=done)
            an_award(session, person=done)
            exempt = a_person(session, name="Esra")
            an_appointment(session, unit=units["law"], person=exempt)
            row = an_obligation(session, person=exempt)
            an_exemption(session, obligation=row, from_on=DAY, until_on=DAY + 9 * ONE)
        found = check(central)
        assert found.counts["Moet hem nu voor het eerst doen"] == "3"
        assert found.counts["Moet hem al doen"] == "1"
        assert found.counts["Heeft hem al behaald; dat blijft geldig"] == "1"
        assert found.counts["Vrijgesteld op die dag"] == "1"
        standings = {row[0]: row[2] for row in found.tables[1].rows}
        assert standings["Daan"] == "Al behaald"
        assert standings["Esra"] == "Vrijgesteld"
        with arrange() as session:
            before = session.scalars(select(Award.id)).all()
        found.send(MAKE)
        with arrange() as session:
            assert session.scalars(select(Award.id)).all() == before


class TestWhatIsWrong:
    """Answers that cannot be: said at the field and on top, with everything kept."""

    @pytest.mark.parametrize(
        ("answers", "field", "words"),
        [
            ({}, "wie", "Kies iedereen, of een deel"),
            ({"wie": "keuze"}, "categorie", "Kies minstens één soort, functie, eenheid of omvang"),
            ({"wie": "keuze", "omvang": "0"}, "omvang", "Vul een heel getal in van 1"),
            ({"wie": "keuze", "omvang": "half"}, "omvang", "Vul een heel getal in van 1"),
            ({"wie": "keuze", "eenheid": "weg"}, "eenheid", "Een van de eenheden is er niet meer"),
            ({"wie": "keuze", "functie": "koning"}, "functie", "Kies uit deze lijst"),
            ({"wie": "keuze", "categorie": "adel"}, "categorie", "Kies uit deze lijst"),
        ],
    )
    def test_in_the_first_answer(
        self, central: StrictClient, answers: dict[str, str], field: str, words: str
    ) -> None:
        asked = AssignmentPage.open(central, "/hr/toewijzing/wie")
        refused = asked.send(NEXT, answers, status=422).page
        assert refused.title.startswith("Fout: ")
        assert any(words in label and href == f"#{field}" for label, href in refused.links)
        assert refused.find(f"{field}-error") is not None

    @pytest.mark.parametrize(
        ("answers", "field"),
        [
            ({"vanaf": "2027-03-02"}, "vanaf"),
            ({"vanaf": "2030-01-01"}, "vanaf"),
            ({"vanaf": "morgen"}, "vanaf"),
            ({"dagen": "13"}, "dagen"),
            ({"dagen": "366"}, "dagen"),
            ({"dagen": "veel"}, "dagen"),
            ({"training": "nergens"}, "training"),
        ],
    )
    def test_in_the_second_answer(
        self, central: StrictClient, answers: dict[str, str], field: str
    ) -> None:
        asked = AssignmentPage.open(central, "/hr/toewijzing/wie").send(NEXT, ACADEMIC)
        refused = asked.send(LOOK, answers, status=422).page
        assert any(href == f"#{field}" for _, href in refused.links)
        kept = {**refused.form(LOOK).values, "training": answers.get("training", "")}
        assert answers.items() <= kept.items()

    def test_a_page_that_is_asked_for_too_soon_leads_to_the_question_before_it(
        self, central: StrictClient
    ) -> None:
        for address in ("/hr/toewijzing/wanneer", "/hr/toewijzing/controle"):
            assert visit(central, address).heading == "Wie moet een training doen?"

    def test_a_rule_that_is_gone_cannot_be_changed_or_ended(self, central: StrictClient) -> None:
        visit(central, "/hr/toewijzing/wie?regel=weg", status=404)
        visit(central, "/hr/toewijzing/weg/einde", status=404)


class TestChangeAndEnd:
    """A rule goes on as another, or ends: what was before stays."""

    @pytest.fixture(autouse=True)
    def made(self, central: StrictClient, arrange: Arrange, clock: SetClock) -> StrictClient:
        """Let everyone have to do the training since ten days."""
        draft = RuleDraft("all-staff", TRAINING, {"all": []}, DAY, None, 60)
        with arrange() as session:
            add_rule(session, draft=draft, trainings=TRAININGS, made_by=None, clock=clock)
        clock.instant += 10 * ONE
        return signed_in_as(central, arrange, Role.HR_CENTRAL)

    def test_a_change_says_who_falls_out_and_ends_the_earlier_one(
        self, made: StrictClient, arrange: Arrange
    ) -> None:
        who = AssignmentPage.open(made).page
        asked = AssignmentPage(
            visit(made, next(href for label, href in who.links if "Wijzig deze regel" in label))
        )
        assert "Geldt voor: iedereen die hier werkt." in asked.page.text
        found = asked.send(NEXT, ACADEMIC).send(LOOK)
        assert found.counts["Moet hem al doen"] == "2"
        assert found.counts["Hoeft hem niet meer te doen"] == "1"
        found.send(CHANGE)
        assert rules(arrange) == [
            ({"all": []}, DAY, DAY + 10 * ONE),
            ({"category": "academic"}, DAY + 10 * ONE, None),
        ]
        ended = AssignmentPage.open(made).page
        assert ended.headings.count("Regels die zijn geëindigd") == 1
        assert len(people(made, DAY + 9 * ONE)) == 3
        assert len(people(made, DAY + 10 * ONE)) == 2

    def test_an_end_says_how_many_obligations_close_and_keeps_the_days_before(
        self, made: StrictClient, arrange: Arrange, clock: SetClock
    ) -> None:
        page = visit(made, "/hr/toewijzing/all-staff/einde?dag=2027-04-01")
        assert "3 verplichtingen eindigen op 1 april 2027." in page.text
        assert rules(arrange) == [({"all": []}, DAY, None)]
        AssignmentPage(page).send(END)
        AssignmentPage(page).send(END)
        until = date(2027, 4, 1)
        assert rules(arrange) == [({"all": []}, DAY, until)]
        clock.instant += 30 * ONE
        made = signed_in_as(made, arrange, Role.HR_CENTRAL)
        assert len(people(made, until - ONE)) == 3
        assert people(made, until) == []

    @pytest.mark.parametrize("day", ["2027-03-12", "nu", ""])
    def test_an_end_in_the_past_or_none_is_refused(self, made: StrictClient, day: str) -> None:
        page = visit(made, f"/hr/toewijzing/all-staff/einde?dag={day}", status=422)
        assert any(href == "#dag" for _, href in page.links)

    def test_a_rule_that_ends_on_the_day_it_began_never_was(
        self, made: StrictClient, arrange: Arrange
    ) -> None:
        check(made, wie="keuze", functie="coach").send(MAKE)
        code = next(href for _, href in visit(made, "/hr/toewijzing").links if "/r-" in href)
        AssignmentPage(visit(made, f"{code}?dag={DAY + 10 * ONE}")).send(END)
        assert rules(arrange) == [({"all": []}, DAY, None)]

    def test_the_log_counts_and_names_nobody(self, made: StrictClient, arrange: Arrange) -> None:
        page = visit(made, "/hr/toewijzing/all-staff/einde?dag=2027-04-01")
        AssignmentPage(page).send(END)
        with arrange() as session:
            entries = session.scalars(
                select(AuditEntry).where(
                    AuditEntry.kind.in_([AuditKind.RULE_ADDED, AuditKind.RULE_ENDED])
                )
            ).all()
            facts = [entry.facts for entry in entries]
            assert [entry.subject_id for entry in entries] == [None, None]
        assert '"count": "3", "ended": "0"' in str(facts[0])
        assert '"count": "0", "ended": "3"' in str(facts[1])


def test_reading_names_on_the_check_page_is_noted(central: StrictClient, arrange: Arrange) -> None:
    check(central)
    with arrange() as session:
        kinds = session.scalars(select(AuditEntry.kind)).all()
    assert kinds == [AuditKind.PEOPLE_READ]


def people(client: StrictClient, day: date) -> list[str]:
    """Return who must hold the training on a day, as the overview shows it."""
    return PeoplePage.open(client, f"/hr/mensen?dag={day}").names
