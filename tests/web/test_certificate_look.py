"""A certificate keeps the look it was issued with, and its study load can be shown apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from elearning.content.library import Library
from elearning.learning.theme import Logo, Theme
from elearning.services.issue_certificate import issue_certificate
from elearning.services.seal import Issuing
from elearning.storage.completion import Award
from elearning.storage.people import Account
from tests.builders import an_award
from tests.pages.certificate import CertificatePage
from tests.pages.html import elements, one, words
from tests.pages.page import visit
from tests.web.conftest import Arrange
from tests.web.strict_client import StrictClient

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
THEME = Theme("#8A1538", Logo(SVG, {"nl": "De Lage Landen", "en": "The Low Lands"}))
Issue = Callable[[Theme], Award]


@pytest.fixture
def issue(arrange: Arrange, account: Account, issuing: Issuing, library: Library) -> Issue:
    """Return what issues a certificate under a theme."""

    def under(theme: Theme) -> Award:
        institution = replace(library.institution, theme=theme)
        themed = replace(issuing, library=replace(library, institution=institution))
        with arrange() as session:
            award = an_award(session, person=account.person)
            issue_certificate(session, award=award, issuing=themed)
            return award

    return under


def test_the_logo_of_the_time_of_issue_stands_on_the_page(
    signed_in: StrictClient, issue: Issue
) -> None:
    award = issue(THEME)
    sheet = one(CertificatePage.open(signed_in, award.id).page.root, "article")
    (logo,) = (each for each in elements(sheet, "img"))
    assert logo.get("alt") == "De Lage Landen"
    response = signed_in.get(str(logo.get("src")))
    assert (response.mimetype, response.text) == ("image/svg+xml", SVG)


def test_the_pdf_keeps_the_look_it_was_issued_with(signed_in: StrictClient, issue: Issue) -> None:
    award = issue(THEME)
    first = signed_in.get(f"/certificaat/{award.id}/pdf").data
    assert b"De Lage Landen" in first or "De Lage Landen".encode("utf-16-be") in first
    assert signed_in.get(f"/certificaat/{award.id}/pdf").data == first


def test_without_a_logo_the_name_of_the_institution_stands_there(
    signed_in: StrictClient, issue: Issue
) -> None:
    award = issue(Theme("#1E5B66", None))
    assert signed_in.get(f"/certificaat/{award.id}/logo").status_code == 404
    sheet = one(CertificatePage.open(signed_in, award.id).page.root, "article")
    assert list(elements(sheet, "img")) == []


class TestTheStudyLoad:
    """Minutes per part and dates, for a register: no scores, and no way of learning."""

    def test_adds_up_to_what_stands_on_the_certificate(
        self, signed_in: StrictClient, issue: Issue, library: Library
    ) -> None:
        award = issue(THEME)
        page = visit(signed_in, f"/certificaat/{award.id}").follow("Verklaring studielast")
        cells = [words(each) for each in elements(one(page.root, "table"), "td")]
        minutes = [int(each.split()[0]) for each in cells]
        assert minutes[-1] == library.training("lecturer-basis").study_load_minutes
        assert sum(minutes[:-1]) == minutes[-1]

    def test_says_who_when_and_how_to_check_it(self, signed_in: StrictClient, issue: Issue) -> None:
        award = issue(THEME)
        text = visit(signed_in, f"/certificaat/{award.id}/studielast").text
        for said in ("Noor de Wit", "15 januari 2027", "14 januari 2029", "localhost/v/"):
            assert said in text
        for unsaid in ("score", "poging", "gesprek geoefend", "gelezen"):
            assert unsaid not in text.lower()
