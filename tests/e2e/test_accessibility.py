"""axe-core finds nothing on any page: in every state, language, colour scheme and width."""

from __future__ import annotations

from itertools import product
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from werkzeug.exceptions import MethodNotAllowed, NotFound

from tests.e2e.pages import Visitor
from tests.e2e.site import Site
from tests.e2e.stage import ANY_ERROR, PageState, Stage
from tests.e2e.states import NOT_PAGES, STATES

pytestmark = pytest.mark.e2e
AXE = Axe().axe_script
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """tags => axe.run(document, {runOnly: tags, resultTypes: ["violations"]}).then(found =>
  found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html}`)))"""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LOOKS = tuple(product(SCHEMES, (1280, 320)))


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_axe_finds_nothing(state: PageState, stage: Stage, lang: str) -> None:
    visitor = state.reach(stage)
    assert endpoint_of(visitor) == state.endpoint
    assert visitor.page.locator("html").get_attribute("lang") == (state.only_lang or lang)
    visitor.unfold()
    visitor.page.evaluate(AXE)
    found = {}
    for scheme, width in LOOKS:
        visitor.look(scheme=scheme, width=width)
        found[scheme, width] = visitor.page.evaluate(RUN, TAGS)
    assert found == {look: [] for look in LOOKS}


@pytest.mark.parametrize("lang", ["nl"], indirect=True)
def test_axe_would_find_something(stage: Stage) -> None:
    visitor = stage.show('<!doctype html><title>.</title><img src="x"><p style="color: #999">pale')
    visitor.page.evaluate(AXE)
    found = {each.partition(":")[0] for each in visitor.page.evaluate(RUN, TAGS)}
    assert {"image-alt", "color-contrast", "html-has-lang", "landmark-one-main"} <= found


def test_every_page_has_a_state(site: Site) -> None:
    rules = site.app.url_map.iter_rules()
    readable = {each.endpoint for each in rules if "GET" in (each.methods or ())}
    shown = {state.endpoint for state in STATES} - {ANY_ERROR}
    assert readable - shown == NOT_PAGES.keys()


def endpoint_of(visitor: Visitor) -> str:
    """Return the route that the address in the browser belongs to."""
    routes = visitor.site.app.url_map.bind("")
    path = visitor.path.partition("#")[0].partition("?")[0]
    try:
        return str(routes.match(path, "GET")[0])
    except MethodNotAllowed:
        return str(routes.match(path, "POST")[0])
    except NotFound:
        return ANY_ERROR
