"""Content becomes safe HTML, each text by itself."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from elearning.content.markdown import CONVERTER, LONGEST_TEXT, Addresses, to_html, to_inline_html

ADDRESSES = Addresses(page="/onderdeel/{module}/{page}", source="/bronnen#{source}")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Rustig < snel", "<p>Rustig &lt; snel</p>"),
        ("*Rustig*", "<p><em>Rustig</em></p>"),
        ("[klik](javascript:alert)", '<p><a rel="noreferrer noopener">klik</a></p>'),
        ("a <script>alert()</script> b", "<p>a  b</p>"),
        ("Zo is het [S12b].", '<p>Zo is het <a class="cite" href="/bronnen#S12b">[S12b]</a>.</p>'),
    ],
)
def test_a_text_becomes_html_that_does_nothing(text: str, html: str) -> None:
    assert to_html(text, ADDRESSES) == html


def test_a_link_to_a_page_leads_to_it() -> None:
    html = to_inline_html("Lees [verder](page:luisteren/eerste-reactie).", ADDRESSES)
    assert 'href="/onderdeel/luisteren/eerste-reactie"' in html
    assert "<p>" not in html


def test_what_one_text_defines_is_not_known_in_the_next() -> None:
    assert "<a" in to_html("[hulp][1]\n\n[1]: https://example.org", ADDRESSES)
    assert to_html("[hulp][1]", ADDRESSES) == "<p>[hulp][1]</p>"


@given(st.lists(st.text(alphabet="a*_`#>-1. \n[]()<&", max_size=40), max_size=5))
def test_a_text_reads_the_same_after_any_other(texts: list[str]) -> None:
    fresh = [
        Markdown(extensions=["sane_lists"], output_format="html").convert(text) for text in texts
    ]
    assert [CONVERTER.markdown.reset().convert(text) for text in texts] == fresh


def test_every_thread_has_a_converter_of_its_own() -> None:
    with ThreadPoolExecutor(1) as other:
        theirs = other.submit(lambda: CONVERTER.markdown).result()
    assert theirs is not CONVERTER.markdown


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="at most"):
        to_html("*" * (LONGEST_TEXT + 1), ADDRESSES)
