"""All tables in one import, so that metadata is whole for migrations and for the web."""

from elearning.storage.audit import AuditAnchor, AuditEntry, AuditHead
from elearning.storage.award_change import AwardChange, ChangedAward
from elearning.storage.base import Base
from elearning.storage.certificates import (
    BadgeStatus,
    CertificateTheme,
    SignedCertificate,
    Withdrawal,
)
from elearning.storage.completion import Award, Certificate, Exemption, Obligation
from elearning.storage.invites import AccountInvite
from elearning.storage.jobs import ExportJob
from elearning.storage.learning_state import (
    Attempt,
    AttemptStep,
    LearningLink,
    ModulePage,
    PublishedScenario,
)
from elearning.storage.outbox import OutboxMessage, OutboxSlot, QuietUntil
from elearning.storage.people import Absence, Account, Appointment, Person, RoleGrant, Unit
from elearning.storage.prior_learning import PriorAnswer, PriorLearning
from elearning.storage.reports import BoardReport
from elearning.storage.roster import RosterImport, RosterMissing, RosterUpload
from elearning.storage.rules import AssignmentRule
from elearning.storage.security import SignedInSession, Throttle
from elearning.storage.training_code import TrainingCode
from elearning.storage.units import UnitPlace

__all__ = [
    "Absence",
    "Account",
    "AccountInvite",
    "Appointment",
    "AssignmentRule",
    "Attempt",
    "AttemptStep",
    "AuditAnchor",
    "AuditEntry",
    "AuditHead",
    "Award",
    "AwardChange",
    "BadgeStatus",
    "Base",
    "BoardReport",
    "Certificate",
    "CertificateTheme",
    "ChangedAward",
    "Exemption",
    "ExportJob",
    "LearningLink",
    "ModulePage",
    "Obligation",
    "OutboxMessage",
    "OutboxSlot",
    "Person",
    "PriorAnswer",
    "PriorLearning",
    "PublishedScenario",
    "QuietUntil",
    "RoleGrant",
    "RosterImport",
    "RosterMissing",
    "RosterUpload",
    "SignedCertificate",
    "SignedInSession",
    "Throttle",
    "TrainingCode",
    "Unit",
    "UnitPlace",
    "Withdrawal",
]
