"""What holds for every scenario and every play, whatever they are."""

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from elearning.errors import ChoiceNotOffered
from elearning.scenario.check import check_scenario
from elearning.scenario.expression_parser import ExpressionRefused, parse_expression
from elearning.scenario.model import ChoiceId, NodeId, Scenario
from elearning.scenario.play import (
    IncidentState,
    begin,
    choose,
    display_order,
    is_over,
    offered,
    replay,
    turns,
)
from elearning.scenario.score import best_alternative, result
from elearning.scenario.skills import skill_levels
from elearning.scenario.states import explore
from tests.unit.scenario.builders import a_choice, a_registry, a_skill
from tests.unit.scenario.example import DUTCH, ENGLISH, ENGLISH_FILE, SOURCE_FILE
from tests.unit.scenario.strategies import Play, plays, scenarios

INSERTS = st.sampled_from(
    [
        "\n",
        "---\n",
        "## ",
        "~~~",
        "~~~choices\n",
        "~~~node\n",
        "- id: x\n",
        "  to: ",
        "{",
        "}",
        "[",
        "&a",
        "*a",
        "!!",
        ": ",
        '"',
        "'",
        "\t",
        "\0",
        "…",
        "if: (((",
    ]
)


@given(plays())
def test_replaying_a_path_is_folding_the_choices(play: Play) -> None:
    position = begin(play.scenario)
    for choice_id in play.path:
        position = choose(play.scenario, position, choice_id)
    assert replay(play.scenario, play.path) == position
    assert position.path == play.path
    assert position.turn == len(play.path) + 1


@given(plays())
def test_points_are_always_within_their_range(play: Play) -> None:
    for turn in turns(play.scenario, play.path):
        for rule in play.scenario.competencies.values():
            assert rule.low <= turn.position_before.points[rule.id] <= rule.high


@given(plays())
def test_only_an_open_error_ever_changes(play: Play) -> None:
    told = [turn.position_before.incidents for turn in turns(play.scenario, play.path)]
    for before, after in pairwise(told):
        for old, new in zip(before, after, strict=False):
            assert old == new or old.state is IncidentState.OPEN
            assert (old.error, old.node, old.turn) == (new.error, new.node, new.turn)


@given(plays())
def test_flags_and_visited_nodes_are_never_lost(play: Play) -> None:
    told = [turn.position_before for turn in turns(play.scenario, play.path)]
    for before, after in pairwise(told):
        assert before.flags <= after.flags
        assert before.visited <= after.visited


@given(plays(), st.text(max_size=3))
def test_only_what_is_offered_can_be_chosen(play: Play, name: str) -> None:
    position = replay(play.scenario, play.path)
    names = {each.id for each in offered(play.scenario, position)}
    try:
        choose(play.scenario, position, ChoiceId(name))
    except ChoiceNotOffered:
        assert name not in names
    else:
        assert name in names


@given(plays())
def test_a_pass_has_an_ending_and_no_fatal_error(play: Play) -> None:
    position = replay(play.scenario, play.path)
    outcome = result(play.scenario, position)
    assert outcome.raised_a + outcome.raised_b == len(position.incidents)
    if outcome.passed:
        assert is_over(play.scenario, position)
        assert all(each.state is not IncidentState.FATAL for each in position.incidents)


@given(plays())
def test_a_skill_profile_points_only_at_turns_that_were_played(play: Play) -> None:
    position = replay(play.scenario, play.path)
    skills = [a_skill("ruimte", "C2"), a_skill("grenzen", "C4")]
    for found in skill_levels(play.scenario, position, skills):
        assert set(found.turns) <= set(range(1, position.turn))
        assert found.level is not None or not found.turns


@given(plays())
def test_another_possibility_never_raises_an_error(play: Play) -> None:
    for turn in turns(play.scenario, play.path)[:-1]:
        assert turn.choice_id is not None
        better = best_alternative(play.scenario, turn.node_id, turn.choice_id)
        assert better is None or (not better.raises and better.id != turn.choice_id)


@given(
    st.lists(st.from_regex(r"[a-z0-9_]{1,8}", fullmatch=True), unique=True, max_size=6),
    st.one_of(st.integers(), st.text()),
)
def test_the_order_shown_is_a_permutation_that_the_file_order_does_not_change(
    names: list[str], seed: int | str
) -> None:
    made = [a_choice(name, "einde") for name in names]
    shown = display_order(made, seed, NodeId("begin"))
    assert sorted(shown, key=lambda each: each.id) == sorted(made, key=lambda each: each.id)
    assert display_order(sorted(made, key=lambda each: each.id), seed, NodeId("begin")) == shown


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(plays())
def test_exploring_visits_every_choice_and_every_dead_end_of_every_play(play: Play) -> None:
    found = explore(play.scenario)
    for turn in turns(play.scenario, play.path):
        choices = offered(play.scenario, turn.position_before)
        if found.is_complete:
            assert {(turn.node_id, each.id) for each in choices} <= found.offered
        if not choices and not is_over(play.scenario, turn.position_before):
            assert not found.is_complete or turn.node_id in {each.node_id for each in found.stuck}


@given(scenarios())
def test_a_stuck_position_replays_from_its_choices(scenario: Scenario) -> None:
    for stuck in explore(scenario, most_states=300).stuck:
        assert replay(scenario, stuck.path) == stuck
        assert offered(scenario, stuck) == ()


@given(st.text())
def test_any_text_is_an_expression_or_is_refused_within_its_length(text: str) -> None:
    column = _column_of_refusal(text)
    assert column is None or 1 <= column <= len(text) + 1


def _column_of_refusal(text: str) -> int | None:
    try:
        parse_expression(text)
    except ExpressionRefused as refusal:
        return refusal.column
    return None


@given(st.text(), st.text())
def test_any_two_texts_give_problems_and_never_an_error(dutch: str, english: str) -> None:
    outcome = check_scenario({SOURCE_FILE: dutch, ENGLISH_FILE: english}, a_registry())
    assert outcome.problems
    assert list(outcome.problems) == sorted(outcome.problems)


@given(st.data())
def test_a_good_file_with_something_put_in_gives_problems_on_lines_that_exist(
    data: st.DataObject,
) -> None:
    place = data.draw(st.integers(0, len(DUTCH)))
    broken = DUTCH[:place] + data.draw(INSERTS) + DUTCH[place + data.draw(st.integers(0, 30)) :]
    outcome = check_scenario({SOURCE_FILE: broken, ENGLISH_FILE: ENGLISH}, a_registry())
    lines = broken.replace("\r", "\n").count("\n") + 1
    for problem in outcome.problems:
        assert problem.file in {SOURCE_FILE, ENGLISH_FILE}
        assert 1 <= problem.line <= max(lines, ENGLISH.count("\n") + 1)


@given(st.integers(0, 50))
def test_empty_lines_above_a_node_move_every_line_number_along(extra: int) -> None:
    files = {SOURCE_FILE: DUTCH.replace("## schrikt", "\n" * extra + "## schrikt")}
    moved = check_scenario(files, a_registry()).draft
    still = check_scenario({SOURCE_FILE: DUTCH}, a_registry()).draft
    assert moved is not None
    assert still is not None
    for name, node in still.scenario.nodes.items():
        shift = 0 if name == "binnenkomst" else extra
        assert moved.scenario.nodes[name].line == node.line + shift
        for before, after in zip(node.choices, moved.scenario.nodes[name].choices, strict=True):
            assert after.line == before.line + shift
