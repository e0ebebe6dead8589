"""What is proved about every play of a scenario, as a value; it stands apart from the checks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.content.manuscripts import Manuscript
from elearning.scenario.prove.proof import Figures, Proof, Verdict
from elearning.scenario.prove.strategies import Strategy, StrategyResult
from elearning.web.author.addresses import node_cell
from elearning.web.author.findings import Finding, finding
from elearning.web.author.words import (
    chance,
    competency_name,
    ending_name,
    language_name,
    number,
)
from elearning.web.parts import Cell, Column

Rows = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class ProofPanel:
    """The verdict in words, what does not hold, and the figures; there are none without a proof."""

    kind: str
    title: str
    text: str
    findings: tuple[Finding, ...]
    digest: str
    facts: tuple[tuple[str, str], ...]
    points_columns: tuple[Column, ...]
    points: Rows
    endings_columns: tuple[Column, ...]
    endings: Rows


def proof_panel(manuscript: Manuscript, proof: Proof) -> ProofPanel:
    """Return the panel of a proof."""
    kind, title, text = _verdict(proof)
    figures = proof.figures
    return ProofPanel(
        kind=kind,
        title=title,
        text=text,
        findings=tuple(finding(manuscript, each) for each in proof.problems),
        digest=proof.digest,
        facts=() if figures is None else tuple(_facts(figures)),
        points_columns=(
            Column(_("Competency")),
            Column(_("In every play")),
            Column(_("In plays that pass")),
            Column(_("Needed"), is_number=True),
        ),
        points=() if figures is None else tuple(_points(manuscript, figures)),
        endings_columns=(
            Column(_("Ending")),
            Column(_("Kind")),
            Column(_("Chance when clicking at random"), is_number=True),
        ),
        endings=() if figures is None else tuple(_endings(manuscript, figures)),
    )


def _verdict(proof: Proof) -> tuple[str, str, str]:
    if proof.verdict is Verdict.PROVED:
        return "positive", _("Proved"), _("Every rule holds in every play.")
    if proof.verdict is Verdict.VIOLATED:
        count = ngettext(
            "%(num)d rule does not hold.", "%(num)d rules do not hold.", len(proof.problems)
        )
        return "error", _("Not every rule holds"), count
    return (
        "attention",
        _("Not proved"),
        _("There are too many situations to go over all of them while you wait."),
    )


def _facts(figures: Figures) -> Iterator[tuple[str, str]]:
    yield _("Plays"), number(figures.plays)
    yield _("Plays that pass"), number(figures.passing_plays)
    yield (
        _("Longest play"),
        ngettext("%(num)d choice", "%(num)d choices", figures.longest_play),
    )
    yield _("Situations"), number(figures.states)
    yield _("Chance to pass by clicking at random"), chance(figures.guess_pass)
    for strategy in figures.strategies:
        if strategy.passed:
            yield _("Passes without reading"), _strategy(strategy)


def _points(manuscript: Manuscript, figures: Figures) -> Iterator[tuple[Cell, ...]]:
    for each in figures.points:
        has_pass = each.least_passing is not None
        yield (
            competency_name(manuscript, each.competency),
            _range(each.least, each.most),
            _range(each.least_passing, each.most_passing) if has_pass else "–",
            "–" if each.cut is None else str(each.cut),
        )


def _endings(manuscript: Manuscript, figures: Figures) -> Iterator[tuple[Cell, ...]]:
    for each in figures.endings:
        yield node_cell(manuscript, each.node), ending_name(each.kind), chance(each.chance)


def _range(least: int | None, most: int | None) -> str:
    return _("%(least)s to %(most)s", least=least, most=most)


def _strategy(found: StrategyResult) -> str:
    """Return which way of choosing without reading it is, and in which language it works."""
    name = {
        Strategy.FIRST: _("always the first option"),
        Strategy.LAST: _("always the last option"),
        Strategy.LONGEST: _("always the longest option"),
        Strategy.SHORTEST: _("always the shortest option"),
        Strategy.POLITE: _("always the kindest-sounding option"),
    }[found.strategy]
    if found.lang is None:
        return name
    return _("%(name)s (%(language)s)", name=name, language=language_name(found.lang))
