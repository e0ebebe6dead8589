"""The menu of HR stands on every page of HR, and nobody else sees it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from elearning.storage.people import Role
from tests.pages.html import elements, one, words
from tests.pages.page import Page, visit
from tests.web.conftest import Arrange
from tests.web.strict_client import StrictClient
from tests.web.test_hr import signed_in_as, units

__all__ = ["units"]
NewClient = Callable[[], StrictClient]
PAGES = (
    "/hr",
    "/hr/eenheden",
    "/hr/op-tijd",
    "/hr/bestuursverslag",
    "/hr/mensen",
    "/hr/nieuw",
    "/hr/verloopt",
    "/hr/over-de-datum",
    "/hr/vrijstellingen",
    "/hr/herinneringen",
    "/hr/toewijzing",
    "/hr/beleid",
    "/hr/rooster",
    "/hr/indeling",
    "/hr/gegevens-kwaliteit",
    "/hr/toegang",
    "/hr/privacyrapport",
    "/hr/intrekken",
)


def leads_on(page: Page) -> set[str]:
    return {href for _text, href in page.links} & set(PAGES)


@pytest.mark.usefixtures("units")
@pytest.mark.parametrize("address", PAGES)
def test_every_page_of_hr_leads_to_every_other(
    new_client: NewClient, arrange: Arrange, address: str
) -> None:
    central = signed_in_as(new_client(), arrange, Role.HR_CENTRAL)
    assert leads_on(visit(central, address)) == set(PAGES)


@pytest.mark.usefixtures("units")
def test_an_administrator_who_reviews_access_has_no_menu_of_hr(
    new_client: NewClient, arrange: Arrange
) -> None:
    page = visit(signed_in_as(new_client(), arrange, Role.ADMIN), "/hr/toegang")
    assert leads_on(page) == {"/hr/toegang"}
    assert 'class="sections"' not in page.response.text


@pytest.mark.usefixtures("units")
@pytest.mark.parametrize(
    ("address", "group"),
    [("/hr", "Cijfers"), ("/hr/eenheid/arts", "Cijfers"), ("/hr/nieuw", "Mensen"),
     ("/hr/toewijzing/wie", "Regelen")],
)  # fmt: skip
def test_the_menu_says_in_which_group_the_page_is(
    new_client: NewClient, arrange: Arrange, address: str, group: str
) -> None:
    page = visit(signed_in_as(new_client(), arrange, Role.HR_CENTRAL), address)
    current = [
        words(one(each, "summary"))
        for each in elements(page.root, "details")
        if each.get("class", "") == "section current"
    ]
    assert current == [group]
