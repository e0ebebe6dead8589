"""The holder's own certificates: a page that is the certificate, a PDF, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

import pytest

from elearning.clock import SetClock
from elearning.config import Settings
from elearning.content.library import Library
from elearning.services.issue_certificate import Issuing, code_of, issue_certificate
from elearning.storage.completion import Award
from elearning.storage.people import Account
from tests.builders import a_person, an_account, an_award, an_obligation
from tests.pages.certificate import CertificatePage
from tests.pages.page import arrive, visit
from tests.pages.verify import VerifyPage
from tests.web.conftest import Arrange, SignIn
from tests.web.strict_client import StrictClient

HARD_NAMES = ("Şerife Gökçe-Łukasiewicz", "王小明", "محمد", "Noor 🌷 de Wit", "O'Brien <b>&amp;")


@dataclass(frozen=True, slots=True)
class Issuer:
    """Gives certificates in a test."""

    arrange: Arrange
    issuing: Issuing

    def issue(self, account: Account, *, valid_until: date | None = date(2029, 1, 15)) -> Award:
        """Let somebody hold a certificate that was obtained on 15 January 2027."""
        with self.arrange() as session:
            award = an_award(session, person=account.person, valid_until=valid_until)
            issue_certificate(session, award=award, issuing=self.issuing)
            return award

    def replace(self, award: Award, *, on: date) -> Award:
        """Let a newer certificate replace this one."""
        with self.arrange() as session:
            old = session.get_one(Award, award.id)
            new = Award(
                id=uuid4(),
                person_id=old.person_id,
                training_id=old.training_id,
                sequence=old.sequence + 1,
                content_version=old.content_version,
                obtained_on=on,
                valid_from=on,
                valid_until=None,
                kind=old.kind,
                supersedes_id=old.id,
                withdrawn_on=None,
                recorded_at=old.recorded_at,
            )
            session.add(new)
            session.flush()
            issue_certificate(session, award=new, issuing=self.issuing)
            return new

    def withdraw(self, award: Award, *, on: date) -> None:
        """Take a certificate back."""
        with self.arrange() as session:
            session.get_one(Award, award.id).withdrawn_on = on


@pytest.fixture
def issuer(arrange: Arrange, library: Library, settings: Settings, clock: SetClock) -> Issuer:
    """Return what issues certificates as the application does."""
    return Issuer(arrange, Issuing(library, settings.secret_key, clock))


@pytest.fixture
def award(issuer: Issuer, account: Account) -> Award:
    """Return the award of Noor de Wit, with its certificate."""
    return issuer.issue(account)


def test_the_page_is_the_certificate(
    signed_in: StrictClient, award: Award, settings: Settings, library: Library
) -> None:
    page = CertificatePage.open(signed_in, award.id)
    load = library.training(award.training_id).study_load_minutes
    assert page.name == "Noor de Wit"
    assert page.title == "Eerste reactie – basistraining voor medewerkers"
    assert page.goals[0] == "ruimte geven zonder uit te horen"
    assert len(page.goals) == 4
    assert page.facts["Behaald op"] == "15 januari 2027"
    assert page.facts["Geldig tot en met"] == "14 januari 2029"
    assert page.facts["Studielast"] == f"{load} minuten"
    assert page.code == str(code_of(award.id, settings.secret_key))


def test_the_language_switch_gives_the_same_certificate_in_the_other_language(
    signed_in: StrictClient, award: Award
) -> None:
    dutch = CertificatePage.open(signed_in, award.id)
    english = CertificatePage(dutch.page.switch_language())
    assert english.title == "First response – basic training for staff"
    assert english.facts["Obtained on"] == "15 January 2027"
    assert (english.name, english.code) == (dutch.name, dutch.code)


def test_the_code_on_it_leads_anyone_to_the_same_facts(
    signed_in: StrictClient, new_client: Callable[[], StrictClient], award: Award
) -> None:
    page = CertificatePage.open(signed_in, award.id)
    address = page.page.href(f"localhost/v/{page.code}")
    assert address == f"http://localhost/v/{page.code}"
    checked = VerifyPage.open(new_client(), page.code)
    assert checked.status == "Geldig"
    same = ("Behaald op", "Geldig tot en met", "Studielast", "Versie", "Uitgegeven door")
    assert {each: checked.facts[each] for each in same} == {each: page.facts[each] for each in same}
    assert checked.compare_name(page.name).name_answer == "De naam klopt"


def test_the_page_says_nothing_of_how_it_was_obtained(
    signed_in: StrictClient, award: Award
) -> None:
    text = CertificatePage.open(signed_in, award.id).page.text.lower()
    for word in ("score", "poging", "punten", "gelezen", "gesprek geoefend"):
        assert word not in text


class TestTheName:
    """Whatever somebody is called, the page is their certificate."""

    @pytest.mark.parametrize("name", HARD_NAMES)
    def test_stands_on_the_page_as_it_is(
        self, client: StrictClient, arrange: Arrange, issuer: Issuer, sign_in: SignIn, name: str
    ) -> None:
        holder = an_account_of(arrange, name)
        award = issuer.issue(holder)
        sign_in(client, holder)
        page = CertificatePage.open(client, award.id)
        assert page.name == name
        checked = VerifyPage.open(client, page.code)
        assert checked.compare_name(name).name_answer == "De naam klopt"

    @pytest.mark.parametrize("name", HARD_NAMES)
    def test_never_leads_to_an_error_page_instead_of_a_pdf(
        self, client: StrictClient, arrange: Arrange, issuer: Issuer, sign_in: SignIn, name: str
    ) -> None:
        holder = an_account_of(arrange, name)
        award = issuer.issue(holder)
        sign_in(client, holder)
        response = client.get(f"/certificaat/{award.id}/pdf")
        assert response.status_code == 200
        if response.mimetype == "application/pdf":
            assert response.data.startswith(b"%PDF-")
        else:
            assert CertificatePage(arrive(client, response)).name == name

    def test_without_letters_in_any_font_gets_the_page_and_a_word_why(
        self, client: StrictClient, arrange: Arrange, issuer: Issuer, sign_in: SignIn
    ) -> None:
        holder = an_account_of(arrange, "Noor 🌷 de Wit")
        award = issuer.issue(holder)
        sign_in(client, holder)
        page = CertificatePage(visit(client, f"/certificaat/{award.id}/pdf"))
        assert page.name == "Noor 🌷 de Wit"
        assert "Deze pagina is je certificaat" in page.page.headings
        assert "Downloaden als pdf" not in [label for label, _ in page.page.links]

    def test_is_the_one_at_issue(
        self, signed_in: StrictClient, arrange: Arrange, account: Account, award: Award
    ) -> None:
        with arrange() as session:
            session.merge(account.person).display_name = "Noor Jansen"
        assert CertificatePage.open(signed_in, award.id).name == "Noor de Wit"


class TestThePdf:
    """The same certificate as a file."""

    @pytest.mark.parametrize(
        ("lang", "file_name"), [("nl", "certificaat-2027.pdf"), ("en", "certificate-2027.pdf")]
    )
    def test_has_a_neutral_name_in_the_language_of_the_page(
        self, signed_in: StrictClient, award: Award, lang: str, file_name: str
    ) -> None:
        response = signed_in.get(f"/certificaat/{award.id}/pdf?lang={lang}")
        assert response.mimetype == "application/pdf"
        assert file_name in response.headers["Content-Disposition"]
        assert response.headers["Cache-Control"] == "no-store"

    def test_is_the_same_file_every_time(
        self, signed_in: StrictClient, award: Award, clock: SetClock
    ) -> None:
        first = signed_in.get(f"/certificaat/{award.id}/pdf").data
        clock.instant += timedelta(minutes=30)
        assert signed_in.get(f"/certificaat/{award.id}/pdf").data == first

    def test_is_one_click_away(self, signed_in: StrictClient, award: Award) -> None:
        href = CertificatePage.open(signed_in, award.id).page.href("Downloaden als pdf")
        assert signed_in.get(href).data.startswith(b"%PDF-")


class TestSomebodyElse:
    """A certificate that is not one's own is not there."""

    def test_gets_the_very_answer_of_a_missing_page(
        self,
        signed_in: StrictClient,
        new_client: Callable[[], StrictClient],
        arrange: Arrange,
        sign_in: SignIn,
        award: Award,
    ) -> None:
        other = new_client()
        sign_in(other, an_account_of(arrange, "Sam Bakker"))
        for suffix in ("", "/pdf"):
            theirs, missing = (
                other.get(f"/certificaat/{award_id}{suffix}") for award_id in (award.id, uuid4())
            )
            assert theirs.status_code == missing.status_code == 404
            assert without(theirs.text, theirs.request.path) == without(
                missing.text, missing.request.path
            )
        assert signed_in.get(f"/certificaat/{award.id}").status_code == 200

    def test_who_is_not_signed_in_is_led_to_the_sign_in_page_and_back(
        self, client: StrictClient, award: Award
    ) -> None:
        response = client.get(f"/certificaat/{award.id}")
        assert response.status_code == 303
        assert response.location == f"/inloggen?next=/certificaat/{award.id}"


