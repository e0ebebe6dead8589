"""What helps after a run that does not count yet: where to practise, and another situation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from elearning.content.library import Library
from elearning.learning.targeted import Trains, most_helpful
from elearning.learning.training import PartStatus, ScenarioPart
from elearning.scenario.ids import CompetencyId
from elearning.scenario.model import Scenario
from elearning.scenario.play import turns as turns_of
from elearning.scenario.registry import SkillLevel
from elearning.scenario.score import best_alternative, skill_levels
from elearning.services.complete_training import LearnerOverview
from elearning.services.play_scenario import Run
from elearning.web.learner.part_words import PartWords

MOST_PAGES = 3
Link = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Help:
    """Pages that explain what was not reached, something to practise it with, and the next try."""

    read: tuple[Link, ...]
    practise: tuple[Link, ...]
    next_try: Link | None


@dataclass(frozen=True, slots=True)
class HelpBuilder:
    """Finds what helps after one ended run, in one language."""

    run: Run
    library: Library
    lang: str

    def help(self, next_try: Link | None) -> Help:
        """Return what helps; nothing of it is kept, and nothing of it must be done."""
        missed = self._missed()
        pages = tuple(dict.fromkeys(self._explained()))[:MOST_PAGES]
        modules = most_helpful(missed, self._modules(), at_most=MOST_PAGES - len(pages))
        seen = {page.partition("/")[0] for page in pages}
        return Help(
            read=(
                *(self._page_link(page) for page in pages),
                *(self._module_link(each) for each in modules if each not in seen),
            ),
            practise=tuple(
                self._scenario_link(each)
                for each in most_helpful(missed, self._scenarios(), at_most=1)
            ),
            next_try=next_try,
        )

    @property
    def _scenario(self) -> Scenario:
        return self.run.playable.scenario

    def _missed(self) -> frozenset[CompetencyId]:
        """Return the competencies of the skills that were weakest in this run."""
        skills = {skill.id: skill for skill in self.library.registry.skills}
        levels = skill_levels(self._scenario, self.run.position, skills.values())
        for level in (SkillLevel.PRACTISE, SkillLevel.ON_THE_WAY):
            weak = [each.skill for each in levels if each.level is level]
            if weak:
                asked = self._scenario.competencies.keys()
                return frozenset(c for each in weak for c in skills[each].competencies) & asked
        return frozenset()

    def _explained(self) -> Iterator[str]:
        """Yield the module pages about the moments at which something else was needed."""
        open_turns = {each.turn for each in self.run.position.incidents if not each.is_repaired}
        for turn in turns_of(self._scenario, self.run.log.choices)[:-1]:
            node = self._scenario.nodes[turn.node_id]
            if node.learn is None or turn.choice_id is None:
                continue
            better = best_alternative(self._scenario, turn.node_id, turn.choice_id)
            if turn.number in open_turns or better is not None:
                yield node.learn

    def _modules(self) -> Iterator[Trains]:
        audience = set(self._scenario.audience)
        for module_id, served in self.library.modules.items():
            if audience & set(served.module.audience):
                yield Trains(module_id, frozenset(served.module.competencies))

    def _scenarios(self) -> Iterator[Trains]:
        """Yield others of the same kind that count for nothing: they keep what is still to come."""
        for scenario_id, playable in self.library.scenarios.items():
            other = playable.scenario
            if other.kind is self._scenario.kind and scenario_id not in _counting(self.library):
                yield Trains(scenario_id, frozenset(other.competencies))

    def _page_link(self, learn: str) -> Link:
        module_id, page_id = learn.split("/", 1)
        title = self.library.module(module_id).rendered[self.lang].pages[page_id].title
        return title, url_for("module.page", module_id=module_id, page_id=page_id)

    def _module_link(self, module_id: str) -> Link:
        title = self.library.module(module_id).rendered[self.lang].title
        return title, url_for("module.start", module_id=module_id)

    def _scenario_link(self, scenario_id: str) -> Link:
        title = self.library.scenario(scenario_id).rendered[self.lang].title
        return title, url_for("play.start", scenario_id=scenario_id)


def next_try(overview: LearnerOverview, words: PartWords, scenario_id: str) -> Link | None:
    """Return the situation that is at hand after this one, where the part has a pool."""
    for state, part in _pools(overview, scenario_id):
        shown = words.shown(part)
        if state is not PartStatus.DONE and scenario_id not in part.ways_with(shown):
            title = words.library.scenario(shown).rendered[words.lang].title
            label = _("Next try, another situation: %(title)s", title=title)
            return label, url_for("play.start", scenario_id=shown)
    return None


def _pools(
    overview: LearnerOverview, scenario_id: str
) -> Iterable[tuple[PartStatus, ScenarioPart]]:
    for state in overview.states:
        for part in state.training.parts:
            if isinstance(part, ScenarioPart) and len(part.pool) > 1 and scenario_id in part.any_of:
                yield state.progress.statuses[part.id], part


def _counting(library: Library) -> frozenset[str]:
    return frozenset(
        each
        for training in library.trainings.values()
        for part in training.parts
        if isinstance(part, ScenarioPart)
        for each in part.any_of
    )
