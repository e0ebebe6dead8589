"""Playing: what is offered, what a choice does, and what becomes of an error."""

import pytest

from elearning.errors import ChoiceNotOffered
from elearning.scenario.model import CompetencyId, NodeId, Scenario
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
from tests.unit.scenario.builders import (
    a_choice,
    a_competency,
    a_node,
    a_scenario,
    an_ending,
    an_error,
    choices,
)

C2 = CompetencyId("C2")


def test_a_choice_leads_to_its_node_and_is_added_to_the_path() -> None:
    scenario = a_scenario(a_node("begin", a_choice("verder", "einde")), an_ending())
    position = choose(scenario, begin(scenario), choices("verder")[0])
    assert (position.node_id, position.path, position.turn) == ("einde", ("verder",), 2)
    assert is_over(scenario, position)


def test_a_choice_that_is_not_there_is_refused_by_name() -> None:
    scenario = a_scenario(a_node("begin", a_choice("verder", "einde")), an_ending())
    with pytest.raises(ChoiceNotOffered, match="'anders' is not offered at 'begin'"):
        choose(scenario, begin(scenario), choices("anders")[0])


def test_nothing_is_offered_at_an_ending() -> None:
    scenario = a_scenario(a_node("begin", a_choice("verder", "einde")), an_ending())
    assert offered(scenario, replay(scenario, choices("verder"))) == ()


def test_points_stay_within_the_range() -> None:
    scenario = a_scenario(
        a_node("begin", a_choice("veel", "midden", points={"C2": 9})),
        a_node("midden", a_choice("weinig", "einde", points={"C2": -9})),
        an_ending(),
        competencies=(a_competency("C2", high=4),),
    )
    assert replay(scenario, choices("veel")).points[C2] == 4
    assert replay(scenario, choices("veel", "weinig")).points[C2] == 0


def test_a_range_that_starts_above_zero_starts_there() -> None:
    scenario = a_scenario(an_ending(), competencies=(a_competency("C2", low=1),))
    assert begin(scenario).points[C2] == 1


def test_flags_are_set_by_the_choice_and_on_arrival() -> None:
    scenario = a_scenario(
        a_node("begin", a_choice("verder", "midden", sets=("gezegd",)), sets=("begonnen",)),
        a_node("midden", sets=("aangekomen",)),
        flags=("gezegd", "begonnen", "aangekomen"),
    )
    position = replay(scenario, choices("verder"))
    assert position.flags == {"begonnen", "gezegd", "aangekomen"}


def test_a_guarded_choice_is_offered_only_where_its_guard_holds() -> None:
    scenario = a_scenario(
        a_node("begin", a_choice("wel", "keus", sets=("gezegd",)), a_choice("niet", "keus")),
        a_node("keus", a_choice("open", "einde", when="gezegd"), a_choice("altijd", "einde")),
        an_ending(),
        flags=("gezegd",),
    )
    with_flag = offered(scenario, replay(scenario, choices("wel")))
    without = offered(scenario, replay(scenario, choices("niet")))
    assert [each.id for each in with_flag] == ["open", "altijd"]
    assert [each.id for each in without] == ["altijd"]


def test_a_choice_can_be_taken_once_unless_it_says_otherwise() -> None:
    scenario = a_scenario(
        a_node("begin", a_choice("eens", "begin"), a_choice("vaker", "begin", max_visits=2)),
        an_ending(),
    )
    after_both = replay(scenario, choices("eens", "vaker"))
    assert [each.id for each in offered(scenario, after_both)] == ["vaker"]
    assert offered(scenario, replay(scenario, choices("eens", "vaker", "vaker"))) == ()


def test_the_same_choice_id_at_another_node_is_another_choice() -> None:
    scenario = a_scenario(
        a_node("begin", a_choice("a", "midden")),
        a_node("midden", a_choice("a", "einde")),
        an_ending(),
    )
    assert replay(scenario, choices("a", "a")).node_id == "einde"


def test_a_choice_gives_its_points_only_the_first_time() -> None:
    scenario = a_scenario(
        a_node("begin", a_choice("weer", "begin", points={"C2": 1}, max_visits=3)),
        competencies=(a_competency("C2"),),
    )
    assert replay(scenario, choices("weer", "weer", "weer")).points[C2] == 1


def _conversation_with_a_slip(within: int | None = 2) -> Scenario:
    """Return a line of nodes in which `fout` raises CE1 and each later node offers a repair."""
    return a_scenario(
        a_node("een", a_choice("fout", "twee", raises=("CE1",))),
        a_node("twee", a_choice("herstel", "drie", repairs=("CE1",)), a_choice("door", "drie")),
        a_node("drie", a_choice("herstel", "vier", repairs=("CE1",)), a_choice("door", "vier")),
        a_node("vier", a_choice("herstel", "einde", repairs=("CE1",)), a_choice("door", "einde")),
        an_ending(),
        errors=(an_error("CE1", within=within),),
    )


