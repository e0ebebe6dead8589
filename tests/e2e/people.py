"""People in the state that a test starts from, put there by the product's own use cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import cast
from uuid import UUID, uuid4

from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import BrowserContext
from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.clock import Clock, SystemClock
from elearning.content.modules import Page, Verdict
from elearning.integrations.seal import KeySeal
from elearning.integrations.signing_keys import KeyFolder
from elearning.learning.award import valid_until
from elearning.scenario.ids import ChoiceId
from elearning.services.complete_module import answer_check, read_page
from elearning.services.complete_training import complete_what_is_met
from elearning.services.issue_certificate import code_of, issue_certificate
from elearning.services.play_scenario import make_choice, practise_from, start_attempt
from elearning.services.seal import Issuing
from elearning.services.sign_in import open_session
from elearning.services.stage_roster import stage_roster
from elearning.storage.certificates import Withdrawal
from elearning.storage.completion import Award
from elearning.storage.engine import one_transaction
from elearning.storage.jobs import ExportJob, JobState
from elearning.storage.people import Person, Role, RoleGrant, Unit
from elearning.web.sessions import TOKEN
from tests.builders import (
    TRAINING,
    a_person,
    a_request,
    a_role,
    a_withdrawal,
    an_account,
    an_appointment,
    an_award,
    an_obligation,
    an_open_change,
)
from tests.e2e.site import Site

UNIT = "INF"


@dataclass(frozen=True, slots=True)
class Someone:
    """A person with an account; the password is that of `tests.builders`."""

    site: Site
    id: UUID
    email: str
    name: str
    clock: Clock = field(default_factory=SystemClock)

    def have_request(self, *, is_sent: bool = True) -> UUID:
        """Ask to let a training elsewhere count, or only fill it in."""
        with one_transaction(self.site.engine) as session:
            person = session.get_one(Person, self.id)
            day = self.clock.today() - timedelta(days=90)
            at = self.clock.now() - timedelta(hours=2)
            return a_request(session, person=person, completed_on=day, at=at, is_sent=is_sent).id

    def finish_modules(self, module_ids: Iterable[str]) -> None:
        """Read every page of these modules, and answer every check well."""
        with one_transaction(self.site.engine) as session:
            for module_id in module_ids:
                for page in self.site.library.module(module_id).module.pages:
                    self._finish_page(session, module_id, page)

    def answer(self, module_id: str, page_id: str, option_id: str) -> None:
        """Answer one check."""
        with one_transaction(self.site.engine) as session:
            self._answer(session, module_id, page_id, option_id)

    def play(self, scenario_id: str, choices: Iterable[ChoiceId]) -> UUID:
        """Start a run and make these choices; return the run."""
        with one_transaction(self.site.engine) as session:
            run = start_attempt(
                session,
                library=self.site.library,
                person_id=self.id,
                scenario_id=scenario_id,
                clock=self.clock,
            )
            for turn, choice in enumerate(choices, start=1):
                self._choose(session, scenario_id, run, turn, choice)
            self._complete(session)
        return run

    def practise(self, scenario_id: str, run: UUID, turn: int, choice: ChoiceId) -> UUID:
        """Choose otherwise at an earlier turn; return the run that is practice."""
        with one_transaction(self.site.engine) as session:
            found = practise_from(
                session,
                library=self.site.library,
                person_id=self.id,
                scenario_id=scenario_id,
                attempt_id=run,
                turn=turn,
                choice_id=choice,
                clock=self.clock,
            )
        return found.log.id

    def hold_award(self, *, days_ago: int, is_withdrawn: bool = False) -> None:
        """Have met the training so many days ago, with a certificate."""
        today, training = self.clock.today(), self.site.library.training(TRAINING)
        obtained_on = today - timedelta(days=days_ago)
        with one_transaction(self.site.engine) as session:
            award = an_award(
                session,
                person=session.get_one(Person, self.id),
                obtained_on=obtained_on,
                valid_until=valid_until(obtained_on, None, training.validity),
                withdrawn_on=today if is_withdrawn else None,
            )
            issue_certificate(session, award=award, issuing=self._issuing)

    def take_name(self, name: str) -> None:
        """Be called otherwise from now on."""
        with one_transaction(self.site.engine) as session:
            session.get_one(Person, self.id).display_name = name

    def have_withdrawal_declined_by(self, officer: Someone) -> None:
        """Let somebody who has left have asked for it, and an officer have decided otherwise."""
        self.have_withdrawal_asked_by(None)
        with one_transaction(self.site.engine) as session:
            of_mine = select(Award.id).where(Award.person_id == self.id)
            asked = session.scalars(
                select(Withdrawal).where(Withdrawal.award_id.in_(of_mine))
            ).one()
            asked.decided_by, asked.decided_at = officer.id, self.clock.now()
            asked.is_confirmed = False

    def have_withdrawal_asked_by(self, officer: Someone | None) -> None:
        """Let somebody have asked to withdraw this person's only award."""
        with one_transaction(self.site.engine) as session:
            award = session.scalars(select(Award).where(Award.person_id == self.id)).one()
            asked_by = None if officer is None else session.get_one(Person, officer.id)
            a_withdrawal(session, award=award, requested_by=asked_by)

    def have_change_asked_by(self, officer: Someone | None, training_id: str) -> None:
        """Let somebody have asked to let the certificates of a training last longer."""
        with one_transaction(self.site.engine) as session:
            asked_by = None if officer is None else session.get_one(Person, officer.id)
            an_open_change(session, training_id=training_id, requested_by=asked_by)

    def upload(self, content: bytes) -> UUID:
        """Have uploaded a roster; return its key."""
        with one_transaction(self.site.engine) as session:
            return stage_roster(session, content=content, uploaded_by=self.id, clock=self.clock)

    def have_file_made(self, state: JobState) -> UUID:
        """Have asked for a workbook two minutes ago, which is so far by now; return its key."""
        with one_transaction(self.site.engine) as session:
            job = ExportJob(
                id=uuid4(),
                asked_by=self.id,
                asked_at=self.clock.now() - timedelta(minutes=2),
                question=f"training={TRAINING}",
                lang="nl",
                state=state,
                rows_done=6_000,
                rows_total=12_345,
                attempts=1,
            )
            session.add(job)
            return job.id

    def award(self) -> UUID:
        """Return this person's only award."""
        with one_transaction(self.site.engine) as session:
            return session.scalars(select(Award.id).where(Award.person_id == self.id)).one()

    def role(self) -> int:
        """Return the number of this person's only role."""
        with one_transaction(self.site.engine) as session:
            wanted = select(RoleGrant.id).where(RoleGrant.person_id == self.id)
            return session.scalars(wanted).one()

    def code(self) -> str:
        """Return the code of this person's only certificate."""
        return str(code_of(self.award(), self.site.settings.secret_key))

    def enter(self, context: BrowserContext, lang: str) -> None:
        """Give a browser what it keeps once this person has signed in and chosen a language."""
        values = {"session": self._session_cookie(), "lang": lang}
        context.add_cookies(
            [{"name": each, "value": values[each], "url": self.site.address} for each in values]
        )

    def _session_cookie(self) -> str:
        with one_transaction(self.site.engine) as session:
            token = open_session(
                session, person_id=self.id, clock=self.clock, lasts=timedelta(hours=1)
            )
        app = self.site.app
        signer = cast("SecureCookieSessionInterface", app.session_interface)
        serializer = signer.get_signing_serializer(app)
        assert serializer is not None
        return str(serializer.dumps({"_permanent": True, TOKEN: token}))

    def _finish_page(self, session: Session, module_id: str, page: Page) -> None:
        if page.check is not None:
            fitting = next(each for each in page.check.options if each.verdict is Verdict.FITS)
            self._answer(session, module_id, page.id, fitting.id)
            return
        read_page(
            session,
            library=self.site.library,
            person_id=self.id,
            module_id=module_id,
            page_id=page.id,
            clock=self.clock,
        )

    def _answer(self, session: Session, module_id: str, page_id: str, option_id: str) -> None:
        answer_check(
            session,
            library=self.site.library,
            person_id=self.id,
            module_id=module_id,
            page_id=page_id,
            option_id=option_id,
            clock=self.clock,
        )

    def _choose(
        self, session: Session, scenario_id: str, run: UUID, turn: int, choice: ChoiceId
    ) -> None:
        make_choice(
            session,
            library=self.site.library,
            person_id=self.id,
            scenario_id=scenario_id,
            attempt_id=run,
            turn=turn,
            choice_id=choice,
            clock=self.clock,
        )

    def _complete(self, session: Session) -> None:
        complete_what_is_met(session, person_id=self.id, issuing=self._issuing)

    @property
    def _issuing(self) -> Issuing:
        settings = self.site.settings
        seal = KeySeal(KeyFolder(settings.keys).active)
        return Issuing(self.site.library, settings.secret_key, settings.base_url, seal, self.clock)


