"""What is known of a file that comes in, before it is opened."""

from dataclasses import dataclass

from elearning.scenario.model import ScenarioId
from elearning.scenario.registry import Registry


@dataclass(frozen=True, slots=True)
class Arrival:
    """The name of the file, the id that it gets, and its language where it does not say so."""

    file: str
    scenario_id: ScenarioId
    lang: str
    registry: Registry
