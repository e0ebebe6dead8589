"""The shared competencies, skills and critical errors."""

import pytest

from elearning.scenario.model import ErrorId, HarmType, Severity
from elearning.scenario.registry import SkillLevel
from elearning.scenario.registry_parser import parse_registry

TEXT = """schema: 1
competencies:
  - {id: C1, name: {nl: "Veiligheid", en: "Safety"}}
  - {id: C2, name: {nl: "Luisteren", en: "Listening"}}
skills:
  - id: ruimte
    name: {nl: "Ruimte geven", en: "Giving space"}
    competencies: [C1, C2]
    lines:
      strong: {nl: "Je gaf ruimte.", en: "You gave space."}
      on_the_way: {nl: "Je was op weg.", en: "You were on the way."}
      practise: {nl: "Oefen dit.", en: "Practise this."}
critical_errors:
  - {id: CE1, severity: B, harm: [blame], name: {nl: "een verwijt", en: "blame"}}
"""


def messages(text: str) -> list[str]:
    """Return the problems of a registry."""
    return [each.message for each in parse_registry(text, "competencies.yaml")[1]]


def test_names_and_lines_are_read_in_both_languages() -> None:
    registry, problems = parse_registry(TEXT, "competencies.yaml")
    (skill,) = registry.skills
    assert problems == ()
    assert skill.competencies == ("C1", "C2")
    assert skill.lines[SkillLevel.ON_THE_WAY]["nl"] == "Je was op weg."
    assert registry.errors[ErrorId("CE1")].severity is Severity.B
    assert registry.errors[ErrorId("CE1")].harms == (HarmType.BLAME,)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("schema: 1", "schema: 2", "schema: needs 1"),
        (
            "harm: [blame]",
            "harm: [verwijt]",
            "harm: needs one of blame, control, egocentric, distraction, minimise",
        ),
        ("id: C2", "id: C1", "competencies: 'C1' stands twice"),
        ("[C1, C2]", "[C1, C9]", "skill 'ruimte' names an unknown competency 'C9'"),
        ("[C1, C2]", "[C1, C1]", "skills: 'C1' stands twice"),
        ("severity: B", "severity: D", "severity: needs one of A, B, not 'D'"),
        ("      practise:", "      oefenen:", "practise: is missing"),
        (', en: "Safety"', "", "en: is missing"),
    ],
)
def test_a_mistake_is_reported(old: str, new: str, message: str) -> None:
    assert message in messages(TEXT.replace(old, new, 1))
