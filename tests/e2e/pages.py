"""What a visitor reads and does in the browser, so that no test knows a selector."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from playwright.sync_api import Locator, Page, Request
from playwright.sync_api import Response as Answer

from tests.builders import PASSWORD
from tests.e2e.hands import Hands
from tests.e2e.people import Someone
from tests.e2e.site import Site

WIDE, HEIGHT = 1280, 800


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody in front of a browser, in one language."""

    page: Page
    site: Site
    lang: str
    hands: Hands
    has_script: bool = True

    # What there is to read

    @property
    def heading(self) -> str:
        """Return the main heading."""
        return self.page.locator("h1").inner_text()

    @property
    def title(self) -> str:
        """Return what the browser's tab says."""
        return self.page.title()

    @property
    def text(self) -> str:
        """Return all words that can be seen."""
        body = self.page.locator("body")
        return body.inner_text() if body.is_visible() else ""

    @property
    def path(self) -> str:
        """Return the address within the site, with its fragment."""
        return self.page.url.removeprefix(self.site.address)

    def is_at(self, element_id: str) -> bool:
        """Say whether the focus went to this element, by its address and, with a script, truly."""
        is_addressed = self.path.partition("#")[2] == element_id
        if not self.has_script:
            return is_addressed
        return is_addressed and bool(self.page.locator(f"#{element_id}:focus").count())

    @property
    def errors(self) -> str:
        """Return what the summary of errors says."""
        return self.page.locator("#foutoverzicht li").inner_text()

    @property
    def certificate_code(self) -> str:
        """Return the code on the certificate."""
        return self.page.locator("article code").inner_text()

    @property
    def verify_address(self) -> str:
        """Return where the certificate says that it can be checked."""
        return str(self.page.locator("article .sheet-foot a").get_attribute("href"))

    @property
    def verdict(self) -> str:
        """Return what the check of a certificate says, in one word."""
        return self.page.locator("main .status").inner_text()

    @property
    def table(self) -> list[list[str]]:
        """Return the cells of the only table, without its head."""
        rows = self.page.locator("table tbody tr")
        script = "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))"
        return cast("list[list[str]]", rows.evaluate_all(script))

    def reads(self, msgid: str, **values: str | int) -> bool:
        """Say whether the page says this, in its own language."""
        return self.says(msgid, **values) in self.text

    def says(self, msgid: str, **values: str | int) -> str:
        """Return a string of the program in the visitor's language."""
        text = str(self.site.catalogues[self.lang].gettext(msgid))
        return text % values if values else text

    # What there is to do

    def open(self, path: str) -> Answer:
        """Type an address."""
        answer = self.page.goto(f"{self.site.address}{path}")
        assert answer is not None, "that was the same page"
        return answer

    def follow(self, msgid: str, **values: str | int) -> None:
        """Follow the link with these words."""
        self.go(self.link(self.says(msgid, **values)))

    def link(self, words: str) -> Locator:
        """Return the first link in the page with these words."""
        return self.page.locator("main").get_by_role("link", name=words, exact=True).first

    def press(self, msgid: str, **values: str | int) -> None:
        """Press the button with these words."""
        words = self.says(msgid, **values)
        self.go(self.page.locator("main").get_by_role("button", name=words, exact=True).first)

    def go(self, target: Locator) -> None:
        """Operate what leads to another page, and wait until that is there."""
        with self.page.expect_navigation():
            self.hands.press(target)

    def sign_in(self, someone: Someone, password: str = PASSWORD) -> None:
        """Fill in the sign-in form."""
        if someone.email:
            self.hands.type(self.page.locator("#email"), someone.email)
        if password:
            self.hands.type(self.page.locator("#password"), password)
        self.press("Sign in")

    def type_password(self, password: str = PASSWORD) -> None:
        """Fill in the password, where the rest stands already."""
        self.hands.type(self.page.locator("#password"), password)
        self.press("Sign in")

    def compare_name(self, name: str) -> None:
        """Ask whether this name stands on a certificate."""
        self.hands.type(self.page.locator("#name"), name)
        self.press("Compare the name")

    def choose(self, value: str) -> None:
        """Choose one of the options, by what it stands for in the content."""
        self.hands.pick(self.page.locator(f'main input[type="radio"][value="{value}"]'))

    def send(self) -> None:
        """Press the button under the options."""
        self.go(self.page.locator("main form .actions button").first)

    def go_on(self) -> None:
        """Press the link that leads to the next step."""
        self.go(self.page.locator("main .actions a.button").first)

    def select(self, name: str, value: str) -> None:
        """Choose from a list that folds out."""
        self.page.locator(f"main select[name={name}]").select_option(value)

    def download(self, folder: Path) -> Path:
        """Take the file along that the page offers."""
        with self.page.expect_download() as started:
            self.page.locator("main a.button[href*='.csv']").click()
        kept = folder / started.value.suggested_filename
        started.value.save_as(kept)
        return kept

    def press_exit(self) -> None:
        """Press the quick exit."""
        self.hands.press(self.page.locator("form[data-exit] button").first)

    def leave_for(self, heading: str) -> None:
        """Press the quick exit, and wait for the page that it leads to."""
        self.press_exit()
        self.sees(heading)

    def sees(self, heading: str) -> None:
        """Wait for a page with this heading."""
        self.page.get_by_role("heading", name=heading).wait_for()

    def back(self) -> None:
        """Press the browser's own button; a page that was kept never says that it is loaded."""
        self.page.go_back(wait_until="commit")
        self.page.locator("h1").wait_for()

    def switch_language(self) -> None:
        """Follow the link with the name of the other language."""
        self.go(self.page.locator("header a[hreflang]"))

    # How it looks

    def look(self, *, scheme: Literal["light", "dark"] = "light", width: int = WIDE) -> None:
        """Change the device's colours and the width of the window, without loading anew."""
        self.page.emulate_media(color_scheme=scheme)
        self.page.set_viewport_size({"width": width, "height": HEIGHT})

    @contextmanager
    def noting_requests(self) -> Iterator[list[Request]]:
        """Keep what the browser asks for meanwhile."""
        asked: list[Request] = []

        def note(request: Request) -> None:
            asked.append(request)

        self.page.on("request", note)
        yield asked
        self.page.remove_listener("request", note)

    @contextmanager
    def wearing(self, style: str) -> Iterator[None]:
        """Lay a style of the reader's own over the page."""
        sheet = self.page.add_style_tag(content=style or "/* nothing */")
        yield
        sheet.evaluate("sheet => sheet.remove()")

    def unfold(self) -> None:
        """Open everything in the page that can be opened."""
        script = "all => all.forEach(each => { each.open = true; })"
        self.page.locator("main details").evaluate_all(script)
