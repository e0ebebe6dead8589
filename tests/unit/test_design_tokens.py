"""The design tokens: contrast in both themes, one home for every value, and what is sent."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "elearning" / "web"
STYLE = (WEB / "static" / "app.css").read_text(encoding="utf-8")
# No page: it is written to disk and read without the site, so its style has to be in it.
STANDS_ALONE = WEB / "templates" / "privacy_report" / "file.html"
TEMPLATES = sorted({*(WEB / "templates").rglob("*.html")} - {STANDS_ALONE})

DARK_BY_DEVICE = ":root:not(.theme-light) {"
DARK_BY_CHOICE = ":root.theme-dark {"
TEXT = 4.5
PART_OF_A_CONTROL = 3.0
KILOBYTE = 1024

TEXT_PAIRS = [
    *(("text", ground) for ground in ("bg", "surface", "sunken", "bubble-other", "bubble-me")),
    *(
        ("text", f"{tone}-soft")
        for tone in ("primary", "accent", "positive", "attention", "error", "info")
    ),
    *(
        ("muted", ground)
        for ground in ("bg", "surface", "sunken", "bubble-other", "bubble-me", "primary-soft")
    ),
    *(
        ("primary", ground)
        for ground in ("bg", "surface", "sunken", "primary-soft", "accent-soft", "bubble-me")
    ),
    *((tone, f"{tone}-soft") for tone in ("accent", "positive", "attention", "error", "info")),
    *(
        (tone, ground)
        for tone in ("positive", "attention", "error", "info")
        for ground in ("bg", "surface")
    ),
    ("accent", "bubble-other"),
    ("accent", "surface"),
    ("primary-hover", "bg"),
    ("primary-hover", "primary-soft"),
    ("on-primary", "primary"),
    ("on-primary", "primary-hover"),
    ("on-exit", "exit"),
]
CONTROL_PAIRS = [
    *(("control", ground) for ground in ("bg", "surface", "sunken", "primary-soft")),
    *(("primary", ground) for ground in ("bg", "surface")),
    ("error", "surface"),
    ("exit", "surface"),
]


def tokens(opening: str) -> dict[str, str]:
    """Return the colours of the first block that starts with `opening`."""
    block = STYLE.split(opening, 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--c-([a-z-]+):\s*(#[0-9a-f]{6});", block))


LIGHT = tokens(":root {")
DARK = tokens(DARK_BY_DEVICE)
THEMES = {"light": LIGHT, "dark": DARK}


def luminance(colour: str) -> float:
    """Return the relative luminance of a hexadecimal colour (WCAG 2.2)."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_contrast_of_black_on_white_is_twenty_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_can_be_read_on_its_ground(theme: str, text: str, ground: str) -> None:
    colours = THEMES[theme]
    assert contrast(colours[text], colours[ground]) >= TEXT


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("part", "ground"), CONTROL_PAIRS)
def test_the_shape_of_a_control_can_be_seen(theme: str, part: str, ground: str) -> None:
    colours = THEMES[theme]
    assert contrast(colours[part], colours[ground]) >= PART_OF_A_CONTROL


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["bg", "surface", "sunken"])
def test_the_focus_shows_by_its_outline_or_by_its_ring(theme: str, ground: str) -> None:
    colours = THEMES[theme]
    rims = (colours["focus"], colours["focus-ring"])
    assert max(contrast(rim, colours[ground]) for rim in rims) >= PART_OF_A_CONTROL
    assert contrast(*rims) >= PART_OF_A_CONTROL


def test_the_dark_theme_is_the_same_by_device_and_by_choice() -> None:
    assert tokens(DARK_BY_CHOICE) == DARK


def test_the_dark_theme_answers_every_colour_of_the_light_one() -> None:
    assert LIGHT
    assert DARK.keys() == LIGHT.keys()


def test_every_token_that_is_used_exists_and_every_token_is_used() -> None:
    local = {"flow", "edge", "tone", "soft"}
    defined = set(re.findall(r"--([a-z0-9-]+):", STYLE)) - local
    used = set(re.findall(r"var\(--([a-z0-9-]+)", STYLE)) - local
    assert used == defined


def test_colours_stand_in_tokens_and_nowhere_else() -> None:
    rules = re.sub(r"--c-[a-z-]+:\s*#[0-9a-f]{6};", "", STYLE)
    # A QR code is black on white in every theme, or cameras cannot read it; paper is white.
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", rules)) == {"#000000", "#ffffff"}


def test_the_style_sheet_fetches_nothing() -> None:
    assert "url(" not in STYLE
    assert "@import" not in STYLE


@pytest.mark.parametrize(
    ("name", "kilobytes"), [("app.css", 14), ("app.js", 5), ("favicon.svg", 1)]
)
def test_what_every_page_loads_stays_light(name: str, kilobytes: int) -> None:
    assert len(gzip.compress((WEB / "static" / name).read_bytes())) <= kilobytes * KILOBYTE


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB)))
def test_a_template_carries_no_style_or_script_of_its_own(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
