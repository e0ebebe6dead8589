"""What stands in trainings.yaml: pools, sittings and boosters, and every mistake in them named."""

from __future__ import annotations

from pathlib import Path

import pytest

from elearning.content.training_plans import Versions
from elearning.content.trainings import read_trainings
from elearning.learning.training import Booster, Plan, ScenarioPart, Sitting, Training
from elearning.problem import Findings

SHIPPED = Path(__file__).parents[3] / "modules/trainings.yaml"
NAMES = ("een", "een-lezen", "twee", "twee-lezen", "los")
VERSIONS = Versions(
    modules={"m1": "1", "m2": "2", "b1": "3"},
    scenarios=dict.fromkeys([*NAMES, "schets"], "1"),
    practice_only={"schets"},
    examined={"m1", "b1"},
)
HEAD = """
schema: 1
trainings:
  - id: basis
    title: {nl: "De basis", en: "The basics"}
    certificate_title: {nl: "De basis", en: "The basics"}
    goals: {nl: ["ruimte geven"], en: ["giving space"]}
    study_load_minutes: 30
    validity: {months: 24, renewal_window_days: 60, grace_days: 14, due_days: 60}
    limits: {open_a: 0, open_b: 1, repaired_a: 1}
    satisfies: []
"""
POOL = """
        pool:
          - {any_of: [een, een-lezen]}
          - {any_of: [twee, twee-lezen]}
"""
TITLE = '{nl: "Een situatie", en: "A situation"}'
SOUND = f"""
    sittings: {{days_apart: 3}}
    parts:
      - {{id: begin, sitting: A, group: prepare, module: m1}}
      - {{id: meer, sitting: A, group: prepare, module: m2}}
      - id: keuze
        sitting: B
        group: practise
        title: {TITLE}{POOL}
    boosters:
      - {{months: 1, module: b1, practise: [{{any_of: [los]}}]}}
      - {{months: 12, module: b1, tells_changes: true}}
"""


def read(body: str) -> tuple[Training, list[str]]:
    findings = Findings("trainings.yaml")
    (training,) = read_trainings(HEAD + body, findings, VERSIONS).values()
    return training, [each.message for each in findings.found]


def changed(old: str, new: str) -> list[str]:
    """Return what is said of the sound file with one thing changed."""
    assert old in SOUND
    return read(SOUND.replace(old, new))[1]


def test_a_sound_plan_is_read_as_it_stands() -> None:
    training, messages = read(SOUND)
    assert messages == []
    assert training.plan == Plan(3, (Sitting("A", ("begin", "meer")), Sitting("B", ("keuze",))))
    assert training.boosters == (
        Booster(1, "b1", (("los",),), tells_changes=False),  # type: ignore[arg-type] # ids are text
        Booster(12, "b1", (), tells_changes=True),
    )
    choice = training.parts[-1]
    assert isinstance(choice, ScenarioPart)
    assert choice.pool == (("een", "een-lezen"), ("twee", "twee-lezen"))
    assert choice.title == {"nl": "Een situatie", "en": "A situation"}


def test_sittings_and_boosters_may_be_left_out() -> None:
    training, messages = read("    parts:\n      - {id: een, group: prepare, module: m1}\n")
    assert (training.plan, training.boosters, messages) == (None, (), [])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (f"        title: {TITLE}", "", "title: a pool of several needs one"),
        ("    sittings: {days_apart: 3}", "", "sittings: is missing, and a part names one"),
        ("{days_apart: 3}", "{}", "days_apart: is missing"),
        ("{days_apart: 3}", "{days_apart: 3, locked: true}", "locked: is not a key here"),
        ("        sitting: B\n", "", "parts: every part names its sitting"),
        ("begin, sitting: A", "begin, sitting: B", "parts: parts of one sitting stand together"),
        ("months: 12", "months: 1", "boosters: stand in the order of their months"),
        ("months: 1, module: b1", "months: 1, module: b9", "module: there is no module 'b9'"),
        ("any_of: [los]", "any_of: [weg]", "any_of: there is no scenario 'weg'"),
        ("any_of: [los]", "any_of: [schets]", "any_of: 'schets' is practice only"),
        ("[twee, twee-lezen]", "[twee]", "pool: every entry has the same ways"),
        ("[twee, twee-lezen]", "[een, twee]", "pool: a scenario stands twice"),
    ],
)
def test_what_does_not_fit_is_named(old: str, new: str, message: str) -> None:
    assert any(each.startswith(message) for each in changed(old, new))


def test_only_a_pool_has_a_title() -> None:
    part = f"{{id: een, group: practise, any_of: [een, een-lezen], title: {TITLE}}}"
    assert read(f"    parts:\n      - {part}\n")[1] == [
        "title: a pool of several needs one, and nothing else has one"
    ]
