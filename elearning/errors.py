"""Expected errors: what can go wrong in normal use, named after what is wrong."""


class ElearningError(Exception):
    """Base of every error that the web layer and the command line answer calmly."""


class NotFound(ElearningError):
    """The thing does not exist, or this person may not know that it does."""


class NoUnitYet(NotFound):
    """The institution has no unit at all: the first one has to be added."""


class InvalidInput(ElearningError):
    """What was sent cannot be understood; nothing was changed."""


class NobodyCounts(InvalidInput):
    """On that day nobody had to hold the training, so there is nothing to report."""


class Conflict(ElearningError):
    """What was sent no longer fits the present state; nothing was changed."""


class ChoiceNotOffered(InvalidInput):
    """The choice is not on offer at this point of the scenario."""


class TurnAlreadyPlayed(Conflict):
    """Another choice already stands at this turn; the attempt has gone on."""


class AttemptEnded(Conflict):
    """The attempt has ended, so nothing can be added to it."""


class ScenarioNotPublished(NotFound):
    """No published version answers to this scenario and version."""


class SignInRefused(ElearningError):
    """The e-mail address and the password do not belong together."""


class CodeNotUsable(InvalidInput):
    """A one-time code cannot be used by this person now; why not is not said."""


class TooManyTries(ElearningError):
    """The limit of tries has been reached; `retry_after_seconds` says when it opens again."""

    def __init__(self, retry_after_seconds: int) -> None:
        """Say how long the limit still holds."""
        super().__init__(f"too many tries; open again in {retry_after_seconds} seconds")
        self.retry_after_seconds = retry_after_seconds


class ContentInvalid(ElearningError):
    """Content or overlay files have problems that block serving them; the message lists them."""


class SettingsInvalid(ElearningError):
    """The settings are incomplete or unsafe; the message names each one."""


class SchemaOutOfDate(ElearningError):
    """The database is not at the revision that this program needs."""


class CertificateNotPrintable(ElearningError):
    """The PDF cannot be made for this certificate; the web page still holds it whole."""


class SigningKeyMissing(ElearningError):
    """There is no key to sign certificates with; the message says what to run."""


class AwardNotCurrent(Conflict):
    """The award is replaced or withdrawn, or somebody asked for that before."""


class NothingToChange(NotFound):
    """A training has no version that could be applied to awards that exist."""


class SameEyes(Conflict):
    """What takes two people, who asks and who decides, was tried by one."""
