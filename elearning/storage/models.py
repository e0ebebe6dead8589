"""All tables in one import, so that metadata is whole for migrations and for the web."""

from elearning.storage.audit import AuditEntry, AuditHead
from elearning.storage.base import Base
from elearning.storage.completion import Award, Certificate, Exemption, Obligation
from elearning.storage.learning_state import (
    Attempt,
    AttemptStep,
    LearningLink,
    ModulePage,
    PublishedScenario,
)
from elearning.storage.people import Absence, Account, Appointment, Person, RoleGrant, Unit
from elearning.storage.security import SignedInSession, Throttle
from elearning.storage.training_code import TrainingCode

__all__ = [
    "Absence",
    "Account",
    "Appointment",
    "Attempt",
    "AttemptStep",
    "AuditEntry",
    "AuditHead",
    "Award",
    "Base",
    "Certificate",
    "Exemption",
    "LearningLink",
    "ModulePage",
    "Obligation",
    "Person",
    "PublishedScenario",
    "RoleGrant",
    "SignedInSession",
    "Throttle",
    "TrainingCode",
    "Unit",
]
