"""For authors: what there is, what is wrong with it, and how it plays. Nothing is kept."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.services.inspect_scenario import inspect_scenario
from elearning.storage.people import Role
from elearning.web.access import requires
from elearning.web.author.addresses import play_href
from elearning.web.author.chart_page import chart_page
from elearning.web.author.languages_page import languages_page
from elearning.web.author.list_page import list_page
from elearning.web.author.outline_page import OutlineBuilder
from elearning.web.author.play import play_of
from elearning.web.author.play_page import TURN, PlayBuilder
from elearning.web.i18n import LANGUAGES, language
from elearning.web.parts import Link
from elearning.web.state import library

blueprint = Blueprint("author", __name__, url_prefix="/auteur")


@blueprint.get("")
@requires(Role.AUTHOR)
def overview() -> ResponseReturnValue:
    """List every scenario, drafts first."""
    page = list_page(library().manuscripts.values())
    return render_template("author/list.html", page=page)


@blueprint.get("/<scenario_id>")
@requires(Role.AUTHOR)
def scenario(scenario_id: str) -> ResponseReturnValue:
    """Show the findings and the outline of a scenario."""
    manuscript = library().manuscript(scenario_id)
    page = OutlineBuilder(manuscript, inspect_scenario(manuscript)).page()
    return render_template("author/scenario.html", page=page)


@blueprint.get("/<scenario_id>/kaart")
@requires(Role.AUTHOR)
def chart(scenario_id: str) -> ResponseReturnValue:
    """Show the map of a scenario, and the same as a table."""
    page = chart_page(library().manuscript(scenario_id))
    return render_template("author/chart.html", page=page)


@blueprint.get("/<scenario_id>/talen")
@requires(Role.AUTHOR)
def languages(scenario_id: str) -> ResponseReturnValue:
    """Show both languages of a scenario side by side."""
    page = languages_page(library().manuscript(scenario_id))
    return render_template("author/languages.html", page=page)


@blueprint.get("/<scenario_id>/proef")
@requires(Role.AUTHOR)
def play(scenario_id: str) -> ResponseReturnValue:
    """Play a scenario through; the address holds all of it: where it began and every choice."""
    manuscript = library().manuscript(scenario_id)
    asked = request.args.get("taal", "")
    this = play_of(
        manuscript,
        start=request.args.get("vanaf"),
        choices=request.args.getlist("keuze"),
        lang=asked if asked in LANGUAGES else language(),
    )
    way = inspect_scenario(manuscript).ways.get(this.scenario.start)
    shortest = None
    if way is not None:
        href = play_href(manuscript, way, lang=this.text.lang)
        shortest = Link(_("The shortest way to %(node)s", node=this.scenario.start), href)
    answered = request.args.get(TURN, 0, type=int)
    page = PlayBuilder(this, shortest).page(answered=answered)
    return render_template("author/play.html", page=page)
