"""`elearning correct`: replace a certificate whose days are wrong by one with the right days."""

from __future__ import annotations

import os
from datetime import datetime

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.clock import SystemClock
from elearning.config import Settings, read_settings
from elearning.content.library import load_library
from elearning.content.sources import content_root
from elearning.errors import AwardNotCurrent, NotFound
from elearning.integrations.seal import KeySeal
from elearning.integrations.signing_keys import KeyFolder
from elearning.learning.certificate_code import digest, parse_code
from elearning.services.issue_certificate import DIGEST_KEY, code_of
from elearning.services.keys import derive_key
from elearning.services.replace_award import AwardDays, correct_award
from elearning.services.seal import Issuing
from elearning.storage.completion import Award, Certificate
from elearning.storage.engine import build_engine, one_transaction
from elearning.storage.people import Person
from elearning.web.factory import ADDRESSES

REFUSED = 2
DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("code")
@click.option("--obtained-on", type=DAY, required=True, help="The day the training was met.")
@click.option("--valid-until", type=DAY, help="The first day it is not valid. Default: no end.")
@click.option("--by", "staff_number", required=True, help="Staff number of who decided this.")
@click.pass_context
def command(
    context: click.Context,
    code: str,
    obtained_on: datetime,
    valid_until: datetime | None,
    staff_number: str,
) -> None:
    """Issue the certificate with CODE anew with other days; the old code says "replaced"."""
    settings = read_settings(os.environ)
    days = AwardDays(obtained_on.date(), None if valid_until is None else valid_until.date())
    engine = build_engine(settings.database_url)
    try:
        with one_transaction(engine) as session:
            new = correct_award(
                session,
                award=_award(session, code, settings),
                days=_sensible(days),
                actor_id=_person(session, staff_number).id,
                issuing=_issuing(settings),
            )
            click.echo(f"Replaced. The new code: {code_of(new.id, settings.secret_key)}")
    except (NotFound, AwardNotCurrent, click.BadParameter) as error:
        click.echo(str(error), err=True)
        context.exit(REFUSED)
    finally:
        engine.dispose()


def _sensible(days: AwardDays) -> AwardDays:
    if days.obtained_on > SystemClock().today():
        raise click.BadParameter("the training cannot have been met in the future")
    if days.valid_until is not None and days.valid_until <= days.obtained_on:
        raise click.BadParameter("it cannot end before it begins")
    return days


def _award(session: Session, text: str, settings: Settings) -> Award:
    code = parse_code(text)
    if code is None:
        raise NotFound("this is no code of a certificate")
    wanted = digest(code, derive_key(settings.secret_key, DIGEST_KEY))
    award = session.scalar(
        select(Award)
        .join(Certificate, Certificate.award_id == Award.id)
        .where(Certificate.code_digest == wanted)
    )
    if award is None:
        raise NotFound("there is no certificate with this code")
    return award


def _person(session: Session, staff_number: str) -> Person:
    person = session.scalar(select(Person).where(Person.external_id == staff_number))
    if person is None:
        raise NotFound("there is nobody with this staff number")
    return person


def _issuing(settings: Settings) -> Issuing:
    library = load_library(content_root(settings.content), settings.overlay, ADDRESSES)
    seal = KeySeal(KeyFolder(settings.keys).active)
    return Issuing(library, settings.secret_key, settings.base_url, seal, SystemClock())
