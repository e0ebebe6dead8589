"""A Twee file as it comes in: one of ours goes back to what it was, another becomes a draft."""

from collections.abc import Mapping, Sequence

from elearning.exchange.arrival import Arrival
from elearning.exchange.draft import build_draft
from elearning.exchange.json_text import Json, NotJson, read_json
from elearning.exchange.native import native_files
from elearning.exchange.remarks import Remarks
from elearning.exchange.twee import Passage, read_passages
from elearning.exchange.twee_carried import STORY_DATA, STORY_TITLE, carried_in
from elearning.exchange.twee_foreign import ForeignReader
from elearning.exchange.twee_native import NativeReader


def read_twee(text: str, arrival: Arrival, remarks: Remarks) -> dict[str, str]:
    """Return the files of a scenario by name; raises `ExchangeRefused`."""
    passages = read_passages(text, arrival.file, remarks)
    data = _story_data(passages, arrival.file, remarks)
    carried = carried_in(data, passages)
    if carried is not None:
        kept = {each.name for each in carried.passages.values()}
        others = tuple(
            each for each in passages if each.name not in kept | {STORY_DATA, STORY_TITLE}
        )
        reader = NativeReader(arrival.file, arrival.registry, remarks)
        return reader.files(carried, others, arrival.scenario_id)
    story_format = data.get("format")
    foreign = ForeignReader(
        file=arrival.file,
        story_format=story_format if isinstance(story_format, str) else "",
        remarks=remarks,
    )
    story = foreign.story(passages, data, arrival.lang)
    return native_files(build_draft(story, arrival.scenario_id, remarks))


def _story_data(passages: Sequence[Passage], file: str, remarks: Remarks) -> Mapping[str, Json]:
    """Return what `StoryData` says; nothing where it is missing or cannot be read."""
    for each in passages:
        if each.name == STORY_DATA:
            try:
                value = read_json(each.text)
            except NotJson as error:
                remarks.lost(f"{file}:{each.line}", f"{STORY_DATA}: {error}")
                return {}
            return value if isinstance(value, dict) else {}
    return {}
