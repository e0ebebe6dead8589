"""The people that page states are looked at with; each is made once, when first asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from uuid import UUID

from sqlalchemy import select

from elearning.clock import SystemClock
from elearning.content.modules import Page, Verdict
from elearning.errors import TooManyTries
from elearning.learning.training import ModulePart
from elearning.scenario.ids import ChoiceId
from elearning.scenario.model import Scenario
from elearning.scenario.play import choose, is_over, offered, replay
from elearning.services.throttle import Limit, count_try, forget_tries
from elearning.storage.engine import one_transaction
from elearning.storage.people import Role
from elearning.storage.reports import BoardReport
from tests.builders import TRAINING
from tests.e2e.people import Someone, a_learner, an_officer
from tests.e2e.plays import good_play, poor_play, repaired_play
from tests.e2e.site import Site

TALK, OTHER_TALK = "s01-gisteravond", "s02-reflectieverslag"
READING, OTHER_READING = "s01-gisteravond-lezen", "s02-reflectieverslag-lezen"
QUESTIONS = "routecheck"
SPECIAL_TALK = "s04-zeventien"
MODULE = "m4"
# What the site keeps of a caller's address, here always that of this machine.
NETWORK = "127.0.0.0/24"
# Far enough for earlier turns to be folded.
FAR = 9


class Cast:
    """Everyone is looked at only: a test that changes somebody's state makes its own."""

    def __init__(self, site: Site) -> None:
        """Keep the site; nobody is there yet."""
        self.site = site
        self.runs: dict[str, UUID] = {}

    @contextmanager
    def everyone_waits(self, limit: Limit) -> Iterator[None]:
        """Let the tries of this network be used up for a while."""
        key = self.site.settings.secret_key
        with one_transaction(self.site.engine) as session, suppress(TooManyTries):
            for _ in range(limit.tries):
                count_try(session, limit=limit, subject=NETWORK, key=key, clock=SystemClock())
        yield
        with one_transaction(self.site.engine) as session:
            forget_tries(session, limit=limit, subject=NETWORK, key=key)

    def scenario(self, scenario_id: str) -> Scenario:
        """Return a scenario as it is served."""
        return self.site.library.scenario(scenario_id).scenario

    @property
    def module_ids(self) -> list[str]:
        """Return the modules of the training."""
        parts = self.site.library.training(TRAINING).parts
        return [each.module_id for each in parts if isinstance(each, ModulePart)]

    @property
    def plain_page(self) -> str:
        """Return the address of a page of a module that asks nothing."""
        return next(
            f"/onderdeel/{module_id}/{page.id}"
            for module_id in self.module_ids
            for page in self.site.library.module(module_id).module.pages
            if page.check is None
        )

    @property
    def asking_page(self) -> Page:
        """Return a page of the module that asks something."""
        pages = self.site.library.module(MODULE).module.pages
        return next(each for each in pages if each.check is not None)

    @cached_property
    def newcomer(self) -> Someone:
        """Return somebody who did nothing yet."""
        return a_learner(self.site)

    @cached_property
    def busy(self) -> Someone:
        """Return somebody in the middle of everything."""
        someone = a_learner(self.site)
        someone.finish_modules(self.module_ids[:2])
        check = self.asking_page.check
        assert check is not None
        poor = next(each for each in check.options if each.verdict is not Verdict.FITS)
        someone.answer(MODULE, self.asking_page.id, poor.id)
        for scenario_id in (TALK, OTHER_READING, QUESTIONS):
            play = good_play(self.scenario(scenario_id))[:FAR]
            self.runs[f"busy {scenario_id}"] = someone.play(scenario_id, play)
        return someone

    @cached_property
    def experienced(self) -> Someone:
        """Return somebody who played everything to an end, well and less well, and practised."""
        someone = a_learner(self.site)
        talk, questions = self.scenario(TALK), self.scenario(QUESTIONS)
        play = repaired_play(talk)
        first = self.runs["passed talk"] = someone.play(TALK, play)
        self.runs["passed questions"] = someone.play(QUESTIONS, good_play(questions))
        self.runs["poor questions"] = someone.play(QUESTIONS, poor_play(questions))
        self.runs["passed reading"] = someone.play(READING, good_play(self.scenario(READING)))
        self.runs["poor talk"] = someone.play(OTHER_TALK, poor_play(self.scenario(OTHER_TALK)))
        self.runs["practice"] = someone.practise(TALK, first, 2, _other(talk, play, 2))
        self.runs["ended practice"] = someone.practise(TALK, first, len(play), play[-1])
        return someone

    @cached_property
    def one_slip_too_many(self) -> Someone:
        """Return somebody who did everything, with more slips than a training allows."""
        someone = a_learner(self.site)
        someone.finish_modules(self.module_ids)
        for scenario_id in (TALK, OTHER_TALK):
            someone.play(scenario_id, repaired_play(self.scenario(scenario_id)))
        for scenario_id in (SPECIAL_TALK, QUESTIONS):
            someone.play(scenario_id, good_play(self.scenario(scenario_id)))
        return someone

    @cached_property
    def early(self) -> Someone:
        """Return somebody who did the first sitting today."""
        someone = a_learner(self.site)
        plan = self.site.library.training(TRAINING).plan
        assert plan is not None
        someone.finish_modules(self.module_ids[: len(plan.sittings[0].part_ids)])
        return someone

    @cached_property
    def trying(self) -> Someone:
        """Return somebody whose try at a situation of a pool does not count yet."""
        someone = a_learner(self.site)
        play = poor_play(self.scenario(SPECIAL_TALK))
        self.runs["poor special talk"] = someone.play(SPECIAL_TALK, play)
        return someone

    @cached_property
    def adviser(self) -> Someone:
        """Return somebody with the longer training of a confidential adviser."""
        return a_learner(self.site, trainings=("adviser",))

    @cached_property
    def late(self) -> Someone:
        """Return somebody whose date has passed."""
        return a_learner(self.site, due_in_days=-30)

    @cached_property
    def free(self) -> Someone:
        """Return somebody who has to do nothing."""
        return a_learner(self.site, trainings=())

    @cached_property
    def holder(self) -> Someone:
        """Return the holder of a valid certificate."""
        return self._holder(days_ago=100)

    @cached_property
    def renewing(self) -> Someone:
        """Return somebody whose certificate ends soon."""
        return self._holder(days_ago=715)

    @cached_property
    def lapsed(self) -> Someone:
        """Return somebody whose certificate has ended."""
        return self._holder(days_ago=790)

    @property
    def sharing(self) -> Someone:
        """Return somebody who is about to share a badge; a new one each time."""
        return self._holder(days_ago=60)

    @cached_property
    def renamed(self) -> Someone:
        """Return somebody who was called otherwise when the certificate was issued."""
        someone = self._holder(days_ago=50)
        someone.take_name("Noor Jansen")
        return someone

    @cached_property
    def officer_with_requests(self) -> Someone:
        """Return somebody of HR, with a request to decide on and one of their own."""
        officer = self.officer
        self._holder(days_ago=30).have_withdrawal_asked_by(None)
        self._holder(days_ago=20).have_withdrawal_declined_by(officer)
        self._holder(days_ago=40).have_withdrawal_asked_by(officer)
        return officer

    @cached_property
    def officer_with_changes(self) -> Someone:
        """Return somebody of HR, with a change to decide on and one of their own."""
        officer = self.officer
        officer.have_change_asked_by(None, "lecturer-basis")
        officer.have_change_asked_by(officer, "manager")
        return officer

    @cached_property
    def asking(self) -> Someone:
        """Return somebody whose request about a training elsewhere waits."""
        someone = a_learner(self.site)
        self.runs["request"] = someone.have_request()
        return someone

    @cached_property
    def about_to_ask(self) -> Someone:
        """Return somebody who filled such a request in, and did not send it."""
        someone = a_learner(self.site)
        someone.have_request(is_sent=False)
        return someone

    @property
    def request_id(self) -> UUID:
        """Return the request that waits."""
        assert isinstance(self.asking, Someone)  # who asks brings the request
        return self.runs["request"]

    @cached_property
    def withdrawn(self) -> Someone:
        """Return somebody whose certificate was withdrawn."""
        return self._holder(days_ago=100, is_withdrawn=True)

    @cached_property
    def officer(self) -> Someone:
        """Return somebody of HR."""
        return an_officer(self.site, Role.HR_CENTRAL)

    @cached_property
    def administrator(self) -> Someone:
        """Return somebody who gives roles."""
        return an_officer(self.site, Role.ADMIN)

    @cached_property
    def officer_of_a_unit(self) -> Someone:
        """Return somebody of HR of one faculty."""
        return an_officer(self.site, Role.HR_UNIT, unit="FT")

    @cached_property
    def board_member(self) -> Someone:
        """Return somebody of the board, who sees no names."""
        return an_officer(self.site, Role.BOARD)

    @cached_property
    def manager(self) -> Someone:
        """Return the manager of a faculty."""
        return an_officer(self.site, Role.MANAGER, unit="FT")

    @cached_property
    def manager_of_another_training(self) -> Someone:
        """Return a manager for a training of which nothing was frozen."""
        return an_officer(self.site, Role.MANAGER, unit="FT", training_id="adviser")

    @property
    def report_id(self) -> UUID:
        """Return the newest frozen report of the example institution."""
        with one_transaction(self.site.engine) as session:
            newest = select(BoardReport.id).order_by(BoardReport.day.desc()).limit(1)
            return session.scalars(newest).one()

    @cached_property
    def counsellor(self) -> Someone:
        """Return a confidential adviser, who may print codes."""
        return an_officer(self.site, Role.ADVISER)

    @cached_property
    def refreshing(self) -> Someone:
        """Return somebody whose certificate is older than a year."""
        return self._holder(days_ago=400)

    @cached_property
    def auditor(self) -> Someone:
        """Return somebody who reads the audit log."""
        return an_officer(self.site, Role.AUDITOR)

    @cached_property
    def author(self) -> Someone:
        """Return somebody who writes scenarios."""
        return an_officer(self.site, Role.AUTHOR)

    def _holder(self, *, days_ago: int, is_withdrawn: bool = False) -> Someone:
        someone = a_learner(self.site, name="Şerife Gökçe-Łukasiewicz")
        someone.hold_award(days_ago=days_ago, is_withdrawn=is_withdrawn)
        return someone


def _other(scenario: Scenario, play: tuple[ChoiceId, ...], turn: int) -> ChoiceId:
    """Return another choice at this turn, after which the play goes on."""
    before = replay(scenario, play[: turn - 1])
    return next(
        each.id
        for each in offered(scenario, before)
        if each.id != play[turn - 1] and not is_over(scenario, choose(scenario, before, each.id))
    )
