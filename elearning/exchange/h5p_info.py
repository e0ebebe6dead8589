"""The words of an H5P node that is no question: text, and what stands in place of the rest."""

from collections.abc import Iterator
from typing import Final

from elearning.exchange.h5p_format import MEDIA, MEDIUM_NOTE, TEXT
from elearning.exchange.json_reader import ObjectReader
from elearning.scenario.model import Medium

_TEXTS: Final = frozenset({TEXT, "H5P.Text"})
_IMAGE: Final = "H5P.Image"
_SLIDES: Final = "H5P.CoursePresentation"


def library_of(kind: ObjectReader) -> str:
    """Return the name of the library of a `type`, without its version; a missing one is wrong."""
    library = kind.text("library").split(" ")[0]
    if not library:
        kind.notes.error(kind.at("library"), "it is missing")
    return library


def title_of(kind: ObjectReader) -> str:
    """Return the title that an author gave to a piece of content; empty where nobody did."""
    title = kind.inner("metadata").plain("title")
    return "" if title.startswith("Untitled") else title


def medium_of(kind: ObjectReader) -> Medium:
    """Return how the people of a moment meet, where an export of this program noted it."""
    note = kind.inner("metadata").plain("authorComments").removeprefix(MEDIUM_NOTE)
    return next((each for each in Medium if each == note), Medium.IN_PERSON)


def without_label(body: str, medium: Medium) -> str:
    """Return a text without the line in which an export told the medium to its readers."""
    for told in MEDIA.values():
        body = body.removeprefix(f"*{told.get(medium)}*\n\n")
    return body


def info_text(kind: ObjectReader, library: str) -> str:
    """Return the Markdown of a node of information; what cannot be shown is noted."""
    params = kind.inner("params", is_needed=True)
    if library in _TEXTS:
        return params.markdown("text")
    if library == _IMAGE:
        params.lost("file", "the image; its description stands in its place")
        alt = params.line("alt")
        return f"*{alt}*" if alt else ""
    if library == _SLIDES:
        kind.changed("a presentation becomes one text")
        return "\n\n".join(_slides(params.inner("presentation", is_needed=True)))
    kind.lost("params", f"{library}; only its title stands in its place")
    return ""


def _slides(presentation: ObjectReader) -> Iterator[str]:
    """Yield the texts of a presentation in the order in which they are read on each slide."""
    for slide in presentation.items("slides"):
        for element in sorted(slide.items("elements"), key=_place):
            action = element.inner("action")
            library = library_of(action) if element.has("action") else ""
            if library in _TEXTS or library == _IMAGE:
                yield info_text(action, library)
            else:
                element.lost("action", f"{library or 'an element'} on a slide")


def _place(element: ObjectReader) -> tuple[float, float]:
    x, y = element.values.get("x"), element.values.get("y")
    return (
        float(y) if isinstance(y, int | float) else 0.0,
        float(x) if isinstance(x, int | float) else 0.0,
    )