class TestTheOverview:
    """All certificates, and what is still open."""

    def test_of_who_has_nothing_yet_says_what_is_still_open(
        self, signed_in: StrictClient, account: Account, arrange: Arrange
    ) -> None:
        with arrange() as session:
            an_obligation(session, person=account.person)
        page = visit(signed_in, "/certificaat")
        assert "Je certificaat komt hier als je alle onderdelen hebt afgerond." in page.text
        assert "Nog open: Eerste reactie: de basis" in page.headings
        assert page.follow("Na het gala").heading == "Na het gala"

    def test_of_who_needs_none_says_so(self, signed_in: StrictClient) -> None:
        text = visit(signed_in, "/certificaat").text
        assert "er is vandaag geen training die je moet doen" in text

    def test_of_who_is_done_asks_nothing_more(
        self, signed_in: StrictClient, account: Account, award: Award, arrange: Arrange
    ) -> None:
        with arrange() as session:
            an_obligation(session, person=account.person)
        page = visit(signed_in, "/certificaat")
        assert page.headings == ["Certificaten"]
        assert "Geldig" in page.text
        href = page.href("Eerste reactie – basistraining voor medewerkers")
        assert href == f"/certificaat/{award.id}"

    def test_keeps_certificates_that_ended(
        self, signed_in: StrictClient, account: Account, issuer: Issuer, clock: SetClock
    ) -> None:
        old = issuer.issue(account, valid_until=clock.today())
        issuer.replace(old, on=clock.today())
        text = visit(signed_in, "/certificaat").text
        assert "Vervangen" in text
        assert "Geldig" in text

    def test_opens_the_parts_again_when_the_certificate_expired(
        self,
        signed_in: StrictClient,
        account: Account,
        issuer: Issuer,
        clock: SetClock,
        arrange: Arrange,
    ) -> None:
        issuer.issue(account, valid_until=clock.today())
        with arrange() as session:
            an_obligation(session, person=account.person)
        page = visit(signed_in, "/certificaat")
        assert "Verlopen" in page.text
        assert "Nog open: Eerste reactie: de basis" in page.headings


