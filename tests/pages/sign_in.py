"""The sign-in page."""

from __future__ import annotations

from dataclasses import dataclass

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.pages.html import elements, words
from tests.pages.page import Form, Page, arrive, visit

ADDRESS = "/inloggen"


@dataclass(frozen=True, slots=True)
class SignInPage:
    """Where one fills in e-mail address and password."""

    page: Page

    @classmethod
    def open(cls, client: FlaskClient, address: str = ADDRESS) -> SignInPage:
        """Open the page."""
        return cls(visit(client, address))

    @property
    def form(self) -> Form:
        """Return the form one types in."""
        return next(each for each in self.page.forms if "email" in each.values and _is_typed(each))

    @property
    def error(self) -> str:
        """Return what the summary on top says."""
        return words(next(elements(self.page.find("foutoverzicht"), "ul")))

    @property
    def offered_accounts(self) -> list[str]:
        """Return the e-mail addresses of the example accounts."""
        return [each.values["email"] for each in self.page.forms if not _is_typed(each)]

    def send(self, email: str, password: str) -> TestResponse:
        """Try, and return the first answer."""
        return self.form.send(email=email, password=password)

    def sign_in(self, email: str, password: str) -> Page:
        """Sign in, and return the page where that leads."""
        return arrive(self.page.client, self.send(email, password))

    def try_to_sign_in(self, email: str, password: str, *, status: int = 422) -> SignInPage:
        """Try in vain."""
        return SignInPage(arrive(self.page.client, self.send(email, password), status=status))

    def use_offered_account(self, email: str) -> Page:
        """Press the button beside an example account."""
        offered = [each for each in self.page.forms if not _is_typed(each)]
        return next(each for each in offered if each.values["email"] == email).submit()


def _is_typed(form: Form) -> bool:
    return any(each.get("type") == "password" for each in elements(form.element, "input"))
