"""What the tests know of an entity: the suites ask everything else of these tables."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from quillwort.adapters.postgresql.database import Constraints, Database
from quillwort.adapters.postgresql.paging import Sort
from quillwort.domain.access import Access
from quillwort.domain.rules import Rule
from quillwort.domain.values import Principal


@dataclass(frozen=True, slots=True)
class Filter:
    """The field that a filter compares, and whether as a lower or an upper bound."""

    field: str
    bound: str = "equal"


@dataclass(frozen=True, slots=True)
class Walk:
    """A transition after a path of others, and the status it leads to; None when it is refused."""

    path: Sequence[str]
    transition: str
    status: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An entity by its classes and some values of its fields.

    `values` makes a valid value for every field but references, unique by the number; `other` has a
    second one for each, `broken` for some a value that breaks a rule. `required` must be given,
    `defaults` and `nullable` may be left out.
    """

    kind: str
    plural: str
    owned: bool
    access: Access
    rules: Mapping[str, Rule]
    entity: Any
    new: Any
    change: Any
    query: Any
    service: Callable[[Any], Any]
    repository: Callable[[Database], Any]
    constraints: Constraints
    postgresql_sorts: Mapping[str, Sort]
    values: Callable[[int], dict[str, object]]
    other: Mapping[str, object]
    broken: Mapping[str, object]
    required: AbstractSet[str]
    defaults: Mapping[str, object]
    nullable: Sequence[str]
    unique: Sequence[str]
    references: Mapping[str, "Example"]
    filters: Mapping[str, Filter]
    sorts: Sequence[str]
    walks: Sequence[Walk]

    @property
    def path(self) -> str:
        """The path of one of them, as OpenAPI writes it."""
        return f"/v1/{self.plural}/{{{self.kind.replace(' ', '_')}_id}}"

    @property
    def confined(self) -> list[str]:
        """The references that stay within one owner."""
        return [field for field, target in self.references.items() if self.owned and target.owned]

    def inputs(self, number: int, links: Mapping[str, UUID]) -> Any:
        """Return a new one, with `links` for references."""
        return self.new(**self.values(number), **links)

    def made(self, number: int, links: Mapping[str, UUID], principal: Principal, now: Any) -> Any:
        """Return the entity that it would become."""
        owner = (principal,) if self.owned else ()
        return self.entity.make(*owner, self.inputs(number, links), now)

    def reach(self, owner: str | None) -> dict[str, str | None]:
        """Return the argument that confines a repository to an owner, if the entity has any."""
        return {"owner": owner} if self.owned else {}


def caller(name: str, *examples: Example) -> Principal:
    """Return a principal of that name with every everyday right to these and what they refer to."""
    scopes: set[str] = set()
    for example in examples:
        scopes |= set(example.access.everyday)
        scopes |= caller(name, *example.references.values()).scopes
    return Principal(name, name, frozenset(scopes))
