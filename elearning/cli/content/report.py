"""A proof on the screen and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from elearning.problem import Problem
from elearning.scenario.ids import ChoiceId
from elearning.scenario.parse import Parsed
from elearning.scenario.prove.proof import Figures, Points, Proof
from elearning.scenario.prove.strategies import Spoken
from elearning.scenario.prove.transcript import transcript

_PRACTICE_ONLY: Final = (
    "a draft, or without competencies: it cannot count for a certificate, and nothing here blocks"
)


def as_json(proof: Proof, seconds: float) -> dict[str, object]:
    """Return the proof as JSON values; every chance as a fraction and as a decimal."""
    return {
        "scenario": proof.scenario,
        "version": proof.version,
        "prover": proof.prover,
        "verdict": proof.verdict,
        "digest": proof.digest,
        "seconds": round(seconds, 3),
        **({} if proof.figures is None else _figures(proof.figures)),
        "problems": [_problem(each) for each in proof.problems],
    }


def as_text(proof: Proof, seconds: float, parsed: Parsed, lang: str, spoken: Spoken) -> str:
    """Return the proof for a reader, each counterexample as a transcript in one language."""
    lines = [f"{proof.scenario}: {proof.verdict} ({seconds:.2f} s)"]
    if not parsed.scenario.may_count:
        lines.append(_PRACTICE_ONLY)
    if proof.figures is not None:
        lines += _told(proof.figures)
    shown: set[tuple[str, ...]] = set()
    for each in proof.problems:
        lines += ["", f"{each.file}:{each.line}: {each.code} {each.severity} {each.message}"]
        if each.choices:
            is_new = each.choices not in shown
            lines += [_play(each, parsed, lang, spoken)] if is_new else []
            lines.append(_replay(proof, each, is_new=is_new))
            shown.add(each.choices)
    return "\n".join([*lines, "", f"digest {proof.digest}"])


def _play(problem: Problem, parsed: Parsed, lang: str, spoken: Spoken) -> str:
    return transcript(parsed, [ChoiceId(each) for each in problem.choices], lang, spoken)


def _replay(proof: Proof, problem: Problem, *, is_new: bool) -> str:
    command = f"elearning play {proof.scenario} --choices {','.join(problem.choices)}"
    return command if is_new else f"the same play as above: {command}"


def _figures(figures: Figures) -> dict[str, object]:
    return {
        "states": figures.states,
        "transitions": figures.transitions,
        "plays": figures.plays,
        "passing_plays": figures.passing_plays,
        "longest_play": figures.longest_play,
        "guess_pass": _chance(figures.guess_pass),
        "most_open_b": figures.most_open_b,
        "competencies": {each.competency: _points(each) for each in figures.points},
        "endings": {
            each.node: {"kind": each.kind, "chance": _chance(each.chance)}
            for each in figures.endings
        },
        "strategies": [
            {"strategy": e.strategy, "lang": e.lang, "passed": e.passed, "choices": e.choices}
            for e in figures.strategies
        ],
    }


def _chance(chance: Fraction) -> dict[str, object]:
    return {"fraction": str(chance), "decimal": float(chance)}


def _points(points: Points) -> dict[str, object]:
    has_pass = points.least_passing is not None
    return {
        "cut": points.cut,
        "all": [points.least, points.most],
        "passing": [points.least_passing, points.most_passing] if has_pass else None,
    }


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "code": problem.code,
        "severity": problem.severity,
        "file": problem.file,
        "line": problem.line,
        "message": problem.message,
        "choices": problem.choices,
    }


def _told(figures: Figures) -> Iterator[str]:
    yield (
        f"{figures.plays:,} plays, of which {figures.passing_plays:,} pass;"
        f" the longest has {figures.longest_play} choices"
    )
    yield f"{figures.states:,} situations, {figures.transitions:,} steps"
    yield f"random choice passes with a chance of {_decimal(figures.guess_pass)}"
    for ending in figures.endings:
        yield f"random choice ends in {ending.node} ({ending.kind}): {_decimal(ending.chance)}"
    for points in figures.points:
        yield _points_told(points)
    for found in figures.strategies:
        where = "" if found.lang is None else f" ({found.lang})"
        outcome = "passes" if found.passed else "does not pass"
        yield f"always the {found.strategy} option{where}: {outcome}"


def _points_told(points: Points) -> str:
    cut = "no cut" if points.cut is None else f"cut {points.cut}"
    told = f"{points.competency}: {points.least} to {points.most}, {cut}"
    if points.least_passing is None:
        return told
    return f"{told}; in plays that pass {points.least_passing} to {points.most_passing}"


def _decimal(chance: Fraction) -> str:
    return f"{float(chance):.6g}"
