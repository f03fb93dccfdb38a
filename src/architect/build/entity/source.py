"""Python source for plain values."""

from architect.build.entity.words import title
from architect.model.entity import Scalar
from architect.model.naming import pascal_case


def raw(pattern: str) -> str:
    """Return Python source for a pattern, raw where that is possible."""
    plain = '"' not in pattern and "\n" not in pattern and not pattern.endswith("\\")
    return f'r"{pattern}"' if plain and pattern.isprintable() else repr(pattern)


def whole(value: float) -> str:
    """Return Python source for an integer that a brief may write with a point."""
    return str(int(value))


def exact(value: Scalar) -> str:
    """Return Python source for a decimal number."""
    text = repr(value) if isinstance(value, float) else str(value)
    text = text.removesuffix(".0")
    return f"Decimal({text})" if text.lstrip("-").isdigit() else f'Decimal("{text}")'


def enum_class(entity: str, field: str) -> str:
    """Return the name of the class that holds a field's choices."""
    return f"{entity}{pascal_case(field)}"


def choice_title(value: str) -> str:
    """Return a choice as it begins a sentence."""
    return title(value) or value
