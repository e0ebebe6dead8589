"""Defects in what a file holds: options that stand twice, translations that do not match."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from elearning.exchange.native import native_files
from elearning.exchange.story import Story
from elearning.scenario.model import ChoiceId, NodeText
from tests.mutation.defect import Defect, Files, Place, places, with_choices

TRANSLATION = "scenario.en.md"


def option_duplicated(story: Story) -> Iterator[Defect]:
    """Write an option twice, under another id."""
    for place in places(story):
        yield Defect(f"{place}", partial(_twice, story, place))


def translation_id_changed(story: Story) -> Iterator[Defect]:
    """Give a choice of the translation another id."""
    for place in places(story):
        yield Defect(f"{place}", partial(_renamed, story, place))


def translation_choice_lost(story: Story) -> Iterator[Defect]:
    """Leave a choice out of the translation."""
    for place in places(story):
        yield Defect(f"{place}", partial(_lost, story, place))


def _twice(story: Story, place: Place) -> Files:
    twin, node = ChoiceId(f"{place.choice.id}_twee"), place.node.id
    choices = (*place.node.choices, replace(place.choice, id=twin))
    texts = {}
    for lang, text in story.texts.items():
        words = text.nodes[node]
        more = NodeText(words.body, {**words.choices, twin: words.choices[place.choice.id]})
        texts[lang] = replace(text, nodes={**text.nodes, node: more})
    scenario = with_choices(story.scenario, node, choices)
    return native_files(replace(story, scenario=scenario, texts=texts))


def _renamed(story: Story, place: Place) -> Files:
    files = native_files(story)
    before, block, after = _block(files[TRANSLATION], place)
    block = block.replace(_id_line(place), f"- id: {place.choice.id}x\n")
    return {**files, TRANSLATION: before + block + after}


def _lost(story: Story, place: Place) -> Files:
    files = native_files(story)
    before, block, after = _block(files[TRANSLATION], place)
    head, _, tail = block.partition(_id_line(place))
    end = min(at for mark in ("\n- id: ", "\n~~~") if (at := tail.find(mark)) >= 0)
    return {**files, TRANSLATION: before + head + tail[end + 1 :] + after}


def _id_line(place: Place) -> str:
    return f"- id: {place.choice.id}\n"


def _block(text: str, place: Place) -> tuple[str, str, str]:
    """Return the text before a node, that of the node, and the rest."""
    start = text.index(f"\n## {place.node.id} ")
    end = text.find("\n## ", start + 1)
    end = len(text) if end < 0 else end
    return text[:start], text[start:end], text[end:]
