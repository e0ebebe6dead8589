"""Twee 3 as text, and links as the programs around it write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.exchange.remarks import ExchangeRefused, Remarks
from elearning.exchange.twee import MOST_PASSAGES, Passage, read_passages, write_passages
from elearning.exchange.twee_links import Link, link_text, links_in, trailing_links, without_links

CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\r\n")
NAMES = st.text(CHARACTERS, min_size=1, max_size=12).filter(
    lambda name: name.strip() == name.strip(" ") != ""
)
TAGS = st.text(st.sampled_from("ab[]{}\\"), min_size=1, max_size=5)
CONTENTS = st.text(st.sampled_from("a:\\ \n[]{}"), max_size=30).map(str.strip)


def read(text: str) -> tuple[tuple[Passage, ...], list[str]]:
    remarks = Remarks()
    passages = read_passages(text, "verhaal.twee", remarks)
    return passages, [str(each) for each in remarks.all()]


def a_passage(name: str = "a", text: str = "", **metadata: str) -> Passage:
    return Passage(name, (), metadata, text, 1)


@given(st.lists(st.tuples(NAMES, st.lists(TAGS, max_size=2), CONTENTS), unique_by=lambda p: p[0]))
def test_any_passage_comes_back_from_the_file(drawn: list[tuple[str, list[str], str]]) -> None:
    written = [Passage(n, tuple(tags), {"x": n}, text, 1) for n, tags, text in drawn]
    text = write_passages([a_passage("eerste"), *written])
    read_back, remarks = read(text)
    found = [(p.name, p.tags, p.metadata, p.text) for p in read_back[1:]]
    wanted = [(p.name, p.tags, p.metadata, p.text) for p in written if p.name != "eerste"]
    assert found == wanted
    assert len(remarks) == len(written) - len(wanted)


@pytest.mark.parametrize(
    ("header", "name", "tags"),
    [
        (":: An overgrown path", "An overgrown path", ()),
        ("::Pad[bos mist]", "Pad", ("bos", "mist")),
        (r":: foo\\bar \[x\]", r"foo\bar [x]", ()),
        (r":: \q", "q", ()),
        (r":: \ rand\ ", " rand ", ()),
        (r":: pad [a\]b] ", "pad", ("a]b",)),
    ],
)
def test_a_header_is_read_as_the_specification_says(
    header: str, name: str, tags: tuple[str, ...]
) -> None:
    (passage,), remarks = read(f"{header}\ntekst\n\n\n")
    assert (passage.name, passage.tags, passage.text) == (name, tags, "tekst")
    assert remarks == []


def test_metadata_is_read_and_bad_metadata_is_left_out_with_a_remark() -> None:
    bad = ':: c {"position":\nx\n\n:: d [1] {"a":1,"a":2}\n:: e [x] [1]\n'
    text = f':: a [b] {{"position":"1,2"}}\n\n{bad}'
    passages, remarks = read(text)
    assert [each.metadata for each in passages] == [{"position": "1,2"}, {}, {}, {}]
    assert [each.split(": ")[0] for each in remarks] == [f"verhaal.twee:{n}" for n in (3, 6, 7)]


def test_a_second_passage_of_the_same_name_is_left_out_with_a_remark() -> None:
    passages, remarks = read(":: a\neen\n:: a\ntwee\n::\nniets")
    assert [each.text for each in passages] == ["een"]
    assert remarks == [
        "verhaal.twee:3: lost: a second passage called 'a'",
        "verhaal.twee:5: lost: a passage without a name",
    ]


def test_text_before_the_first_passage_is_noted() -> None:
    assert read("los\n:: a\n")[1] == ["verhaal.twee:1: lost: text before the first passage"]


@pytest.mark.parametrize("text", ["", "geen passage", ":: a\n" * (MOST_PASSAGES + 1)])
def test_what_is_no_story_or_too_much_of_it_is_refused(text: str) -> None:
    with pytest.raises(ExchangeRefused):
        read(text)


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("[[bos]]", Link("bos", "bos", None)),
        ("[[Ga het bos in->bos]]", Link("Ga het bos in", "bos", None)),
        ("[[bos<-Ga het bos in]]", Link("Ga het bos in", "bos", None)),
        ("[[Ga het bos in|bos]]", Link("Ga het bos in", "bos", None)),
        ("[[a->b->bos]]", Link("a->b", "bos", None)),
        ("[[Ga|bos][$x to 1]]", Link("Ga", "bos", "$x to 1")),
        ("[[bos][$x to 1]]", Link("bos", "bos", "$x to 1")),
    ],
)
def test_every_form_of_a_link_is_known(text: str, link: Link) -> None:
    assert links_in(f"Kijk {text} daar") == (link,)
    assert without_links(f"Kijk {text} daar") == "Kijk  daar"


def test_a_label_cannot_end_its_own_link() -> None:
    label = "a]]b->c|d<-e\n [[f"
    assert links_in(link_text(label, "doel")) == (Link("a))b→c/d←e ((f", "doel", None),)


def test_the_links_at_the_end_are_told_from_the_text() -> None:
    body, links = trailing_links("Tekst [[x]]\n\n[[a->b]]\n[[c]]\n")
    assert body == "Tekst [[x]]"
    assert [each.target for each in links] == ["b", "c"]
