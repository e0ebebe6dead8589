"""The proof as a value: its figures, its digest, and a counterexample that reads as a play."""

from dataclasses import replace
from fractions import Fraction

import pytest

from elearning.errors import ChoiceNotOffered
from elearning.scenario.parse import Parsed, parse_scenario
from elearning.scenario.prove.proof import Proof, Verdict
from elearning.scenario.prove.prover import prove
from elearning.scenario.prove.transcript import transcript
from tests.unit.scenario.builders import a_registry, choices
from tests.unit.scenario.example import DUTCH, ENGLISH, ENGLISH_FILE, SOURCE_FILE
from tests.unit.scenario.provable import parsed_of
from tests.unit.scenario.sound import a_sound_scenario, with_rule


def _example(dutch: str = DUTCH) -> Parsed:
    outcome = parse_scenario({SOURCE_FILE: dutch, ENGLISH_FILE: ENGLISH}, a_registry())
    assert outcome.parsed is not None
    return outcome.parsed


def _proof() -> Proof:
    return prove(parsed_of(a_sound_scenario()))


def test_a_sound_scenario_is_proved_with_its_figures() -> None:
    proof = _proof()
    assert proof.figures is not None
    assert proof.verdict is Verdict.PROVED
    assert proof.figures.guess_pass == Fraction(1, 64)
    assert (proof.figures.plays, proof.figures.passing_plays) == (80, 1)
    assert proof.figures.longest_play == 4
    (ending,) = proof.figures.endings
    assert (ending.node, ending.chance) == ("einde", Fraction(1))


def test_a_scenario_with_a_problem_is_violated() -> None:
    proof = prove(parsed_of(with_rule(a_sound_scenario(), "all_cuts and not all_cuts")))
    assert (proof.verdict, proof.is_proved) == (Verdict.VIOLATED, False)


def test_the_digest_is_that_of_the_version_the_prover_and_the_results() -> None:
    proof = _proof()
    assert proof.digest == _proof().digest
    assert len(proof.digest) == 64
    others = [
        replace(proof, version="0"),
        replace(proof, prover=proof.prover + 1),
        replace(proof, verdict=Verdict.NOT_PROVED),
        replace(proof, figures=None),
        prove(parsed_of(with_rule(a_sound_scenario(), "gezegd"))),
    ]
    assert len({proof.digest, *(each.digest for each in others)}) == 6


def test_where_the_files_stand_makes_no_difference_to_the_digest() -> None:
    parsed = parsed_of(with_rule(a_sound_scenario(), "gezegd"))
    moved = replace(parsed, files={"nl": "ergens/anders/scenario.md"})
    assert prove(moved).problems != prove(parsed).problems
    assert prove(moved).digest == prove(parsed).digest


def test_a_problem_stands_on_its_line_in_the_source_file() -> None:
    problem = next(e for e in prove(_example()).problems if e.message.startswith("S3: random"))
    assert problem.file == SOURCE_FILE
    assert "guess_pass_at_most" in DUTCH.splitlines()[problem.line - 1]


def test_a_transcript_tells_what_was_said_chosen_and_repaired() -> None:
    told = transcript(_example(), choices("waarom", "herstel"), "nl")
    assert told.splitlines() == [
        "1. binnenkomst",
        "   *Noor blijft na het college hangen.*",
        "",
        '   "Ik weet niet of ik dit moet vertellen."',
        "   → Waarom ging je dan met hem mee naar huis? [waarom]",
        "     (maakt CE1)",
        "",
        "2. schrikt",
        "   *Ze trekt haar mouwen over haar handen.*",
        "",
        '   "Laat maar."',
        "   → Dat had ik niet moeten vragen. Bel {{resource.csg.name}} als je wilt. [herstel]",
        "     (herstelt CE1)",
        "",
        "3. einde_goed",
        "   Een week later zegt Noor dat ze heeft gebeld.",
        "   Niet behaald.",
    ]


def test_a_transcript_reads_in_the_other_language_with_placeholders_filled_in() -> None:
    told = transcript(
        _example(),
        choices("waarom", "herstel"),
        "en",
        lambda text, lang: text.replace("{{resource.csg.name}}", f"the centre ({lang})"),
    )
    assert "Call the centre (en) if you like. [herstel]" in told
    assert told.endswith("Not passed.")


def test_a_transcript_that_stops_halfway_says_so() -> None:
    told = transcript(_example(), choices("waarom"), "en")
    assert told.endswith("The conversation goes on from here.")
    assert transcript(_example(), choices("ruimte"), "nl").endswith("Behaald.")


def test_choices_that_are_not_offered_make_no_transcript() -> None:
    with pytest.raises(ChoiceNotOffered):
        transcript(_example(), choices("herstel"), "nl")
