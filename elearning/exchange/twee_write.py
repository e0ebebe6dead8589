"""Writes a scenario as Twee 3, in one language, with everything that is needed to get it back."""

import json
from collections import deque
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Final
from uuid import UUID

from elearning.exchange.json_text import Json
from elearning.exchange.pieces import Pieces, cut
from elearning.exchange.remarks import Remarks, refused
from elearning.exchange.twee import Passage, write_passages
from elearning.exchange.twee_carried import KEY, STORY_DATA, STORY_TITLE, passage_text, story_key
from elearning.scenario.model import Medium, Node, NodeId, Scenario
from elearning.scenario.parse import Parsed

WIDTH: Final = 150
HEIGHT: Final = 150
ENDING_TAG: Final = "ending-"
MEDIUM_TAG: Final = "medium-"


def write_twee(parsed: Parsed, files: Mapping[str, str], lang: str, remarks: Remarks) -> str:
    """Return the scenario in these files (path to text) as a Twee file that shows `lang`."""
    if lang not in parsed.texts:
        raise refused(parsed.source_file, f"there is no complete translation in {lang!r}")
    scenario = parsed.scenario
    pieces = {each: cut(files[path]) for each, path in parsed.files.items()}
    for each, own in pieces.items():
        for name in sorted(own.nodes.keys() - pieces[scenario.source_lang].nodes.keys()):
            remarks.lost(parsed.files[each], f"node {name!r}: it is not in the source")
    return write_passages(_passages(parsed, pieces, lang))


def _passages(parsed: Parsed, pieces: Mapping[str, Pieces], lang: str) -> Iterator[Passage]:
    scenario = parsed.scenario
    data: dict[str, Json] = {
        "ifid": _ifid(scenario),
        "start": scenario.start,
        KEY: story_key(pieces, scenario.source_lang, lang),
    }
    yield Passage(STORY_TITLE, (), {}, parsed.texts[lang].title, 1)
    yield Passage(STORY_DATA, (), {}, json.dumps(data, ensure_ascii=False, indent=1), 1)
    places = _places(scenario)
    for node in scenario.nodes.values():
        carried: dict[str, Json] = {
            each: own.nodes[node.id] for each, own in pieces.items() if node.id in own.nodes
        }
        yield Passage(
            name=node.id,
            tags=_tags(node),
            metadata={"position": places[node.id], KEY: carried},
            text=passage_text(node, parsed.texts[lang].nodes[node.id]),
            line=1,
        )


def _tags(node: Node) -> tuple[str, ...]:
    """Return what a passage still says of its node after an editor dropped the metadata."""
    ending = () if node.ending is None else (f"{ENDING_TAG}{node.ending}",)
    medium = () if node.medium is Medium.IN_PERSON else (f"{MEDIUM_TAG}{node.medium}",)
    return (*ending, *medium)


def _ifid(scenario: Scenario) -> str:
    """Return the same identifier for the same scenario, in the form that Twine asks."""
    digest = sha256(f"elearning scenario {scenario.id}".encode()).digest()
    return str(UUID(bytes=digest[:16], version=4)).upper()


def _places(scenario: Scenario) -> dict[NodeId, str]:
    """Return where each passage lies on Twine's map: a row per step from the start."""
    depth = {scenario.start: 0}
    queue = deque(depth)
    while queue:
        node_id = queue.popleft()
        for choice in scenario.nodes[node_id].choices:
            if choice.leads_to not in depth:
                depth[choice.leads_to] = depth[node_id] + 1
                queue.append(choice.leads_to)
    rows: dict[int, int] = {}
    places: dict[NodeId, str] = {}
    for node_id in scenario.nodes:
        row = depth.get(node_id, len(scenario.nodes))
        places[node_id] = f"{100 + WIDTH * rows.get(row, 0)},{100 + HEIGHT * row}"
        rows[row] = rows.get(row, 0) + 1
    return places
