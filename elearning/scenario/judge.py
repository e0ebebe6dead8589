"""The whole judgement of a scenario: what its files say, and what is proved about every play."""

from collections.abc import Mapping
from dataclasses import dataclass

from elearning.problem import Problem, as_warnings, blocks_publication
from elearning.scenario.check import check_scenario
from elearning.scenario.parse import Outcome
from elearning.scenario.prove.proof import Proof, Verdict
from elearning.scenario.prove.prover import prove
from elearning.scenario.prove.strategies import Spoken, as_written
from elearning.scenario.registry import Registry


@dataclass(frozen=True, slots=True)
class Judgement:
    """A scenario with every problem in it; no proof where there is nothing to prove, or not yet."""

    outcome: Outcome
    proof: Proof | None

    @property
    def digest(self) -> str | None:
        """Return the digest of the proof; None for what may not count for a certificate."""
        is_proved = self.proof is not None and self.proof.is_proved
        is_clean = not blocks_publication(self.outcome.problems)
        return self.proof.digest if self.proof is not None and is_proved and is_clean else None


def judge_scenario(
    files: Mapping[str, str], registry: Registry, spoken: Spoken = as_written
) -> Judgement:
    """Return the scenario in these files with every problem, those of its plays included.

    Proving waits until the graph is in order, for every play of a broken graph is wrong, and until
    a draft is finished: what is not finished cannot pass what a proof asks.
    """
    outcome = check_scenario(files, registry, spoken, visits_plays=False)
    parsed = outcome.parsed
    if parsed is None or not parsed.scenario.may_count:
        return Judgement(check_scenario(files, registry, spoken), None)
    proof = prove(parsed, spoken)
    shown = _findings(proof)
    by_play = {each.identity for each in shown}
    others = [each for each in outcome.problems if each.identity not in by_play]
    return Judgement(Outcome(outcome.draft, tuple(sorted({*others, *shown}))), proof)


def _findings(proof: Proof) -> tuple[Problem, ...]:
    """Return what the proof shows; what is too large can be practised, so it blocks nothing."""
    is_open = proof.verdict is Verdict.NOT_PROVED
    return as_warnings(proof.problems) if is_open else proof.problems
