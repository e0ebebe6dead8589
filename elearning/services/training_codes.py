"""Print one-time codes in batches without names, and complete a training with one of them.

The way with a person counts like every other way: the same award, the same certificate. Only
digests of unused codes are kept; using a code deletes its row in the transaction of the award, so
that nothing leads from a code to a person or back.
"""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.content.library import Library
from elearning.errors import CodeNotUsable
from elearning.learning.training import Training
from elearning.learning.training_code import (
    CODE_LENGTH,
    RANDOM_BYTES,
    digest,
    make_code,
    parse_code,
)
from elearning.learning.training_code import TrainingCode as Code
from elearning.services.audit_log import Act, record
from elearning.services.complete_training import (
    locked_state,
    obtain,
    trainings_of,
)
from elearning.services.issue_certificate import Issuing
from elearning.services.keys import derive_key
from elearning.services.throttle import Limit, count_try
from elearning.storage.audit import AuditFact, AuditKind
from elearning.storage.completion import Award, Obligation
from elearning.storage.statements import delete_rows
from elearning.storage.training_code import TrainingCode

LARGEST_BATCH = 50
VALID_DAYS = 180
PER_PERSON = Limit("training code", tries=10, window=timedelta(hours=1))
PER_NETWORK = Limit("training code network", tries=100, window=timedelta(hours=1))
BATCHES = Limit("training code batch", tries=20, window=timedelta(days=1))
DIGEST_KEY = "training code digest"
# Never printed but by a chance of 2^-75; looked up in the place of what cannot be a code.
_DECOY = Code("0" * CODE_LENGTH)


def print_codes(
    session: Session,
    *,
    training: Training,
    number: int,
    printed_by: UUID | None,
    secret_key: str,
    clock: Clock,
) -> tuple[tuple[Code, ...], date]:
    """Make a batch; return the codes, which can never be shown again, and their last day.

    The audit log says who printed how many; `printed_by` is None on the command line.
    """
    key = derive_key(secret_key, DIGEST_KEY)
    codes = tuple(make_code(secrets.token_bytes(RANDOM_BYTES)) for _ in range(number))
    expires_on = clock.today() + timedelta(days=VALID_DAYS)
    session.add_all(
        TrainingCode(code_digest=digest(code, key), training_id=training.id, expires_on=expires_on)
        for code in codes
    )
    session.flush()
    facts = {AuditFact.TRAINING: training.id, AuditFact.COUNT: str(number)}
    record(session, Act(AuditKind.CODES_PRINTED, printed_by, None, facts), clock=clock)
    return codes, expires_on - timedelta(days=1)


def printable_trainings(
    session: Session, *, library: Library, person_id: UUID
) -> tuple[Training, ...]:
    """Return the trainings that somebody may print codes for: none that they must hold themselves.

    So that nobody hands a code to themselves.
    """
    rows = session.scalars(
        select(Obligation.training_id).where(
            Obligation.person_id == person_id, Obligation.closed_on.is_(None)
        )
    )
    own = set(rows)
    return tuple(each for each in library.trainings.values() if each.id not in own)


def count_code(
    session: Session, *, person_id: UUID, network: str, secret_key: str, clock: Clock
) -> None:
    """Count one try, whatever comes of it; raises `TooManyTries`."""
    for limit, subject in ((PER_NETWORK, network), (PER_PERSON, str(person_id))):
        count_try(session, limit=limit, subject=subject, key=secret_key, clock=clock)


def count_batch(session: Session, *, person_id: UUID, secret_key: str, clock: Clock) -> None:
    """Count one batch of a printer; raises `TooManyTries`."""
    count_try(session, limit=BATCHES, subject=str(person_id), key=secret_key, clock=clock)


def complete_with_code(
    session: Session, *, library: Library, person_id: UUID, text: str, clock: Clock, secret_key: str
) -> Award:
    """Use a code: give the award of its training and forget the code, in one transaction.

    Raises `CodeNotUsable` alike for a code that is malformed, unknown, used, past its day, for
    another training, or for one that need not be obtained now; in the last two it stays good.
    """
    code = digest(parse_code(text) or _DECOY, derive_key(secret_key, DIGEST_KEY))
    training_id = session.scalar(
        select(TrainingCode.training_id).where(
            TrainingCode.code_digest == code, TrainingCode.expires_on > clock.today()
        )
    )
    for obligation in trainings_of(session, library=library, person_id=person_id):
        if obligation.training_id != training_id:
            continue
        state = locked_state(session, library=library, obligation=obligation, clock=clock)
        if state.may_obtain and _used_up(session, code):
            issuing = Issuing(library, secret_key, clock)
            return obtain(session, state=state, person_id=person_id, issuing=issuing)
    raise CodeNotUsable("this code cannot be used")


def forget_old_codes(session: Session, *, clock: Clock) -> int:
    """Delete codes that are past their day; return how many."""
    return delete_rows(
        session, delete(TrainingCode).where(TrainingCode.expires_on <= clock.today())
    )


def _used_up(session: Session, code: str) -> bool:
    """Delete the code and say whether it was still there: of two at once, one gets it."""
    statement = delete(TrainingCode).where(TrainingCode.code_digest == code)
    return delete_rows(session, statement.execution_options(synchronize_session=False)) == 1
