"""What a draft may still lack: it is not published, so little can block it."""

from collections.abc import Iterable, Iterator

from elearning.problem import Problem, ProblemSeverity, as_warnings

NOTE = "is a draft: learners do not see it, and it never counts for a certificate"


def of_a_draft(problems: Iterable[Problem], file: str, line: int) -> Iterator[Problem]:
    """Yield the findings of reading as they count for a draft: its translation may wait."""
    yield Problem(file, line, "X1", NOTE, ProblemSeverity.WARNING)
    for each in problems:
        yield from as_warnings([each]) if each.code.startswith("L") else [each]
