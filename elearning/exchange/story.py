"""A whole scenario as it is exchanged: logic, words per language, and what was accepted."""

from collections.abc import Mapping
from dataclasses import dataclass

from elearning.blocks import split
from elearning.problem import Findings
from elearning.scenario.model import NodeId, Scenario, ScenarioText
from elearning.scenario.parse import Parsed
from elearning.strict_yaml import Scalar
from elearning.translation import SOURCE, fields_of, loaded


@dataclass(frozen=True, slots=True)
class Accepted:
    """The fingerprints in a translation, of its front matter and per node, as they were written."""

    front: str | None
    nodes: Mapping[NodeId, str]


NOTHING_ACCEPTED = Accepted(None, {})


@dataclass(frozen=True, slots=True)
class Story:
    """A scenario, its words in every language, and the fingerprints of its translations."""

    scenario: Scenario
    texts: Mapping[str, ScenarioText]
    accepted: Mapping[str, Accepted]

    @property
    def source(self) -> ScenarioText:
        """Return the words in the language that the scenario was written in."""
        return self.texts[self.scenario.source_lang]


def story_of(parsed: Parsed, files: Mapping[str, str]) -> Story:
    """Return a scenario that was read from these files (path or name to text)."""
    source = parsed.scenario.source_lang
    accepted = {
        lang: _accepted(files[parsed.files[lang]]) for lang in parsed.texts if lang != source
    }
    return Story(parsed.scenario, parsed.texts, accepted)


def _accepted(text: str) -> Accepted:
    document = split(text, Findings(""))
    front = fields_of(loaded(document.front_matter)).get(SOURCE)
    return Accepted(
        front=front.text if isinstance(front, Scalar) else None,
        nodes={NodeId(each.id): each.source for each in document.blocks if each.source},
    )
