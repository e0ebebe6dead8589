"""Every state of the pages on which HR assigns trainings and changes units."""

from __future__ import annotations

from elearning.clock import SystemClock
from tests.e2e.pages import Visitor
from tests.e2e.stage import Stage, States

ASSIGNING = States()

ASSIGNING.own("assignment.overview", "rules", "/hr/toewijzing", lambda cast: cast.officer)
ASSIGNING.own("assignment.who", "rule for whom", "/hr/toewijzing/wie", lambda cast: cast.officer)
ASSIGNING.own(
    "assignment.when",
    "rule from when",
    "/hr/toewijzing/wanneer?wie=iedereen",
    lambda cast: cast.officer,
)
ASSIGNING.own(
    "people_list.ask", "list of people", "/hr/toewijzing/lijst", lambda cast: cast.officer
)
ASSIGNING.own("structure.overview", "units and places", "/hr/indeling", lambda cast: cast.officer)
ASSIGNING.own("structure.unit", "one unit", "/hr/indeling/INF", lambda cast: cast.officer)
ASSIGNING.own(
    "structure.change",
    "unit into which",
    "/hr/indeling/INF/samenvoegen",
    lambda cast: cast.officer,
)
ASSIGNING.own(
    "structure.change",
    "unit refused",
    "/hr/indeling/INF/verplaatsen?naar=INF&dag=morgen",
    lambda cast: cast.officer,
)

ASSIGNING.own("unit_add.ask", "new unit", "/hr/nieuwe-eenheid", lambda cast: cast.officer)


@ASSIGNING.shows("unit_add.ask")
def new_unit_without_a_code(stage: Stage) -> Visitor:
    visitor = stage.open("/hr/nieuwe-eenheid", stage.cast.officer)
    visitor.press("Add this unit")
    return visitor


@ASSIGNING.shows("rule_end.ask")
def end_of_a_rule(stage: Stage) -> Visitor:
    day = SystemClock().today().isoformat()
    return stage.open(f"/hr/toewijzing/academic-staff/einde?dag={day}", stage.cast.officer)


@ASSIGNING.shows("structure.change")
def what_another_name_does(stage: Stage) -> Visitor:
    day = SystemClock().today().isoformat()
    address = f"/hr/indeling/INF/hernoemen?nl=Informatica&en=Computing&dag={day}"
    return stage.open(address, stage.cast.officer)


@ASSIGNING.shows("assignment.who")
def rule_for_nobody(stage: Stage) -> Visitor:
    visitor = stage.open("/hr/toewijzing/wie", stage.cast.officer)
    visitor.press("Next")
    return visitor


@ASSIGNING.shows("assignment.when")
def rule_for_no_days(stage: Stage) -> Visitor:
    visitor = stage.open("/hr/toewijzing/wanneer?wie=iedereen&dagen=1", stage.cast.officer)
    visitor.press("See what this would do")
    return visitor


@ASSIGNING.shows("people_list.ask")
def list_of_nobody(stage: Stage) -> Visitor:
    visitor = stage.open("/hr/toewijzing/lijst", stage.cast.officer)
    visitor.press("See what this would do")
    return visitor


@ASSIGNING.shows("people_list.check")
def list_to_check(stage: Stage) -> Visitor:
    visitor = stage.open("/hr/toewijzing/lijst?wie=erop", stage.cast.officer)
    visitor.page.locator("#nummers").fill("100007\n100008\nnobody")
    visitor.press("See what this would do")
    return visitor


@ASSIGNING.shows("assignment.check")
def rule_to_check(stage: Stage) -> Visitor:
    visitor = stage.open("/hr/toewijzing/wanneer?wie=iedereen&sleutel=0", stage.cast.officer)
    visitor.press("See what this would do")
    return visitor
