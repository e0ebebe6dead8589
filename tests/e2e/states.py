"""Every state that a page can be in, and how a visitor gets there.

A route of the site without a state here fails tests/e2e/test_accessibility.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from elearning.web.errors import LAST_RESORT, error_page
from tests.e2e.cast import MODULE, OTHER_READING, OTHER_TALK, QUESTIONS, READING, TALK, Cast
from tests.e2e.pages import Admit, Visitor
from tests.e2e.people import Someone

# Routes that answer with something else than a page of their own.
NOT_PAGES = {
    "static": "files",
    "health.health": "one word, for a load balancer",
    "account.leave_by_address": "leads to the neutral site",
    "play.back_to_turn": "leads to the turn",
    "verify.moved": "leads to the printed address",
    "hr.people_csv": "a file",
    "certificate.pdf": "a file, or the page of the certificate",
}
ANY_ERROR = "an error"


@dataclass(frozen=True, slots=True)
class Stage:
    """Where states are shown: a language, the people, and the door."""

    lang: str
    cast: Cast
    admit: Admit

    def open(self, path: str, someone: Someone | None = None) -> Visitor:
        """Let a visitor open an address."""
        visitor = self.admit(self.lang, someone)
        visitor.open(path)
        return visitor

    def show(self, html: str) -> Visitor:
        """Let a visitor be answered with this page, as if the server had sent it."""
        visitor = self.admit(self.lang)
        visitor.page.route("**/broken", lambda route: route.fulfill(body=html, content_type="text/html"))
        visitor.open("/broken")
        return visitor


Reach = Callable[[Stage], Visitor]


@dataclass(frozen=True, slots=True)
class PageState:
    """A page in one state; `endpoint` is the route that its address belongs to."""

    name: str
    endpoint: str
    reach: Reach
    only_lang: str | None = None


STATES: list[PageState] = []


def shows(endpoint: str) -> Callable[[Reach], Reach]:
    """Register how a state of this route is reached; the function's name is that of the state."""

    def register(reach: Reach) -> Reach:
        STATES.append(PageState(reach.__name__.replace("_", " "), endpoint, reach))
        return reach

    return register


def anyone(endpoint: str, name: str, path: str) -> None:
    """Register a page that is there for everybody."""
    STATES.append(PageState(name, endpoint, lambda stage: stage.open(path)))


def own(endpoint: str, name: str, path: str, who: Callable[[Cast], Someone]) -> None:
    """Register a page as one of the cast sees it."""
    STATES.append(
        PageState(name, endpoint, lambda stage: stage.open(path, who(stage.cast)))
    )


anyone("account.sign_in", "sign-in", "/inloggen")
anyone("account.signed_out", "signed out", "/uitgelogd")
anyone("display.choose", "light or dark", "/weergave")
anyone("styleguide.index", "style guide", "/stijlgids")
anyone("support.accessibility", "accessibility", "/toegankelijkheid")
anyone("support.another_way", "another way, for anyone", "/anders")
anyone("support.contact", "contact", "/contact")
anyone("support.help_page", "help", "/hulp")
anyone("support.pause", "pause", "/pauze")
anyone("support.privacy", "privacy", "/privacy")
anyone("support.sources", "sources", "/bronnen")
anyone("support.what_hr_sees", "what HR sees, for anyone", "/wat-ziet-hr")
anyone("verify.form", "certificate check", "/v")
anyone("verify.show", "certificate check of an unknown code", "/v/ABCD")
anyone(ANY_ERROR, "page that is not there", "/nergens")

own("learner.home", "home at the start", "/", lambda cast: cast.newcomer)
own("learner.home", "home midway", "/", lambda cast: cast.busy)
own("learner.home", "home past the date", "/", lambda cast: cast.late)
own("learner.home", "home with one slip too many", "/", lambda cast: cast.one_slip_too_many)
own("learner.home", "home when done", "/", lambda cast: cast.holder)
own("learner.home", "home before renewal", "/", lambda cast: cast.renewing)
own("learner.home", "home after expiry", "/", lambda cast: cast.lapsed)
own("learner.home", "home without training", "/", lambda cast: cast.free)
own("learner.home", "home of an adviser", "/", lambda cast: cast.adviser)
own("learner.home", "home of someone of HR", "/", lambda cast: cast.officer)

