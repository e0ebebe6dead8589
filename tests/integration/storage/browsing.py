"""Somebody who plays in a browser and tries again when no answer comes."""

import http.client
import random
import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

TRIES = 50
CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')
CHOICE = re.compile(r'<input(?=[^>]*name="choice")[^>]*value="([^"]+)"')
TURN = re.compile(r"/oefenen/[^/]+/([0-9a-f-]{36})/(\d+)$")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    location: str
    text: str


@dataclass(slots=True)
class Browser:
    """One learner's browser, with its cookies and the token of its forms."""

    port: int
    acknowledged: list[tuple[str, int, str]] = field(default_factory=list)
    unanswered_posts: int = 0
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def sign_in(self, name: str, password: str) -> None:
        """Sign in through the page."""
        self.read_token(self.request("GET", "/inloggen"))
        signed_in = self.request("POST", "/inloggen", email=name, password=password)
        assert signed_in.status == http.HTTPStatus.SEE_OTHER, signed_in.status
        self.read_token(self.request("GET", "/"))

    def read_token(self, page: Answer) -> None:
        """Keep the token that every form of this browser sends."""
        if found := CSRF.search(page.text):
            self.token = found[1]

    def play(self, scenario_id: str) -> None:
        """Play one run to its end, a random choice at each turn."""
        answer = self.request("POST", f"/oefenen/{scenario_id}")
        while found := TURN.search(answer.location):
            page = self.request("GET", answer.location)
            self.read_token(page)
            choice = random.choice(CHOICE.findall(page.text))  # noqa: S311 - any will do
            answer = self.request("POST", answer.location, choice=choice)
            assert answer.status == http.HTTPStatus.SEE_OTHER, answer.status
            self.acknowledged.append((found[1], int(found[2]), choice))

    def request(self, method: str, path: str, **fields: str) -> Answer:
        """Ask until there is an answer, the very same thing each time."""
        for _ in range(TRIES):
            try:
                return self.ask(method, path, fields)
            except (OSError, http.client.HTTPException):
                self.unanswered_posts += method == "POST"
        raise ConnectionError(f"no answer to {method} {path}")

    def ask(self, method: str, path: str, fields: dict[str, str]) -> Answer:
        """Ask once; redirects are the caller's to follow."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(
                method,
                path,
                urlencode({**fields, "csrf_token": self.token}) if method == "POST" else None,
                {
                    "Content-Type": "application/x-www-form-urlencoded",
                    "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
                },
            )
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        for header in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: each.value for name, each in SimpleCookie(header).items()}
        location = urlsplit(response.headers.get("Location", "")).path
        return Answer(response.status, location, text)
