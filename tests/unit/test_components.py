"""Component macros and their values, drawn without an application."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from elearning.web.parts import (
    TREND_HEIGHT,
    TREND_MARGIN,
    TREND_WIDTH,
    Choice,
    Column,
    Status,
    Trend,
)

TEMPLATES = Path(__file__).parents[2] / "elearning" / "web" / "templates"


@pytest.fixture
def environment() -> Environment:
    """Return a Jinja environment as strict as the application's, without translations."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]  # by the extension
    environment.globals["csrf_token"] = lambda: "token"
    return environment


def draw(environment: Environment, call: str, **values: object) -> str:
    """Return what a macro draws; `call` is "file.macro(arguments)"."""
    file, macro = call.split(".", 1)
    name = macro.split("(", 1)[0]
    source = f'{{% from "components/{file}.html" import {name} %}}{{{{ {macro} }}}}'
    return environment.from_string(source).render(**values).strip()


@pytest.mark.parametrize(
    ("body", "drawn"),
    [
        ("Take your time.", "<p>Take your time.</p>"),
        (Markup("Take your time."), "<p>Take your time.</p>"),
        (Markup("<em>Now</em>"), "<p><em>Now</em></p>"),
        (Markup("<p>One</p><p>Two</p>"), "<p>One</p><p>Two</p>"),
        ("<script>", "<p>&lt;script&gt;</p>"),
    ],
)
def test_prose_becomes_a_paragraph_unless_it_brings_its_own(
    environment: Environment, body: str, drawn: str
) -> None:
    assert draw(environment, "text.prose(body)", body=body) == drawn


def test_a_trend_starts_left_ends_right_and_keeps_zero_at_the_bottom() -> None:
    trend = Trend("", (), (), (0, 50, 100))
    bottom, top = TREND_HEIGHT - TREND_MARGIN, TREND_MARGIN
    assert trend.points == [(0, bottom), (TREND_WIDTH / 2, TREND_HEIGHT / 2), (TREND_WIDTH, top)]
    assert trend.end == (TREND_WIDTH, top)


def test_a_trend_of_one_month_is_a_point() -> None:
    assert len(Trend("", (), (), (40,)).points) == 1


def test_the_first_option_has_the_id_that_the_error_summary_links_to(
    environment: Environment,
) -> None:
    choices = [Choice("a", "One"), Choice("b", "Two")]
    drawn = draw(
        environment, "forms.option_cards('reply', 'What do you say?', choices)", choices=choices
    )
    assert 'id="reply" value="a"' in drawn
    assert 'id="reply-1" value="b"' in drawn


def test_a_field_with_an_error_points_to_its_words(environment: Environment) -> None:
    drawn = draw(environment, "forms.text('email', 'E-mail', hint='Yours', error='Fill it in')")
    assert 'aria-describedby="email-hint email-error" aria-invalid="true"' in drawn


def test_a_cell_below_the_narrow_width_keeps_the_name_of_its_column(
    environment: Environment,
) -> None:
    drawn = draw(
        environment,
        "data.data_table('Staff', columns, rows)",
        columns=[Column("Name"), Column("Status")],
        rows=[("Noor", Status("valid", "Valid"))],
    )
    assert 'data-label="Status"' in drawn
    assert '<th scope="row" role="rowheader">Noor</th>' in drawn


def test_the_present_language_is_no_link(environment: Environment) -> None:
    drawn = draw(environment, "frame.language_switch('nl', [('en', 'English', '?lang=en')])")
    assert '<span aria-current="true" lang="nl">Nederlands</span>' in drawn
    assert '<a href="?lang=en" lang="en" hreflang="en">English</a>' in drawn


def test_only_the_feedback_of_the_chosen_option_can_take_the_focus(
    environment: Environment,
) -> None:
    choices = [
        Choice("a", "One", verdict="fits", why="Room."),
        Choice("b", "Two", verdict="better", why="Nearly."),
    ]
    drawn = draw(
        environment, "forms.option_cards('check', 'What first?', choices, 'b')", choices=choices
    )
    assert drawn.count('id="check-answer"') == 1
    assert drawn.index('value="b"') < drawn.index('id="check-answer"')