own("module.start", "module", f"/onderdeel/{MODULE}", lambda cast: cast.newcomer)
own("module.start", "module midway", f"/onderdeel/{MODULE}", lambda cast: cast.busy)
own("module.start", "module when done", "/onderdeel/m0", lambda cast: cast.busy)
own("play.start", "conversation", f"/oefenen/{TALK}", lambda cast: cast.newcomer)
own("play.start", "conversation to go on with", f"/oefenen/{TALK}", lambda cast: cast.busy)
own("play.start", "conversation had before", f"/oefenen/{TALK}", lambda cast: cast.experienced)
own("play.start", "reading", f"/oefenen/{READING}", lambda cast: cast.newcomer)
own("play.start", "questions", f"/oefenen/{QUESTIONS}", lambda cast: cast.newcomer)

own("certificate.overview", "certificates, none yet", "/certificaat", lambda cast: cast.busy)
own("certificate.overview", "certificates", "/certificaat", lambda cast: cast.holder)
own("certificate.overview", "certificates, never", "/certificaat", lambda cast: cast.free)
own("support.another_way", "another way", "/anders", lambda cast: cast.busy)
own("support.pause", "pause in a part", "/pauze?terug=/onderdeel/m0", lambda cast: cast.busy)
own("support.what_hr_sees", "what HR sees of me", "/wat-ziet-hr", lambda cast: cast.holder)
own("support.what_hr_sees", "what HR sees of no row", "/wat-ziet-hr", lambda cast: cast.free)

own("hr.overview", "overview", "/hr", lambda cast: cast.officer)
own("hr.overview", "overview of a faculty", "/hr", lambda cast: cast.officer_of_a_unit)
own("hr.unit", "overview of a unit", "/hr/eenheid/FT", lambda cast: cast.officer)
own("hr.people", "people", "/hr/mensen", lambda cast: cast.officer)
own("hr.people", "people, sorted", "/hr/mensen?volgorde=-due_on", lambda cast: cast.officer)
own("hr.people", "people, filtered", "/hr/mensen?status=late&eenheid=FT", lambda cast: cast.officer)
own("hr.people", "people, none", "/hr/mensen?naam=niemand", lambda cast: cast.officer)


@shows("account.sign_in")
def sign_in_with_nothing(stage: Stage) -> Visitor:
    visitor = stage.open("/inloggen")
    visitor.press("Sign in")
    return visitor


@shows("account.sign_in")
def sign_in_refused(stage: Stage) -> Visitor:
    visitor = stage.open("/inloggen")
    visitor.sign_in(stage.cast.newcomer, password="not this one")
    return visitor


@shows("module.page")
def module_page(stage: Stage) -> Visitor:
    return stage.open(stage.cast.plain_page, stage.cast.newcomer)


@shows("module.page")
def module_page_with_a_question(stage: Stage) -> Visitor:
    return stage.open(f"/onderdeel/{MODULE}/{stage.cast.asking_page.id}", stage.cast.newcomer)


@shows("module.page")
def module_page_with_feedback(stage: Stage) -> Visitor:
    return stage.open(f"/onderdeel/{MODULE}/{stage.cast.asking_page.id}", stage.cast.busy)


@shows("module.page")
def module_page_with_nothing_chosen(stage: Stage) -> Visitor:
    visitor = module_page_with_a_question(stage)
    visitor.send()
    return visitor


@shows("play.turn")
def first_turn(stage: Stage) -> Visitor:
    someone = stage.cast.newcomer
    run = someone.play(TALK, ())
    return stage.open(f"/oefenen/{TALK}/{run}/1", someone)


@shows("play.turn")
def turn_with_nothing_chosen(stage: Stage) -> Visitor:
    visitor = late_turn(stage)
    visitor.send()
    return visitor


@shows("play.turn")
def late_turn(stage: Stage) -> Visitor:
    return _busy_turn(stage, TALK, 10)


