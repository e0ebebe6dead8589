"""The floor's pages: plain Jinja, with as many bytes as the pages they stand beside."""

from __future__ import annotations

from uuid import UUID

from flask import Flask, render_template

HEAD = """<!doctype html>
<html lang="nl">
<head><meta charset="utf-8"><title>{{ who }}</title>
<link rel="stylesheet" href="{{ url_for('static', filename='app.css') }}"></head>
<body><header><p>{{ who }}</p></header><main><h1>{{ who }}</h1>
"""
FOOT = """</main><footer><ul>
{% for label in ("Help", "HR", "Bronnen", "Privacy") %}
<li><a href="/{{ label }}">{{ label }}</a></li>
{% endfor %}</ul></footer></body></html>
"""
TURN = (
    HEAD
    + """<ol>{% for line in range(12) %}<li class="turn"><p class="speaker">{{ who }}</p>
<div class="said"><p>{{ turn_text }}</p></div></li>
{% endfor %}</ol>
<p>{{ chosen | length }}</p>
<form method="post" action="{{ url_for('show', attempt=attempt, turn=turn) }}">
<fieldset><legend>{{ who }}</legend>
{% for option in range(4) %}<label class="choice"><input type="radio" name="choice"
 id="choice-{{ option }}" value="{{ option }}"><span>{{ turn_text }}</span></label>
{% endfor %}</fieldset><button>{{ who }}</button></form>
"""
    + FOOT
)
MODULE = (
    HEAD
    + """<ol>{% for line in range(16) %}
<li{% if loop.index | string in read %} class="read"{% endif %}><p>{{ module_text }}</p></li>
{% endfor %}</ol><p>{{ name }}</p>
"""
    + FOOT
)
PAGES = {"turn.html": TURN, "module.html": MODULE}
TEXTS_ON_A_PAGE = 16


def fit(app: Flask, name: str, size: int) -> None:
    """Fill a page with text until it is `size` bytes long."""
    text = f"{name.removesuffix('.html')}_text"
    app.jinja_env.globals[text] = ""
    with app.test_request_context():
        empty = render_template(
            name, who="Noor de Wit", turn=1, chosen=[], read=[], name="1", attempt=UUID(int=0)
        )
    app.jinja_env.globals[text] = "x" * max(0, (size - len(empty)) // TEXTS_ON_A_PAGE)
