"""The pages on which one chooses a password, or changes one's own."""

from __future__ import annotations

from dataclasses import dataclass

from flask.testing import FlaskClient

from tests.pages.html import elements, words
from tests.pages.page import Form, Page, visit

BY_LINK, OWN = "/inloggen/wachtwoord", "/wachtwoord"
NEW = "paarse walvis fietst omhoog"


@dataclass(frozen=True, slots=True)
class PasswordPage:
    """A new password twice, and what shows that one may choose it."""

    page: Page

    @classmethod
    def by_link(cls, client: FlaskClient) -> PasswordPage:
        """Open the page that a link leads to; what is behind the "#" stays in the browser."""
        return cls(visit(client, BY_LINK))

    @classmethod
    def own(cls, client: FlaskClient) -> PasswordPage:
        """Open the page in the account menu."""
        return cls(visit(client, OWN))

    @property
    def form(self) -> Form:
        """Return the form one types in."""
        return next(each for each in self.page.forms if "again" in each.values)

    @property
    def error(self) -> str:
        """Return what the summary on top says."""
        return words(next(elements(self.page.find("foutoverzicht"), "ul")))

    def choose(self, code: str, password: str = NEW, again: str | None = None) -> Page:
        """Choose a password with a code, and return the page where that leads."""
        return self.form.submit(code=code, password=password, again=again or password)

    def change(self, current: str, password: str = NEW) -> Page:
        """Change one's own, and return the page where that leads."""
        return self.form.submit(current=current, password=password, again=password)

    def try_in_vain(self, *, status: int = 422, **typed: str) -> PasswordPage:
        """Send what is refused; twice the new password unless told."""
        sent = {"password": NEW, **typed}
        sent.setdefault("again", sent["password"])
        return PasswordPage(self.form.submit(status=status, **sent))
