"""From plain values to facts at a path of a brief, and back."""

from collections.abc import Sequence
from typing import Final

from architect.model.brief import Brief, Integration, Workflow
from architect.model.fact import Fact

INTERFACES: Final = "services[].interfaces"
WHOLE_NUMBERS: Final = frozenset(
    {
        "assistant.documents",
        "load.concurrent_users",
        "data.records",
        "data.retention_days",
        "deployment.regions",
        "team.developers",
    }
)
LISTS: Final = frozenset(
    {
        INTERFACES,
        "security.authentication",
        "security.compliance",
        "team.knows",
        "avoid",
        "integrations",
        "workflows",
        "assistant.tasks",
        "assistant.formats",
        "assistant.languages",
    }
)
SEPARATOR: Final = ", "

Held = Fact[object] | tuple[Fact[object], ...]
"""What a path holds; an empty tuple where it is unknown."""


def held_at(brief: Brief, path: str) -> Held:
    """Return what stands at a path.

    Raises:
        AttributeError: the path names no field of the brief.
    """
    held = brief.at(path)
    if isinstance(held, Fact):
        return held
    return tuple(each for each in held if isinstance(each, Fact)) if isinstance(held, tuple) else ()


def told(path: str, value: float | str | Sequence[str], because: str) -> Held:
    """Return a stated fact (or facts, where the path holds a list) for a plain value.

    Lists are given as names, or as one text with commas; an integration is written ``kind:product``.
    """
    if path in LISTS:
        names = (value,) if isinstance(value, float | int) else value
        names = names.split(SEPARATOR) if isinstance(names, str) else names
        return tuple(Fact(_held(path, str(name)), "stated", because) for name in names if name)
    if path in WHOLE_NUMBERS and isinstance(value, int | float):
        return Fact(round(value), "stated", because)
    return Fact(value, "stated", because)


def shown(held: Held) -> float | str | None:
    """Return the value at a path as a number or text, None when unknown."""
    if isinstance(held, tuple):
        return SEPARATOR.join(_name(fact.value) for fact in held) or None
    value = held.value
    return value if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def _held(path: str, name: str) -> object:
    if path == "workflows":
        return Workflow(name, ())
    if path == "integrations":
        kind, _, product = name.partition(":")
        return Integration(product or kind, kind, product)
    return name


def _name(value: object) -> str:
    if isinstance(value, Integration):
        return f"{value.kind}:{value.product}" if value.product else value.kind
    return value.name if isinstance(value, Workflow) else str(value)
