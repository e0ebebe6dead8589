"""A learner's certificates."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from flask.testing import FlaskClient

from tests.pages.html import elements, one, words
from tests.pages.page import Page, visit

ADDRESS = "/certificaat"


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """One certificate as a page."""

    page: Page

    @classmethod
    def open(cls, client: FlaskClient, award_id: UUID, *, query: str = "") -> CertificatePage:
        """Open it by its address."""
        return cls(visit(client, f"{ADDRESS}/{award_id}{query}"))

    @property
    def name(self) -> str:
        """Return the name on the sheet."""
        return self._of_class("p", "sheet-name")

    @property
    def title(self) -> str:
        """Return the training on the sheet."""
        return self._of_class("p", "sheet-title")

    @property
    def code(self) -> str:
        """Return the code on the sheet."""
        return self._of_class("code", "code")

    @property
    def goals(self) -> list[str]:
        """Return what the holder can do."""
        sheet = one(self.page.root, "article")
        return [words(each) for each in elements(sheet, "li")]

    @property
    def facts(self) -> dict[str, str]:
        """Return the dates and the rest, by their labels."""
        listed = [words(each) for each in elements(one(self.page.root, "article"), "dt", "dd")]
        return dict(list(pairwise(listed))[::2])

    def _of_class(self, tag: str, name: str) -> str:
        sheet = one(self.page.root, "article")
        return next(words(each) for each in elements(sheet, tag) if each.get("class") == name)