def a_learner(
    site: Site,
    *,
    lang: str = "nl",
    name: str = "Noor de Wit",
    trainings: Iterable[str] = (TRAINING,),
    due_in_days: int = 40,
) -> Someone:
    """Let somebody have an appointment, an account, and trainings to do."""
    with _somebody(site, lang, name) as (session, person, someone):
        an_appointment(session, person=person, unit=_unit(session, UNIT))
        today = someone.clock.today()
        for training_id in trainings:
            an_obligation(
                session,
                person=person,
                training_id=training_id,
                opened_on=today - timedelta(days=80),
                due_on=today + timedelta(days=due_in_days),
            )
    return someone


def an_officer(
    site: Site,
    role: Role,
    *,
    lang: str = "nl",
    unit: str | None = None,
    training_id: str | None = None,
) -> Someone:
    """Let somebody have a role in the institution, or in one unit, or for one training."""
    with _somebody(site, lang, "Wil Akkerman") as (session, person, someone):
        of_unit = _unit(session, unit) if unit else None
        a_role(session, person=person, role=role, unit=of_unit, training_id=training_id)
    return someone


def _unit(session: Session, code: str) -> Unit:
    return session.scalars(select(Unit).where(Unit.code == code)).one()


@contextmanager
def _somebody(site: Site, lang: str, name: str) -> Iterator[tuple[Session, Person, Someone]]:
    with one_transaction(site.engine) as session:
        person = a_person(session, name=name, language=lang)
        account = an_account(session, person=person)
        yield session, person, Someone(site, person.id, account.sign_in_name, name)
