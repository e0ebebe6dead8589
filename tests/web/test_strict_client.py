"""The client refuses what it should: without this, no other test here proves anything."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from flask import Flask

from elearning.web.access import public
from tests.pages.html import parse
from tests.web.languages import Foreign, foreign_on_page, foreign_words
from tests.web.page_rules import broken_rules
from tests.web.strict_client import BadPage, StrictClient

PAGE = '<!doctype html><html lang="nl"><head><title>Titel</title></head><body>{}</body></html>'


def page(body: str) -> str:
    """Return a page with this body."""
    return PAGE.format(body)


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        (PAGE.replace("Titel", "").format("<h1>A</h1>"), "there is no title"),
        (PAGE.replace("Titel", "Na een verkrachting").format("<h1>A</h1>"), "tells what"),
        (PAGE.replace(' lang="nl"', "").format("<h1>A</h1>"), "lang=None"),
        (page("<p>A</p>"), "there are 0 h1"),
        (page("<h1>A</h1><h1>B</h1>"), "there are 2 h1"),
        (page("<h1>A</h1><h3>B</h3>"), "an h3 follows an h1"),
        (page("<h1>A</h1><h2> </h2>"), "an h2 is empty"),
        (page('<h1 id="a">A</h1><p id="a">B</p>'), "id 'a' stands twice"),
        (page('<h1>A</h1><label for="b">B</label>'), "for='b' refers to nothing"),
        (page('<h1>A</h1><a href="#b">B</a>'), "the link '#b' leads nowhere"),
        (page('<h1>A</h1><input name="b">'), "the field 'b' has no label"),
        (page('<h1>A</h1><select name="b"></select>'), "the field 'b' has no label"),
        (page('<h1>A</h1><button type="submit"></button>'), "a button has no words"),
        (page('<h1>A</h1><img src="b">'), "the image 'b' has no alt"),
        (page('<h1 tabindex="1">A</h1>'), "a h1 has a tabindex above 0"),
        (page("<h1>A</h1><script>b()</script>"), "there is an inline script"),
        (page("<h1>A</h1><svg><style>b{}</style></svg>"), "there is an inline style"),
        (page('<h1 style="b">A</h1>'), "a h1 has the attribute style"),
        (page('<h1 onclick="b()">A</h1>'), "a h1 has the attribute onclick"),
        (page('<h1><a href="javascript:b()">A</a></h1>'), "a link goes to 'javascript:b()'"),
    ],
)
def test_a_page_that_breaks_a_rule_is_refused(html: str, problem: str) -> None:
    root, invalid = parse(html)
    assert not invalid
    (found,) = broken_rules(root)
    assert problem in found


@pytest.mark.parametrize(
    "body",
    [
        '<h1 id="a">A</h1><h2>B</h2><h3>C</h3><h2>D</h2><a href="#a">E</a>',
        '<h2>B</h2><h1>A</h1><label>C <input name="c"></label>',
        '<h1>A</h1><label for="c">C</label><input id="c" name="c"><input type="hidden" name="d">',
        '<h1>A</h1><label for="c">C</label><textarea id="c" name="c"></textarea>',
    ],
)
def test_a_good_page_breaks_no_rule(body: str) -> None:
    root, invalid = parse(page(body))
    assert not invalid
    assert broken_rules(root) == []


@pytest.mark.parametrize(
    "body", ["<h1>A</h1><p><ul></ul></p>", "<h1>A</h2>", '<h1 a="1" a="2">A</h1>', "<h1>A</h1></b>"]
)
def test_html_that_is_not_valid_is_noticed(body: str) -> None:
    assert parse(page(body))[1]


@pytest.fixture
def sentences(tmp_path: Path) -> Mapping[str, Foreign]:
    """Return the words of a small catalogue."""
    pairs = {
        "Leave this page": "Verlaat deze pagina",
        "Status": "Status",
        "Back to turn %(number)s": "Terug naar beurt %(number)s",
    }
    for code, column in (("nl", 1), ("en", 0)):
        folder = tmp_path / code / "LC_MESSAGES"
        folder.mkdir(parents=True)
        lines = [f'msgid "{pair[0]}"\nmsgstr "{pair[column]}"\n' for pair in pairs.items()]
        (folder / "messages.po").write_text("\n".join(lines), encoding="utf-8")
    return foreign_words(tmp_path)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<p>Leave  this\npage</p>", ["Leave this page"]),
        ("<p>x <b>y</b> Back to turn 3</p>", ["Back to turn 3"]),
        ('<p aria-label="Leave this page">x</p>', ["Leave this page"]),
        ('<p lang="en">Leave this page</p>', []),
        ('<p lang="en">Verlaat deze pagina</p>', ["Verlaat deze pagina"]),
        ('<p translate="no">Leave this page</p>', []),
        ("<p>Verlaat deze pagina</p><p>Status</p>", []),
    ],
)
def test_words_of_the_other_language_are_noticed(
    sentences: Mapping[str, Foreign], body: str, found: list[str]
) -> None:
    root, _ = parse(page(body))
    assert foreign_on_page(root, sentences) == found


def test_the_client_refuses_a_bad_page_of_the_application(app: Flask, client: StrictClient) -> None:
    app.add_url_rule("/slecht", "bad", public(lambda: page("<h1>A</h1><h3>B</h3>")))
    with pytest.raises(BadPage, match="an h3 follows an h1"):
        client.get("/slecht")


def test_the_client_refuses_words_that_no_catalogue_holds(app: Flask, client: StrictClient) -> None:
    def bad() -> str:
        catalogue = app.extensions["babel"].instance.domain_instance
        return page(f"<h1>{catalogue.gettext('Nobody translated this')}</h1>")

    app.add_url_rule("/slecht", "bad", public(bad))
    with pytest.raises(BadPage, match="not in the catalogue: 'Nobody translated this'"):
        client.get("/slecht")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Content-Security-Policy", "default-src 'self'"),
        ("Content-Security-Policy", "default-src 'none'; script-src 'unsafe-inline'"),
        ("Referrer-Policy", "unsafe-url"),
        ("Cache-Control", "public"),
    ],
)
def test_the_client_refuses_a_weak_header(
    app: Flask, client: StrictClient, name: str, value: str
) -> None:
    app.add_url_rule("/slecht", "bad", public(lambda: (page("<h1>A</h1>"), 200, {name: value})))
    with pytest.raises(BadPage):
        client.get("/slecht")