@shows("play.turn")
def turn_looked_back_at(stage: Stage) -> Visitor:
    return _busy_turn(stage, TALK, 3)


@shows("play.turn")
def turn_of_practice(stage: Stage) -> Visitor:
    someone = stage.cast.experienced
    return stage.open(f"/oefenen/{TALK}/{stage.cast.runs['practice']}/3", someone)


@shows("play.turn")
def step_of_reading(stage: Stage) -> Visitor:
    return _busy_turn(stage, OTHER_READING, 10)


@shows("play.turn")
def step_of_the_questions(stage: Stage) -> Visitor:
    return _busy_turn(stage, QUESTIONS, 10)


@shows("play.turn")
def question_with_nothing_chosen(stage: Stage) -> Visitor:
    visitor = step_of_the_questions(stage)
    visitor.send()
    return visitor


def _busy_turn(stage: Stage, scenario_id: str, turn: int) -> Visitor:
    someone = stage.cast.busy
    run = stage.cast.runs[f"busy {scenario_id}"]
    return stage.open(f"/oefenen/{scenario_id}/{run}/{turn}", someone)


def _ended(name: str, scenario_id: str, run: str) -> None:
    def reach(stage: Stage) -> Visitor:
        someone = stage.cast.experienced
        return stage.open(f"/oefenen/{scenario_id}/{stage.cast.runs[run]}/einde", someone)

    STATES.append(PageState(name, "play.end", reach))


_ended("end of a conversation, passed", TALK, "passed talk")
_ended("end of a conversation, not yet", OTHER_TALK, "poor talk")
_ended("end of practice", TALK, "ended practice")
_ended("end of reading", READING, "passed reading")
_ended("end of the questions, passed", QUESTIONS, "passed questions")
_ended("end of the questions, not yet", QUESTIONS, "poor questions")


@shows("certificate.show")
def certificate(stage: Stage) -> Visitor:
    return _certificate_of(stage, stage.cast.holder)


@shows("certificate.show")
def certificate_to_renew(stage: Stage) -> Visitor:
    return _certificate_of(stage, stage.cast.renewing)


@shows("certificate.show")
def certificate_expired(stage: Stage) -> Visitor:
    return _certificate_of(stage, stage.cast.lapsed)


@shows("certificate.show")
def certificate_withdrawn(stage: Stage) -> Visitor:
    return _certificate_of(stage, stage.cast.withdrawn)


def _certificate_of(stage: Stage, someone: Someone) -> Visitor:
    return stage.open(f"/certificaat/{someone.award()}", someone)


@shows("verify.form")
def certificate_check_of_nothing(stage: Stage) -> Visitor:
    visitor = stage.open("/v")
    visitor.press("Check")
    return visitor


@shows("verify.show")
def certificate_check_of_a_valid_one(stage: Stage) -> Visitor:
    return stage.open(f"/v/{stage.cast.holder.code()}")


@shows("verify.show")
def certificate_check_of_an_expired_one(stage: Stage) -> Visitor:
    return stage.open(f"/v/{stage.cast.lapsed.code()}")


@shows("verify.show")
def certificate_check_of_a_withdrawn_one(stage: Stage) -> Visitor:
    return stage.open(f"/v/{stage.cast.withdrawn.code()}")


@shows("verify.check")
def certificate_check_with_the_name(stage: Stage) -> Visitor:
    visitor = certificate_check_of_a_valid_one(stage)
    visitor.compare_name(stage.cast.holder.name)
    return visitor


@shows("verify.check")
def certificate_check_without_a_name(stage: Stage) -> Visitor:
    visitor = certificate_check_of_a_valid_one(stage)
    visitor.press("Compare the name")
    return visitor


@shows(ANY_ERROR)
def error_on_our_side(stage: Stage) -> Visitor:
    app = stage.cast.site.app
    with app.test_request_context(f"/?lang={stage.lang}", base_url=stage.cast.site.address):
        html, _ = error_page(500)
    return stage.show(html)


# Both languages stand on it, the first one first.
STATES.append(
    PageState(
        "error when nothing works", ANY_ERROR, lambda stage: stage.show(LAST_RESORT.decode()), "nl"
    )
)
