"""Every state of the pages of HR, and how somebody of HR gets there."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

from elearning.services.roster_file import template
from tests.e2e.pages import Visitor
from tests.e2e.stage import Stage, States

OF_HR = States()

OF_HR.own("hr.overview", "overview", "/hr", lambda cast: cast.officer)
OF_HR.own("hr.overview", "overview of a faculty", "/hr", lambda cast: cast.officer_of_a_unit)
OF_HR.own("hr.unit", "overview of a unit", "/hr/eenheid/FT", lambda cast: cast.officer)
OF_HR.own("hr.people", "people, last page", "/hr/mensen?pagina=2", lambda cast: cast.officer)
OF_HR.own(
    "hr.people",
    "people, sorted",
    "/hr/mensen?volgorde=-due_on&eenheid=INF",
    lambda cast: cast.officer,
)
OF_HR.own(
    "hr.people", "people, filtered", "/hr/mensen?status=late&eenheid=FT", lambda cast: cast.officer
)
OF_HR.own("hr.people", "people, none", "/hr/mensen?naam=niemand", lambda cast: cast.officer)

OF_HR.own("hr.units", "all units", "/hr/eenheden", lambda cast: cast.officer)
OF_HR.own(
    "hr.overview", "overview as known then", "/hr?bekend=2026-01-01", lambda cast: cast.officer
)
OF_HR.own("roster.overview", "roster, none yet", "/hr/rooster", lambda cast: cast.officer)


@OF_HR.shows("roster.plan")
def roster_with_a_row_left_out(stage: Stage) -> Visitor:
    content = template("en").replace("2026-09-01", "yesterday").encode()
    return stage.open(f"/hr/rooster/{stage.cast.officer.upload(content)}", stage.cast.officer)


@OF_HR.shows("roster.plan")
def roster_that_is_right(stage: Stage) -> Visitor:
    content = template("nl").replace("lecturer", "lecturer profesor").encode()
    upload = stage.cast.officer.upload(content)
    return stage.open(f"/hr/rooster/{upload}", stage.cast.officer)


@OF_HR.shows("roster.overview")
def roster_that_is_none(stage: Stage) -> Visitor:
    visitor = stage.open("/hr/rooster", stage.cast.officer)
    visitor.press("See what would change")
    return visitor


OF_HR.own("lists.expiring", "what expires", "/hr/verloopt", lambda cast: cast.officer)
OF_HR.own("lists.late", "past the date", "/hr/over-de-datum", lambda cast: cast.officer)
OF_HR.own("lists.new", "who is new", "/hr/nieuw", lambda cast: cast.officer)
OF_HR.own(
    "lists.expiring", "nothing expires", "/hr/verloopt?dag=2020-01-01", lambda cast: cast.officer
)
OF_HR.own(
    "lists.new", "who is new, none", "/hr/nieuw?naam=niemand", lambda cast: cast.officer_of_a_unit
)


OF_HR.own("timely.overview", "in time", "/hr/op-tijd", lambda cast: cast.officer)
OF_HR.own(
    "timely.overview",
    "in time, nobody due",
    "/hr/op-tijd?dag=2001-01-01",
    lambda cast: cast.officer,
)
OF_HR.own("quality.overview", "quality", "/hr/gegevens-kwaliteit", lambda cast: cast.officer)
OF_HR.own(
    "quality.listed",
    "people without an address",
    "/hr/gegevens-kwaliteit/no_address",
    lambda cast: cast.officer,
)
OF_HR.own(
    "quality.listed",
    "the same address, none",
    "/hr/gegevens-kwaliteit/same_address",
    lambda cast: cast.officer,
)
OF_HR.own("exemptions.overview", "exemptions", "/hr/vrijstellingen", lambda cast: cast.officer)
OF_HR.own(
    "exemptions.overview",
    "exemptions, none",
    "/hr/vrijstellingen?naam=niemand",
    lambda cast: cast.officer,
)
OF_HR.own(
    "exemptions.who",
    "whom to exempt",
    "/hr/vrijstellingen/nieuw?zoek=an",
    lambda cast: cast.officer,
)
OF_HR.own(
    "exemptions.who",
    "whom to exempt, not found",
    "/hr/vrijstellingen/nieuw?zoek=niemand",
    lambda cast: cast.officer,
)


@OF_HR.shows("exemptions.why")
def why_to_exempt(stage: Stage) -> Visitor:
    visitor = stage.open("/hr/vrijstellingen/nieuw?zoek=Kuipers", stage.cast.officer)
    visitor.page.locator("tbody th a").first.click()
    return visitor


@OF_HR.shows("exemptions.check")
def exemption_without_a_reason(stage: Stage) -> Visitor:
    visitor = why_to_exempt(stage)
    visitor.press("Check it")
    return visitor


@OF_HR.shows("exemptions.check")
def exemption_to_check(stage: Stage) -> Visitor:
    visitor = why_to_exempt(stage)
    day = (stage.cast.officer.clock.today() + timedelta(days=20)).isoformat()
    path = f"{urlsplit(visitor.page.url).path}/controle?reden=other_employer&tot={day}"
    return stage.open(path, stage.cast.officer)


@OF_HR.shows("exemptions.end")
def exemption_to_end(stage: Stage) -> Visitor:
    visitor = stage.open("/hr/vrijstellingen?stand=now", stage.cast.officer)
    visitor.page.locator("tbody td a").first.click()
    return visitor


@OF_HR.shows("elsewhere.overview")
def requests_that_wait(stage: Stage) -> Visitor:
    assert isinstance(stage.cast.request_id, UUID)
    return stage.open("/hr/eerder-gedaan", stage.cast.officer)


@OF_HR.shows("elsewhere.show")
def request_to_decide(stage: Stage) -> Visitor:
    return stage.open(f"/hr/eerder-gedaan/{stage.cast.request_id}", stage.cast.officer)


@OF_HR.shows("elsewhere.check")
def decision_that_is_none(stage: Stage) -> Visitor:
    visitor = request_to_decide(stage)
    visitor.press("Check it")
    return visitor


@OF_HR.shows("elsewhere.check")
def approval_to_check(stage: Stage) -> Visitor:
    path = f"/hr/eerder-gedaan/{stage.cast.request_id}/controle?besluit=telt-mee"
    return stage.open(path, stage.cast.officer)


@OF_HR.shows("elsewhere.check")
def refusal_to_check(stage: Stage) -> Visitor:
    path = f"/hr/eerder-gedaan/{stage.cast.request_id}/controle?besluit=not_shown"
    return stage.open(path, stage.cast.officer)
