"""What an import or export has to say: what was lost, what was changed, why it was refused."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from elearning.errors import ElearningError


class Effect(StrEnum):
    """What became of something: it is gone, or it reads differently now."""

    LOST = "lost"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence; `place` is a file with a line, or with a JSON pointer."""

    place: str
    effect: Effect
    message: str

    def __str__(self) -> str:
        """Return it as one line."""
        return f"{self.place}: {self.effect}: {self.message}"


@dataclass(frozen=True, slots=True)
class Remarks:
    """Collects the remarks of one exchange, in reading order, each once."""

    made: dict[Remark, None] = field(default_factory=dict)

    def lost(self, place: str, message: str) -> None:
        """Note what does not come along."""
        self.made[Remark(place, Effect.LOST, message)] = None

    def changed(self, place: str, message: str) -> None:
        """Note what comes along in another form, or was filled in."""
        self.made[Remark(place, Effect.CHANGED, message)] = None

    def all(self) -> tuple[Remark, ...]:
        """Return everything that was noted."""
        return tuple(self.made)


class ExchangeRefused(ElearningError):
    """Nothing was read or written; the message says where and why, a line for each reason."""

    def __init__(self, reasons: Iterable[str]) -> None:
        """Keep the reasons as lines."""
        super().__init__("\n".join(reasons))


def refused(place: str, message: str) -> ExchangeRefused:
    """Return the refusal for one reason."""
    return ExchangeRefused([f"{place}: refused: {message}"])
