"""A badge is its holder's: in the PDF, as a file, and for others only while it is shared."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from elearning.clock import SetClock
from elearning.config import Settings
from elearning.integrations.open_badges.check import check_badge
from elearning.integrations.open_badges.did import did_document
from elearning.integrations.pdf_attachments import attachments
from elearning.integrations.signed_statement import check_statement
from elearning.integrations.signing_keys import KeyFolder
from elearning.learning.certificate_statement import OfflineStanding
from elearning.learning.issuer_keys import read_published
from elearning.learning.status_list import encoded
from elearning.services.issue_certificate import code_of, issue_certificate
from elearning.services.seal import Issuing
from elearning.storage.certificates import BadgeStatus
from elearning.storage.completion import Award
from elearning.storage.people import Account, Person
from tests.builders import an_award
from tests.pages.page import Page, visit
from tests.sealing import KEY
from tests.web.conftest import Arrange
from tests.web.strict_client import StrictClient

DAY = date(2027, 3, 3)
NewClient = Callable[[], StrictClient]


@pytest.fixture
def award(arrange: Arrange, account: Account, issuing: Issuing) -> Award:
    """Return the award of Noor de Wit, with its certificate."""
    with arrange() as session:
        award = an_award(session, person=account.person)
        issue_certificate(session, award=award, issuing=issuing)
        return award


@pytest.fixture
def address(award: Award, issuing: Issuing) -> str:
    """Return where others would fetch the badge."""
    return f"/v/{code_of(award.id, issuing.secret_key)}/badge.json"


def place_of(arrange: Arrange, award_id: UUID) -> int:
    """Return the place of a badge in the list."""
    with arrange() as session:
        found = session.scalars(select(BadgeStatus).where(BadgeStatus.award_id == award_id))
        return found.one().place


def own_page(client: StrictClient, award: Award) -> Page:
    """Open the page about the badge."""
    return visit(client, f"/certificaat/{award.id}/badge")


def revoked_list(client: StrictClient) -> str:
    """Return the bits of the first list."""
    credential = json.loads(client.get("/badge/status/1").data)
    return str(credential["credentialSubject"]["encodedList"])


def test_the_holder_downloads_what_the_published_keys_prove(
    signed_in: StrictClient, client: StrictClient, award: Award
) -> None:
    page = visit(signed_in, f"/certificaat/{award.id}").follow("Digitale badge")
    badge = signed_in.get(page.href("Badge downloaden")).text
    keys = read_published(client.get("/.well-known/certificate-keys.json").text)
    checked = check_badge(badge, keys=keys, day=DAY)
    assert checked.standing is OfflineStanding.SIGNED
    assert "Noor" not in badge


def test_the_pdf_carries_the_same_badge_and_the_signed_statement(
    signed_in: StrictClient, award: Award
) -> None:
    inside = attachments(signed_in.get(f"/certificaat/{award.id}/pdf").data)
    assert inside["open-badge.json"] == signed_in.get(f"/certificaat/{award.id}/badge.json").text
    checked = check_statement(inside["certificate.json"], keys=(KEY,), day=DAY, lang="nl")
    assert dict(checked.facts)["name"] == "Noor de Wit"


class TestTheAddressForOthers:
    """Closed until the holder opens it, and again when the holder closes it."""

    def test_answers_nothing_while_the_badge_is_private(
        self, new_client: NewClient, address: str
    ) -> None:
        private, unknown, malformed = (
            new_client().get(path)
            for path in (address, "/v/ABCD/badge.json", f"/v/{'0' * 24}/badge.json")
        )
        answers = {(each.status_code, each.data) for each in (private, unknown, malformed)}
        assert answers == {(404, private.data)}
        assert "Set-Cookie" not in private.headers

    def test_gives_the_badge_while_it_is_shared(
        self, signed_in: StrictClient, new_client: NewClient, award: Award, address: str
    ) -> None:
        shared = own_page(signed_in, award).form("Laat anderen de badge ophalen").submit()
        assert address in shared.text
        response = new_client().get(address)
        assert response.mimetype == "application/vc+ld+json"
        assert json.loads(response.data)["id"] == f"http://localhost{address}"
        assert response.headers["X-Robots-Tag"] == "noindex"
        own_page(signed_in, award).form("Maak de badge weer privé").submit()
        assert new_client().get(address).status_code == 404

    def test_is_limited_like_every_look_up(self, client: StrictClient, address: str) -> None:
        for _ in range(120):
            client.get(address)
        assert client.get(address).status_code == 429


class TestTheStatus:
    """The list says which badges were withdrawn, by places that tell of nobody."""

    def test_has_no_bit_set_while_all_is_well(self, client: StrictClient, award: Award) -> None:
        assert award.withdrawn_on is None
        assert revoked_list(client) == encoded(())

    def test_has_the_bit_of_a_withdrawn_badge(
        self, client: StrictClient, arrange: Arrange, award: Award
    ) -> None:
        with arrange() as session:
            session.get_one(Award, award.id).withdrawn_on = DAY
        assert revoked_list(client) == encoded([place_of(arrange, award.id)])

    def test_has_the_bit_of_one_under_a_former_name(
        self, signed_in: StrictClient, arrange: Arrange, account: Account, award: Award
    ) -> None:
        with arrange() as session:
            session.merge(account.person).display_name = "Noor Jansen"
        page = visit(signed_in, f"/certificaat/{award.id}")
        page.form("Zet mijn naam van nu erop").submit()
        assert revoked_list(signed_in) == encoded([place_of(arrange, award.id)])

    def test_leaves_a_renewed_badge_to_its_end(
        self, client: StrictClient, arrange: Arrange, award: Award
    ) -> None:
        with arrange() as session:
            old = session.get_one(Award, award.id)
            person = session.get_one(Person, old.person_id)
            an_award(session, person=person, replaces=old, obtained_on=DAY)
        assert revoked_list(client) == encoded(())

    def test_of_a_list_that_was_not_begun_is_not_there(self, client: StrictClient) -> None:
        assert client.get("/badge/status/1").status_code == 200
        assert client.get("/badge/status/2").status_code == 404

    def test_is_the_same_file_the_whole_day(self, client: StrictClient, clock: SetClock) -> None:
        first = client.get("/badge/status/1").data
        clock.instant = clock.instant.replace(hour=20)
        assert client.get("/badge/status/1").data == first


def test_the_keys_of_the_issuer_are_where_other_programs_look(
    client: StrictClient, settings: Settings
) -> None:
    document: Any = json.loads(client.get("/.well-known/did.json").data)
    assert document == did_document("http://localhost", KeyFolder(settings.keys).public_keys())
    assert document["id"] == "did:web:localhost"


def test_the_image_of_badges_can_be_shown_anywhere(client: StrictClient) -> None:
    for name, kind in (("png", "image/png"), ("svg", "image/svg+xml")):
        response = client.get(f"/badge/image.{name}")
        assert response.mimetype == kind
        assert response.headers["Access-Control-Allow-Origin"] == "*"
