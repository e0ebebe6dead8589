"""What is wrong with how a page looks: what axe-core says, and what can no longer be read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from axe_playwright_python.sync_playwright import Axe

from tests.e2e.pages import WIDE, Visitor

NARROW = 320
AXE = Axe().axe_script
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The themes differ in colours and nothing else (static/app.css): of the second one at a width only
# rules about these can tell something new. They are asked for by what axe-core itself calls them.
RUN = """([tags, isOfColours]) => {
  const ofColours = axe.getRules(tags).filter(rule => rule.tags.includes("cat.color"));
  const runOnly = isOfColours ? ofColours.map(rule => rule.ruleId) : tags;
  return axe.run(document, {runOnly, resultTypes: ["violations"]}).then(found =>
    found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html}`)));
}"""
Look = tuple[Literal["light", "dark"], int]
LOOKS: tuple[Look, ...] = (("light", WIDE), ("light", NARROW), ("dark", WIDE), ("dark", NARROW))
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
    return ["hidden", "clip"].includes(style.overflowX) && style.clipPath === "none"
      && !each.matches("input")
      && each.scrollWidth > each.clientWidth + 1;
  });
  return [...(wide ? [`the page scrolls to ${root.scrollWidth}`, ...out.map(name)] : []),
    ...cut.map(name)];
}"""


def violations(visitor: Visitor, looks: Iterable[Look] = LOOKS) -> list[str]:
    """Return what axe-core finds, light and dark, wide and narrow."""
    visitor.page.evaluate(AXE)
    found: list[str] = []
    judged: set[int] = set()
    for scheme, width in looks:
        visitor.look(scheme=scheme, width=width)
        told = visitor.page.evaluate(RUN, [TAGS, width in judged])
        judged.add(width)
        found += [f"{scheme}, {width} wide: {each}" for each in told]
    return found


def lost_words(visitor: Visitor) -> list[str]:
    """Return what is lost on a narrow screen, with a reader's own spacing, in large letters."""
    narrow = lost(visitor, width=NARROW)
    spaced = lost(visitor, width=NARROW, style=SPACING)
    large = lost(visitor, width=WIDE, style=LARGE)
    return [
        *(f"narrow: {each}" for each in narrow),
        *(f"spaced: {each}" for each in spaced),
        *(f"large: {each}" for each in large),
    ]


def lost(visitor: Visitor, *, width: int, style: str = "") -> list[str]:
    """Return what cannot be read at this width, with this style on top of the page's own."""
    visitor.look(width=width)
    with visitor.wearing(style):
        found: list[str] = visitor.page.evaluate(LOST)
    return found
