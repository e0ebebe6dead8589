"""A site and a Chromium for each process of the run, and visitors for each test."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.cast import Cast
from tests.e2e.chromium import find_chromium, running_chromium
from tests.e2e.hands import Keyboard, Mouse
from tests.e2e.pages import Visitor
from tests.e2e.people import Someone
from tests.e2e.site import Site, make_template, serving
from tests.e2e.stage import Admit, Stage

LOCALES = {"nl": "nl-NL", "en": "en-GB"}
PATIENCE_MS = 10_000


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a Chromium; skip without one on a laptop, fail without one in CI."""
    executable = find_chromium()
    if executable is None:
        reason = "Chromium is not installed; tests/system-packages chromium says how to get it"
        if os.environ.get("CI") == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    with running_chromium(executable) as chromium:
        yield chromium


@pytest.fixture(scope="session")
def site(
    browser: Browser,  # noqa: ARG001 - without a browser nothing needs to be served
    folder_of_the_run: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """Return a site that this process of the run shares with no other."""
    template = folder_of_the_run / "site"
    make_template(template)
    with serving(template, tmp_path_factory.getbasetemp() / "served") as running:
        yield running


@pytest.fixture(params=["nl", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    """Return the language of the pages; whoever asks for it runs once in each."""
    return str(request.param)


def in_the_suite(lang: str) -> pytest.MarkDecorator:
    """Let a test run in both languages, in the suite in this one only."""
    rest = [each for each in LOCALES if each != lang]
    slow = [pytest.param(each, marks=pytest.mark.slow) for each in rest]
    return pytest.mark.parametrize("lang", [lang, *slow], indirect=True)


@pytest.fixture
def admit(browser: Browser, site: Site) -> Iterator[Admit]:
    """Return what lets visitors in; they leave when the test ends."""
    contexts: list[BrowserContext] = []

    def letting_in(
        lang: str,
        someone: Someone | None = None,
        *,
        by_keyboard: bool = False,
        has_script: bool = True,
    ) -> Visitor:
        context = new_context(browser, lang, java_script_enabled=has_script)
        contexts.append(context)
        if someone is not None:
            someone.enter(context, lang)
        page = context.new_page()
        hands = Keyboard(page) if by_keyboard else Mouse()
        return Visitor(page, site, lang, hands, has_script)

    yield letting_in
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def cast(site: Site) -> Cast:
    """Return the people that pages are looked at with."""
    return Cast(site)


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Iterator[Mapping[str, Page]]:
    """Return a window per language; axe-core is brought into it past the policy of the pages."""
    contexts = {lang: new_context(browser, lang, bypass_csp=True) for lang in LOCALES}
    yield {lang: context.new_page() for lang, context in contexts.items()}
    for context in contexts.values():
        context.close()


@pytest.fixture
def stage(cast: Cast, windows: Mapping[str, Page], lang: str) -> Stage:
    """Return where a state of a page is shown, in the language of the test."""
    return Stage(lang, cast, windows[lang])


def new_context(
    browser: Browser, lang: str, *, java_script_enabled: bool = True, bypass_csp: bool = False
) -> BrowserContext:
    """Return a browser without cookies; without motion nothing has to settle first."""
    context = browser.new_context(
        locale=LOCALES[lang],
        java_script_enabled=java_script_enabled,
        bypass_csp=bypass_csp,
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    return context
