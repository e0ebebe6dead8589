"""The author's pages: list, outline, map, languages and a play-through."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient

from tests.pages.hr import TableOnPage
from tests.pages.html import elements, words
from tests.pages.page import Page, arrive, visit

ADDRESS = "/auteur"
SVG = "{http://www.w3.org/2000/svg}"


def of_class(root: Element, name: str) -> list[Element]:
    """Return the elements of a class, in the order of the page."""
    return [each for each in root.iter() if name in str(each.get("class", "")).split()]


def tables_on(page: Page) -> list[TableOnPage]:
    """Return the tables of a page."""
    return [TableOnPage(each) for each in elements(page.root, "table")]


@dataclass(frozen=True, slots=True)
class ListPage:
    """Every scenario."""

    page: Page

    @classmethod
    def open(cls, client: FlaskClient) -> ListPage:
        """Open the page."""
        return cls(visit(client, ADDRESS))

    @property
    def rows(self) -> list[list[str]]:
        """Return a line per scenario."""
        return tables_on(self.page)[0].rows


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding as it is read, with its links."""

    text: str
    links: dict[str, str]


@dataclass(frozen=True, slots=True)
class NodeOnPage:
    """One node of the outline."""

    element: Element

    @property
    def text(self) -> str:
        """Return everything that is said of it."""
        return words(self.element)

    @property
    def choices(self) -> list[str]:
        """Return its choices with what they do."""
        lists = elements(self.element, "ol")
        return [words(each) for one in lists for each in elements(one, "li")]

    @property
    def links(self) -> list[tuple[str, str]]:
        """Return its links as words and address."""
        return [(words(each), each.get("href", "")) for each in elements(self.element, "a")]


@dataclass(frozen=True, slots=True)
class OutlinePage:
    """Findings, proof and nodes of one scenario."""

    page: Page

    @classmethod
    def open(cls, client: FlaskClient, scenario_id: str) -> OutlinePage:
        """Open the page."""
        return cls(visit(client, f"{ADDRESS}/{scenario_id}"))

    @property
    def findings(self) -> list[Finding]:
        """Return what checking and proving showed."""
        rows = [row for one in of_class(self.page.root, "findings") for row in elements(one, "li")]
        return [
            Finding(words(row), {words(a): a.get("href", "") for a in elements(row, "a")})
            for row in rows
        ]

    @property
    def nodes(self) -> dict[str, NodeOnPage]:
        """Return the nodes by their heading."""
        found = of_class(self.page.root, "node")
        return {words(next(elements(each, "h3"))): NodeOnPage(each) for each in found}

    @property
    def facts(self) -> dict[str, str]:
        """Return the facts and figures by their names."""
        lists = of_class(self.page.root, "facts")
        listed = [words(each) for one in lists for each in elements(one, "dt", "dd")]
        return dict(list(pairwise(listed))[::2])


@dataclass(frozen=True, slots=True)
class ChartPage:
    """The map of one scenario."""

    page: Page

    @classmethod
    def open(cls, client: FlaskClient, scenario_id: str) -> ChartPage:
        """Open the page."""
        return cls(visit(client, f"{ADDRESS}/{scenario_id}/kaart"))

    @property
    def links(self) -> dict[str, str]:
        """Return the addresses in the drawing by what a screen reader says."""
        found = self.page.root.iter(f"{SVG}a")
        return {each.get("aria-label", ""): each.get("href", "") for each in found}

    @property
    def rows(self) -> list[list[str]]:
        """Return the same as a table."""
        return tables_on(self.page)[0].rows


@dataclass(frozen=True, slots=True)
class PlayPage:
    """A play-through at one turn."""

    page: Page

    @classmethod
    def open(cls, client: FlaskClient, scenario_id: str, query: str = "") -> PlayPage:
        """Open the page."""
        return cls(visit(client, f"{ADDRESS}/{scenario_id}/proef{query}"))

    def choose(self, choice_id: str) -> PlayPage:
        """Take a choice and send it with all that came before it, as a browser does."""
        form = self.page.form()
        hidden = [each for each in elements(form.element, "input") if each.get("type") == "hidden"]
        sent = [(each.get("name", ""), each.get("value", "")) for each in hidden]
        response = self.page.client.get(
            form.action, query_string=urlencode([*sent, ("keuze", choice_id)])
        )
        return PlayPage(arrive(self.page.client, response))

    @property
    def offered(self) -> list[str]:
        """Return what can be chosen; nothing where there is no form."""
        forms = self.page.forms
        radios = elements(forms[0].element, "input") if forms else ()
        return [each.get("value", "") for each in radios if each.get("type") == "radio"]

    @property
    def said(self) -> list[str]:
        """Return every line of the conversation so far."""
        return [words(each) for each in of_class(self.page.root, "said")]

    @property
    def counters(self) -> str:
        """Return everything that learners never see."""
        return words(of_class(self.page.root, "card")[0])

    @property
    def points(self) -> dict[str, str]:
        """Return the points by competency."""
        return {row[0].split()[0]: row[1] for row in tables_on(self.page)[0].rows}

    @property
    def errors(self) -> list[list[str]]:
        """Return the errors that were made: which, where, and what became of them."""
        return [row for table in tables_on(self.page)[1:] for row in table.rows]

    @property
    def flags(self) -> list[str]:
        """Return the flags as they are shown."""
        lists = elements(of_class(self.page.root, "card")[0], "ul")
        return [words(each) for one in lists for each in elements(one, "li")]
