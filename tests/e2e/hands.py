"""How a visitor operates a page: with a mouse, or with a keyboard and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from playwright.sync_api import Locator, Page

MOST_TABS = 80
HAS_FOCUS = "element => element === document.activeElement"
IN_GROUP = "element => element.name === document.activeElement.name"
# A ring around the element, around its whole card, or around the row that its link covers.
SHOWS_FOCUS = """element => {
  const ringed = (each, part) => {
    const style = getComputedStyle(each, part);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const around = [element, element.closest("label")].filter(Boolean);
  return around.some(each => ringed(each) || ringed(each, "::after"));
}"""
# Nothing lies over it, and it is on the screen (WCAG 2.4.11).
IS_IN_SIGHT = """element => {
  const box = element.getClientRects()[0];
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return top !== null && (element.contains(top) || top.contains(element));
}"""


class Hands(Protocol):
    """A way to operate a page."""

    def press(self, target: Locator) -> None:
        """Follow a link or press a button."""
        ...

    def pick(self, target: Locator) -> None:
        """Choose one of several radios."""
        ...

    def type(self, target: Locator, text: str) -> None:
        """Fill in a field."""
        ...


class Mouse:
    """Points and clicks."""

    def press(self, target: Locator) -> None:
        """Click it."""
        target.click()

    def pick(self, target: Locator) -> None:
        """Click the words beside it."""
        target.locator("xpath=..").click()

    def type(self, target: Locator, text: str) -> None:
        """Click the field and type."""
        target.click()
        target.press_sequentially(text)


@dataclass(frozen=True, slots=True)
class Keyboard:
    """Tab, arrows, Space and Enter; wherever it stops on the way, the focus must be seen."""

    page: Page

    def press(self, target: Locator) -> None:
        """Go there and press Enter."""
        self._tab_to(target, HAS_FOCUS)
        self.page.keyboard.press("Enter")

    def pick(self, target: Locator) -> None:
        """Go to the group, then with the arrows to the radio."""
        self._tab_to(target, IN_GROUP)
        self.page.keyboard.press("Space")
        for _ in range(MOST_TABS):
            if target.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError("the arrow keys never reach this option")

    def type(self, target: Locator, text: str) -> None:
        """Go there and type."""
        self._tab_to(target, HAS_FOCUS)
        self.page.keyboard.type(text)

    def _tab_to(self, target: Locator, has_arrived: str) -> None:
        for _ in range(MOST_TABS):
            if target.evaluate(has_arrived):
                break
            self.page.keyboard.press("Tab")
        else:
            raise AssertionError(f"Tab never reaches {target}")
        focused = self.page.locator(":focus")
        assert focused.evaluate(SHOWS_FOCUS), f"nobody sees that the focus is on {target}"
        assert focused.evaluate(IS_IN_SIGHT), f"something lies over {target}"
