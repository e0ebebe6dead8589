"""Parsing: a good file becomes a scenario, a bad one a list of problems with their lines."""

import pytest

from elearning.problem import Problem
from elearning.scenario.model import (
    Always,
    Ask,
    Audience,
    Before,
    CompetencyId,
    EndingKind,
    ErrorId,
    GuessPassAtMost,
    Kind,
    Medium,
    NodeId,
    Severity,
)
from elearning.scenario.parse import Outcome, Parsed, parse_scenario
from tests.unit.scenario.builders import a_registry
from tests.unit.scenario.example import DUTCH, ENGLISH, ENGLISH_FILE, SOURCE_FILE


def parse(dutch: str = DUTCH, english: str = ENGLISH) -> Outcome:
    """Parse the example with changes; only the translation that nobody accepted is left out."""
    outcome = parse_scenario({SOURCE_FILE: dutch, ENGLISH_FILE: english}, a_registry())
    return Outcome(outcome.draft, tuple(each for each in outcome.problems if each.code != "L2"))


def changed(old: str, new: str) -> str:
    """Return the Dutch example with one thing changed."""
    assert old in DUTCH
    return DUTCH.replace(old, new, 1)


def line_of(text: str, words: str) -> int:
    """Return the line of the file on which these words stand."""
    return text[: text.index(words)].count("\n") + 1


def example() -> Parsed:
    """Return the example as it was read."""
    parsed = parse().parsed
    assert parsed is not None
    return parsed


def test_the_example_has_no_problem() -> None:
    assert parse().problems == ()


def test_the_front_matter_becomes_the_rules() -> None:
    scenario = example().scenario
    assert (scenario.kind, scenario.audience) == (Kind.CONVERSATION, (Audience.LECTURER,))
    assert scenario.competencies[CompetencyId("C2")].cut == 2
    assert scenario.errors[ErrorId("CE1")].severity is Severity.B
    assert [type(each) for each in scenario.obligations] == [Always, GuessPassAtMost]


def test_a_bound_on_guessing_is_exact() -> None:
    bound = example().scenario.obligations[1]
    assert isinstance(bound, GuessPassAtMost)
    assert (bound.probability.numerator, bound.probability.denominator) == (1, 50)


def test_an_order_to_prove_names_two_flags() -> None:
    ordered = changed("guess_pass_at_most: 0.02", "before: [gebeld, gehoord]")
    parsed = parse(ordered.replace("flags: [gebeld]", "flags: [gebeld, gehoord]")).parsed
    assert parsed is not None
    before = parsed.scenario.obligations[1]
    assert isinstance(before, Before)
    assert (before.earlier, before.later) == ("gebeld", "gehoord")


def test_a_node_knows_who_speaks_and_what_is_asked_unless_it_says_so() -> None:
    node = example().scenario.nodes[NodeId("schrikt")]
    assert (node.speaker, node.ask, node.learn) == ("noor", Ask.SAY, "m4/herstel")


def test_people_meet_in_person_unless_the_scenario_or_the_node_says_otherwise() -> None:
    assert {each.medium for each in example().scenario.nodes.values()} == {Medium.IN_PERSON}
    mixed = changed("persona: noor", "persona: noor\nmedium: chat")
    parsed = parse(mixed.replace("learn: m4/herstel", "medium: in_person", 1)).parsed
    assert parsed is not None
    media = {each.id: each.medium for each in parsed.scenario.nodes.values()}
    assert media[NodeId("binnenkomst")] is Medium.CHAT
    assert media[NodeId("schrikt")] is Medium.IN_PERSON


def test_a_medium_changes_the_version_and_not_the_structure_or_the_translation() -> None:
    before = example().scenario
    told = parse(changed("learn: m4/herstel", "learn: m4/herstel\nmedium: phone"))
    assert told.problems == ()
    assert told.parsed is not None
    after = told.parsed.scenario
    assert after.structure == before.structure
    assert after.version != before.version


def test_a_translation_says_nothing_about_the_medium() -> None:
    english = ENGLISH.replace("title:", "medium: chat\ntitle:", 1)
    assert any("medium" in each.message for each in parse(english=english).problems)


def test_both_languages_are_read_under_the_same_ids() -> None:
    parsed = example()
    assert parsed.texts["nl"].nodes.keys() == parsed.texts["en"].nodes.keys()
    assert parsed.texts["en"].nodes[NodeId("schrikt")].body.endswith('"Never mind."')
    assert parsed.texts["nl"].speakers == {"noor": "Noor", "collega": "Een collega"}


