"""The points of a play, kept per competency only as far as a cut can still tell them apart."""

from collections.abc import Mapping
from itertools import starmap

from elearning.scenario.model import Choice, CompetencyId, NodeId, Scenario
from elearning.scenario.prove.formula import Atom, Literal, Topic
from elearning.scenario.prove.outlook import Outlook

Points = tuple[int, ...]


class Scale:
    """Keeps the points for one question; `asked` holds the atoms that it is about."""

    def __init__(
        self, scenario: Scenario, outlooks: Mapping[NodeId, Outlook], asked: frozenset[Atom]
    ) -> None:
        """Find out, per node, from how many points on a cut is certain."""
        self._outlooks = outlooks
        cuts = {rule.id: rule.cut for rule in scenario.competencies.values()}
        everything = asked.union(*(each.asked for each in outlooks.values()))
        names = sorted(atom.name for atom in everything if atom.topic is Topic.CUT)
        self._cuts = {each: cut for each, cut in cuts.items() if each in names and cut is not None}
        self._rules = [scenario.competencies[each] for each in self._cuts]
        self._place = {each: place for place, each in enumerate(self._cuts)}
        self._caps = {node: self._certain(node, asked | outlooks[node].asked) for node in outlooks}

    def at(self, node: NodeId, points: Mapping[CompetencyId, int]) -> Points:
        """Return the points that matter at a node."""
        return self._capped(node, tuple(points[rule.id] for rule in self._rules))

    def after(self, points: Points, choice: Choice) -> Points:
        """Return the points after a choice that is made for the first time."""
        changed = list(points)
        for effect in choice.effects:
            if effect.competency in self._place:
                place = self._place[effect.competency]
                rule = self._rules[place]
                changed[place] = max(rule.low, min(rule.high, changed[place] + effect.points))
        return self._capped(choice.leads_to, tuple(changed))

    def moved(self, points: Points, choice: Choice) -> Points:
        """Return the points after a choice that was made before: it gives none."""
        return self._capped(choice.leads_to, points)

    def now(self, points: Points, literal: Literal) -> bool:
        """Say whether a cut is reached, or is not, as wanted."""
        competency = CompetencyId(literal.atom.name)
        is_reached = points[self._place[competency]] >= self._cuts[competency]
        return is_reached == literal.wanted

    def may(self, node: NodeId, points: Points, literal: Literal) -> bool:
        """Say whether a cut may be as wanted, now or later."""
        competency = CompetencyId(literal.atom.name)
        left, cut = points[self._place[competency]], self._cuts[competency]
        outlook = self._outlooks[node]
        if literal.wanted:
            return left + outlook.gain[competency] >= cut
        return left - outlook.loss[competency] < cut

    def _capped(self, node: NodeId, points: Points) -> Points:
        return tuple(starmap(min, zip(points, self._caps[node], strict=True)))

    def _certain(self, node: NodeId, asked: frozenset[Atom]) -> Points:
        """Return the most points to keep: more makes no difference to what is asked."""
        loss = self._outlooks[node].loss
        return tuple(
            min(rule.high, self._cuts[rule.id] + loss[rule.id])
            if Atom(Topic.CUT, rule.id) in asked
            else rule.low
            for rule in self._rules
        )
