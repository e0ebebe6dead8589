"""Gets a scenario back from a Twee file of ours: to the byte, or with what was changed in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from elearning.exchange.draft import draft_node
from elearning.exchange.names import Ids
from elearning.exchange.native import source_block, translation_block, usual_ask
from elearning.exchange.pieces import Pieces, blocks_of
from elearning.exchange.remarks import Remarks, refused
from elearning.exchange.twee import Passage
from elearning.exchange.twee_carried import Carried
from elearning.exchange.twee_edits import Edited, Edits
from elearning.exchange.twee_foreign import ForeignReader
from elearning.scenario.model import NodeId, Scenario, ScenarioText
from elearning.scenario.parse import Parsed, parse_scenario
from elearning.scenario.registry import Registry

_ID_LINE: Final = re.compile(r"^id:.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class NativeReader:
    """Reads a file that carries a scenario of ours."""

    file: str
    registry: Registry
    remarks: Remarks

    def files(self, carried: Carried, others: tuple[Passage, ...], name: str) -> dict[str, str]:
        """Return the files of the scenario under a new id; `others` carry nothing of ours."""
        parsed = self._parsed(carried)
        ids = {each.name: NodeId(name) for name, each in carried.passages.items()}
        fresh = Ids("knoop")
        for taken in ids.values():
            fresh.keep(taken)
        new = {each.name: NodeId(fresh.new(each.name)) for each in others}
        edits = Edits(
            file=self.file,
            ids={**ids, **new},
            may_change_logic=carried.shown == carried.source,
            remarks=self.remarks,
        )
        blocks = self._changed(carried, parsed, edits)
        if edits.may_change_logic:
            blocks |= self._added(others, parsed, edits.ids)
        elif others:
            self.remarks.lost(self.file, "new passages: add them in the source language")
        files = _files(carried, blocks)
        return files if parsed.scenario.id == name else _named(files, name)

    def _parsed(self, carried: Carried) -> Parsed:
        texts = carried.texts()
        names = {lang: _file_name(lang, carried.source) for lang in texts}
        outcome = parse_scenario({names[lang]: texts[lang] for lang in texts}, self.registry)
        if outcome.draft is None or carried.shown not in outcome.draft.texts:
            raise refused(self.file, "what it carries of our own files is not whole")
        return outcome.draft

    def _changed(self, carried: Carried, parsed: Parsed, edits: Edits) -> dict[str, str]:
        """Return the blocks that read otherwise now."""
        text = parsed.texts[carried.shown]
        blocks: dict[str, str] = {}
        for name, passage in carried.passages.items():
            node = parsed.scenario.nodes.get(NodeId(name))
            if node is None or node.id not in text.nodes:
                raise refused(f"{self.file}:{passage.line}", f"node {name!r} cannot be read")
            edited = edits.of(passage, node, text.nodes[node.id])
            if edited is not None:
                self.remarks.changed(f"{self.file}:{passage.line}", f"node {name!r} was edited")
                accepted = blocks_of(carried.files[carried.shown].nodes[name]).blocks[0].source
                blocks[name] = _block(edited, parsed.scenario, text, accepted)
        return blocks

    def _added(
        self, others: tuple[Passage, ...], parsed: Parsed, ids: Mapping[str, NodeId]
    ) -> dict[str, str]:
        reader = ForeignReader(self.file, "", self.remarks)
        blocks: dict[str, str] = {}
        scenario = parsed.scenario
        for each in reader.nodes(others, {*ids}):
            self.remarks.changed(each.place, f"new node {ids[each.key]!r}")
            node, words = draft_node(each, ids, self.remarks)
            usual = replace(node, ask=usual_ask(scenario.kind))
            text = parsed.texts[scenario.source_lang]
            blocks[node.id] = _block(Edited(usual, words), scenario, text, None)
        return blocks


def _block(edited: Edited, scenario: Scenario, text: ScenarioText, accepted: str | None) -> str:
    words = replace(text, nodes={**text.nodes, edited.node.id: edited.words})
    is_source = text.lang == scenario.source_lang
    if is_source:
        return source_block(scenario, edited.node, words)
    return translation_block(edited.node, words, accepted)


def _files(carried: Carried, blocks: Mapping[str, str]) -> dict[str, str]:
    files: dict[str, str] = {}
    for lang, pieces in carried.files.items():
        changed = blocks if lang == carried.shown else {}
        order = [*carried.order[lang], *(name for name in changed if name not in pieces.nodes)]
        nodes = {**pieces.nodes, **{name: f"{text}\n\n" for name, text in changed.items()}}
        text = Pieces(pieces.head, nodes).joined(order)
        files[_file_name(lang, carried.source)] = text.rstrip() + "\n" if changed else text
    return files


def _named(files: Mapping[str, str], name: str) -> dict[str, str]:
    """Return the files with the id of the folder that they come to stand in."""
    return {file: _ID_LINE.sub(f"id: {name}", text, count=1) for file, text in files.items()}


def _file_name(lang: str, source: str) -> str:
    return "scenario.md" if lang == source else f"scenario.{lang}.md"
