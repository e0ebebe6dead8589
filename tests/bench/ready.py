"""Getting ready: an installation with learners in it, and what is counted before any load."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from elearning.config import read_settings
from elearning.content.library import Library
from elearning.scenario.ids import ChoiceId, ScenarioId
from elearning.web.extensions import db
from elearning.web.factory import create_app
from elearning.web.state import KEY
from tests.bench.counting import Counted, choices_counted, page_counted, sign_in_beside_hash
from tests.bench.learners import (
    LONGEST_WALK,
    Learner,
    environment,
    page_addresses,
    prepare,
    sign_learners_in,
    walks,
)
from tests.bench.rounds import CONNECTIONS, Load

# More than ours will do on a machine of today; a side that runs out ends its round early.
MOST_CHOICES_PER_SECOND = 700


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to measure."""

    load: Load
    requests_for_memory: int

    @property
    def seconds(self) -> float:
        """Return how long one side is under load, warming up and one connection included."""
        return self.load.seconds * (self.load.rounds + 2) + 4


@dataclass(frozen=True, slots=True)
class Place:
    """A database to measure on: its name, an address for each side, and what its server costs."""

    name: str
    ours: str
    floor: str
    cpu_seconds: Callable[[], float]


@dataclass(frozen=True, slots=True)
class Ready:
    """Our installation with learners in it, and what was counted while nobody else used it."""

    environment: Mapping[str, str]
    library: Library
    learners: tuple[Learner, ...]
    paths: Mapping[ScenarioId, tuple[ChoiceId, ...]]
    posts: tuple[Counted, ...]
    turns: tuple[Counted, ...]
    pages: tuple[Counted, ...]
    sign_in_ms: float

    @property
    def turn_bytes(self) -> int:
        """Return the average size of a turn's page."""
        return round(statistics.mean(each.size for each in self.turns))

    @property
    def page_bytes(self) -> int:
        """Return the average size of a module's page."""
        return round(statistics.mean(each.size for each in self.pages))


def get_ready(place: Place, effort: Effort, folder: Path) -> Ready:
    """Set up an installation in `folder`, sign learners in, and count; the first one is used up."""
    values = environment(folder / "instance", place.ours)
    prepare(values)
    own = {name: value for name, value in values.items() if name.startswith("ELEARNING_")}
    app = create_app(read_settings(own))
    library: Library = app.extensions[KEY].library
    paths = walks(library)
    first, *others = sign_learners_in(app, 1 + _learners_needed(effort, len(paths)))
    played = [choices_counted(app, first, name, path) for name, path in paths.items()]
    ready = Ready(
        environment=values,
        library=library,
        learners=tuple(others),
        paths=paths,
        posts=tuple(each for posts, _ in played for each in posts),
        turns=tuple(each for _, gets in played for each in gets),
        pages=tuple(page_counted(app, first, path) for path in page_addresses(library)),
        sign_in_ms=statistics.median(sign_in_beside_hash(app, first)),
    )
    with app.app_context():
        db.engine.dispose()
    return ready


def _learners_needed(effort: Effort, scenarios: int) -> int:
    choices = effort.seconds * MOST_CHOICES_PER_SECOND
    # A chain that was begun when a round ends is not gone on with.
    chains = choices / LONGEST_WALK + CONNECTIONS * (effort.load.rounds + 4)
    return math.ceil(chains / scenarios)
