"""Nothing is lost on a narrow screen, in large letters, or with the spacing that a reader sets."""

from __future__ import annotations

import pytest

from tests.e2e.pages import Visitor
from tests.e2e.stage import PageState, Stage
from tests.e2e.states import STATES

pytestmark = pytest.mark.e2e
NARROW = 320
# WCAG 1.4.12, word for word.
SPACING = """* {
  line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
}
p { margin-block-end: 2em !important; }"""
LARGE = "html { font-size: 200% !important; }"
# What sticks out of the window, and what is cut off inside a box that hides the rest.
LOST = """() => {
  const root = document.documentElement;
  const wide = root.scrollWidth > root.clientWidth;
  const name = each => each.outerHTML.slice(0, 120);
  const out = [...document.querySelectorAll("body *")].filter(each =>
    each.getBoundingClientRect().right > root.clientWidth + 1 && !each.closest(".table-wrap"));
  const cut = [...document.querySelectorAll("body *")].filter(each => {
    const style = getComputedStyle(each);
    return style.overflowX === "hidden" && style.clipPath === "none"
      && each.scrollWidth > each.clientWidth + 1;
  });
  return [...(wide ? [`the page scrolls to ${root.scrollWidth}`, ...out.map(name)] : []),
    ...cut.map(name)];
}"""


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_nothing_is_lost(state: PageState, stage: Stage) -> None:
    visitor = state.reach(stage)
    visitor.unfold()
    assert lost(visitor, NARROW, "") == []
    assert lost(visitor, NARROW, SPACING) == []
    assert lost(visitor, 1280, LARGE) == []


def test_nothing_of_the_modules_is_lost(stage: Stage) -> None:
    visitor = stage.open("/", stage.cast.newcomer)
    found = {}
    for module_id in stage.cast.module_ids:
        for page in stage.cast.site.library.module(module_id).module.pages:
            visitor.open(f"/onderdeel/{module_id}/{page.id}")
            found[page.id] = lost(visitor, NARROW, "")
    assert found == {page_id: [] for page_id in found}


@pytest.mark.parametrize("lang", ["nl"], indirect=True)
def test_what_is_lost_would_be_noticed(stage: Stage) -> None:
    visitor = stage.show('<!doctype html><p style="width: 30rem">wide</p>')
    assert len(lost(visitor, NARROW, "")) == 2
    visitor = stage.show('<!doctype html><p style="width: 4rem; overflow: hidden">Doorverwijzingen')
    assert len(lost(visitor, NARROW, "")) == 1


def lost(visitor: Visitor, width: int, style: str) -> list[str]:
    """Return what cannot be read at this width, with this style on top of the page's own."""
    visitor.look(width=width)
    with visitor.wearing(style):
        found: list[str] = visitor.page.evaluate(LOST)
    return found
