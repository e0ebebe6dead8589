"""Everyone can read every page, in every state and in both languages, as far as a machine can say.

axe-core finds nothing, light and dark, wide and narrow; and nothing is lost at 320 pixels, with
the spacing that a reader sets, or in letters twice as large. The suite looks at every state in one
language and in one of the four ways, each way at a quarter of them; `make slow` looks at each in
both languages and all four ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from zlib import crc32

import pytest
from _pytest.mark import ParameterSet
from werkzeug.exceptions import MethodNotAllowed, NotFound

from tests.e2e.conftest import LOCALES, in_the_suite
from tests.e2e.judge import LOOKS, NARROW, Look, lost, lost_words, violations
from tests.e2e.pages import WIDE, Visitor
from tests.e2e.site import Site
from tests.e2e.stage import ANY_ERROR, PageState, Stage
from tests.e2e.states import NOT_PAGES, STATES

pytestmark = pytest.mark.e2e


LANGUAGES = tuple(LOCALES)
# One module in so many is looked at in the suite.
SOME = 4


def sampled(state: PageState) -> tuple[str, Look]:
    """Return how the suite looks at a state; a new one changes that for no other."""
    number = crc32(state.name.encode())
    return state.only_lang or LANGUAGES[number % 2], LOOKS[number // 2 % len(LOOKS)]


def samples() -> Iterator[ParameterSet]:
    """Yield every state once."""
    for state in STATES:
        lang, look = sampled(state)
        yield pytest.param(state, lang, look, id=f"{lang}-{state.name}")


@pytest.mark.parametrize(("state", "lang", "look"), list(samples()), indirect=["lang"])
def test_everyone_can_read_it(state: PageState, stage: Stage, lang: str, look: Look) -> None:
    judge(state, stage, lang, [look])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("state", "lang"),
    [
        pytest.param(state, lang, id=f"{lang}-{state.name}")
        for state, lang in product(STATES, LOCALES)
    ],
    indirect=["lang"],
)
def test_everyone_can_read_it_whichever_way(state: PageState, stage: Stage, lang: str) -> None:
    judge(state, stage, lang, LOOKS)


def judge(state: PageState, stage: Stage, lang: str, looks: Sequence[Look]) -> None:
    """Go to a state, and find nothing wrong with it."""
    visitor = state.reach(stage)
    assert endpoint_of(visitor) == state.endpoint
    assert visitor.page.locator("html").get_attribute("lang") == (state.only_lang or lang)
    visitor.unfold()
    assert violations(visitor, looks) + lost_words(visitor) == []


def test_the_suite_looks_each_way_at_about_a_quarter_of_the_states() -> None:
    found = [sampled(state) for state in STATES]
    for lang, look in product(LANGUAGES, LOOKS):
        assert found.count((lang, look)) >= len(STATES) / 12


@in_the_suite("nl")
def test_nothing_of_some_modules_is_lost(stage: Stage) -> None:
    see_that_nothing_is_lost(stage, stage.cast.module_ids[::SOME])


@pytest.mark.slow
def test_nothing_of_the_modules_is_lost(stage: Stage) -> None:
    see_that_nothing_is_lost(stage, stage.cast.module_ids)


def see_that_nothing_is_lost(stage: Stage, module_ids: Sequence[str]) -> None:
    """Look at every page of these modules on a narrow screen."""
    visitor = stage.open("/", stage.cast.newcomer)
    found = {}
    for module_id in module_ids:
        for page in stage.cast.site.library.module(module_id).module.pages:
            visitor.open(f"/onderdeel/{module_id}/{page.id}")
            found[page.id] = lost(visitor, width=NARROW)
    assert found == {page_id: [] for page_id in found}


def test_every_page_has_a_state(site: Site) -> None:
    rules = site.app.url_map.iter_rules()
    readable = {each.endpoint for each in rules if "GET" in (each.methods or ())}
    shown = {state.endpoint for state in STATES} - {ANY_ERROR}
    assert readable - shown == NOT_PAGES.keys()


@pytest.mark.parametrize("lang", ["nl"], indirect=True)
def test_axe_would_find_something(stage: Stage) -> None:
    visitor = stage.show('<!doctype html><title>.</title><img src="x"><p style="color: #999">pale')
    found = " ".join(violations(visitor))
    for rule in ("image-alt", "color-contrast", "html-has-lang", "landmark-one-main"):
        assert rule in found
    for width in (WIDE, NARROW):
        assert f"light, {width} wide: image-alt" in found
        assert f"dark, {width} wide: color-contrast" in found


@pytest.mark.parametrize("lang", ["nl"], indirect=True)
def test_what_is_lost_would_be_noticed(stage: Stage) -> None:
    visitor = stage.show('<!doctype html><p style="width: 30rem">wide</p>')
    assert len(lost(visitor, width=NARROW)) == 2
    visitor = stage.show('<!doctype html><p style="width: 4rem; overflow: hidden">Doorverwijzingen')
    assert len(lost(visitor, width=NARROW)) == 1


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
