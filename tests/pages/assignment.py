"""The pages on which trainings are assigned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask.testing import FlaskClient

from tests.pages.hr import TableOnPage
from tests.pages.html import elements, words
from tests.pages.page import Form, Page, arrive, visit

NEXT, LOOK, MAKE, CHANGE = "Verder", "Bekijk wat dit doet", "Maak deze regel", "Wijzig de regel"
END = "Laat de regel eindigen"
APPLIES = "Geldt voor: "
Values = Mapping[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class AssignmentPage:
    """Any of the pages; each method does what its button does."""

    page: Page

    @classmethod
    def open(cls, client: FlaskClient, address: str = "/hr/toewijzing") -> AssignmentPage:
        """Open a page."""
        return cls(visit(client, address))

    def send(
        self, button: str, values: Values | None = None, *, status: int = 200
    ) -> AssignmentPage:
        """Fill in the form of a button and send it; boxes are sent as they are given here."""
        form = self.page.form(button)
        sent: Values = {**form.values, **_hidden(form), **(values or {})}
        response = self.page.client.post(form.action, data=sent)
        return AssignmentPage(arrive(self.page.client, response, status=status))

    @property
    def counts(self) -> dict[str, str]:
        """Return the figures of the check page."""
        return {row[0]: row[1] for row in self.tables[0].rows}

    @property
    def tables(self) -> list[TableOnPage]:
        """Return the tables: what the rule does, and names on either side."""
        return [TableOnPage(each) for each in elements(self.page.root, "table")]

    @property
    def sentences(self) -> list[str]:
        """Return every sentence that says to whom a rule applies, in the order of the page."""
        return [each.split(APPLIES, 1)[1] for each in self._paragraphs if APPLIES in each]

    @property
    def _paragraphs(self) -> list[str]:
        return [words(each) for each in elements(self.page.root, "p")]


def _hidden(form: Form) -> Values:
    """Return what travels along unseen, every value of each name."""
    found: dict[str, list[str]] = {}
    for field in elements(form.element, "input"):
        if field.get("type") == "hidden":
            found.setdefault(field.get("name", ""), []).append(field.get("value", ""))
    return dict(found)
