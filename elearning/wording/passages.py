"""Pieces of text with their language, their lines in the file, and whose words they are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from elearning.blocks import Block, Document, Fence, Row
from elearning.strict_yaml import Fields, Items, Located, Scalar
from elearning.translation import ContentFormat, fields_of, id_of, loaded
from elearning.yaml_fields import LANGUAGES


class Voice(Enum):
    """Whose words a text holds, and so what it may say."""

    OURS = auto()
    QUOTED = auto()  # ours, but what stands in double quotes is said by the other person
    OTHERS = auto()  # the other person's, or an example of what not to say


@dataclass(frozen=True, slots=True)
class Passage:
    """One text; a text of YAML that runs over several lines is placed on its first."""

    lang: str
    voice: Voice
    rows: tuple[Row, ...]

    @property
    def text(self) -> str:
        """Return the words as they stand in the file."""
        return "\n".join(row.text for row in self.rows)

    def line_at(self, place: int) -> int:
        """Return the line of the file on which this character of the text stands."""
        breaks = self.text.count("\n", 0, place)
        return self.rows[min(breaks, len(self.rows) - 1)].number


@dataclass(frozen=True, slots=True)
class Page:
    """What a learner reads at a time: the passages of a block, or of a front matter."""

    name: str
    line: int
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Voices:
    """Where words may stand that nobody should say: read from the source, for every language."""

    examples: frozenset[tuple[str, str]]
    conversations: frozenset[str]

    def of_body(self, block_id: str) -> Voice:
        """Return whose words a block holds."""
        return Voice.QUOTED if block_id in self.conversations else Voice.OURS

    def of_option(self, block_id: str, option_id: str, key: str) -> Voice:
        """Return whose words a text of an option is; what it felt like is never ours."""
        is_example = (block_id, option_id) in self.examples or key == "felt"
        return Voice.OTHERS if is_example else Voice.OURS


def voices_of(source: Document, form: ContentFormat) -> Voices:
    """Return whose words stand where, by the ids of the source file."""
    kind = fields_of(loaded(source.front_matter)).get("kind")
    is_conversation = isinstance(kind, Scalar) and kind.text == "conversation"
    return Voices(
        examples=frozenset(
            (block.id, id_of(option))
            for block in source.blocks
            for option in _options(block, form)
            if _is_example(fields_of(option))
        ),
        conversations=frozenset(
            block.id for block in source.blocks if is_conversation and not _is_ending(block)
        ),
    )


def pages_of(document: Document, lang: str, form: ContentFormat, voices: Voices) -> Iterator[Page]:
    """Yield what is read at a time in a file of a module or scenario."""
    front = fields_of(loaded(document.front_matter))
    words = [each for key in form.front_keys if key in front for each in _scalars(front[key])]
    line = document.front_matter.line
    yield Page("front matter", line, tuple(_passage(lang, Voice.OURS, each) for each in words))
    for block in document.blocks:
        passages = tuple(_block_passages(block, lang, form, voices))
        yield Page(f"block {block.id!r}", block.line, passages)


def listed_passages(value: Located | None) -> Iterator[Passage]:
    """Yield the texts of a YAML file that stand under the name of their language."""
    match value:
        case Items():
            for item in value.items:
                yield from listed_passages(item)
        case Fields():
            for each in value.fields:
                if each.key in LANGUAGES:
                    words = _scalars(each.value)
                    yield from (_passage(each.key, Voice.OURS, word) for word in words)
                else:
                    yield from listed_passages(each.value)


def _block_passages(
    block: Block, lang: str, form: ContentFormat, voices: Voices
) -> Iterator[Passage]:
    if block.title:
        yield Passage(lang, Voice.OURS, (Row(block.line, block.title),))
    for rows in _paragraphs(block.rows):
        yield Passage(lang, voices.of_body(block.id), tuple(rows))
    for fence in _fences(block, form):
        for _, words in _texts(loaded(fence), form):
            yield _passage(lang, Voice.OURS, words)
    for option in _options(block, form):
        for key, words in _texts(option, form):
            yield _passage(lang, voices.of_option(block.id, id_of(option), key), words)


def _texts(value: Located | None, form: ContentFormat) -> Iterator[tuple[str, Scalar]]:
    fields = fields_of(value)
    for key in form.text_keys:
        words = fields.get(key)
        if isinstance(words, Scalar):
            yield key, words


def _fences(block: Block, form: ContentFormat) -> Iterator[Fence]:
    return (fence for fence in block.fences if fence.name in form.fences)


def _options(block: Block, form: ContentFormat) -> Iterator[Located]:
    """Yield the choices of a node, or the options of a check."""
    for fence in _fences(block, form):
        value = loaded(fence)
        fields = fields_of(value)
        lists = [value, *(fields[key] for key in form.list_keys if key in fields)]
        for each in lists:
            yield from each.items if isinstance(each, Items) else ()


def _is_example(option: dict[str, Located]) -> bool:
    """Say whether this shows what not to say: it raises an error, or could be better."""
    raised, verdict = option.get("raise"), option.get("verdict")
    has_error = isinstance(raised, Items) and bool(raised.items)
    return has_error or (isinstance(verdict, Scalar) and verdict.text != "fits")


def _is_ending(block: Block) -> bool:
    frames = [fields_of(loaded(fence)) for fence in block.fences if fence.name == "node"]
    return any("ending" in frame for frame in frames)


def _paragraphs(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield the rows of each paragraph, list item and heading apart."""
    together: list[Row] = []
    for row in rows:
        starts_anew = row.text.lstrip("> ").startswith(("- ", "* ", "### ")) or not row.text.strip()
        if starts_anew and together:
            yield together
            together = []
        if row.text.strip("> "):
            together.append(row)
    if together:
        yield together


def _scalars(value: Located) -> Iterator[Scalar]:
    match value:
        case Scalar():
            yield value
        case Items():
            for item in value.items:
                yield from _scalars(item)
        case Fields():
            for each in value.fields:
                yield from _scalars(each.value)


def _passage(lang: str, voice: Voice, scalar: Scalar) -> Passage:
    return Passage(lang, voice, (Row(scalar.line, " ".join(scalar.text.split("\n"))),))