class TestACertificateThatIsNotSimplyValid:
    """The holder reads what a checker reads."""

    def test_says_that_it_expired(
        self, signed_in: StrictClient, account: Account, issuer: Issuer, clock: SetClock
    ) -> None:
        award = issuer.issue(account, valid_until=clock.today())
        page = CertificatePage.open(signed_in, award.id).page
        assert "Dit certificaat is verlopen" in page.headings
        assert "geldig tot en met 2 maart 2027" in page.text

    def test_says_that_it_was_replaced(
        self, signed_in: StrictClient, award: Award, issuer: Issuer, clock: SetClock
    ) -> None:
        issuer.replace(award, on=clock.today())
        page = CertificatePage.open(signed_in, award.id).page
        assert "Er is een nieuwer certificaat" in page.headings

    def test_says_that_it_was_withdrawn(
        self, signed_in: StrictClient, award: Award, issuer: Issuer, clock: SetClock
    ) -> None:
        issuer.withdraw(award, on=clock.today())
        page = CertificatePage.open(signed_in, award.id).page
        assert "Dit certificaat is ingetrokken" in page.headings

    def test_says_how_many_days_are_left_in_the_renewal_window(
        self, signed_in: StrictClient, account: Account, issuer: Issuer, clock: SetClock
    ) -> None:
        award = issuer.issue(account, valid_until=clock.today() + timedelta(days=42))
        text = CertificatePage.open(signed_in, award.id).page.text
        assert "Dit certificaat verloopt over 42 dagen." in text


def an_account_of(arrange: Arrange, name: str) -> Account:
    """Add somebody who can sign in."""
    with arrange() as session:
        account = an_account(session, person=a_person(session, name=name))
        session.refresh(account)
        return account


def without(text: str, path: str) -> str:
    """Return a page without its own address."""
    return text.replace(path, "…")
