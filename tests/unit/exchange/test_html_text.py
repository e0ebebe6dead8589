"""HTML of other programs becomes our small Markdown, safe to show and quick to make."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.content.markdown import Addresses, to_html
from elearning.exchange.html_text import line_of, markdown_of, plain_of
from elearning.exchange.plain_text import as_body, one_line, text_only

NOWHERE = Addresses("", "")
PIECES = (
    "<b> </b> <em> </em> <p> </p> <br> <script> </script> <li> a * _ ` # &lt;script&gt; </a> <h2>"
    " <!-- --> <img/src=x/onerror=y> [x](javascript:y) &amp;lt; < > \\ <a&#32;href=https://x.nl>"
)
HTML = st.lists(
    st.sampled_from([*PIECES.replace("&#32;", "\u00a0").split(" "), "\n", " "]), max_size=25
).map("".join)


@pytest.mark.parametrize(
    ("source", "markdown"),
    [
        ("<p>Een</p><p>twee</p>", "Een\n\ntwee"),
        ("Een<br>twee", "Een\ntwee"),
        ("<b>sterk</b> en <i>scheef</i>", "**sterk** en *scheef*"),
        ("<b></b>niets", "niets"),
        ("<p><b>half</p><p>rest</b></p>", "**half**\n\nrest"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<h1>Kop</h1>tekst", "**Kop**\n\ntekst"),
        ("*los* &lt;b&gt; &amp; [x]", "\\*los\\* &lt;b> & \\[x\\]"),
        ("a<!-- <b>weg</b> -->b<!-- open", "ab"),
        ("<script>x()</script>y<style>z", "y"),
        ('<a href="https://a.nl/b">c</a> <a href="http://a.nl">d</a>', "[c](https://a.nl/b) d"),
        ("a < b > c", "a &lt; b > c"),
    ],
)
def test_html_becomes_markdown(source: str, markdown: str) -> None:
    assert markdown_of(source)[0] == markdown


def test_what_falls_away_is_named_once() -> None:
    assert markdown_of("<img src=x><img src=y><script>z</script><span>a</span>")[1] == (
        "img",
        "script",
    )


def test_markdown_with_html_in_it_keeps_its_own_signs_and_lines() -> None:
    text = "Een *woord*\n- a\n- b <b>c</b>"
    assert markdown_of(text, is_markdown=True)[0] == "Een *woord*\n- a\n- b **c**"


def test_a_line_is_one_line_and_plain_words_are_what_is_read() -> None:
    assert line_of("<p>Een <b>woord</b></p><p>meer</p>") == "Een **woord** meer"
    assert plain_of("<p>Een *woord* &amp; <b>meer</b></p>") == "Een *woord* & meer"


@given(HTML)
def test_what_is_shown_of_it_is_never_more_than_text(source: str) -> None:
    shown = to_html(markdown_of(source)[0], NOWHERE)
    tags = set(re.findall(r"<([a-z0-9]+)", shown))
    assert tags <= {"p", "strong", "em", "ul", "li", "a", "br", "blockquote", "ol"}
    assert "javascript:" not in re.sub(r"\[x\]\(javascript:y\)|\(javascript:y\)", "", shown)
    assert 'href="javascript' not in shown


@given(st.text())
def test_text_that_holds_no_tag_reads_as_it_was(text: str) -> None:
    plain = text_only(text.replace("<", "").replace(">", "").replace("&", ""))
    shown = to_html(markdown_of(plain)[0], NOWHERE)
    words = re.sub(r"[^a-zA-Z0-9]+", "", re.sub(r"<[^>]*>|&#?[a-z0-9]+;", "", shown))
    assert words == re.sub(r"[^a-zA-Z0-9]+", "", plain)


@pytest.mark.parametrize(
    "source", ["<", "<a ", "<!--", "<script>", "<b><p>", "&", "&#1", "</", "<p><i>", "-->", "<a<"]
)
def test_no_text_takes_long(source: str) -> None:
    began = time.process_time()
    markdown_of(source * (20_000 // len(source)))
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("# Kop #\ntekst", "**Kop**\ntekst"),
        ("## ~~~", "**~~~**"),
        ("~~~choices", "\\~~~choices"),
        ("#tag\n##", "**tag**\n##"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\n\n\n\n\nb  ", "a\n\nb"),
        ("{{x}} \ud800\x00\ufeff", "{ {x} } \ufffd\ufffd\ufffd"),
    ],
)
def test_text_of_others_fits_in_our_files(text: str, body: str) -> None:
    assert as_body(text) == body


def test_a_line_has_one_space_between_words() -> None:
    assert one_line(" a\n\tb \x0bc ") == "a b \ufffdc"
