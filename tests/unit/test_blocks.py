"""Splitting a content file into front matter, headings, text and fences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.blocks import Document, split
from elearning.problem import Findings

FILE = """---
id: m4
---
## luisteren: Luister: vraag niet uit {source: 4f1c09aa}
Eerste regel.

~~~check
id: eerste
~~~

## kort {source: 00112233}
~~~node
ask: do
~~~
Tekst met een ### kop
en ~~~ midden in de regel.
"""


def read(text: str) -> tuple[Document, list[tuple[str, int]]]:
    """Return the document with the code and line of each problem."""
    findings = Findings("module.md")
    document = split(text, findings)
    return document, [(each.code, each.line) for each in findings.found]


def test_a_good_file_has_no_problem() -> None:
    assert read(FILE)[1] == []


def test_a_heading_holds_an_id_a_title_and_a_fingerprint() -> None:
    first, second = read(FILE)[0].blocks
    assert (first.id, first.title) == ("luisteren", "Luister: vraag niet uit")
    assert first.source == "4f1c09aa"
    assert (second.id, second.title, second.source) == ("kort", None, "00112233")


def test_text_and_fences_are_apart_with_their_lines() -> None:
    document, _ = read(FILE)
    first, second = document.blocks
    assert (document.front_matter.text, document.front_matter.line) == ("id: m4", 1)
    assert (first.body, first.line, first.body_line) == ("Eerste regel.", 4, 5)
    assert [(each.name, each.text, each.line) for each in first.fences] == [
        ("check", "id: eerste", 7)
    ]
    assert second.body.startswith("Tekst met een ### kop")
    assert (second.body_line, second.last_body_line) == (15, 16)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("## a\n", ("F1", 1)),
        ("---\nid: a\n", ("F1", 1)),
        ("x\n---\nid: a\n---\n", ("F1", 1)),
        ("---\n---\nlos\n## a\n", ("F2", 3)),
        ("---\n---\n## Hoofdletter\n", ("F6", 3)),
        ("---\n---\n## \n", ("F6", 3)),
        ("---\n---\n## a\n## b\n## a\n", ("F5", 3)),
        ("---\n---\n## a\n~~~node\nask: do\n", ("F3", 4)),
        ("---\n---\n## a\n~~~node\n## b\n~~~\n", ("F3", 4)),
        ("---\n---\n## a\n~~~node\n~~~choices\n~~~\n", ("F3", 4)),
        ("a" * 1_000_001, ("F0", 1)),
    ],
)
def test_what_is_out_of_place_is_reported(text: str, problem: tuple[str, int]) -> None:
    assert problem in read(text)[1]


def test_a_fence_that_is_left_open_does_not_swallow_the_next_block() -> None:
    document, _ = read("---\n---\n## a\n~~~node\nask: do\n## b\nTekst\n")
    assert [block.id for block in document.blocks] == ["a", "b"]


def test_windows_line_ends_make_no_difference() -> None:
    assert read("\ufeff" + FILE.replace("\n", "\r\n")) == read(FILE)


@given(st.text(st.sampled_from("ab#~-{}: \n\r\t")))
def test_any_text_is_split_and_blocks_come_in_the_order_of_their_lines(text: str) -> None:
    document, problems = read(text)
    lines = [block.line for block in document.blocks]
    assert lines == sorted(set(lines))
    assert document.blocks or problems or text.startswith("---")