def test_lines_of_nodes_and_choices_are_those_of_the_file() -> None:
    for node in example().scenario.nodes.values():
        assert node.line == line_of(DUTCH, f"## {node.id}")
        for choice in node.choices:
            assert choice.line == line_of(DUTCH, f"- id: {choice.id}")


def test_an_ending_has_its_kind() -> None:
    assert example().scenario.nodes[NodeId("einde_goed")].ending is EndingKind.GOOD


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("schema: 1", "schema: 2", "Y5", "schema: needs 1"),
        ("minutes: 10", "minuten: 10", "Y3", "minuten: is not a key here"),
        ("minutes: 10", "minutes: tien", "Y5", "minutes: needs a whole number"),
        ("kind: conversation", "kind: gesprek", "Y5", "one of conversation, reading, check"),
        ("audience: [lecturer]", "audience: [student]", "Y5", "one of lecturer"),
        ("id: s00-spreekuur", "id: s01-anders", "F6", "the folder is called 's00-spreekuur'"),
        ("persona: noor", "persona: noor\nmedium: brief", "Y5", "one of in_person, email, chat"),
        ("learn: m4/herstel", "medium: whatsapp", "Y5", "one of in_person, email, chat"),
        ("lang: nl", "lang: de", "L1", "needs one of nl, en"),
        ("goal: ", "doel: ", "Y4", "goal: is missing"),
        ("persona: noor", "persona: piet", "N1", "speaker 'piet' is not named"),
        ("start: binnenkomst", "start: begin", "R1", "start: node 'begin' is not known"),
        ("range: [0, 3], cut: 2", "range: [0, 3], cut: 4", "Y5", "cut: needs a number above 0"),
        ("range: [0, 3], cut: 2", "range: [3, 0]", "Y5", "the lowest and the highest"),
        ("C2: {range", "C99: {range", "N1", "competency 'C99' is not known"),
        ("CE1: {rec", "CE99: {rec", "N1", "critical error 'CE99' is not known"),
        ("{recover_within: 2}", "{recover_within: 2, fatal: true}", "Y5", "and no `fatal`"),
        ("flags: [gebeld]", "flags: [gebeld, gebeld]", "F5", "flag 'gebeld' stands twice"),
        ("flags: [gebeld]", "flags: [gebeld, open]", "F6", "'open' cannot be the name"),
        ('and gebeld"', 'and gebelt"', "N1", "pass: flag 'gebelt' is not known"),
        ("open_B == 0", "open_B = 0", "E1", "(column 21 of the expression)"),
        ("open_B == 0", "passed", "N1", "pass: summary 'passed' is not known"),
        ("0.02", "twee", "Y5", "needs a decimal number"),
        ("{id: S3,", "{id: P1,", "F5", "'P1' stands twice"),
        ("guess_pass_at_most: 0.02", "before: [gebeld]", "Y5", "needs two flags"),
        ("guess_pass_at_most: 0.02", "before: [gebeld, gezegd]", "N1", "before: flag 'gezegd'"),
        ("guess_pass_at_most: 0.02", "ooit: gebeld", "Y4", "always: is missing"),
        (
            "  raise: [CE1]",
            "  harm: [boos]",
            "Y5",
            "harm: needs one of blame, control, egocentric, distraction, minimise",
        ),
        ("  raise: [CE1]", "  max_visits: 10", "Y5", "max_visits: needs a number from 1 to 9"),
        ("to: schrikt", "to: schrok", "R1", "to: node 'schrok' is not known"),
        ("effect: {C2: 2}", "effect: {C2: veel}", "Y5", "effect on C2: needs a whole number"),
        ("effect: {C2: 2}", "effect: {C4: 2}", "N1", "effect: competency 'C4' is not known"),
        ("raise: [CE1]", "raise: [CE3]", "N1", "raise: critical error 'CE3' is not known"),
        ("raise: [CE1]", "raise: CE1", "Y5", "raise: needs a list"),
        ("repair: [CE1]", "repair: [CE3]", "N1", "repair: critical error 'CE3' is not known"),
        ("set: [gebeld]", "set: [gebelt]", "N1", "set: flag 'gebelt' is not known"),
        ("- id: waarom", "- id: ruimte", "F5", "choice 'ruimte' stands twice"),
        ("- id: waarom", "- id: Waarom", "F6", "id 'Waarom'"),
        ("## schrikt", "## Schrikt", "F6", "id 'Schrikt'"),
        ("## schrikt", "## binnenkomst", "F5", "heading 'binnenkomst' stands twice"),
        ("## schrikt", "## schrikt: Titel", "F2", "an id and no title"),
        ('  why: "Je geeft', '  waarom: "Je geeft', "Y4", "why: is missing"),
        ('  felt: "Ik hoefde', '  gevoel: "Ik hoefde', "Y4", "felt: is missing"),
        ("learn: m4/herstel", "leer: m4/herstel", "Y3", "leer: is not a key here"),
        ("ending: good", "ending: great", "Y5", "one of good, ok, missed, harm"),
        ('say: "Neem', 'say: Neem: "', "Y0", "not valid YAML"),
        ("~~~\n\n## schrikt", "\n\n## schrikt", "F3", "not closed"),
        ("~~~node\nlearn", "~~~noot\nlearn", "F3", "a node has one `~~~node` and `~~~choices`"),
        ('"Laat maar."', '"Laat {{resource.politie.name}} maar."', "L1", "is missing"),
        ('*Ze trekt haar mouwen over haar handen.*\n\n"Laat maar."', "", "F4", "has no text"),
        ("~~~\n\n## einde", "~~~\nNog iets.\n\n## einde", "F2", "text stands after the choices"),
        (
            "ending: good\n~~~",
            "ending: good\n~~~\nTekst.\n~~~choices\n[]\n~~~",
            "F4",
            "an ending and",
        ),
    ],
)
def test_a_mistake_is_reported(old: str, new: str, code: str, words: str) -> None:
    found = [(each.code, each.message) for each in parse(changed(old, new)).problems]
    assert [message for found_code, message in found if found_code == code and words in message]


