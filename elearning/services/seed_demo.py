"""The example institution: invented people in every role and every status, seeded once.

It is offered only where the mode is `demo`; a production installation refuses to seed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.learning.award import valid_until
from elearning.services.demo_messages import add_messages, demo_address
from elearning.services.demo_people import DEPARTMENTS, ENGLISH_SPEAKERS, FACULTIES, NAMES
from elearning.services.demo_requests import add_request
from elearning.services.demo_rules import ADVISER, BASIS, RULE_OF, SINCE_DAYS, add_demo_rules
from elearning.services.give_award import give_award
from elearning.services.hr_scope import usual_level
from elearning.services.issue_certificate import issue_certificate
from elearning.services.seal import Issuing
from elearning.services.seed_reports import seed_reports
from elearning.services.sign_in import hasher
from elearning.storage.completion import (
    Award,
    AwardKind,
    Basis,
    Exemption,
    ExemptionCode,
    Obligation,
)
from elearning.storage.people import (
    Absence,
    Account,
    Appointment,
    Person,
    Role,
    RoleGrant,
    Unit,
)
from elearning.storage.units import UnitPlace

INSTITUTION = "HDLL"
PASSWORD = "welkom-in-de-demo"  # noqa: S105 - shown in a demo, and only there
SINCE = date(2000, 1, 1)
GONE_DAYS = 30
OF_A_UNIT = {Role.HR_UNIT, Role.MANAGER}
# One role that ends soon, so that the access review has something to say.
LASTS = {Role.MANAGER: 20}
# Far from the numbers of who works here.
OUTSIDE = 800_000


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account that the sign-in page of a demo offers; no unit is no appointment either."""

    role_label: Mapping[str, str]
    email: str
    password: str
    name: str
    role: Role
    unit_code: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an example person stands, in days before today (negative: ahead)."""

    opened: int
    due: int
    obtained: int | None = None
    is_exempt: bool = False
    is_absent: bool = False
    has_left: bool = False


# One of each status of the completion rules, in proportions that a real institution might have.
STANDINGS = (
    Standing(opened=300, due=240, obtained=250),  # valid
    Standing(opened=200, due=140, obtained=150),
    Standing(opened=20, due=-40),  # open
    Standing(opened=420, due=360, obtained=365),
    Standing(opened=70, due=10),  # in grace
    Standing(opened=100, due=40, obtained=45),
    Standing(opened=800, due=740, obtained=715),  # expiring within the window
    Standing(opened=200, due=140),  # overdue
    Standing(opened=30, due=-30),
    Standing(opened=900, due=840, obtained=790),  # lapsed
    Standing(opened=150, due=90, is_absent=True),  # paused
    Standing(opened=120, due=60, is_exempt=True),  # exempt
    Standing(opened=500, due=440, obtained=430),
    Standing(opened=600, due=540, obtained=530, has_left=True),  # out of scope
)


def demo_accounts() -> tuple[DemoAccount, ...]:
    """Return the example accounts, one per role."""
    rows = (
        ("docent", "Marloes van den Berg", Role.LEARNER, "INF", "Docent", "Lecturer"),
        ("vertrouwenspersoon", "Samira el Khatib", Role.ADVISER, "SOW",
         "Vertrouwenspersoon", "Confidential adviser"),
        ("hr", "Wouter Hendriks", Role.HR_CENTRAL, INSTITUTION,
         "HR, hele instelling", "HR, whole institution"),
        ("hr-techniek", "Ilse Bakker", Role.HR_UNIT, "FT",
         "HR, Faculteit Techniek", "HR, Faculty of Engineering"),
        ("auteur", "Joris Visser", Role.AUTHOR, "RE", "Auteur", "Author"),
        ("beheer", "Priya Nandoe", Role.ADMIN, INSTITUTION, "Beheerder", "Administrator"),
        ("bestuur", "Hedwig Terpstra", Role.BOARD, INSTITUTION, "Bestuur", "Board"),
        ("or", "Maurits Blankers", Role.WORKS_COUNCIL, INSTITUTION,
         "Medezeggenschap", "Works council"),
        ("leidinggevende", "Carla Nijhuis", Role.MANAGER, "FT",
         "Leidinggevende, Faculteit Techniek", "Manager, Faculty of Engineering"),
        ("controle", "Annelies Vos", Role.AUDITOR, None, "Auditor", "Auditor"),
    )  # fmt: skip
    return tuple(
        DemoAccount({"nl": nl, "en": en}, f"{local}@demo.example", PASSWORD, name, role, unit)
        for local, name, role, unit, nl, en in rows
    )


def is_seeded(session: Session) -> bool:
    """Say whether there is anybody at all; existing data is never touched."""
    return session.scalar(select(Person.id).limit(1)) is not None


def seed_demo(session: Session, *, issuing: Issuing) -> int:
    """Fill an empty database with the example institution; return how many people there are."""
    if is_seeded(session):
        return 0
    units = _add_units(session)
    clock = issuing.clock
    add_demo_rules(session, clock.today())
    people = [*_account_holders(), *_colleagues()]
    for person, unit_code, standing in people:
        _add_person(session, person, units[unit_code], standing, issuing)
    from_outside = [_from_outside(account) for account in demo_accounts() if not account.unit_code]
    session.add_all(from_outside)
    session.flush()
    for account in demo_accounts():
        _add_account(session, account, units, clock.today())
    _add_second_appointment(session, people[len(_staff())][0], units["VPK"], clock)
    add_messages(session, _just_past(people, clock), clock=clock)
    asking = next(person for person, _unit, standing in people if standing == STANDINGS[8])
    add_request(session, asking, library=issuing.library, clock=clock)
    session.flush()
    seed_reports(session, training_id=BASIS, issuing=issuing)
    return len(people) + len(from_outside)


def key_of(name: str) -> UUID:
    """Return the same key for the same example person, so that a demo can be made again."""
    return uuid5(NAMESPACE_URL, f"demo:{name}")


def _add_units(session: Session) -> dict[str, Unit]:
    nl, en = "Hogeschool De Lage Landen", "De Lage Landen University of Applied Sciences"
    units = {INSTITUTION: _unit(session, (INSTITUTION, nl, en), None)}
    for code, nl, en, parent in (*FACULTIES, *DEPARTMENTS):
        units[code] = _unit(session, (code, nl, en), units[parent or INSTITUTION])
    return units


def _unit(session: Session, names: tuple[str, str, str], parent: Unit | None) -> Unit:
    code, nl, en = names
    unit = Unit(code=code, name_nl=nl, name_en=en)
    session.add(unit)
    session.flush()
    session.add(
        UnitPlace(
            unit_id=unit.id,
            parent_id=None if parent is None else parent.id,
            is_merged=False,
            from_on=SINCE,
            until_on=None,
            recorded_at=datetime.combine(SINCE, time(), UTC),
        )
    )
    return unit


def _account_holders() -> Iterator[tuple[Person, str, Standing]]:
    """Yield the account holders: the lecturer and the adviser have a training to do."""
    to_do = {Role.LEARNER, Role.ADVISER}
    for number, (account, unit_code) in enumerate(_staff(), start=1):
        standing = Standing(opened=20, due=-40) if account.role in to_do else STANDINGS[0]
        yield _person(number, account.name, account.email), unit_code, standing


def _staff() -> list[tuple[DemoAccount, str]]:
    """Return the accounts of who works here, with their unit."""
    return [(each, each.unit_code) for each in demo_accounts() if each.unit_code is not None]


def _from_outside(account: DemoAccount) -> Person:
    """Return somebody who only looks in: on no roster, and in no figure."""
    return _person(OUTSIDE, account.name, account.email)


def _colleagues() -> Iterator[tuple[Person, str, Standing]]:
    """Yield everybody else, spread over the departments and the standings."""
    codes = cycle(code for code, _, _, _ in DEPARTMENTS)
    standings = cycle(STANDINGS)
    for number, name in enumerate(NAMES, start=len(_staff()) + 1):
        yield _person(number, name, demo_address(number)), next(codes), next(standings)


def _person(number: int, name: str, email: str | None) -> Person:
    return Person(
        id=key_of(name),
        external_id=f"{100_000 + number}",
        display_name=name,
        email=email,
        language="en" if name in ENGLISH_SPEAKERS else "nl",
    )


def _add_person(
    session: Session, person: Person, unit: Unit, standing: Standing, issuing: Issuing
) -> None:
    clock, today = issuing.clock, issuing.clock.today()
    session.add(person)
    session.flush()
    started_on = today - timedelta(days=SINCE_DAYS)
    session.add(
        Appointment(
            person_id=person.id,
            unit_id=unit.id,
            roster_number="1",
            category="support" if _is_adviser(person) else "academic",
            function_tags="adviser" if _is_adviser(person) else "lecturer",
            fte_percent=80,
            is_primary=True,
            starts_on=started_on,
            ends_on=today - timedelta(days=GONE_DAYS) if standing.has_left else None,
            # Seen when the obligation opened, so that the rules find it as it stands here.
            first_seen_on=today - timedelta(days=standing.opened),
            recorded_at=_known(started_on),
        )
    )
    training_id = ADVISER if _is_adviser(person) else BASIS
    obligation = _obligation(person, training_id, standing, clock)
    session.add(obligation)
    session.flush()
    if standing.obtained is not None:
        _add_award(session, person, training_id, today - timedelta(days=standing.obtained), issuing)
    if standing.is_absent:
        session.add(_absence(person, clock))
    if standing.is_exempt:
        session.add(_exemption(obligation, clock))


def _just_past(
    people: Iterable[tuple[Person, str, Standing]], clock: Clock
) -> Iterator[tuple[Person, Obligation]]:
    """Yield who is just past the day, and could have had a message."""
    for person, _unit, standing in people:
        if standing == STANDINGS[4] and person.email is not None:
            yield person, _obligation(person, BASIS, standing, clock)


def _is_adviser(person: Person) -> bool:
    return person.display_name == demo_accounts()[1].name


def _obligation(person: Person, training_id: str, standing: Standing, clock: Clock) -> Obligation:
    today = clock.today()
    return Obligation(
        id=uuid5(person.id, training_id),
        person_id=person.id,
        training_id=training_id,
        opened_on=today - timedelta(days=standing.opened),
        due_on=today - timedelta(days=standing.due),
        closed_on=today - timedelta(days=GONE_DAYS) if standing.has_left else None,
        basis=Basis.RULE,
        rule_code=RULE_OF[training_id],
        recorded_at=_known(today - timedelta(days=standing.opened)),
    )


def _add_award(
    session: Session, person: Person, training_id: str, obtained_on: date, issuing: Issuing
) -> None:
    training = issuing.library.training(training_id)
    award = Award(
        id=uuid5(person.id, f"award:{training_id}"),
        person_id=person.id,
        training_id=training_id,
        sequence=1,
        content_version=training.version,
        obtained_on=obtained_on,
        valid_from=obtained_on,
        valid_until=valid_until(obtained_on, None, training.on(obtained_on).validity),
        kind=AwardKind.COMPLETED,
        supersedes_id=None,
        withdrawn_on=None,
        recorded_at=_known(obtained_on),
    )
    give_award(session, award=award, clock=issuing.clock)
    issue_certificate(session, award=award, issuing=issuing)


def _absence(person: Person, clock: Clock) -> Absence:
    today = clock.today()
    return Absence(
        person_id=person.id,
        from_on=today - timedelta(days=40),
        until_on=today + timedelta(days=50),
        recorded_at=_known(today - timedelta(days=40)),
    )


def _exemption(obligation: Obligation, clock: Clock) -> Exemption:
    today = clock.today()
    return Exemption(
        person_id=obligation.person_id,
        training_id=obligation.training_id,
        code=ExemptionCode.OTHER_EMPLOYER,
        from_on=today - timedelta(days=60),
        until_on=today + timedelta(days=200),
        granted_by=None,
        recorded_at=_known(today - timedelta(days=60)),
    )


def _add_account(
    session: Session, account: DemoAccount, units: Mapping[str, Unit], today: date
) -> None:
    person_id = key_of(account.name)
    session.add(
        Account(
            person_id=person_id,
            sign_in_name=account.email,
            password_hash=hasher().hash(account.password),
            used_on=today,
        )
    )
    if account.role is not Role.LEARNER:
        session.add(
            RoleGrant(
                person_id=person_id,
                role=account.role,
                unit_id=_unit_of(account, units),
                level=usual_level(account.role),
                from_on=today - timedelta(days=1),
                until_on=today + timedelta(days=LASTS.get(account.role, 300)),
            )
        )


def _unit_of(account: DemoAccount, units: Mapping[str, Unit]) -> int | None:
    if account.unit_code is None or account.role not in OF_A_UNIT:
        return None
    return units[account.unit_code].id


def _add_second_appointment(session: Session, person: Person, unit: Unit, clock: Clock) -> None:
    """Give one colleague a second appointment, so that the sum of the units exceeds the total."""
    session.add(
        Appointment(
            person_id=person.id,
            unit_id=unit.id,
            roster_number="2",
            category="academic",
            function_tags="lecturer",
            fte_percent=20,
            is_primary=False,
            starts_on=clock.today() - timedelta(days=100),
            ends_on=None,
            first_seen_on=clock.today() - timedelta(days=100),
            recorded_at=_known(clock.today() - timedelta(days=100)),
        )
    )


def _known(day: date) -> datetime:
    """Return when a fact of a day was recorded, so that earlier moments can be asked for."""
    return datetime.combine(day, time(7), UTC)
