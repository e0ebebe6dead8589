"""Canaries: unique words in every field, file, filter and header, and every place to look for them.

A canary is a word that stands nowhere else. Whoever finds one in a log, an address, a message or
the file of somebody else has found a leak, and the canary says through which field it came.
"""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote, urlsplit
from zipfile import BadZipFile, ZipFile

from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from elearning.services.roster_file import template
from elearning.storage.people import Role
from tests.pages.html import elements, parse
from tests.pages.page import Form, Page
from tests.web.every_route import FILES, LAST, Call, Inhabitant, World, all_calls, form_token

WORD = "kanarie"
TAKEN = {*FILES, "pdf"}
NOT_TYPED = {"csrf_token"}
# Buttons: they send nothing but the token, and are known by that.
FIELDS = {"text", "password", "email", "date", "search", "tel", "number", "hidden", "file"}
CHOSEN = {"radio", "checkbox"}


@dataclass(slots=True)
class Flock:
    """Every canary that was let go, and where."""

    places: dict[str, str] = field(default_factory=dict)

    def canary(self, place: str) -> str:
        """Return a new word for a place."""
        word = f"{WORD}{len(self.places):05d}q7x"
        self.places[word] = place
        return word

    def found_in(self, text: str) -> set[str]:
        """Return the places of the canaries that a text holds."""
        lowered = text.lower()
        if WORD not in lowered:
            return set()
        return {place for word, place in self.places.items() if word in lowered}


@dataclass(slots=True)
class Sinks:
    """Everything that is looked through, each piece with what it is."""

    flock: Flock
    pieces: list[tuple[str, str]] = field(default_factory=list)
    cookies: set[str] = field(default_factory=set)

    def hear(self, records: list[logging.LogRecord]) -> None:
        """Add log lines, with their tracebacks."""
        shown = logging.Formatter("%(name)s %(message)s")
        for each in records:
            self._keep(f"log {each.name}", shown.format(each))

    def see(self, response: TestResponse) -> None:
        """Add what an answer tells besides its page: where it leads, its cookies and headers."""
        self.cookies |= {each.partition("=")[0] for each in response.headers.getlist("Set-Cookie")}
        said = " ".join(f"{name}: {value}" for name, value in response.headers.items())
        self._keep(f"answer of {response.request.path}", unquote(said))

    def take(self, name: str, content: bytes) -> None:
        """Add a file, and whatever is packed in it."""
        for text in unpacked(content):
            self._keep(name, text)

    def _keep(self, name: str, text: str) -> None:
        """Keep what has any canary in it; all the rest would fill the memory."""
        if WORD in text.lower():
            self.pieces.append((name, text))

    def leaks(self) -> list[str]:
        """Return each place whose canary was found where it must not be."""
        return sorted(
            {
                f"{place} is in {piece}"
                for piece, text in self.pieces
                for place in self.flock.found_in(text)
            }
        )


def unpacked(content: bytes) -> Iterator[str]:
    """Yield a file as text: as it is, out of its archive, and off its pages."""
    yield content.decode("utf-8", "replace")
    if content.startswith(b"%PDF-"):
        yield " ".join(each.extract_text() for each in PdfReader(io.BytesIO(content)).pages)
    with suppress(BadZipFile), ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            yield name
            yield archive.read(name).decode("utf-8", "replace")
    with suppress(zlib.error):
        yield zlib.decompress(content).decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Found:
    """A form of the site: its method, the route that it goes to, and what it sends."""

    method: str
    endpoint: str
    fields: frozenset[str]
    action: str


def forms_of(
    app: Flask, world: World, person: Inhabitant | None, client: FlaskClient
) -> set[Found]:
    """Return every form on every page that somebody can open."""
    return {
        found
        for call in all_calls(app, world, person or world.people[Role.LEARNER])
        if call.method == "GET" and not is_file(call)
        for found in _forms_on(app, client, call.path)
    }


def is_file(call: Call) -> bool:
    """Say whether an address gives a file to take along, by its name."""
    return not {*re.split(r"[._]", call.endpoint)}.isdisjoint(TAKEN)


