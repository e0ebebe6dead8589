"""Where a page is shown in a state: the door, the people, and how states are listed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tests.e2e.cast import Cast
from tests.e2e.pages import Visitor
from tests.e2e.people import Someone

ANY_ERROR = "an error"


class Admit(Protocol):
    """Lets a visitor in."""

    def __call__(
        self,
        lang: str,
        someone: Someone | None = None,
        *,
        by_keyboard: bool = False,
        has_script: bool = True,
        obeys_policy: bool = False,
    ) -> Visitor:
        """Return a visitor with a browser of their own, signed in as `someone`.

        Only a browser that obeys the pages' policy is a real one; axe-core needs one that does not.
        """
        ...


@dataclass(frozen=True, slots=True)
class Stage:
    """Where states are shown: a language, the people, and the door."""

    lang: str
    cast: Cast
    admit: Admit

    def open(self, path: str, someone: Someone | None = None) -> Visitor:
        """Let a visitor open an address."""
        visitor = self.admit(self.lang, someone)
        visitor.open(path)
        return visitor

    def show(self, html: str) -> Visitor:
        """Let a visitor be answered with this page, as if the server had sent it."""
        visitor = self.admit(self.lang)
        visitor.page.route(
            "**/broken", lambda route: route.fulfill(body=html, content_type="text/html")
        )
        visitor.open("/broken")
        return visitor


Reach = Callable[[Stage], Visitor]


@dataclass(frozen=True, slots=True)
class PageState:
    """A page in one state; `endpoint` is the route that its address belongs to."""

    name: str
    endpoint: str
    reach: Reach
    only_lang: str | None = None


class States(list[PageState]):
    """Page states, each added in the way that suits it."""

    def anyone(self, endpoint: str, name: str, path: str) -> None:
        """Add a page that is there for everybody."""
        self.append(PageState(name, endpoint, lambda stage: stage.open(path)))

    def own(self, endpoint: str, name: str, path: str, who: Callable[[Cast], Someone]) -> None:
        """Add a page as one of the cast sees it."""
        self.append(PageState(name, endpoint, lambda stage: stage.open(path, who(stage.cast))))

    def shows(self, endpoint: str) -> Callable[[Reach], Reach]:
        """Add a state that takes some steps to reach; the function's name is that of the state."""

        def register(reach: Reach) -> Reach:
            self.append(PageState(reach.__name__.replace("_", " "), endpoint, reach))
            return reach

        return register
