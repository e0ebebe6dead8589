"""Reads JSON that strangers wrote: what is ambiguous or too deep is refused, nothing is guessed."""

import json
from typing import Any, Final, TypeAlias

LONGEST_JSON: Final = 5_000_000
DEEPEST: Final = 100

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"


class NotJson(ValueError):
    """The text is not JSON that has one meaning."""


def read_json(text: str) -> Json:
    """Return the value of this text; raises `NotJson`."""
    if len(text) > LONGEST_JSON:
        raise NotJson(f"longer than {LONGEST_JSON} characters")
    try:
        value: Json = json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
    except RecursionError:
        raise NotJson("nested too deeply") from None
    except NotJson:
        raise
    except ValueError as error:
        raise NotJson(f"not valid JSON: {str(error)[:100]}") from None
    if _is_deep(value):
        raise NotJson("nested too deeply")
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise NotJson(f"key {name[:40]!r} stands twice")
        found[name] = value
    return found


def _constant(name: str) -> float:
    raise NotJson(f"{name} is not a number")


def _is_deep(value: Json) -> bool:
    """Say whether the value is nested deeper than anything sensible, without recursion."""
    layer = [value]
    for _ in range(DEEPEST):
        if not layer:
            return False
        layer = [inner for outer in layer for inner in _inside(outer)]
    return True


def _inside(value: Json) -> list[Json]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