def test_every_mistake_is_reported_at_once_with_its_line() -> None:
    broken = (
        DUTCH.replace("minutes: 10", "minutes: tien")
        .replace("to: schrikt", "to: schrok")
        .replace("ending: good", "ending: great")
    )
    lines = [(each.file, each.line) for each in parse(broken).problems]
    places = ["minutes: tien", "- id: waarom", "ending: great"]
    assert [(SOURCE_FILE, line_of(broken, words)) for words in places] == lines


def test_a_scenario_with_an_error_cannot_be_played() -> None:
    assert parse(changed("to: schrikt", "to: schrok")).parsed is None


def test_a_folder_without_a_source_file_says_so() -> None:
    outcome = parse_scenario({ENGLISH_FILE: ENGLISH}, a_registry())
    assert outcome.problems == (
        Problem(ENGLISH_FILE, 1, "F1", "the source `scenario.md` is missing"),
    )


def test_line_ends_and_a_byte_order_mark_do_not_change_the_version() -> None:
    windows = "\ufeff" + DUTCH.replace("\n", "\r\n")
    parsed = parse(windows).parsed
    assert parsed is not None
    assert parsed.scenario.version == example().scenario.version


def test_a_changed_word_is_a_new_version_of_the_same_structure() -> None:
    parsed = parse(changed("Neem je tijd.", "Neem rustig je tijd.")).parsed
    assert parsed is not None
    assert parsed.scenario.version != example().scenario.version
    assert parsed.scenario.structure == example().scenario.structure


def test_a_changed_word_in_the_translation_is_a_new_version() -> None:
    parsed = parse(english=ENGLISH.replace("Never mind.", "Forget it.")).parsed
    assert parsed is not None
    assert parsed.scenario.version != example().scenario.version


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("effect: {C2: 2}", "effect: {C2: 3}"),
        ("raise: [CE1]", "raise: []"),
        ("cut: 2", "cut: 3"),
        ("recover_within: 2", "recover_within: 1"),
        ("open_B == 0", "open_B <= 1"),
        ("to: schrikt", "to: einde_goed"),
    ],
)
def test_a_changed_rule_is_another_structure(old: str, new: str) -> None:
    draft = parse(changed(old, new)).draft
    assert draft is not None
    assert draft.scenario.structure != example().scenario.structure


def test_the_order_of_the_choices_is_not_structure() -> None:
    first, rest = DUTCH.split("- id: ruimte")
    ruimte, rest = rest.split("- id: waarom", 1)
    waarom, rest = rest.split("~~~", 1)
    swapped = f"{first}- id: waarom{waarom}- id: ruimte{ruimte}~~~{rest}"
    parsed = parse(swapped).parsed
    assert parsed is not None
    assert parsed.scenario.structure == example().scenario.structure


def test_what_a_colleague_hears_needs_no_feeling_of_the_person_it_is_about() -> None:
    elsewhere = changed("learn: m4/herstel", "speaker: collega")
    without = elsewhere.replace('  felt: "Gelukkig. Ik hoef me niet te verdedigen."\n', "")
    english = ENGLISH.replace('  felt: "What a relief. I need not defend myself."\n', "")
    assert parse(without, english).problems == ()
