"""Makes the pictures of docs/hr-walkthrough.md: `python -m tests.e2e.hr_walk`.

It is the walk itself: each picture is taken where the one before it left off, in the same order as
in the document. Whoever changes a page that the walk passes sees it stop here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from playwright.sync_api import Browser, FilePayload, Page
from sqlalchemy import select

from elearning.services.roster_row import COLUMNS
from elearning.storage.engine import one_transaction
from elearning.storage.facts import known
from elearning.storage.people import Appointment, Person, Role, Unit
from tests.databases import frozen_clock
from tests.e2e.people import Someone
from tests.e2e.screenshots import FOLDER as PICTURES
from tests.e2e.screenshots import example_site, holder_of, person, save
from tests.e2e.site import Site

FOLDER = PICTURES / "hr"
PHONE_WIDTH, DESKTOP_WIDTH = 390, 1280
TODAY = frozen_clock().today()
JOINERS = (
    "300001;1;Renée Vos;r.vos@demo.example;nl;INF;OP;lecturer;0,8;ja;{first};",
    "300002;1;Jörg Müller;j.muller@demo.example;nl;{unit};OP;lecturer;1;ja;{first};",
    "300003;1;Zoë Aarts;z.aarts@demo.example;nl;VPK;OP;lecturer;1;ja;{last};",
)


@dataclass(frozen=True, slots=True)
class Walk:
    """Takes pictures along the way, as one person on one kind of screen."""

    browser: Browser
    site: Site
    someone: Someone
    width: int = DESKTOP_WIDTH
    lang: str = "nl"
    scheme: Literal["light", "dark"] = "light"

    @contextmanager
    def at(self, path: str) -> Iterator[Page]:
        """Open a page in a browser of this person's own."""
        context = self.browser.new_context(
            viewport={"width": self.width, "height": 800},
            locale="nl-NL" if self.lang == "nl" else "en-GB",
            color_scheme=self.scheme,
            reduced_motion="reduce",
        )
        self.someone.enter(context, self.lang)
        page = context.new_page()
        page.goto(f"{self.site.address}{path}")
        yield page
        context.close()

    def take(
        self,
        name: str,
        path: str,
        act: Callable[[Page], None] = Page.wait_for_load_state,
        *,
        height: int = 800,
        scroll_to: str = "body",
    ) -> None:
        """Open a page, do something there, and take the picture."""
        with self.at(path) as page:
            act(page)
            page.set_viewport_size({"width": self.width, "height": height})
            page.locator(scroll_to).first.evaluate("element => element.scrollIntoView()")
            kind = "phone" if self.width == PHONE_WIDTH else "desktop"
            save(page, FOLDER / f"{name}-{kind}.png")


def take_walk(walk: Walk) -> None:
    """Go from the roster to the report for the board, and to who may see what."""
    phone = replace(walk, width=PHONE_WIDTH)
    english = replace(walk, lang="en")
    walk.take("01-menu", "/hr", _unfold_menu)
    _roster(walk)
    _units_and_rules(walk, replace(phone, scheme="dark"))
    _people(walk, phone)
    replace(walk, scheme="dark").take(
        "10-as-of", f"/hr/eenheid/FT?{_half_a_year_ago()}", height=1000
    )
    phone.take("11-late", "/hr/over-de-datum", height=1100)
    english.take("12-quality", "/hr/gegevens-kwaliteit", height=1000)
    _report(walk)
    english.take("15-access", "/hr/toegang", height=1000)
    learner = person(walk.site, "Marloes van den Berg")
    replace(walk, someone=holder_of(walk.site, Role.ADMIN)).take(
        "17-give", _role_for(learner), height=1200, scroll_to="main"
    )
    replace(phone, someone=learner).take(
        "16-learner", "/wat-ziet-hr", height=1000, scroll_to="h2:has-text('gekeken')"
    )
    replace(walk, someone=holder_of(walk.site, Role.AUDITOR)).take("18-log", "/logboek", height=900)


def _roster(walk: Walk) -> None:
    """Upload a file with mistakes, then the repaired one; look, apply."""
    walk.take("02-columns", "/hr/rooster", _unfold, height=1040, scroll_to="main h2")
    wrong = roster(walk.site, unit="XYZ", last="31-02-2027")
    walk.take(
        "03-mistakes",
        "/hr/rooster",
        lambda page: _upload(page, wrong),
        height=1120,
        scroll_to="main",
    )
    right = roster(walk.site, unit="BOU", last=_day(TODAY))
    walk.take("04-applied", "/hr/rooster", lambda page: _apply(page, right), height=1060)


