"""The pages of the completion overview."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient

from tests.pages.html import elements, words
from tests.pages.page import Page, arrive, visit


@dataclass(frozen=True, slots=True)
class TableOnPage:
    """A data table."""

    element: Element

    @property
    def caption(self) -> str:
        """Return its caption."""
        return words(next(elements(self.element, "caption")))

    @property
    def columns(self) -> list[str]:
        """Return the headings of its columns."""
        head = next(elements(self.element, "thead"))
        return [words(each) for each in elements(head, "th")]

    @property
    def rows(self) -> list[list[str]]:
        """Return its cells, without those of the heading."""
        body = next(elements(self.element, "tbody"))
        return [[words(cell) for cell in elements(row, "th", "td")] for row in elements(body, "tr")]

    @property
    def sorted_by(self) -> dict[str, str]:
        """Return which columns say that they are sorted, and how."""
        headings = elements(self.element, "th")
        said = {words(each): each.get("aria-sort", "none") for each in headings}
        return {column: how for column, how in said.items() if how != "none"}


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """The page with the rates."""

    page: Page

    @classmethod
    def open(cls, client: FlaskClient, address: str = "/hr") -> OverviewPage:
        """Open the page."""
        return cls(visit(client, address))

    @property
    def figures(self) -> dict[str, str]:
        """Return what each figure says, with the address of the people behind it."""
        blocks = [
            each
            for each in elements(self.page.root, "p")
            if "stat" in each.get("class", "").split()
        ]
        return {words(each): next(elements(each, "a")).get("href", "") for each in blocks}

    @property
    def tables(self) -> list[TableOnPage]:
        """Return the tables: per unit where there are units below, then per status."""
        every = elements(self.page.root, "table")
        return [TableOnPage(each) for each in every if each not in self._in_figures]

    @property
    def trend(self) -> TableOnPage:
        """Return the table beside the line of the last twelve months."""
        return TableOnPage(self._in_figures[0])

    @property
    def _in_figures(self) -> list[Element]:
        figures = elements(self.page.root, "figure")
        return [table for figure in figures for table in elements(figure, "table")]


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The page with people."""

    page: Page

    @classmethod
    def open(cls, client: FlaskClient, address: str = "/hr/mensen") -> PeoplePage:
        """Open the page."""
        return cls(visit(client, address))

    @property
    def table(self) -> TableOnPage:
        """Return the table."""
        return TableOnPage(next(elements(self.page.root, "table")))

    @property
    def names(self) -> list[str]:
        """Return the names, in the order of the page; none when there is no table."""
        return [row[0] for row in self.table.rows] if self.has_table else []

    @property
    def has_table(self) -> bool:
        """Say whether anyone is listed."""
        return any(True for _ in elements(self.page.root, "table"))

    def narrow(self, **filters: str) -> PeoplePage:
        """Fill in the form and send it."""
        return PeoplePage(arrive(self.page.client, self.page.form().send(**filters)))

    def sort(self, column: str) -> PeoplePage:
        """Click the heading of a column."""
        return PeoplePage(self.page.follow(column))

    def csv_address(self) -> str:
        """Return where the file is."""
        return next(href for _, href in self.page.links if "/hr/mensen.csv" in href)


@dataclass(frozen=True, slots=True)
class RemindersPage:
    """The page with reminders, before they are queued."""

    page: Page

    @classmethod
    def open(cls, client: FlaskClient, address: str = "/hr/herinneringen") -> RemindersPage:
        """Open the page."""
        return cls(visit(client, address))

    def table(self, caption: str) -> TableOnPage:
        """Return the table whose caption begins so."""
        every = [TableOnPage(each) for each in elements(self.page.root, "table")]
        return next(each for each in every if each.caption.startswith(caption))

    @property
    def people(self) -> TableOnPage:
        """Return the table with names."""
        every = [TableOnPage(each) for each in elements(self.page.root, "table")]
        return next(each for each in every if each.columns[0] == "Naam")
