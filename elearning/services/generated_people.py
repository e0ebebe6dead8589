# ruff: noqa: RUF001 - names are spelled as they are, in whatever letters
"""What the people of a generated institution are called, and how their working lives go.

Everything is drawn from one seeded source: the same number and seed give the same institution.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from elearning.learning.award import AwardDates, valid_until
from elearning.learning.status import Interval
from elearning.learning.validity import Validity

FIRST_NAMES = (
    "Aïcha", "Anouk", "Bram", "Chantal", "Daan", "Dilan", "Els", "Emma", "Ewa", "Femke", "Fenna",
    "Frank", "Gerrit", "Greet", "Hanneke", "Hugo", "Irina", "Jasmijn", "Jayden", "Jeroen", "Kees",
    "Kofi", "Lars", "Linh", "Lotte", "Marco", "Mariëlle", "Miguel", "Mohamed", "Nadia", "Noor",
    "Olga", "Oscar", "Ömer", "Pieter", "Rashid", "Rik", "Roos", "Ruud", "Sanne", "Şerife", "Sjoerd",
    "Stijn", "Suresh", "Tijs", "Tineke", "Vera", "Wietske", "Yusuf", "Zeynep",
)  # fmt: skip
LAST_NAMES = (
    "Aerts", "Aydın", "Azzouzi", "Bakker", "Benali", "Biharie", "Blom", "Bouma", "Brouwer",
    "Claassen", "Coenen", "de Graaf", "de Vries", "de Wit", "Demir", "Dijkstra", "Evers",
    "Gökçe", "Haddad", "Hendriks", "Hoekstra", "Janssen", "Jhinkoe", "Kaya", "Khan", "Kowalska",
    "Kramer", "Kuipers", "Lindhout", "Maas", "Martina", "Mensah", "Molenaar", "Nguyễn", "Nielsen",
    "Petrova", "Popescu", "Postma", "Prins", "Rahimi", "Rossi", "Santos", "Schouten", "Smeets",
    "Timmermans", "van Dam", "van den Berg", "van der Meer", "van Leeuwen", "Veenstra", "Verhoeven",
    "Vermeulen", "Visser", "Willems", "Wouters", "Yıldız", "Zwart",
)  # fmt: skip
YEARS_BACK = 8
LEAVES, COMES_BACK, MOVES, HAS_TWO = 0.22, 0.1, 0.12, 0.07
IS_AWAY, IS_EXEMPT, IS_ADVISER, IS_ACADEMIC = 0.03, 0.02, 0.01, 0.6
COMPLETES, IS_LATE, RENEWS, RENEWS_LATE = 0.86, 0.15, 0.8, 0.1


@dataclass(frozen=True, slots=True)
class Job:
    """One appointment of a generated person, in the n-th department."""

    department: int
    category: str
    tags: str
    fte_percent: int
    is_primary: bool
    during: Interval


@dataclass(frozen=True, slots=True)
class Life:
    """A generated person with their working life."""

    number: int
    name: str
    jobs: tuple[Job, ...]
    absence: Interval | None
    is_exempt: bool


def lives(persons: int, departments: int, today: date, random: Random) -> Iterator[Life]:
    """Yield so many people; most work there now, some have left."""
    for number in range(1, persons + 1):
        name = f"{random.choice(FIRST_NAMES)} {random.choice(LAST_NAMES)}"
        jobs = tuple(_jobs(departments, today, random))
        yield Life(
            number=number,
            name=name,
            jobs=jobs,
            absence=_absence(today, random) if random.random() < IS_AWAY else None,
            is_exempt=random.random() < IS_EXEMPT,
        )


def _jobs(departments: int, today: date, random: Random) -> Iterator[Job]:
    started = today - timedelta(days=random.randrange(1, 365 * YEARS_BACK))
    here = random.randrange(departments)
    category = "academic" if random.random() < IS_ACADEMIC else "support"
    adviser = " adviser" if random.random() < IS_ADVISER else ""
    tags = f"{'lecturer' if category == 'academic' else 'office'}{adviser}"
    tags = " ".join(sorted(tags.split()))

    def job(from_on: date, until_on: date | None, *, at: int, is_primary: bool = True) -> Job:
        fte = random.choice((20, 40, 60, 80, 100, 100))
        return Job(at, category, tags, fte, is_primary, Interval(from_on, until_on))

    turn = _between(started, today, random)
    fate = random.random()
    if turn is not None and fate < LEAVES:
        yield job(started, turn, at=here)
        back = _between(turn + timedelta(days=60), today, random)
        if back is not None and random.random() < COMES_BACK:
            yield job(back, None, at=random.randrange(departments))
    elif turn is not None and fate < LEAVES + MOVES:
        yield job(started, turn, at=here)
        yield job(turn, None, at=random.randrange(departments))
    else:
        yield job(started, None, at=here)
        if turn is not None and random.random() < HAS_TWO:
            yield job(turn, None, at=random.randrange(departments), is_primary=False)


def _between(first: date, last: date, random: Random) -> date | None:
    days = (last - first).days
    return first + timedelta(days=random.randrange(1, days)) if days > 1 else None


def _absence(today: date, random: Random) -> Interval:
    start = today - timedelta(days=random.randrange(-60, 400))
    return Interval(start, start + timedelta(days=random.choice((10, 35, 80, 150))))


def awards_for(
    opened_on: date, due_on: date, until: date, validity: Validity, random: Random
) -> Iterator[AwardDates]:
    """Yield the awards of somebody who had to hold a training from a day, until another."""
    if random.random() > COMPLETES:
        return
    lateness = random.randrange(1, 60) if random.random() < IS_LATE else 0
    days = max((due_on - opened_on).days, 1)
    day = (
        due_on + timedelta(days=lateness)
        if lateness
        else opened_on + timedelta(days=random.randrange(days))
    )
    previous: AwardDates | None = None
    while day < until:
        ends_on = valid_until(day, previous, validity)
        previous = AwardDates(day, day, ends_on, None, None)
        yield previous
        if ends_on is None or random.random() > RENEWS:
            return
        late = random.random() < RENEWS_LATE
        day = ends_on + timedelta(days=random.randrange(40) if late else -random.randrange(1, 60))
