"""The skill profile: a level in words, and the turns that show it."""

import pytest

from elearning.scenario.play import begin, replay
from elearning.scenario.registry import SkillLevel
from elearning.scenario.skills import skill_levels
from tests.unit.scenario.builders import (
    a_choice,
    a_competency,
    a_node,
    a_scenario,
    a_skill,
    an_ending,
    an_error,
    choices,
)

LISTENING = a_skill("ruimte", "C2")
STORY = a_scenario(
    a_node("een", a_choice("goed", "twee", points={"C2": 2}), a_choice("zwak", "twee")),
    a_node(
        "twee",
        a_choice("goed", "drie", points={"C2": 1}),
        a_choice("fout", "drie", points={"C2": 1}, raises=("CE1",)),
        a_choice("zwak", "drie"),
    ),
    a_node("drie", a_choice("herstel", "einde", repairs=("CE1",)), a_choice("door", "einde")),
    an_ending(),
    competencies=(a_competency("C2", high=3, cut=2),),
    errors=(an_error("CE1"),),
)


@pytest.mark.parametrize(
    ("way", "level", "shown"),
    [
        (("goed", "goed", "door"), SkillLevel.STRONG, (1, 2)),
        (("goed", "zwak", "door"), SkillLevel.STRONG, (1,)),
        (("goed", "fout", "door"), SkillLevel.ON_THE_WAY, (2,)),
        (("goed", "fout", "herstel"), SkillLevel.STRONG, (1, 2)),
        (("zwak", "goed", "door"), SkillLevel.PRACTISE, (1,)),
        (("zwak", "zwak", "door"), SkillLevel.PRACTISE, (1, 2)),
    ],
)
def test_a_skill_has_a_level_and_the_turns_that_show_it(
    way: tuple[str, ...], level: SkillLevel, shown: tuple[int, ...]
) -> None:
    (found,) = skill_levels(STORY, replay(STORY, choices(*way)), [LISTENING])
    assert (found.level, found.turns) == (level, shown)


def test_a_skill_that_was_not_tested_has_no_level() -> None:
    (found,) = skill_levels(STORY, begin(STORY), [LISTENING])
    assert (found.level, found.turns) == (None, ())


@pytest.mark.parametrize(
    ("points", "level"),
    [
        (7, SkillLevel.STRONG),
        (6, SkillLevel.ON_THE_WAY),
        (5, SkillLevel.ON_THE_WAY),
        (4, SkillLevel.PRACTISE),
    ],
)
def test_without_a_cut_seventy_percent_is_strong_and_under_half_needs_practice(
    points: int, level: SkillLevel
) -> None:
    scenario = a_scenario(
        a_node("begin", a_choice("keus", "einde", points={"C2": points})),
        an_ending(),
        competencies=(a_competency("C2", high=10),),
    )
    (found,) = skill_levels(scenario, replay(scenario, choices("keus")), [LISTENING])
    assert found.level is level
