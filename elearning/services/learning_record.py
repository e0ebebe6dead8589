"""What a learner has done that counts, put together from the log: nothing of it is stored twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.content.library import Library
from elearning.errors import ScenarioNotPublished
from elearning.learning.training import LearningRecord, ScenarioOutcome
from elearning.scenario.ids import ScenarioId
from elearning.scenario.play import replay
from elearning.scenario.score import result
from elearning.services.attempts import AttemptLog, all_attempts, playable_for
from elearning.services.publish_content import is_proved
from elearning.storage.learning_state import LearningLink, ModulePage


@dataclass(frozen=True, slots=True)
class Done:
    """Everything a learner did, with the days, so that a renewal can ask what is new."""

    pages: tuple[tuple[str, str, date | None], ...]
    attempts: tuple[AttemptLog, ...]
    outcomes: tuple[tuple[AttemptLog, ScenarioOutcome | None], ...]


def read_done(session: Session, *, library: Library, person_id: UUID) -> Done:
    """Read a learner's pages and runs; ended runs that count are replayed and scored."""
    pages = session.execute(
        select(ModulePage.module_id, ModulePage.page_id, ModulePage.done_on)
        .join(LearningLink, LearningLink.learning_key == ModulePage.learning_key)
        .where(LearningLink.person_id == person_id)
    ).all()
    attempts = all_attempts(session, person_id=person_id)
    outcomes = tuple(
        (log, _outcome(session, library, log)) for log in attempts if not log.is_practice
    )
    return Done(tuple((row[0], row[1], row[2]) for row in pages), attempts, outcomes)


def record_since(done: Done, library: Library, since: date | None) -> LearningRecord:
    """Return what counts towards an award; with `since`, only what was done after that day."""
    pages = [each for each in done.pages if _is_new(each[2], since)]
    passed: dict[ScenarioId, list[ScenarioOutcome]] = defaultdict(list)
    days: dict[ScenarioId, list[date]] = defaultdict(list)
    for log, outcome in done.outcomes:
        if outcome is not None and log.ended_on is not None and _is_new(log.ended_on, since):
            passed[ScenarioId(log.scenario_id)].append(outcome)
            days[ScenarioId(log.scenario_id)].append(log.ended_on)
    return LearningRecord(
        modules_done=_modules_done(pages, library),
        modules_started=frozenset(module_id for module_id, _, _ in pages),
        passed={scenario: tuple(runs) for scenario, runs in passed.items()},
        passed_on={scenario: min(found) for scenario, found in days.items()},
        scenarios_started=frozenset(
            ScenarioId(log.scenario_id)
            for log in done.attempts
            if _is_new(log.last_played_on, since)
        ),
    )


def _is_new(day: date | None, since: date | None) -> bool:
    return since is None or day is None or day > since


def _modules_done(
    pages: Iterable[tuple[str, str, date | None]], library: Library
) -> dict[str, date]:
    """Return the modules of which every required page is done, with the day of the last one.

    A new page asks to be read.
    """
    done: dict[str, dict[str, date]] = defaultdict(dict)
    for module_id, page_id, done_on in pages:
        if done_on is not None:
            done[module_id][page_id] = done_on
    complete = {
        module_id: library.modules[module_id].module.required_pages
        for module_id in done.keys() & library.modules.keys()
    }
    return {
        module_id: max(
            (done[module_id][page] for page in required), default=max(done[module_id].values())
        )
        for module_id, required in complete.items()
        if required <= done[module_id].keys()
    }


def _may_count(session: Session, library: Library, log: AttemptLog) -> bool:
    """Say whether the version that was played may count; what is served was judged when loaded."""
    served = library.scenarios.get(ScenarioId(log.scenario_id))
    if served is not None and served.scenario.version == log.content_version:
        return True
    return is_proved(session, scenario_id=log.scenario_id, version=log.content_version)


def _outcome(session: Session, library: Library, log: AttemptLog) -> ScenarioOutcome | None:
    """Return what counts of an ended run that passed, on the version it was played on."""
    if log.ended_on is None:
        return None
    try:
        scenario = playable_for(session, library=library, log=log).scenario
    except ScenarioNotPublished:
        # A version that an earlier program kept and this one cannot read counts no more; the
        # learner's page must open all the same.
        return None
    found = result(scenario, replay(scenario, log.choices))
    if not found.passed or not _may_count(session, library, log):
        return None
    return ScenarioOutcome(found.open_a, found.open_b, found.repaired_a)
