"""Where a page is shown in a state: the door, the people, and how states are listed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from playwright.sync_api import Page

from tests.e2e.cast import Cast
from tests.e2e.hands import Mouse
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
    ) -> Visitor:
        """Return a visitor with a browser of their own, signed in as `someone`."""
        ...


@dataclass(frozen=True, slots=True)
class Stage:
    """Where states are shown: one window for one after the other, in one language.

    A window of its own for each state would cost ten times what looking at it does.
    """

    lang: str
    cast: Cast
    page: Page

    def open(self, path: str, someone: Someone | None = None) -> Visitor:
        """Open an address in the eyes of `someone`, with nothing left of who was here before."""
        visitor = Visitor(self.page, self.cast.site, self.lang, Mouse())
        self.page.context.clear_cookies()
        if someone is not None:
            someone.enter(self.page.context, self.lang)
        visitor.look()
        visitor.open(path)
        return visitor

    def show(self, html: str) -> Visitor:
        """Answer with this page, as if the server had sent it."""
        # Not for one time only: the interception would end while the request waits for its answer.
        self.page.route(
            "**/broken", lambda route: route.fulfill(body=html, content_type="text/html")
        )
        return self.open("/broken")


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
