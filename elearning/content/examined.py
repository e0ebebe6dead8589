"""D8: a question whose answer rests on a fact that nobody has checked.

As far as placeholders can tell: they stand in the question, in an option of a module, or in what
can be answered in a check or a reading. Feedback may explain such a fact, and says that it is
being checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from elearning.blocks import Document, split
from elearning.content.directory import Directory
from elearning.problem import Findings, Problem
from elearning.scenario.model import Kind
from elearning.strict_yaml import Fields, Items, Located, Scalar
from elearning.translation import fields_of, loaded

FACT: Final = re.compile(r"\{\{\s*fact\.([a-z_0-9]+)\.")
EXAMINING: Final = frozenset({"question", "text", "say"})
ASKING_KINDS: Final = frozenset({Kind.READING, Kind.CHECK})


def examined_problems(files: Mapping[str, str], directory: Directory) -> Iterator[Problem]:
    """Yield every question of one module or scenario that examines an unchecked fact."""
    documents = {name: split(text, Findings(name)) for name, text in files.items()}
    asks = any(_asks(each) for each in documents.values())
    for name, document in documents.items():
        for value in _activities(document, asks=asks):
            for line, fact_id in _examined(value):
                fact = directory.facts.get(fact_id)
                if fact is not None and not fact.dated.is_verified:
                    message = f"a question rests on fact {fact_id}, which is being checked"
                    yield Problem(name, line, "D8", message)


def _asks(document: Document) -> bool:
    kind = fields_of(loaded(document.front_matter)).get("kind")
    return isinstance(kind, Scalar) and kind.text in ASKING_KINDS


def _activities(document: Document, *, asks: bool) -> Iterator[Located | None]:
    """Yield what can be answered: the checks of a module, the choices where answers are asked."""
    for block in document.blocks:
        for fence in block.fences:
            if fence.name == "check" or (fence.name == "choices" and asks):
                yield loaded(fence)


def _examined(value: Located | None) -> Iterator[tuple[int, str]]:
    if isinstance(value, Items):
        for item in value.items:
            yield from _examined(item)
    elif isinstance(value, Fields):
        for field in value.fields:
            if field.key in EXAMINING and isinstance(field.value, Scalar):
                yield from ((field.line, found) for found in FACT.findall(field.value.text))
            yield from _examined(field.value)
