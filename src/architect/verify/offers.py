"""What lists offer by the brief: filters and sorts, under the names that requests use."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final, Literal

from architect.model.entity import Entity, Field
from architect.model.naming import snake_case
from architect.model.plain import Plain
from architect.verify.payloads import settable, wire_name

_RANGES: Final = frozenset({"date", "datetime", "float", "integer", "decimal", "money"})
_UNSORTED: Final = frozenset({"uuid", "reference", "json", "text"})
_STATUS: Final = "status"


@dataclass(frozen=True, slots=True)
class Offer:
    """One filter: ``parameter`` compares the field ``name`` with its value by ``operator``."""

    parameter: str
    name: str
    kind: str
    operator: Literal["=", ">=", "<="]

    def keeps(self, row: dict[str, Plain], value: Plain) -> bool:
        """Whether a row passes the filter with that value."""
        if row.get(self.name) is None:
            return False
        mine, given = comparable(self.kind, row[self.name]), comparable(self.kind, value)
        if self.operator == "=":
            return mine == given
        return bool(mine >= given) if self.operator == ">=" else bool(mine <= given)  # type: ignore[operator] # one kind


def offers(entity: Entity) -> tuple[Offer, ...]:
    """Return the filters that a list of the entity offers."""
    by_name = _by_name(entity)
    chosen = [by_name[name] for name in _wished(entity.filters, by_name)]
    found: list[Offer] = []
    for field in chosen:
        name = wire_name(field)
        if field.kind in _RANGES:
            found += [
                Offer(f"{name}_from", name, field.kind, ">="),
                Offer(f"{name}_to", name, field.kind, "<="),
            ]
        else:
            found.append(Offer(name, name, field.kind, "="))
    if entity.states is not None:
        found.append(Offer(_STATUS, _STATUS, "enum", "="))
    return tuple(found)


def sorts(entity: Entity) -> tuple[tuple[str, str], ...]:
    """Return the names that a list can be sorted by, each with its kind; ``created_at`` is always one."""
    by_name = _by_name(entity)
    chosen = [by_name[name] for name in _wished(entity.sorts, by_name) if by_name[name].kind not in _UNSORTED]
    found = {"created_at": "datetime"} | {wire_name(field): field.kind for field in chosen}
    return tuple(found.items())


def comparable(kind: str, value: Plain) -> str | bool | float | Decimal | datetime:
    """Return a value of a kind so that equal values are equal and order is the kind's order."""
    if kind == "datetime":
        return datetime.fromisoformat(str(value))
    if kind in ("decimal", "money", "integer"):
        return Decimal(str(value))
    if kind == "float" and isinstance(value, int | float):
        return float(value)
    return value if isinstance(value, bool) else str(value)


def _by_name(entity: Entity) -> dict[str, Field]:
    fields = {wire_name(field): field for field in settable(entity)}
    return fields | {snake_case(field.name): field for field in settable(entity)}


def _wished(names: tuple[str, ...], known: dict[str, Field]) -> list[str]:
    return [
        name for name in map(snake_case, names) if name in known and known[name].kind not in ("json", "text")
    ]
