"""Every state of the pages on which roles are looked at and given."""

from __future__ import annotations

from tests.builders import PASSWORD
from tests.e2e.pages import Visitor
from tests.e2e.stage import Stage, States

ACCESS = States()
GIVE = "/hr/toegang/geven"

ACCESS.own("access.overview", "access", "/hr/toegang", lambda cast: cast.officer)
ACCESS.own(
    "access.overview", "access, of who gives", "/hr/toegang", lambda cast: cast.administrator
)
ACCESS.own("give_role.who", "role for whom", GIVE, lambda cast: cast.administrator)


@ACCESS.shows("access.check")
def role_that_can_be_ended(stage: Stage) -> Visitor:
    return stage.open(f"/hr/toegang/{stage.cast.board_member.role()}", stage.cast.officer)


@ACCESS.shows("access.check")
def role_of_ones_own(stage: Stage) -> Visitor:
    return stage.open(f"/hr/toegang/{stage.cast.officer.role()}", stage.cast.officer)


@ACCESS.shows("give_role.who")
def role_for_nobody(stage: Stage) -> Visitor:
    visitor = stage.open(GIVE, stage.cast.administrator)
    visitor.page.locator("#nummer").fill("0")
    visitor.press("Next")
    return visitor


@ACCESS.shows("give_role.role")
def role_to_choose(stage: Stage) -> Visitor:
    return step(stage, "")


@ACCESS.shows("give_role.over")
def role_not_chosen(stage: Stage) -> Visitor:
    visitor = step(stage, "")
    visitor.press("Next")
    return visitor


@ACCESS.shows("give_role.over")
def role_over_what(stage: Stage) -> Visitor:
    return step(stage, "/waarover?rol=hr_unit")


@ACCESS.shows("give_role.over")
def role_until_when(stage: Stage) -> Visitor:
    return step(stage, "/waarover?rol=author")


@ACCESS.shows("give_role.check")
def role_with_everything_wrong(stage: Stage) -> Visitor:
    visitor = step(stage, "/waarover?rol=hr_unit")
    visitor.page.locator("#tot").fill("2020-01-01")
    visitor.press("Check it")
    return visitor


@ACCESS.shows("give_role.check")
def role_to_check(stage: Stage) -> Visitor:
    return checked(stage)


@ACCESS.shows("give_role.check")
def role_with_another_password(stage: Stage) -> Visitor:
    visitor = checked(stage)
    visitor.page.locator("#wachtwoord").fill(PASSWORD[::-1])
    visitor.press("Give this role")
    return visitor


@ACCESS.shows("own_data.show")
def my_data_with_roles(stage: Stage) -> Visitor:
    return stage.open("/gegevens", stage.cast.manager)


def step(stage: Stage, address: str) -> Visitor:
    """Return the administrator at a step of giving a role to somebody who has one."""
    return stage.open(f"{GIVE}/{stage.cast.board_member.id}{address}", stage.cast.administrator)


def checked(stage: Stage) -> Visitor:
    """Return the administrator before the last button."""
    visitor = step(stage, "/waarover?rol=hr_unit")
    visitor.page.locator("#eenheid").select_option("FT")
    visitor.page.locator("input[name=namen][value=named]").check()
    visitor.press("Check it")
    return visitor
