"""A finding about a content file: what is wrong, where, and whether it blocks publication."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum


class ProblemSeverity(StrEnum):
    """An error blocks publication; a warning asks the author to look again."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding, in reading order; `choices` is the play that shows it, where there is one."""

    file: str
    line: int
    code: str
    message: str
    severity: ProblemSeverity = ProblemSeverity.ERROR
    choices: tuple[str, ...] = ()

    @property
    def identity(self) -> tuple[str, int, str]:
        """Return what two findings about the same thing have in common."""
        return self.file, self.line, self.code


@dataclass(frozen=True, slots=True)
class Findings:
    """Collects the findings of one file, so that an author sees all of them at once."""

    file: str
    found: list[Problem] = field(default_factory=list)

    def error(self, code: str, line: int, message: str) -> None:
        """Note something that blocks publication."""
        self.found.append(Problem(self.file, line, code, message))

    def warning(self, code: str, line: int, message: str) -> None:
        """Note something that the author should look at."""
        warning = ProblemSeverity.WARNING
        self.found.append(Problem(self.file, line, code, message, warning))


def as_warnings(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the findings as they count for a draft, which is not published: nothing blocks."""
    return tuple(replace(each, severity=ProblemSeverity.WARNING) for each in problems)


def blocks_publication(problems: Iterable[Problem]) -> bool:
    """Say whether at least one of the findings is an error."""
    return any(each.severity is ProblemSeverity.ERROR for each in problems)
