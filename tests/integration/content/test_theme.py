"""The theme of an overlay: a colour that can be read, and a drawing that only draws."""

from __future__ import annotations

from pathlib import Path

import pytest

from elearning.content.institution import read_institution
from elearning.content.sources import content_root
from elearning.learning.theme import OWN, Theme, contrast_on_white
from elearning.problem import Findings

OVERLAY = content_root(None).path / "modules/directory/institution.demo.yaml"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
ALT = 'logo_alt: {nl: "De Lage Landen", en: "De Lage Landen"}'


def read(folder: Path, theme: str, svg: str = SVG) -> tuple[Theme, list[str]]:
    """Read the example overlay with a theme; return it with what was found."""
    (folder / "logo.svg").write_text(svg, encoding="utf-8")
    text = OVERLAY.read_text(encoding="utf-8")
    findings = Findings("institution.yaml")
    institution = read_institution(f"{text}\ntheme: {theme}\n", folder, findings)
    return institution.theme, [each.message for each in findings.found]


def test_without_a_theme_it_is_our_own(tmp_path: Path) -> None:
    findings = Findings("institution.yaml")
    text = OVERLAY.read_text(encoding="utf-8")
    assert read_institution(text, tmp_path, findings).theme == OWN
    assert findings.found == []


def test_a_colour_and_a_logo_with_its_words_are_taken(tmp_path: Path) -> None:
    theme, found = read(tmp_path, f'{{primary: "#8a1538", logo: "logo.svg", {ALT}}}')
    assert found == []
    assert theme.primary == "#8A1538"
    assert theme.logo is not None
    assert (theme.logo.svg, theme.logo.alt["en"]) == (SVG, "De Lage Landen")


@pytest.mark.parametrize(
    ("theme", "why"),
    [
        ('{primary: "#FFCC00"}', "has a contrast of 1.5 with white and needs 4.5"),
        ('{primary: "#777777"}', "has a contrast of 4.5 with white"),
        ('{primary: "red"}', "needs a colour"),
        ('{logo: "logo.svg"}', "say what the logo says"),
        (f'{{logo: "other.svg", {ALT}}}', "needs the name of an SVG file"),
        (f'{{logo: "../logo.svg", {ALT}}}', "needs the name of an SVG file"),
        ('{colour: "#000000"}', "is not a key here"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, theme: str, why: str) -> None:
    _, found = read(tmp_path, theme)
    assert any(why in each for each in found), found


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<path onload="x()"/>',
        '<image href="https://elders.example/x.png"/>',
        '<use xlink:href="file:///etc/passwd"/>',
        "<style>a{background:url(https://elders.example)}</style>",
        "<foreignObject/>",
        "<!ENTITY a 'b'>",
    ],
)
def test_a_drawing_that_does_more_than_draw_is_refused(tmp_path: Path, inside: str) -> None:
    svg = SVG.replace("</svg>", f"{inside}</svg>")
    theme, found = read(tmp_path, f'{{logo: "logo.svg", {ALT}}}', svg)
    assert theme.logo is None
    assert any("more than a drawing" in each for each in found)


@pytest.mark.parametrize(
    ("colour", "ratio"), [("#000000", 21.0), ("#FFFFFF", 1.0), ("#767676", 4.54)]
)
def test_contrast_is_that_of_the_standard(colour: str, ratio: float) -> None:
    assert round(contrast_on_white(colour), 2) == ratio
