"""Writes one scenario in the format of another program, and says what that format cannot hold."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from elearning.exchange.h5p_write import PackageWriter
from elearning.exchange.remarks import Remark, Remarks, refused
from elearning.exchange.twee_write import write_twee
from elearning.exchange.unroll import unroll
from elearning.scenario.model import ScenarioText
from elearning.scenario.parse import Parsed


class Format(StrEnum):
    """A format of another program."""

    TWEE = "twee"
    H5P = "h5p"


@dataclass(frozen=True, slots=True)
class Exported:
    """The file, and what there is to say about it."""

    data: bytes
    remarks: tuple[Remark, ...]


def export_twee(parsed: Parsed, files: Mapping[str, str], lang: str) -> Exported:
    """Return the scenario in these files as Twee; raises `ExchangeRefused`."""
    remarks = Remarks()
    text = write_twee(parsed, files, lang, remarks)
    return Exported(text.encode(), remarks.all())


def export_h5p(parsed: Parsed, lang: str, fill: Callable[[str], str]) -> Exported:
    """Return the scenario as an H5P package; raises `ExchangeRefused`.

    `fill` returns a text with every placeholder replaced by what it stands for today.
    """
    if lang not in parsed.texts:
        raise refused(parsed.source_file, f"there is no complete translation in {lang!r}")
    situations = unroll(parsed.scenario)
    data = PackageWriter(parsed.scenario, parsed.texts[lang], fill).package(situations)
    return Exported(data, _h5p_remarks(parsed, lang, len(situations)).all())


def all_words(text: ScenarioText) -> Iterator[str]:
    """Yield everything that is read, in one language."""
    yield from (text.title, text.content_note, text.setting, text.goal, *text.speakers.values())
    for node in text.nodes.values():
        yield node.body
        for said in node.choices.values():
            yield from (said.say, said.felt or "", said.why)


def _h5p_remarks(parsed: Parsed, lang: str, size: int) -> Remarks:
    remarks, scenario, file = Remarks(), parsed.scenario, parsed.source_file
    if size != len(scenario.nodes):
        message = f"{len(scenario.nodes)} nodes become {size}, because H5P has no memory"
        remarks.changed(file, message)
    harms = any(each.harms for node in scenario.nodes.values() for each in node.choices)
    lost = {
        "that it is a draft: a package looks finished": scenario.is_draft,
        "competencies, critical errors and the pass rule: H5P cannot hold them": bool(
            scenario.competencies or scenario.errors
        ),
        "how a choice hurts (`harm`), for authors only": harms,
        "links to pages and sources: their words stay": any(
            "](" in words for words in all_words(parsed.texts[lang])
        ),
        "the other languages: export them one by one": len(parsed.texts) > 1,
        "what a choice felt like and why are one feedback": True,
    }
    for message, is_there in lost.items():
        if is_there:
            remarks.lost(file, message)
    if any("{{" in words for words in all_words(parsed.texts[lang])):
        remarks.changed(file, "placeholders are filled in as they are today; they will not follow")
    return remarks
