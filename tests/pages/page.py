"""A page as its visitor has it: title, headings, words, links and forms."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.pages.html import elements, one, parse, words

TYPED = {"text", "password", "email", "hidden", "date", "search", "tel", "number"}


@dataclass(frozen=True, slots=True)
class Form:
    """A form with what stands in it."""

    client: FlaskClient
    element: Element

    @property
    def action(self) -> str:
        """Return where it goes, without the fragment."""
        return self.element.get("action", "").partition("#")[0]

    @property
    def values(self) -> dict[str, str]:
        """Return what is sent when nobody changes anything."""
        sent = {}
        for field in elements(self.element, "input", "textarea", "select"):
            is_typed = field.tag != "input" or field.get("type", "text") in TYPED
            if field.get("name") and (is_typed or "checked" in field.attrib):
                sent[field.get("name", "")] = _value_of(field)
        return sent

    def offered(self, name: str) -> list[str]:
        """Return the values of the radios, boxes or options with this name."""
        own = [each for each in self.element.iter() if each.get("name") == name]
        inner = [option for each in own for option in elements(each, "option")]
        return [each.get("value", "") for each in inner or own]

    def send(self, **changes: str) -> TestResponse:
        """Send the form as a browser does, and return the first answer, a redirect as such."""
        sent = {**self.values, **changes}
        if self.element.get("method", "get").lower() == "get":
            return self.client.get(self.action, query_string=sent)
        return self.client.post(self.action, data=sent)

    def submit(self, *, status: int = 200, **changes: str) -> Page:
        """Send the form, go where the answer leads, and return that page."""
        return arrive(self.client, self.send(**changes), status=status)


@dataclass(frozen=True, slots=True)
class Page:
    """An answer that is a page."""

    client: FlaskClient
    response: TestResponse
    root: Element

    @property
    def address(self) -> str:
        """Return the path of the page with its query."""
        return self.response.request.full_path.rstrip("?")

    @property
    def lang(self) -> str:
        """Return the language that the page says it is in."""
        return one(self.root, "html").get("lang", "")

    @property
    def title(self) -> str:
        """Return the title, as a browser tab shows it."""
        return words(one(self.root, "title"))

    @property
    def heading(self) -> str:
        """Return the one main heading."""
        return words(one(self.root, "h1"))

    @property
    def headings(self) -> list[str]:
        """Return all headings in order."""
        return [words(each) for each in elements(self.root, "h1", "h2", "h3", "h4")]

    @property
    def text(self) -> str:
        """Return the words between header and footer."""
        return words(one(self.root, "main"))

    @property
    def links(self) -> list[tuple[str, str]]:
        """Return every link as its words and its address."""
        return [(words(each), each.get("href", "")) for each in elements(self.root, "a")]

    @property
    def forms(self) -> list[Form]:
        """Return the forms between header and footer."""
        return [Form(self.client, each) for each in elements(one(self.root, "main"), "form")]

    @property
    def all_forms(self) -> list[Form]:
        """Return every form, those of the account menu and the quick exit included."""
        return [Form(self.client, each) for each in elements(self.root, "form")]

    @property
    def exit_form(self) -> Form:
        """Return the quick exit."""
        return next(each for each in self.all_forms if "data-exit" in each.element.attrib)

    def has_exit(self) -> bool:
        """Say whether the quick exit is on this page."""
        return any("data-exit" in each.element.attrib for each in self.all_forms)

    def find(self, element_id: str) -> Element:
        """Return the element with this id."""
        return next(each for each in self.root.iter() if each.get("id") == element_id)

    def href(self, text: str) -> str:
        """Return where the first link with these words leads."""
        addresses = [address for label, address in self.links if label == text]
        assert addresses, f"no link says {text!r}; there are {[label for label, _ in self.links]}"
        return addresses[0]

    def follow(self, text: str, *, status: int = 200) -> Page:
        """Click the link with these words."""
        return visit(self.client, self.href(text), status=status)

    def form(self, label: str | None = None) -> Form:
        """Return the form of the page, or the one whose button says `label`."""
        fitting = [each for each in self.forms if label is None or _button(each) == label]
        assert fitting, f"no button says {label!r}; there are {list(map(_button, self.forms))}"
        return fitting[0]

    def switch_language(self) -> Page:
        """Click the other language."""
        other = {"nl": "English", "en": "Nederlands"}[self.lang]
        return self.follow(other)


def visit(client: FlaskClient, path: str, *, status: int = 200) -> Page:
    """Open an address, follow redirects, and return the page where that ends."""
    return arrive(client, client.get(path.partition("#")[0]), status=status)


def arrive(client: FlaskClient, response: TestResponse, *, status: int = 200) -> Page:
    """Go where an answer leads, and return the page there."""
    while (location := response.headers.get("Location")) is not None:
        response = client.get(location.partition("#")[0])
    assert response.status_code == status, f"{response.request.path} gave {response.status}"
    root, _ = parse(response.text)
    return Page(client, response, root)


def _button(form: Form) -> str:
    return next((words(each) for each in elements(form.element, "button")), "")


def _value_of(field: Element) -> str:
    if field.tag == "textarea":
        return "".join(field.itertext())
    if field.tag == "select":
        options = list(elements(field, "option"))
        chosen = [each for each in options if "selected" in each.attrib] or options[:1]
        return chosen[0].get("value", "") if chosen else ""
    return field.get("value", "")
