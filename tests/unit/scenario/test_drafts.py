"""A draft may lack words, blocks nothing, is never passed without a rule, and never counts."""

import pytest

from elearning.problem import ProblemSeverity, blocks_publication
from elearning.scenario.check import check_scenario
from elearning.scenario.expression import NEVER
from elearning.scenario.model import ChoiceId, NodeId
from elearning.scenario.parse import Outcome, parse_scenario
from elearning.scenario.play import replay
from elearning.scenario.score import result
from tests.unit.scenario.builders import a_registry
from tests.unit.scenario.example import DUTCH, ENGLISH, ENGLISH_FILE, SOURCE_FILE

BARE = """---
schema: 1
id: s00-spreekuur
lang: nl
draft: true
kind: conversation
title: "Na het college"
minutes: 3
start: begin
---
## begin
Noor blijft hangen.

~~~choices
- id: verder
  say: "Neem je tijd."
  to: einde
~~~

## einde
~~~node
ending: ok
~~~
Noor gaat.
"""
TRANSLATED = """---
schema: 1
id: s00-spreekuur
lang: en
title: "After class"
---
## begin
Noor stays behind.

~~~choices
- id: verder
  say: "Take your time."
~~~

## einde
Noor leaves.
"""


def read(text: str, **others: str) -> Outcome:
    return check_scenario({SOURCE_FILE: text, **others}, a_registry())


def test_a_draft_may_lack_everything_that_only_its_author_can_write() -> None:
    outcome = read(BARE)
    assert outcome.parsed is not None
    assert not blocks_publication(outcome.problems)
    assert {each.code for each in outcome.problems} == {"X1", "L1"}


@pytest.mark.parametrize(
    "missing", ["pass", "persona", "content_note", "setting", "goal", "felt", "why"]
)
def test_without_the_word_draft_all_of_it_is_asked(missing: str) -> None:
    whole = read(BARE.replace("draft: true\n", "persona: noor\n" if missing == "felt" else ""))
    assert f"{missing}: is missing" in {each.message for each in whole.problems}


def test_a_draft_may_be_translated_as_far_as_it_goes() -> None:
    outcome = parse_scenario({SOURCE_FILE: BARE, ENGLISH_FILE: TRANSLATED}, a_registry())
    assert {each.severity for each in outcome.problems} == {ProblemSeverity.WARNING}
    assert outcome.parsed is not None
    assert set(outcome.parsed.texts) == {"nl", "en"}


def test_what_the_graph_of_a_draft_lacks_is_a_warning() -> None:
    lost = BARE.replace("## einde", "## los\nNiemand komt hier.\n\n## einde")
    found = [each for each in read(lost).problems if each.code.startswith("R")]
    assert {each.code for each in found} == {"R1", "R2"}
    assert {each.severity for each in found} == {ProblemSeverity.WARNING}


def test_a_draft_that_cannot_be_understood_is_still_an_error() -> None:
    outcome = read(BARE.replace("to: einde", "to: eind"))
    assert outcome.parsed is None
    assert blocks_publication(outcome.problems)


def test_a_draft_without_a_pass_rule_is_never_passed() -> None:
    parsed = read(BARE).parsed
    assert parsed is not None
    assert parsed.scenario.pass_rule == NEVER
    end = replay(parsed.scenario, [ChoiceId("verder")])
    assert (end.node_id, result(parsed.scenario, end).passed) == (NodeId("einde"), False)


def test_only_a_finished_scenario_with_competencies_may_count() -> None:
    def may_count(text: str) -> bool:
        files = {SOURCE_FILE: text, ENGLISH_FILE: ENGLISH}
        draft = parse_scenario(files, a_registry()).draft
        assert draft is not None
        return draft.scenario.may_count

    assert may_count(DUTCH)
    assert not may_count(DUTCH.replace("lang: nl", "lang: nl\ndraft: true"))
    assert not may_count(DUTCH.replace("competencies:\n  C2: {range: [0, 3], cut: 2}\n", ""))
