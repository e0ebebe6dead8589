"""Checking a certificate: everything that counts, nothing about who holds it, and no cookie."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote

import pytest

from elearning.clock import SetClock
from elearning.config import Settings
from elearning.content.library import Library
from elearning.learning.certificate_code import CertificateCode, make_code
from elearning.services.issue_certificate import Issuing, issue_certificate
from elearning.services.verify_certificate import LOOK_UPS
from tests.builders import a_person, an_award
from tests.pages.page import arrive, visit
from tests.pages.verify import VerifyPage
from tests.web.conftest import Arrange
from tests.web.strict_client import StrictClient

NEVER_ISSUED = make_code(b"\x05" * 15)
MALFORMED = "7K3F-9QXM-2B"


@dataclass(frozen=True, slots=True)
class Issuer:
    """Gives certificates in a test."""

    arrange: Arrange
    issuing: Issuing

    def issue(
        self,
        *,
        name: str = "Noor de Wit",
        valid_until: date | None = date(2029, 1, 15),
        withdrawn_on: date | None = None,
    ) -> CertificateCode:
        """Issue one, and return its code."""
        with self.arrange() as session:
            award = an_award(
                session,
                person=a_person(session, name=name),
                valid_until=valid_until,
                withdrawn_on=withdrawn_on,
            )
            return issue_certificate(session, award=award, issuing=self.issuing)

    def issue_and_replace(self) -> tuple[CertificateCode, CertificateCode]:
        """Issue one and another that replaces it; return the codes of both."""
        with self.arrange() as session:
            person = a_person(session)
            old = an_award(session, person=person, obtained_on=date(2026, 1, 5))
            new = an_award(session, person=person, replaces=old)
            return (
                issue_certificate(session, award=old, issuing=self.issuing),
                issue_certificate(session, award=new, issuing=self.issuing),
            )


@pytest.fixture
def issuer(arrange: Arrange, library: Library, settings: Settings, clock: SetClock) -> Issuer:
    """Return what issues certificates as the application does."""
    return Issuer(arrange, Issuing(library, settings.secret_key, clock))


def test_a_valid_certificate_shows_what_should_stand_on_it(
    client: StrictClient, issuer: Issuer, library: Library
) -> None:
    page = VerifyPage.open(client, issuer.issue())
    load = library.training("lecturer-basis").study_load_minutes
    assert page.status == "Geldig"
    assert page.facts == {
        "Training": "Eerste reactie – basistraining voor medewerkers",
        "Versie": page.facts["Versie"],
        "Behaald op": "15 januari 2027",
        "Geldig tot en met": "14 januari 2029",
        "Studielast": f"{load} minuten",
        "Uitgegeven door": "Hogeschool De Lage Landen (voorbeeld)",
    }
    assert len(page.facts["Versie"]) == 8


def test_the_last_valid_day_is_the_one_that_is_shown(
    client: StrictClient, issuer: Issuer, clock: SetClock
) -> None:
    today = clock.today()
    code = issuer.issue(valid_until=today + timedelta(days=1))
    page = VerifyPage.open(client, code)
    assert (page.status, page.facts["Geldig tot en met"]) == ("Geldig", "3 maart 2027")
    clock.instant += timedelta(days=1)
    page = VerifyPage.open(client, code)
    assert (page.status, page.facts["Geldig tot en met"]) == ("Verlopen", "3 maart 2027")


def test_a_certificate_without_an_end_says_so(client: StrictClient, issuer: Issuer) -> None:
    page = VerifyPage.open(client, issuer.issue(valid_until=None))
    assert page.facts["Geldig tot en met"] == "geen einddatum"


def test_a_replaced_certificate_says_so_and_the_new_one_is_valid(
    client: StrictClient, issuer: Issuer
) -> None:
    old, new = issuer.issue_and_replace()
    assert VerifyPage.open(client, old).status == "Vervangen"
    assert VerifyPage.open(client, new).status == "Geldig"


def test_a_withdrawn_certificate_says_so_from_that_day(
    client: StrictClient, issuer: Issuer, clock: SetClock
) -> None:
    code = issuer.issue(withdrawn_on=clock.today() + timedelta(days=1))
    assert VerifyPage.open(client, code).status == "Geldig"
    clock.instant += timedelta(days=1)
    assert VerifyPage.open(client, code).status == "Ingetrokken"


@pytest.mark.parametrize(
    "code",
    [MALFORMED, "x", "%00", "a" * 3000, "..", "' OR 1=1 --", "王小明", "<script>", "{{7*7}}"],
)
def test_a_malformed_code_gets_the_very_page_of_an_unknown_one(
    client: StrictClient, code: str
) -> None:
    unknown, malformed = client.get(f"/v/{NEVER_ISSUED}"), client.get(f"/v/{code}")
    assert unknown.status_code == malformed.status_code == 200
    pages = [
        response.text.replace(quote(response.request.path), "…")
        for response in (unknown, malformed)
    ]
    assert pages[0] == pages[1]
    assert "Niet gevonden" in pages[0]


@pytest.mark.parametrize(
    "write",
    [
        str,
        lambda code: str(code).lower(),
        lambda code: str(code).replace("-", ""),
        lambda code: str(code).replace("-", " "),
        lambda code: f"  {str(code).replace('-', ' – ')} ",
        lambda code: str(code).replace("0", "O").replace("1", "l"),
        lambda code: str(code).replace("-", "/"),
    ],
)
def test_a_code_is_read_in_whatever_way_it_is_typed(
    client: StrictClient, issuer: Issuer, write: Callable[[CertificateCode], str]
) -> None:
    code = issuer.issue()
    page = VerifyPage.type_code(client, write(code))
    assert page.status == "Geldig"
    assert page.page.address == f"/v/{code.text}"


def test_a_typed_code_leads_to_its_address(client: StrictClient) -> None:
    response = visit(client, "/v").form().send(code=MALFORMED)
    assert (response.status_code, response.location) == (303, "/v/7K3F9QXM2B")


@pytest.mark.parametrize("typed", ["", "   ", "---", "/"])
def test_a_form_without_a_code_names_the_field(client: StrictClient, typed: str) -> None:
    page = visit(client, "/v").form().submit(code=typed, status=422)
    assert page.href("Vul de code van het certificaat in") == "#code"


def test_the_long_address_leads_to_the_printed_one(client: StrictClient) -> None:
    response = client.get(f"/controleer/{NEVER_ISSUED}")
    assert (response.status_code, response.location) == (301, f"/v/{NEVER_ISSUED}")
    assert client.get("/controleer").location == "/v"


def test_the_language_is_kept_without_a_cookie(client: StrictClient, issuer: Issuer) -> None:
    form = visit(client, "/v").switch_language().form()
    page = VerifyPage(form.submit(code=str(issuer.issue())))
    assert page.status == "Valid"
    assert page.facts["Obtained on"] == "15 January 2027"
    assert page.compare_name("Noor de Wit").name_answer == "The name matches"


class TestTheName:
    """Whether a name stands on the paper, without ever saying which does."""

    @pytest.mark.parametrize("name", ["Noor de Wit", "  noor  DE wit ", "Nóór de Wit"])
    def test_matches_without_regard_to_case_spaces_and_accents(
        self, client: StrictClient, issuer: Issuer, name: str
    ) -> None:
        page = VerifyPage.open(client, issuer.issue()).compare_name(name)
        assert page.name_answer == "De naam klopt"

    @pytest.mark.parametrize("name", ["Noor", "Noor de Witt", "wit de noor", "*", "%"])
    def test_does_not_match_another(self, client: StrictClient, issuer: Issuer, name: str) -> None:
        page = VerifyPage.open(client, issuer.issue()).compare_name(name)
        assert page.name_answer == "De naam klopt niet"

    @pytest.mark.parametrize("name", ["Şerife Gökçe-Łukasiewicz", "王小明", "محمد", "Noor 🌷"])
    def test_of_any_script_can_be_compared(
        self, client: StrictClient, issuer: Issuer, name: str
    ) -> None:
        page = VerifyPage.open(client, issuer.issue(name=name))
        assert page.compare_name(name).name_answer == "De naam klopt"

    def test_never_stands_on_the_page(self, client: StrictClient, issuer: Issuer) -> None:
        page = VerifyPage.open(client, issuer.issue(name="Noor de Wit"))
        assert "Noor" not in page.page.response.text
        assert "Noor" not in page.compare_name("Noor de Wit").page.response.text

    def test_can_be_tried_five_times_an_hour(
        self, client: StrictClient, issuer: Issuer, clock: SetClock
    ) -> None:
        page = VerifyPage.open(client, issuer.issue())
        for number in range(5):
            page.compare_name(f"Name {number}")
        closed = page.compare_name("Noor de Wit", status=429).page
        assert "Probeer het over 60 minuten opnieuw." in closed.text
        assert closed.response.headers["Retry-After"] == "3600"
        clock.instant += timedelta(hours=1)
        assert page.compare_name("Noor de Wit").name_answer == "De naam klopt"

    def test_that_is_missing_names_the_field_and_costs_no_try(
        self, client: StrictClient, issuer: Issuer
    ) -> None:
        page = VerifyPage.open(client, issuer.issue())
        for _ in range(6):
            refused = page.compare_name(" ", status=422)
        assert refused.page.href("Vul de naam op het papier in") == "#name"
        assert page.compare_name("Noor de Wit").name_answer == "De naam klopt"

    def test_of_an_unknown_code_gets_the_answer_of_an_unknown_code(
        self, client: StrictClient
    ) -> None:
        response = client.post(f"/v/{NEVER_ISSUED}/naam", data={"name": "Noor de Wit"})
        assert response.status_code == 200
        assert VerifyPage(arrive(client, response)).status == "Niet gevonden"


def addresses(code: CertificateCode) -> Iterator[str]:
    """Yield addresses of every kind that promise to be without a cookie, errors included."""
    yield from ("/v", f"/v/{code}", f"/v/{NEVER_ISSUED}", f"/controleer/{code}", "/v/a/b/c")


def test_no_cookie_is_set_or_looked_at(signed_in: StrictClient, issuer: Issuer) -> None:
    assert signed_in.get("/hulp").headers.get("Set-Cookie"), "elsewhere the session slides on"
    code = issuer.issue()
    for address in addresses(code):
        response = signed_in.get(f"{address}?lang=en")
        assert "Set-Cookie" not in response.headers
        assert "Cookie" not in response.headers.get("Vary", "")
        assert "Noor de Wit" not in response.text
    posted = signed_in.post(f"/v/{code}/naam", data={"name": "Somebody Else"})
    assert posted.status_code == 200
    assert "Set-Cookie" not in posted.headers


def test_the_cookie_of_the_language_is_not_looked_at(client: StrictClient) -> None:
    visit(client, "/inloggen?lang=en")
    assert visit(client, "/inloggen").lang == "en"
    assert visit(client, "/v").lang == "nl"


def test_a_browser_may_refuse_every_cookie(
    new_client: Callable[[], StrictClient], issuer: Issuer
) -> None:
    code = issuer.issue()
    assert VerifyPage.type_code(new_client(), code).status == "Geldig"
    answer = new_client().post(f"/v/{code}/naam", data={"name": "Noor de Wit"})
    assert "De naam klopt" in answer.text


def test_no_search_engine_lists_it_and_no_other_site_is_told(
    client: StrictClient, issuer: Issuer
) -> None:
    for address in ("/v", f"/v/{issuer.issue()}", f"/v/{NEVER_ISSUED}"):
        headers = client.get(address).headers
        assert headers["X-Robots-Tag"] == "noindex"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"


def test_many_look_ups_from_one_network_have_to_wait(client: StrictClient, clock: SetClock) -> None:
    for _ in range(LOOK_UPS.tries):
        assert client.get(f"/v/{MALFORMED}").status_code == 200
    closed = client.get(f"/v/{MALFORMED}")
    assert closed.status_code == 429
    assert "Probeer het over 10 minuten opnieuw." in closed.text
    elsewhere = client.get(f"/v/{MALFORMED}", environ_base={"REMOTE_ADDR": "198.51.100.7"})
    assert elsewhere.status_code == 200
    clock.instant += LOOK_UPS.window
    assert client.get(f"/v/{MALFORMED}").status_code == 200


def test_the_log_holds_no_code_and_no_name(
    client: StrictClient, issuer: Issuer, caplog: pytest.LogCaptureFixture
) -> None:
    code = issuer.issue()
    with caplog.at_level("DEBUG"):
        VerifyPage.open(client, code).compare_name("Canary de Wit")
    assert caplog.records
    assert code.text not in caplog.text.replace("-", "")
    assert "Canary" not in caplog.text
