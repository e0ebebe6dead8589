"""The pages on which roles are looked at and given."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from flask.testing import FlaskClient

from tests.builders import PASSWORD
from tests.pages.hr import TableOnPage
from tests.pages.html import elements, words
from tests.pages.page import Page, visit

ADDRESS = "/hr/toegang"
GIVE = "Rol geven"
NEXT, CHECK, CONFIRM = "Verder", "Controleer", "Geef deze rol"


@dataclass(frozen=True, slots=True)
class AccessPage:
    """Who has which role."""

    page: Page

    @classmethod
    def open(cls, client: FlaskClient) -> AccessPage:
        """Open the page."""
        return cls(visit(client, ADDRESS))

    @property
    def rows(self) -> list[list[str]]:
        """Return a line per role."""
        return TableOnPage(next(elements(self.page.root, "table"))).rows

    def may_give(self) -> bool:
        """Say whether a link leads to giving a role."""
        return GIVE in {label for label, _address in self.page.links}

    def give(self) -> GivePage:
        """Follow that link."""
        return GivePage(self.page.follow(GIVE))


@dataclass(frozen=True, slots=True)
class GivePage:
    """Any of the four steps; each method does what the button of its step does."""

    page: Page

    def to(self, number: str, *, status: int = 200) -> GivePage:
        """Say by staff number who gets a role."""
        return GivePage(self.page.form(NEXT).submit(nummer=number, status=status))

    def as_role(self, role: str, *, status: int = 200) -> GivePage:
        """Choose a role."""
        return GivePage(self.page.form(NEXT).submit(rol=role, status=status))

    def over(self, *, status: int = 200, **answers: str) -> GivePage:
        """Say over what, and until when; what is not named stays as it stands there."""
        return GivePage(self.page.form(CHECK).submit(status=status, **answers))

    def confirm(self, password: str = PASSWORD, *, status: int = 200) -> Page:
        """Give the role, with one's own password."""
        return self.page.form(CONFIRM).submit(wachtwoord=password, status=status)

    @property
    def facts(self) -> dict[str, str]:
        """Return the facts by their names."""
        (listed,) = elements(self.page.root, "dl")
        return dict(list(pairwise(words(each) for each in elements(listed, "dt", "dd")))[::2])

    @property
    def errors(self) -> dict[str, str]:
        """Return each error by its field, as the summary on top links them."""
        links = elements(self.page.find("foutoverzicht"), "a")
        return {each.get("href", "").removeprefix("#"): words(each) for each in links}

    @property
    def error_at_fields(self) -> list[str]:
        """Return the names of the fields that have an error beside them."""
        ids = (each.get("id", "") for each in self.page.root.iter() if each.tag == "span")
        return [each.removesuffix("-error") for each in ids if each.endswith("-error")]
