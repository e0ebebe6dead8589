"""Kept plays as people read them: `python -m tests.content.transcripts` writes them anew.

What a change of words does to a conversation then shows in a review, line by line. Placeholders
are filled in as for the example institution.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from textwrap import indent

from elearning.content.library import Playable
from elearning.content.placeholders import Places
from elearning.exchange.h5p_format import MEDIA
from elearning.scenario.model import Medium, NodeId, ScenarioText
from elearning.scenario.play import Turn, replay, turns
from elearning.scenario.score import result
from elearning.yaml_fields import LANGUAGES
from tests.content.paths import KeptPath, every_path
from tests.shipped_content import shipped_library

FOLDER = Path(__file__).parent / "transcripts"
ME = {"nl": "Jij", "en": "You"}


def file_of(path: KeptPath, lang: str) -> Path:
    """Return where a transcript is kept."""
    return FOLDER / f"{path.scenario_id}.{path.name}.{lang}.md"


def transcript(path: KeptPath, lang: str) -> str:
    """Return one play in one language, as it is kept."""
    library = shipped_library()
    playable = library.scenario(path.scenario_id)
    text = playable.texts[lang]
    told = turns(playable.scenario, path.choices)
    passes = result(playable.scenario, replay(playable.scenario, path.choices)).passed
    ending = playable.scenario.nodes[told[-1].node_id].ending
    lines = [
        f"# {text.title}",
        f"`{path.scenario_id}`, {path.name}: {ending}, {'passed' if passes else 'not passed'}",
        *(line for turn, _ in pairwise(told) for line in _turn(turn, playable, text)),
        *_moment(told[-1].node_id, playable, text),
    ]
    filled = Places(library.directory, library.institution).fill_text("\n\n".join(lines), lang)
    return f"{filled}\n"


def _turn(turn: Turn, playable: Playable, text: ScenarioText) -> Iterator[str]:
    yield from _moment(turn.node_id, playable, text, turn.number)
    assert turn.choice_id is not None
    said = text.nodes[turn.node_id].choices[turn.choice_id]
    yield indent(f"**{ME[text.lang]}:** {said.say}", "> ")
    if said.felt is not None:
        yield f"_{_speaker(turn.node_id, playable, text)}: {said.felt}_"
    yield said.why


def _moment(
    node_id: NodeId, playable: Playable, text: ScenarioText, number: int | None = None
) -> Iterator[str]:
    medium = playable.scenario.nodes[node_id].medium
    told = "" if medium is Medium.IN_PERSON else f" ({MEDIA[text.lang][medium]})"
    speaker = _speaker(node_id, playable, text)
    yield f"## {'' if number is None else f'{number}. '}{speaker or node_id}{told}"
    yield text.nodes[node_id].body


def _speaker(node_id: NodeId, playable: Playable, text: ScenarioText) -> str:
    speaker = playable.scenario.nodes[node_id].speaker or playable.scenario.persona
    return "" if speaker is None else text.speakers[speaker]


def write_all() -> int:
    """Write every transcript, and take away those of plays that are gone; return how many."""
    FOLDER.mkdir(exist_ok=True)
    wanted = {file_of(path, lang): (path, lang) for path in every_path() for lang in LANGUAGES}
    for gone in set(FOLDER.glob("*.md")) - wanted.keys():
        gone.unlink()
    for file, (path, lang) in wanted.items():
        file.write_text(transcript(path, lang), encoding="utf-8")
    return len(wanted)


if __name__ == "__main__":
    print(f"{write_all()} transcripts")  # noqa: T201 - what it is run for
