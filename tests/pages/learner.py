"""The pages of a learner: home, module, and a scenario from its first page to looking back.

Found by structure, never by words: they read the same in both languages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient

from tests.pages.html import elements, one, words
from tests.pages.page import Form, Page, visit

PRIMARY = "button"


@dataclass(frozen=True, slots=True)
class Task:
    """One line of a task list."""

    label: str
    href: str | None
    hint: str
    status: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """The task list with one next step."""

    page: Page

    @classmethod
    def open(cls, client: FlaskClient) -> HomePage:
        """Open the page."""
        return cls(visit(client, "/"))

    @property
    def tasks(self) -> list[Task]:
        """Return every line, of all trainings."""
        return tasks_on(self.page)

    @property
    def next_step(self) -> tuple[str, str] | None:
        """Return the words and the address of the one next step; None when there is none."""
        return next(_primary_links(self.page), None)

    @property
    def notices(self) -> list[str]:
        """Return what stands above the lists."""
        return notices_on(self.page)

    def go_on(self) -> Page:
        """Take the next step."""
        step = self.next_step
        assert step is not None, "there is no next step"
        return visit(self.page.client, step[1])


@dataclass(frozen=True, slots=True)
class ModulePage:
    """One page of a module."""

    page: Page

    @classmethod
    def open(cls, client: FlaskClient, module_id: str, page_id: str) -> ModulePage:
        """Open a page by its address."""
        return cls(visit(client, f"/onderdeel/{module_id}/{page_id}"))

    @property
    def form(self) -> Form:
        """Return the form one goes on or answers with."""
        return next(each for each in self.page.forms if "data-exit" not in each.element.attrib)

    @property
    def options(self) -> list[str]:
        """Return the options of the check."""
        return self.form.offered("option")

    @property
    def feedback(self) -> str:
        """Return what stands beneath the answer that was given last."""
        answer = next(
            each
            for each in elements(self.page.root, "div")
            if each.get("class") == "answer" and self.page.find("option-answer") in list(each)
        )
        return words(answer)

    @property
    def own_lines(self) -> Element:
        """Return the sentences to choose from that are nobody else's business."""
        return next(
            each
            for each in elements(self.page.root, "fieldset")
            if each.get("class") == "own-lines"
        )

    def read_on(self) -> Page:
        """Press the button of a page without a check."""
        return self.form.submit()

    def answer(self, option: str, *, status: int = 200) -> ModulePage:
        """Answer the check."""
        return ModulePage(self.form.submit(option=option, status=status))


@dataclass(frozen=True, slots=True)
class StartPage:
    """What a scenario is about, before anything begins."""

    page: Page

    @classmethod
    def open(cls, client: FlaskClient, scenario_id: str) -> StartPage:
        """Open the page."""
        return cls(visit(client, f"/oefenen/{scenario_id}"))

    @property
    def resume_href(self) -> str | None:
        """Return where an open run goes on; None when none is open."""
        return next((href for _, href in _primary_links(self.page)), None)

    @property
    def earlier(self) -> list[str]:
        """Return the addresses of the runs one can look back on."""
        return [href for _, href in self.page.links if href.endswith("/einde")]

    @property
    def other_ways(self) -> list[str]:
        """Return the addresses of the other ways to the same part."""
        section = next(
            (each for each in self.page.root.iter() if each.get("aria-labelledby") == "other-way"),
            None,
        )
        found = [] if section is None else elements(section, "a")
        return [each.get("href", "") for each in found]

    def begin(self) -> TurnPage:
        """Begin."""
        return TurnPage(self.page.forms[0].submit())


@dataclass(frozen=True, slots=True)
class TurnPage:
    """One turn of a run, the present one or an earlier one."""

    page: Page

    @classmethod
    def open(cls, client: FlaskClient, address: str) -> TurnPage:
        """Open a turn by its address."""
        return cls(visit(client, address))

    @property
    def address(self) -> str:
        """Return the path of the turn."""
        return self.page.response.request.path

    @property
    def number(self) -> int:
        """Return which turn it is, by its address."""
        return int(self.address.rpartition("/")[2])

    @property
    def run(self) -> str:
        """Return the address of the run, without the turn."""
        return self.address.rpartition("/")[0]

    @property
    def form(self) -> Form:
        """Return the form with the options."""
        return next(each for each in self.page.forms if each.offered("choice"))

    @property
    def choices(self) -> list[str]:
        """Return the options in the order in which they stand."""
        return self.form.offered("choice")

    @property
    def is_looking_back(self) -> bool:
        """Say whether this turn was played before."""
        return self.form.action.endswith("/anders")

    @property
    def error(self) -> tuple[str, str] | None:
        """Return the words and the target of the summary of errors; None without one."""
        summary = next(
            (each for each in self.page.root.iter() if each.get("id") == "foutoverzicht"), None
        )
        if summary is None:
            return None
        link = next(elements(summary, "a"))
        return words(link), link.get("href", "")

    def choose(self, choice: str, *, status: int = 200) -> Page:
        """Choose, and return where that leads."""
        return self.form.submit(choice=choice, status=status)

    def play(self, *choices: str) -> Page:
        """Make these choices one after the other."""
        page = self.page
        for choice in choices:
            page = TurnPage(page).choose(choice)
        return page


@dataclass(frozen=True, slots=True)
class EndPage:
    """Looking back on a run."""

    page: Page

    @property
    def verdict(self) -> str:
        """Return the first thing it says."""
        return notices_on(self.page)[0]

    @property
    def turns(self) -> list[str]:
        """Return each turn of the path review as its words."""
        path = next(each for each in elements(self.page.root, "ol") if each.get("class") == "path")
        return [words(each) for each in path]

    @property
    def practise_address(self) -> str | None:
        """Return the turn that one is invited to practise from."""
        run = self.page.response.request.path.removesuffix("einde")
        turns = (href for _, href in self.page.links if href.startswith(run))
        return next((href for href in turns if href.removeprefix(run).isdecimal()), None)

    def start_again(self) -> TurnPage:
        """Press the button to start again."""
        return TurnPage(
            next(
                each for each in self.page.forms if "data-exit" not in each.element.attrib
            ).submit()
        )


def begin(client: FlaskClient, scenario_id: str) -> TurnPage:
    """Open the first turn of a new run, or the turn where the open one stands."""
    start = StartPage.open(client, scenario_id)
    if start.resume_href is not None:
        return TurnPage.open(client, start.resume_href)
    return start.begin()


def play(client: FlaskClient, scenario_id: str, *choices: str) -> Page:
    """Play a run with these choices, and return the page that comes after them."""
    return begin(client, scenario_id).play(*choices)


def tasks_on(page: Page) -> list[Task]:
    """Return every line of the task lists of a page."""
    return [_task(each) for each in elements(page.root, "li") if each.get("class") == "task"]


def notices_on(page: Page) -> list[str]:
    """Return every notice of a page."""
    main = one(page.root, "main")
    return [words(each) for each in main.iter() if "notice" in each.get("class", "").split()]


def _task(line: Element) -> Task:
    name = next(each for each in line if each.get("class") == "task-name")
    label, *hints = list(name)
    status = [words(each) for each in line if each is not name]
    return Task(
        label=words(label),
        href=label.get("href"),
        hint=" ".join(words(each) for each in hints),
        status=" ".join(status),
    )


def _primary_links(page: Page) -> Iterator[tuple[str, str]]:
    for each in elements(one(page.root, "main"), "a"):
        if each.get("class") == PRIMARY:
            yield words(each), each.get("href", "")