def _units_and_rules(walk: Walk, dark_phone: Walk) -> None:
    """Look at a merge and at a new rule; the walk makes neither."""
    merge = f"/hr/indeling/WTB/samenvoegen?naar=BOU&dag={TODAY + timedelta(days=29)}"
    walk.take("05-merge", merge, height=1130)
    dark_phone.take("06-rule-for-whom", "/hr/toewijzing/wie", height=1000)
    rule = "/hr/toewijzing/wanneer?wie=keuze&categorie=support&sleutel=0"
    walk.take("07-rule-check", rule, _press_first_button, height=1100)


def _people(walk: Walk, phone: Walk) -> None:
    """Look at an exemption on a phone; look at the reminders, and queue them."""
    who = "/hr/vrijstellingen/nieuw?zoek=Aarts"
    phone.take("08-exemption", who, _answer_why, height=1100)
    walk.take("09-reminders", "/hr/herinneringen", height=1300)


def _report(walk: Walk) -> None:
    """Freeze a report, and read it as the board does."""
    walk.take("13-report", "/hr/bestuursverslag", _freeze, height=1100)
    board = replace(walk, someone=holder_of(walk.site, Role.BOARD))
    board.take(
        "14-board", "/verslag", lambda page: page.locator("tbody a").nth(1).click(), height=1100
    )


def roster(site: Site, *, unit: str, last: str) -> bytes:
    """Return everybody who works there and three new people, as Excel on Windows writes it."""
    statement = (
        select(Person, Appointment, Unit.code)
        .join(Appointment, Appointment.person_id == Person.id)
        .join(Unit, Unit.id == Appointment.unit_id)
        .where(known(Appointment, None))
        .order_by(Person.external_id, Appointment.roster_number)
    )
    with one_transaction(site.engine) as session:
        found = [_line(*row) for row in session.execute(statement)]
    added = [each.format(first=_day(TODAY), unit=unit, last=last) for each in JOINERS]
    heads = ";".join(names[0] for names in COLUMNS.values())
    return "".join(f"{line}\r\n" for line in (heads, *found, *added)).encode("utf-8-sig")


def _line(someone: Person, work: Appointment, unit: str) -> str:
    cells = (
        someone.external_id, work.roster_number, someone.display_name, someone.email,
        someone.language, unit, work.category, work.function_tags,
        str(work.fte_percent / 100).replace(".", ","), "ja" if work.is_primary else "nee",
        work.starts_on, None if work.ends_on is None else work.ends_on - timedelta(days=1),
    )  # fmt: skip
    return ";".join("" if each is None else str(each) for each in cells)


def _day(day: date) -> str:
    return day.strftime("%d-%m-%Y")


def _half_a_year_ago() -> str:
    then = TODAY - timedelta(days=182)
    return f"dag={then}&bekend={then + timedelta(days=14)}"


def _unfold_menu(page: Page) -> None:
    page.locator("header .section summary").last.click()


def _unfold(page: Page) -> None:
    page.locator("main details summary").first.click()


def _upload(page: Page, content: bytes) -> None:
    file: FilePayload = {"name": "personeel.csv", "mimeType": "text/csv", "buffer": content}
    page.locator("input[type=file]").set_input_files([file])
    page.locator("main form").last.locator("button").click()


def _apply(page: Page, content: bytes) -> None:
    _upload(page, content)
    page.locator("main form").last.locator("button").click()


def _press_first_button(page: Page) -> None:
    page.locator("main form").last.locator("button").first.click()


def _answer_why(page: Page) -> None:
    page.locator("tbody th a").first.click()
    page.locator("main input[type=radio]").first.check()
    page.locator("main input[type=date]").last.fill(str(TODAY + timedelta(days=180)))
    page.locator("main form").last.locator("button").click()


def _freeze(page: Page) -> None:
    page.locator("#dag").fill(str(TODAY - timedelta(days=1)))
    page.locator("main form").last.locator("button").click()


def _role_for(someone: Someone) -> str:
    """Return the last step of giving somebody a role."""
    answers = f"rol=hr_unit&eenheid=FT&namen=named&tot={TODAY + timedelta(days=300)}"
    return f"/hr/toegang/geven/{someone.id}/controle?{answers}"


def main() -> None:
    """Walk, and take the pictures."""
    FOLDER.mkdir(exist_ok=True)
    with example_site() as (browser, site):
        take_walk(Walk(browser, site, holder_of(site, Role.HR_CENTRAL)))


if __name__ == "__main__":
    main()
