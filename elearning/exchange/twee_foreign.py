"""From the passages of a story that someone made in another program to a draft story."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from elearning.exchange.draft import DraftChoice, DraftNode, DraftStory
from elearning.exchange.html_text import markdown_of
from elearning.exchange.json_text import Json
from elearning.exchange.remarks import Remarks, refused
from elearning.exchange.twee import Passage
from elearning.exchange.twee_carried import STORY_DATA, STORY_TITLE
from elearning.exchange.twee_links import Link, links_in, without_links
from elearning.exchange.twee_macros import without_code
from elearning.exchange.twee_write import ENDING_TAG, MEDIUM_TAG
from elearning.scenario.model import EndingKind, Medium

LONGEST_PASSAGE: Final = 20_000
_CODE_TAGS: Final = frozenset({"script", "stylesheet", "widget", "header", "footer", "startup"})
_PRIVATE_TAGS: Final = frozenset({"annotation", "Twine.private", "Twine.image"})
_SPECIAL: Final = frozenset(
    {f"Story{each}" for each in ("Author", "Banner", "Caption", "DisplayTitle", "Includes", "Init")}
    | {f"Story{each}" for each in ("Interface", "Menu", "Settings", "Share", "Subtitle")}
    | {f"Passage{each}" for each in ("Done", "Footer", "Header", "Ready")}
)
_ENDINGS: Final[Mapping[str, EndingKind]] = {f"{ENDING_TAG}{each}": each for each in EndingKind}
_MEDIA: Final[Mapping[str, Medium]] = {f"{MEDIUM_TAG}{each}": each for each in Medium}


@dataclass(frozen=True, slots=True)
class ForeignReader:
    """Reads passages of one file; what does not come along goes to `remarks`."""

    file: str
    story_format: str
    remarks: Remarks

    def story(self, passages: Iterable[Passage], data: Mapping[str, Json], lang: str) -> DraftStory:
        """Return the whole file as a draft story in this language."""
        by_name = {each.name: each for each in passages}
        told = [each for each in by_name.values() if not self._is_special(each)]
        if not told:
            raise refused(self.file, "no passage holds a part of a story")
        title = by_name.get(STORY_TITLE)
        return DraftStory(
            title=title.text if title else "",
            lang=lang,
            setting="",
            start=self._start(told, data),
            nodes=tuple(self.nodes(told, {each.name for each in told})),
        )

    def nodes(self, passages: Iterable[Passage], known: set[str]) -> Iterator[DraftNode]:
        """Yield each passage as a node; a link to what is not known falls away."""
        for each in passages:
            text, links = self._told(each)
            place = f"{self.file}:{each.line}"
            yield DraftNode(
                key=each.name,
                name=each.name,
                body=text,
                choices=tuple(self._choices(links, known, place)),
                ending=next((_ENDINGS[tag] for tag in each.tags if tag in _ENDINGS), EndingKind.OK),
                place=place,
                medium=next((_MEDIA[tag] for tag in each.tags if tag in _MEDIA), Medium.IN_PERSON),
            )

    def _told(self, passage: Passage) -> tuple[str, tuple[Link, ...]]:
        """Return the text of a passage without code, and its links."""
        place = f"{self.file}:{passage.line}"
        if len(passage.text) > LONGEST_PASSAGE:
            raise refused(place, f"a passage of more than {LONGEST_PASSAGE} characters")
        bare = without_code(passage.text, self.story_format)
        text, tags = markdown_of(without_links(bare.text), is_markdown=True)
        for name in (*bare.lost, *(f"<{tag}>" for tag in tags)):
            self.remarks.lost(place, f"{name} in {passage.name!r}")
        return text, (*links_in(bare.text), *bare.links)

    def _choices(self, links: Iterable[Link], known: set[str], place: str) -> Iterator[DraftChoice]:
        for link in links:
            if link.setter is not None:
                self.remarks.lost(place, f"the code of link {link.label!r}: [{link.setter}]")
            if link.target in known:
                yield DraftChoice(link.label, link.target, "")
            else:
                self.remarks.lost(place, f"link {link.label!r}: no passage {link.target!r}")

    def _is_special(self, passage: Passage) -> bool:
        """Say whether a passage is not part of the story itself; all but its data is listed."""
        if passage.name in {STORY_TITLE, STORY_DATA}:
            return True
        tags = {*passage.tags}
        if passage.name in _SPECIAL or tags & (_CODE_TAGS | _PRIVATE_TAGS):
            place = f"{self.file}:{passage.line}"
            what = ", ".join(sorted(tags)) or "special"
            self.remarks.lost(place, f"passage {passage.name!r} ({what})")
            return True
        return False

    def _start(self, told: list[Passage], data: Mapping[str, Json]) -> str:
        names = [each.name for each in told]
        wanted = data.get("start", "Start")
        if isinstance(wanted, str) and wanted in names:
            return wanted
        self.remarks.changed(f"{self.file}:1", f"the start is not named: {names[0]!r} is taken")
        return names[0]
