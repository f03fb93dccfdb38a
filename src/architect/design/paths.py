"""Reading and putting values of a brief by path, lists within services included."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, cast

from architect.model.brief import Brief, Integration, Interface, Service, Workflow
from architect.model.fact import Fact

INTERFACES: Final = "services[].interfaces"
WHOLE_NUMBERS: Final = frozenset(
    {"load.concurrent_users", "data.records", "data.retention_days", "deployment.regions", "team.developers"}
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
    }
)
SEPARATOR: Final = ", "

Held = Fact[object] | tuple[Fact[object], ...] | None


def at(brief: Brief, path: str) -> Held:
    """Return what stands at a path: a fact, a tuple of facts (empty when unknown), or None.

    Raises:
        AttributeError: the path names no field of the brief.
    """
    if path == INTERFACES:
        return tuple(fact for service in brief.services for fact in service.interfaces)
    held = brief.at(path)
    return held if held is None or isinstance(held, Fact) else tuple(held)  # type: ignore[arg-type,unused-ignore]


def put(brief: Brief, path: str, held: Held) -> Brief:
    """Return a copy with a fact, a tuple of facts, or nothing at a path; interfaces go to every service."""
    if path != INTERFACES:
        return brief.put(path, () if held is None and path in LISTS else held)
    interfaces = cast("tuple[Fact[Interface], ...]", held) if isinstance(held, tuple) else ()
    services = brief.services or (Service(),)
    return replace(brief, services=tuple(replace(each, interfaces=interfaces) for each in services))


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
    if held is None:
        return None
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
