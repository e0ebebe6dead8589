"""The public check of a certificate."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from flask.testing import FlaskClient

from tests.pages.html import elements, one, words
from tests.pages.page import Page, visit


@dataclass(frozen=True, slots=True)
class VerifyPage:
    """What a code is worth."""

    page: Page

    @classmethod
    def open(cls, client: FlaskClient, code: object) -> VerifyPage:
        """Open the address that is printed on a certificate."""
        return cls(visit(client, f"/v/{code}"))

    @classmethod
    def type_code(cls, client: FlaskClient, code: object) -> VerifyPage:
        """Type a code into the form."""
        return cls(visit(client, "/v").form().submit(code=str(code)))

    @property
    def status(self) -> str:
        """Return the result in one word."""
        marks = elements(one(self.page.root, "main"), "span")
        return next(words(each) for each in marks if "status" in each.get("class", "").split())

    @property
    def facts(self) -> dict[str, str]:
        """Return what should stand on the paper."""
        listed = [words(each) for each in elements(self.page.root, "dt", "dd")]
        return dict(list(pairwise(listed))[::2])

    @property
    def name_answer(self) -> str:
        """Return what is said of the name that was typed."""
        return next(words(each) for each in elements(self.page.root, "h3"))

    def compare_name(self, name: str, *, status: int = 200) -> VerifyPage:
        """Type the name on the paper."""
        return VerifyPage(self.page.form().submit(name=name, status=status))
