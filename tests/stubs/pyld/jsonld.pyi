from collections.abc import Callable
from typing import Any

class JsonLdError(Exception): ...

def expand(
    input_: dict[str, Any],
    options: dict[str, Any] | None = None,
    on_property_dropped: Callable[[object], None] = ...,
) -> list[Any]: ...
def normalize(input_: list[Any], options: dict[str, Any] | None = None) -> str: ...
