"""The links of a passage: `[[t]]`, `[[label->t]]`, `[[t<-label]]`, `[[label|t]]`, with setters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

# Neither part may hold a bracket, so that a search never looks further than the next one.
LINK: Final = re.compile(r"\[\[([^\[\]\n]+)\](?:\[([^\[\]\n]*)\])?\]")
_AMBIGUOUS: Final = {"[": "(", "]": ")", "->": "→", "<-": "←", "|": "/"}


@dataclass(frozen=True, slots=True)
class Link:
    """What is shown, where it leads, and the code that some programs run on the way."""

    label: str
    target: str
    setter: str | None


def links_in(text: str) -> tuple[Link, ...]:
    """Return the links of a text, in order."""
    return tuple(_link(found) for found in LINK.finditer(text))


def link_text(label: str, target: str) -> str:
    """Return a link; signs in the label that would end it are written otherwise."""
    for sign, other in _AMBIGUOUS.items():
        label = label.replace(sign, other)
    return f"[[{' '.join(label.split())}->{target}]]"


def _link(found: re.Match[str]) -> Link:
    label, target = _parts(found[1])
    return Link(label.strip() or target.strip(), target.strip(), found[2])


def _parts(inner: str) -> tuple[str, str]:
    """Return label and target: the last `->`, else the first `<-`, else the last `|` divides."""
    if "->" in inner:
        label, _, target = inner.rpartition("->")
        return label, target
    if "<-" in inner:
        target, _, label = inner.partition("<-")
        return label, target
    label, _, target = inner.rpartition("|")
    return (label, target) if label else (target, target)


def without_links(text: str) -> str:
    """Return the text that stands around the links."""
    return LINK.sub("", text)


def trailing_links(text: str) -> tuple[str, tuple[Link, ...]]:
    """Return the text above the last lines that are each a link, and those links."""
    lines = text.rstrip().split("\n")
    end = len(lines)
    while end and LINK.fullmatch(lines[end - 1].strip()):
        end -= 1
    return "\n".join(lines[:end]).strip(), tuple(_found(lines[end:]))


def _found(lines: list[str]) -> Iterator[Link]:
    for line in lines:
        yield from links_in(line)
