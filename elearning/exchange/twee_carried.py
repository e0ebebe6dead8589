"""What a Twee file of ours carries beside the text: the files of the scenario, node by node.

`StoryData` holds under `elearning` the front matter of every language, each passage under the
same key its node in every language, as it stands in our files. The passage shows one language.
A passage that still reads as what it carries gives its node back to the byte.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from elearning.exchange.json_text import Json
from elearning.exchange.pieces import Pieces, blocks_of
from elearning.exchange.twee import Passage
from elearning.exchange.twee_links import link_text
from elearning.scenario.model import Node, NodeText

KEY: Final = "elearning"
SCHEMA: Final = 1
STORY_DATA: Final = "StoryData"
STORY_TITLE: Final = "StoryTitle"


@dataclass(frozen=True, slots=True)
class Carried:
    """The files that a Twee file carries; `shown` is the language of its passages."""

    shown: str
    source: str
    files: Mapping[str, Pieces]
    order: Mapping[str, tuple[str, ...]]
    passages: Mapping[str, Passage]

    def texts(self) -> dict[str, str]:
        """Return the files as they are carried, by language."""
        return {lang: pieces.joined(self.order[lang]) for lang, pieces in self.files.items()}


def story_key(files: Mapping[str, Pieces], source: str, shown: str) -> dict[str, Json]:
    """Return what `StoryData` carries; the order of a file only where it is its own."""
    usual = list(files[source].nodes)
    own = {lang: list(each.nodes) for lang, each in files.items() if list(each.nodes) != usual}
    heads: dict[str, Json] = {lang: each.head for lang, each in files.items()}
    order: dict[str, Json] = {lang: [*names] for lang, names in own.items()}
    return {
        "schema": SCHEMA,
        "source": source,
        "shown": shown,
        "heads": heads,
        **({"order": order} if order else {}),
    }


def passage_text(node: Node, words: NodeText) -> str:
    """Return what a passage shows of a node: its text, and a line with a link per choice."""
    links = [link_text(words.choices[each.id].say, each.leads_to) for each in node.choices]
    return "\n\n".join(part for part in (words.body, "\n".join(links)) if part)


def carried_in(story_data: Mapping[str, Json], passages: Iterable[Passage]) -> Carried | None:
    """Return what a Twee file carries; None where it is not one of ours, or no longer whole."""
    value = story_data.get(KEY)
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        return None
    heads = _texts(value.get("heads"))
    shown, source = value.get("shown"), value.get("source")
    if not isinstance(shown, str) or not isinstance(source, str) or not {shown, source} <= {*heads}:
        return None
    found: dict[str, tuple[Passage, Mapping[str, str]]] = {}
    for each in passages:
        for name, blocks in _carried(each, source):
            found.setdefault(name, (each, blocks))
    nodes = {
        lang: {name: blocks[lang] for name, (_, blocks) in found.items() if lang in blocks}
        for lang in heads
    }
    return Carried(
        shown=shown,
        source=source,
        files={lang: Pieces(head, nodes[lang]) for lang, head in heads.items()},
        order={lang: _order(value.get("order"), lang, nodes[lang]) for lang in heads},
        passages={name: passage for name, (passage, _) in found.items()},
    )


def _carried(passage: Passage, source: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the node that a passage carries, if it is one node and the same in every language."""
    blocks = _texts(passage.metadata.get(KEY))
    names = {each.id for text in blocks.values() for each in blocks_of(text).blocks}
    is_single = all(len(blocks_of(text).blocks) == 1 for text in blocks.values())
    if source in blocks and is_single and len(names) == 1:
        yield names.pop(), blocks


def _order(value: Json, lang: str, nodes: Mapping[str, str]) -> tuple[str, ...]:
    listed = value.get(lang) if isinstance(value, dict) else None
    own = [each for each in listed if isinstance(each, str)] if isinstance(listed, list) else []
    first = [name for name in dict.fromkeys(own) if name in nodes]
    return (*first, *(name for name in nodes if name not in first))


def _texts(value: Json) -> dict[str, str]:
    found = value if isinstance(value, dict) else {}
    return {key: text for key, text in found.items() if isinstance(text, str)}
