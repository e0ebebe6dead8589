"""A report as parts with lines and tables, the same for the page, the file and the PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from elearning.integrations.report_pdf import Part, Report


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the first cell of a row names it, `widths` are shares of the paper.

    `has_codes` says that the first cells are names out of the program, in no language.
    """

    caption: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    has_codes: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading with what stands below it; `anchor` is its place in the page."""

    anchor: str
    title: str
    lines: tuple[str, ...]
    grids: tuple[Grid, ...] = ()
    below: tuple[Chapter, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """The whole report, in one language."""

    title: str
    institution: str
    lang: str
    made_on: date
    intro: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    contents: str
    digest: str


def as_report(document: Document) -> Report:
    """Return the same words for the printer."""
    return Report(
        title=document.title,
        institution=document.institution,
        lang=document.lang,
        made_on=document.made_on,
        intro=document.intro,
        parts=tuple(part for each in document.chapters for part in _parts(each, 2)),
        contents=document.contents,
    )


def _parts(chapter: Chapter, level: int) -> Iterator[Part]:
    first, *more = chapter.grids or (Grid("", (), (), ()),)
    yield _part(chapter.title, chapter.lines, first, level)
    for grid in more:
        yield _part("", (), grid, level)
    for each in chapter.below:
        yield from _parts(each, level + 1)


def _part(title: str, lines: tuple[str, ...], grid: Grid, level: int) -> Part:
    return Part(
        title=title,
        columns=grid.columns,
        rows=grid.rows,
        level=level,
        lines=lines,
        caption=grid.caption,
        widths=grid.widths,
    )
