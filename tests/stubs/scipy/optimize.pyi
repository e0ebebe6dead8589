from collections.abc import Sequence

class OptimizeResult:
    status: int
    message: str
    fun: float

def linprog(
    c: object,
    *,
    bounds: Sequence[tuple[float, float | None]],
    **constraints: object,
) -> OptimizeResult: ...
