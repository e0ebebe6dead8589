"""The words in the drawing of a scenario, which also stands on its own, without any catalogue."""

from __future__ import annotations

import re
from typing import Final

from elearning.scenario.ids import NodeId
from elearning.scenario.model import Node
from elearning.scenario.parse import Parsed

WORDS: Final = {
    "nl": {
        "title": "{title}: kaart",
        "desc": (
            "{nodes} knopen, {edges} verbindingen, van boven naar beneden. Het begint bij {start}."
            " Elke knoop noemt waar de keuzes heen leiden."
        ),
        "start": "begin",
        "good": "goed einde",
        "ok": "redelijk einde",
        "missed": "gemiste kans",
        "harm": "schadelijk einde",
        "choice": "keuze",
        "error": "kritieke fout",
        "repair": "herstel",
        "back": "terug",
        "leads": "Leidt naar {targets}.",
        "raises": "{choice} maakt {errors}",
        "repairs": "{choice} herstelt {errors}",
        "from_to": "van {source} naar {target}: {choices}",
    },
    "en": {
        "title": "{title}: map",
        "desc": (
            "{nodes} nodes, {edges} connections, from top to bottom. It begins at {start}."
            " Each node says where its choices lead."
        ),
        "start": "start",
        "good": "good ending",
        "ok": "fair ending",
        "missed": "missed chance",
        "harm": "harmful ending",
        "choice": "choice",
        "error": "critical error",
        "repair": "repair",
        "back": "back",
        "leads": "Leads to {targets}.",
        "raises": "{choice} raises {errors}",
        "repairs": "{choice} repairs {errors}",
        "from_to": "from {source} to {target}: {choices}",
    },
}

_MARKS: Final = re.compile(r"\{\{[^}]*\}\}|[*_>#\"“”]|\[|\]\([^)]*\)")


def text_of(parsed: Parsed, lang: str, node_id: NodeId) -> str:
    """Return the words of a node on one line, in the language it has them in."""
    text = parsed.texts.get(lang) or parsed.texts[parsed.scenario.source_lang]
    return " ".join(_MARKS.sub("", text.nodes[node_id].body).split())


def lines_of(text: str, letters: int, most: int) -> list[str]:
    """Return the beginning of a text in lines of so many letters."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most:
        line = words.pop(0)
        while words and len(f"{line} {words[0]}") <= letters:
            line = f"{line} {words.pop(0)}"
        lines.append(shortened(line, letters))
    if words and lines:
        lines[-1] = f"{lines[-1][: letters - 1].rstrip('….,;: ')}…"
    return lines


def shortened(text: str, letters: int) -> str:
    """Return a text that fits."""
    return text if len(text) <= letters else f"{text[: letters - 1]}…"


def spoken_name(parsed: Parsed, lang: str, node: Node) -> str:
    """Return what a screen reader says for a node: its id, what it is, its words, its links."""
    words = WORDS[lang]
    parts = [str(node.id)]
    if node.id == parsed.scenario.start:
        parts.append(words["start"])
    if node.ending is not None:
        parts.append(words[node.ending])
    name = ", ".join(parts)
    text = text_of(parsed, lang, node.id)
    targets = ", ".join(dict.fromkeys(choice.leads_to for choice in node.choices))
    leads = words["leads"].format(targets=targets) if targets else ""
    return " ".join(each for each in (f"{name}.", text, leads) if each)
