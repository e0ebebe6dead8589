"""Whatever comes in: it is read or refused, and nothing else ever happens."""

import json

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from elearning.exchange.importing import Imported, import_story
from elearning.exchange.remarks import ExchangeRefused
from elearning.problem import blocks_publication
from elearning.scenario.check import check_scenario
from elearning.yaml_fields import LANGUAGES
from tests.unit.exchange.packages import (
    a_content,
    a_package,
    a_question,
    a_text,
    an_alternative,
    an_end,
)
from tests.unit.exchange.stories import an_arrival, placed, the_registry

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
PACKAGE = a_package(
    a_content(a_question("<p>?</p>", an_alternative("a", 1), an_alternative("b")), a_text("c", 0))
)
CHANGES = st.lists(st.tuples(st.integers(0, len(PACKAGE) - 1), st.integers(0, 255)), max_size=4)
NAMES = (
    "type params library text nextContentId feedback title subtitle branchingQuestion question"
    " alternatives metadata contentId endScreenTitle x presentation slides elements"
)
KEYS = st.sampled_from(NAMES.split())
VALUES = st.sampled_from(
    [
        "H5P.BranchingQuestion 1.0",
        "H5P.AdvancedText 1.1",
        "H5P.CoursePresentation 1.2",
        "<p>x",
        "-1",
    ]
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.floats(allow_nan=False)
    | VALUES
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)
NODES = st.fixed_dictionaries(
    {
        "type": st.fixed_dictionaries({"library": VALUES, "params": JSON}) | JSON,
        "nextContentId": st.integers(-3, 3) | st.none() | JSON,
        "feedback": JSON,
    }
)
SIGNS = (
    ":: [[ ]] -> <- | ][ << >> \\ { } [script] ## ~~~choices <b> </p> &lt; (a: {{x}} --- a b"
    ' <<goto\'a\'>> ::a ::StoryData {"start":"a"} {"elearning":{"nl":"##a"}}'
)
TWEE_PARTS = st.sampled_from([*SIGNS.split(), " ", "\n", "\n:: ", "\x00", "\u2028", "\ud7ff"])
CARRIED = (
    '{"elearning": {"schema": 1, "source": "nl", "shown": "nl", "heads": {"nl": "---\\n---\\n"}}}'
)


def taken_in(data: bytes) -> Imported | None:
    """Return what was read, or None where it was refused; a draft must never block."""
    try:
        imported = import_story(data, an_arrival())
    except ExchangeRefused:
        return None
    outcome = check_scenario(placed(imported.files), the_registry())
    assert outcome.parsed is not None
    assert not blocks_publication(outcome.problems)
    return imported


@unhurried
@given(CHANGES)
def test_a_package_with_changed_bytes(changes: list[tuple[int, int]]) -> None:
    data = bytearray(PACKAGE)
    for place, value in changes:
        data[place] = value
    taken_in(bytes(data))


@unhurried
@given(st.lists(NODES, max_size=4), JSON, st.lists(JSON, max_size=2))
def test_a_package_with_any_content(nodes: list[object], more: object, ends: list[object]) -> None:
    content = a_content(
        *json.loads(json.dumps(nodes)), endScreens=[*ends, an_end(-2, "x")], startScreen=more
    )
    taken_in(a_package(content))


@unhurried
@given(JSON, JSON)
def test_a_package_with_any_json(content: object, manifest: object) -> None:
    taken_in(a_package(content, manifest))


@unhurried
@given(st.lists(TWEE_PARTS, max_size=40).map("".join))
@example(f":: StoryData\n{CARRIED}\n:: a\nx")
@example(
    ':: StoryData\n{"elearning": {"schema": 1, "source": "xx", "shown": "nl", "heads": []}}\n:: a'
)
@example(f':: StoryData\n{CARRIED}\n:: a {{"elearning": {{"nl": "## a\\nx"}}}}\nx')
def test_any_twee(text: str) -> None:
    imported = taken_in(f":: a\n{text}".encode())
    assert imported is None or set(imported.files) <= {
        "scenario.md",
        *(f"scenario.{lang}.md" for lang in LANGUAGES),
    }


@unhurried
@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    taken_in(data)
