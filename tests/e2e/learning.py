"""What a learner does, page after page, wherever the content leads."""

from __future__ import annotations

from collections.abc import Iterable

from elearning.content.modules import Page, Verdict
from elearning.scenario.ids import ChoiceId
from tests.e2e.pages import Visitor


def read_module(visitor: Visitor, module_id: str) -> None:
    """Read a module from its first page, and answer its checks well."""
    served = visitor.site.library.module(module_id)
    visitor.go_on()
    for page in served.module.pages:
        assert visitor.heading == served.rendered[visitor.lang].pages[page.id].title
        _finish_page(visitor, page)
    assert visitor.reads("You have completed this part.")


def play(visitor: Visitor, choices: Iterable[ChoiceId], *, forgets_at: int | None = None) -> None:
    """Begin from the page before a scenario, and make these choices until it ends.

    At turn `forgets_at` the button is pressed first with nothing chosen.
    """
    visitor.send()
    for turn, choice in enumerate(choices, start=1):
        if turn > 1:
            assert visitor.is_at(f"beurt-{turn}")
        if turn == forgets_at:
            visitor.send()
            assert visitor.is_at("foutoverzicht")
        visitor.choose(choice)
        visitor.send()
    assert visitor.is_at("main")


def _finish_page(visitor: Visitor, page: Page) -> None:
    if page.check is None:
        visitor.send()
        return
    fitting = next(each for each in page.check.options if each.verdict is Verdict.FITS)
    visitor.choose(fitting.id)
    visitor.send()
    assert visitor.is_at("option-answer")
    assert visitor.reads("Fits well")
    visitor.go_on()