def test_an_error_is_remembered_with_its_node_and_turn() -> None:
    position = replay(_conversation_with_a_slip(), choices("fout"))
    (incident,) = position.incidents
    assert (incident.error, incident.node, incident.turn) == ("CE1", "een", 1)
    assert incident.state is IncidentState.OPEN


@pytest.mark.parametrize("way", [("fout", "herstel"), ("fout", "door", "herstel")])
def test_a_repair_within_the_window_closes_the_error(way: tuple[str, ...]) -> None:
    position = replay(_conversation_with_a_slip(), choices(*way))
    assert [each.state for each in position.incidents] == [IncidentState.REPAIRED]


def test_an_error_expires_when_its_window_passes_without_repair() -> None:
    scenario = _conversation_with_a_slip()
    inside = replay(scenario, choices("fout", "door"))
    outside = replay(scenario, choices("fout", "door", "door"))
    assert inside.incidents[0].state is IncidentState.OPEN
    assert outside.incidents[0].state is IncidentState.EXPIRED


def test_a_repair_after_the_window_changes_nothing() -> None:
    position = replay(_conversation_with_a_slip(), choices("fout", "door", "door", "herstel"))
    assert position.incidents[0].state is IncidentState.EXPIRED


def test_an_error_without_a_window_can_be_repaired_until_the_end() -> None:
    scenario = _conversation_with_a_slip(within=None)
    position = replay(scenario, choices("fout", "door", "door", "herstel"))
    assert position.incidents[0].state is IncidentState.REPAIRED


def test_one_repair_closes_every_open_error_of_its_kind() -> None:
    scenario = a_scenario(
        a_node(
            "begin",
            a_choice("fout", "begin", raises=("CE1",), max_visits=2),
            a_choice("goed", "einde", repairs=("CE1",)),
        ),
        an_ending(),
        errors=(an_error("CE1"),),
    )
    position = replay(scenario, choices("fout", "fout", "goed"))
    assert [each.state for each in position.incidents] == [IncidentState.REPAIRED] * 2


def test_the_repair_of_one_error_leaves_another_open() -> None:
    scenario = a_scenario(
        a_node("begin", a_choice("fout", "midden", raises=("CE1", "CE2"))),
        a_node("midden", a_choice("herstel", "einde", repairs=("CE2",))),
        an_ending(),
        errors=(an_error("CE1"), an_error("CE2")),
    )
    states = [each.state for each in replay(scenario, choices("fout", "herstel")).incidents]
    assert states == [IncidentState.OPEN, IncidentState.REPAIRED]


def test_the_same_error_after_its_repair_is_a_second_error() -> None:
    scenario = a_scenario(
        a_node("begin", a_choice("fout", "midden", raises=("CE1",), max_visits=2)),
        a_node("midden", a_choice("herstel", "begin", repairs=("CE1",))),
        errors=(an_error("CE1"),),
    )
    position = replay(scenario, choices("fout", "herstel", "fout"))
    states = [each.state for each in position.incidents]
    assert states == [IncidentState.REPAIRED, IncidentState.OPEN]


def test_a_fatal_error_cannot_be_repaired() -> None:
    scenario = a_scenario(
        a_node("begin", a_choice("fout", "midden", raises=("CE5",))),
        a_node("midden", a_choice("herstel", "einde", repairs=("CE5",))),
        an_ending(),
        errors=(an_error("CE5", is_fatal=True),),
    )
    position = replay(scenario, choices("fout", "herstel"))
    assert [each.state for each in position.incidents] == [IncidentState.FATAL]


def test_turns_tell_the_play_from_the_first_to_where_the_learner_stands() -> None:
    scenario = _conversation_with_a_slip()
    told = turns(scenario, choices("fout", "herstel"))
    assert [(each.number, each.node_id, each.choice_id) for each in told] == [
        (1, "een", "fout"),
        (2, "twee", "herstel"),
        (3, "drie", None),
    ]
    assert told[1].position_before == replay(scenario, choices("fout"))


def test_options_are_shuffled_per_attempt_and_stay_put_within_it() -> None:
    node = a_node("begin", *(a_choice(name, "einde") for name in "abcdef"))
    orders = {
        tuple(each.id for each in display_order(node.choices, seed, node.id)) for seed in range(20)
    }
    assert len(orders) > 10
    assert display_order(node.choices, 7, node.id) == display_order(node.choices, 7, node.id)


def test_the_order_of_the_file_does_not_show_in_the_order_of_the_options() -> None:
    made = [a_choice(name, "einde") for name in "abcd"]
    forwards = display_order(made, "zaad", NodeId("begin"))
    assert display_order(reversed(made), "zaad", NodeId("begin")) == forwards


def test_the_order_of_the_options_is_the_same_on_every_machine() -> None:
    made = [a_choice(name, "einde") for name in "abcd"]
    assert "".join(each.id for each in display_order(made, 42, NodeId("begin"))) == "bcda"
