"""What a search is for, in the parts that the halves of a situation can judge on their own."""

from dataclasses import dataclass

from elearning.scenario.prove.formula import Formula, Topic, atoms, conjuncts, every


@dataclass(frozen=True, slots=True)
class Goal:
    """What may still come true, in the parts that the two halves can judge on their own."""

    of_standing: Formula
    of_points: Formula
    of_both: Formula


def goal_of(formula: Formula) -> Goal:
    """Take apart what has to hold."""
    parts = conjuncts(formula)
    topics = [{atom.topic is Topic.CUT for atom in atoms(part)} for part in parts]
    both = list(zip(parts, topics, strict=True))
    return Goal(
        of_standing=every(part for part, found in both if found == {False}),
        of_points=every(part for part, found in both if found == {True}),
        of_both=every(part for part, found in both if len(found) != 1),
    )
