"""Keep the source of every scenario version that is served, so that open runs stay on theirs.

With it stands the digest of its proof, and by which rules it was proved: a version without one can
be practised and never counts for a certificate.
"""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.content.library import Library
from elearning.scenario.ids import ScenarioId
from elearning.scenario.model import Scenario
from elearning.scenario.prove.proof import PROVER
from elearning.storage.learning_state import PublishedScenario
from elearning.storage.statements import insert_if_absent


def publish_content(session: Session, *, library: Library, clock: Clock) -> int:
    """Store each served version that is not kept yet; return how many are new."""
    new = sum(
        insert_if_absent(
            session,
            PublishedScenario,
            {
                "scenario_id": playable.scenario.id,
                "version": playable.scenario.version,
                "sources": playable.sources,
                "published_on": clock.today(),
                "proof_digest": None,
                "prover": None,
            },
        )
        for playable in library.scenarios.values()
    )
    for scenario_id, digest in library.proofs.items():
        if scenario_id in library.scenarios:
            _keep_proof(session, library.scenarios[scenario_id].scenario, digest)
    return new


def known_proofs(session: Session) -> dict[tuple[ScenarioId, str], str]:
    """Return the digest of every proof that was made by the present rules."""
    rows = session.execute(
        select(
            PublishedScenario.scenario_id,
            PublishedScenario.version,
            PublishedScenario.proof_digest,
        ).where(PublishedScenario.prover == PROVER)
    )
    return {(ScenarioId(row[0]), row[1]): row[2] for row in rows if row[2] is not None}


def is_proved(session: Session, *, scenario_id: str, version: str) -> bool:
    """Say whether this version was proved when it was served, by whatever rules held then."""
    digest = session.scalar(
        select(PublishedScenario.proof_digest).where(
            PublishedScenario.scenario_id == scenario_id, PublishedScenario.version == version
        )
    )
    return digest is not None


def _keep_proof(session: Session, scenario: Scenario, digest: str) -> None:
    session.execute(
        update(PublishedScenario)
        .where(
            PublishedScenario.scenario_id == scenario.id,
            PublishedScenario.version == scenario.version,
        )
        .values(proof_digest=digest, prover=PROVER)
    )
