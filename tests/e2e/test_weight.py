"""A learner's page is light, asks nothing of anybody else, and does not jump while it arrives.

The suite weighs half of the states, `make slow` the other half.
"""

from __future__ import annotations

import gzip
from collections import Counter
from zlib import crc32

import pytest
from playwright.sync_api import Request

from tests.e2e.pages import Visitor
from tests.e2e.stage import PageState, Stage
from tests.e2e.states import STATES

pytestmark = pytest.mark.e2e
KILOBYTE = 1000
MOST = {"document": 20 * KILOBYTE, "stylesheet": 14 * KILOBYTE, "script": 5 * KILOBYTE}
MOST_REQUESTS = 6
LARGEST_SHIFT = 0.02
LEARNERS = [each for each in STATES if each.endpoint.split(".")[0] in {"learner", "module", "play"}]
SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(each => { sum += each.value; }))
    .observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => setTimeout(() => done(sum), 50));
})"""


@pytest.mark.parametrize("lang", ["nl"], indirect=True)
@pytest.mark.parametrize(
    "state",
    [
        pytest.param(each, marks=pytest.mark.slow if crc32(each.name.encode()) % 2 else ())
        for each in LEARNERS
    ],
    ids=lambda state: state.name,
)
def test_a_page_is_light(state: PageState, stage: Stage) -> None:
    visitor = state.reach(stage)
    visitor.look(width=320)
    with visitor.noting_requests() as asked:
        visitor.page.reload()
    assert len(asked) <= MOST_REQUESTS
    assert [each.url for each in asked if not each.url.startswith(f"{visitor.site.address}/")] == []
    assert heavy(asked, visitor) == {}
    assert visitor.page.evaluate(SHIFT) <= LARGEST_SHIFT


def heavy(asked: list[Request], visitor: Visitor) -> dict[str, int]:
    """Return what weighs too much, compressed as a server in front sends it."""
    sizes = Counter({"document": len(gzip.compress(visitor.page.content().encode()))})
    for each in asked:
        if each.resource_type != "document":
            answer = visitor.page.request.get(each.url)
            sizes[each.resource_type] += len(gzip.compress(answer.body()))
    return {kind: size for kind, size in sizes.items() if size > MOST.get(kind, KILOBYTE)}
