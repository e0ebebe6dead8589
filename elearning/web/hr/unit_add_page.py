"""What the page for a new unit shows: the first one is the institution, and is asked less."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from elearning.services.hr_scope import HrScope
from elearning.web.hr.structure_form import Problems
from elearning.web.hr.structure_page import DEEPER
from elearning.web.hr.unit_add_form import Answers


@dataclass(frozen=True, slots=True)
class UnitAddPage:
    """The question; without `above` it is about the institution itself, which has no day."""

    heading: str
    lead: str
    answers: Answers
    above: tuple[tuple[str, str], ...]
    problems: Problems


def unit_add_page(
    answers: Answers, scope: HrScope | None, problems: Problems, lang: str
) -> UnitAddPage:
    """Return the page; there is no scope as long as there is no unit."""
    if scope is None:
        heading = _("The institution itself")
        lead = _(
            "There are no units yet. Begin with the institution as a whole; then add its faculties "
            "and departments, and after that the first roster can be read."
        )
        return UnitAddPage(heading, lead, answers, (), problems)
    above = (
        (each.code, f"{DEEPER * depth}{each.name(lang)}") for each, depth in scope.written_down()
    )
    return UnitAddPage(
        heading=_("Add a unit"),
        lead=_("Nobody works in it until a roster names its code, so no figure changes now."),
        answers=answers,
        above=(("", _("Choose a unit")), *above),
        problems=problems,
    )