def _forms_on(app: Flask, client: FlaskClient, path: str) -> Iterator[Found]:
    answer = client.get(path, buffered=True)
    if answer.mimetype != "text/html" or answer.status_code != HTTPStatus.OK:
        return
    for form in Page(client, answer, parse(answer.text)[0]).all_forms:
        method = form.element.get("method", "get").upper()
        address = form.action or path
        endpoint = endpoint_of(app, urlsplit(address).path, method)
        yield Found(method, endpoint, frozenset(fields_of(form)), address)


def endpoint_of(app: Flask, path: str, method: str) -> str:
    """Return the route that an address leads to."""
    try:
        return str(app.url_map.bind("localhost").match(path, method=method)[0])
    except HTTPException as error:
        raise AssertionError(f"a form goes to {method} {path}, which is not there") from error


def fields_of(form: Form) -> set[str]:
    """Return the names of everything that a form sends, hidden fields and files included."""
    named = [
        each.get("name", "")
        for each in elements(form.element, "input", "textarea", "select", "button")
        if each.tag != "input" or each.get("type", "text") in FIELDS | CHOSEN
    ]
    return {name for name in named if name} - NOT_TYPED


@dataclass(frozen=True, slots=True)
class Sender:
    """Lets canaries go through one browser, and keeps what comes back."""

    app: Flask
    flock: Flock
    sinks: Sinks
    tokens: dict[int, str] = field(default_factory=dict)

    def headers(self, place: str) -> dict[str, str]:
        """Return headers with a canary in each that a browser fills in by itself."""
        return {
            "User-Agent": self.flock.canary(f"User-Agent at {place}"),
            "Referer": f"http://localhost/{self.flock.canary(f'Referer at {place}')}",
            "X-Forwarded-For": self.flock.canary(f"X-Forwarded-For at {place}"),
            "From": self.flock.canary(f"From at {place}"),
        }

    def post(self, client: FlaskClient, call: Call, fields: frozenset[str]) -> TestResponse:
        """Send a form in which every field is a canary."""
        data = {name: self.value(name, call.endpoint) for name in sorted(fields)}
        return self._send(client, call, data)

    def post_one(self, client: FlaskClient, call: Call, name: str) -> TestResponse:
        """Send what fits, with a canary in one field: so that it gets as far as it can."""
        return self._send(client, call, {**call.data, name: self.value(name, call.endpoint)})

    def _send(self, client: FlaskClient, call: Call, data: Mapping[str, Any]) -> TestResponse:
        place = f"POST {call.endpoint}"
        if id(client) not in self.tokens:
            self.tokens[id(client)] = form_token(client)
        sent = {**data, "csrf_token": self.tokens[id(client)]}
        response = client.post(call.path, data=sent, headers=self.headers(place), buffered=True)
        self.sinks.see(response)
        return response

    def get(self, client: FlaskClient, path: str, query: Mapping[str, str]) -> TestResponse:
        """Ask for an address with canaries in its query and in the headers."""
        response = client.get(
            path, query_string=dict(query), headers=self.headers(f"GET {path}"), buffered=True
        )
        self.sinks.see(response)
        return response

    def value(self, name: str, endpoint: str) -> Any:  # noqa: ANN401 - text, or a file
        """Return a canary for a field; for a file one in its name and one in each cell."""
        place = f"field {name} of {endpoint}"
        if name != "bestand":
            return self.flock.canary(place)
        header, row = template("nl").strip().splitlines()[:2]
        split = ";" if ";" in header else ","
        cells = split.join(
            self.flock.canary(f"cell {each} of {place}") for each in row.split(split)
        )
        content = f"{header}\r\n{cells}\r\n".encode()
        return io.BytesIO(content), f"{self.flock.canary(f'file name of {place}')}.csv"


def calls_in_order(app: Flask, world: World, me: Inhabitant) -> list[Call]:
    """Return every call that sends a form; what uses the session up comes last."""
    calls = [each for each in all_calls(app, world, me) if each.method == "POST"]
    return sorted(
        calls, key=lambda each: LAST.index(each.endpoint) if each.endpoint in LAST else -1
    )
