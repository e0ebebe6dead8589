"""Reads an expression from a YAML key, so that a mistake in it is a problem with its line."""

from elearning.scenario.expression import Expression
from elearning.scenario.expression_parser import ExpressionRefused, parse_expression
from elearning.yaml_fields import Reader


def optional_expression(reader: Reader, key: str) -> Expression | None:
    """Return the expression under this key; None where it is missing or not understood."""
    text = reader.optional_text(key)
    return None if text is None else _parsed(reader, key, text)


def expression(reader: Reader, key: str) -> Expression | None:
    """Return the required expression under this key; None where there is a problem."""
    return _parsed(reader, key, text) if (text := reader.text(key)) else None


def _parsed(reader: Reader, key: str, text: str) -> Expression | None:
    try:
        return parse_expression(text)
    except ExpressionRefused as refusal:
        message = f"{key}: {refusal} (column {refusal.column} of the expression)"
        reader.findings.error("E1", reader.line_of(key), message)
        return None
