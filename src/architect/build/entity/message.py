"""What an entity is on the wire: the parts of its proto that its fields decide."""

from dataclasses import dataclass
from typing import Final

from architect.build.entity.kind import Column
from architect.build.entity.offers import Filter, Sort

_FIRST_FILTER: Final = 10


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a message, and the comment above it."""

    told: str
    type: str
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Message:
    """The wire's view of an entity; ``guarded`` says whether callers identify themselves."""

    snake: str
    prose: str
    plural: str
    plural_prose: str
    owned: bool
    guarded: bool
    stored: tuple[Column, ...]
    offered: tuple[Filter, ...]
    sorts: tuple[Sort, ...]

    @property
    def imports(self) -> tuple[str, ...]:
        """The well-known types beyond those that every service needs."""
        needs_values = any(column.proto_type.endswith("Value") for column in self.stored)
        return ("struct", "timestamp") if needs_values else ("timestamp",)

    @property
    def rights(self) -> str:
        """What a caller needs."""
        if not self.guarded:
            return "Everybody may call."
        reach = (
            f"both reach the caller's own {self.plural_prose}, `{self.plural}:admin` reaches everybody's."
            if self.owned
            else f"`{self.plural}:admin` allows both."
        )
        return (
            "Calls carry the metadata `authorization: Bearer <token>`. Reading needs the scope"
            f" `{self.plural}:read`, everything else `{self.plural}:write`; {reach}"
        )

    @property
    def base(self) -> tuple[Part, ...]:
        """What the service alone writes, after the id."""
        moment = "google.protobuf.Timestamp"
        owner = Part(
            f"Whose {self.prose} this is, taken from the token of the caller who made it.",
            "string",
            "owner_id",
            2,
        )
        parts = [owner] if self.owned else []
        parts += [
            Part("1 at first, and one more with every change.", "int64", "version", 3),
            Part("When it was made.", moment, "created_at", 4),
            Part("When it was last changed.", moment, "updated_at", 5),
        ]
        return (
            *parts,
            *(
                Part(
                    f"Its state, {column.field.default} at first;"
                    " only the calls named after a transition change it.",
                    column.proto_type,
                    "status",
                    6,
                )
                for column in self.stored
                if column.name == "status" and not column.given
            ),
        )

    @property
    def orders(self) -> str:
        """What `order_by` takes."""
        names = ", ".join(sort.column.name for sort in self.sorts)
        return f"One of {names}; `-` in front means descending."

    @property
    def filters(self) -> tuple[Part, ...]:
        """The filters of a list request."""
        return tuple(
            Part(one.phrase, one.column.proto_type, one.name, number)
            for number, one in enumerate(self.offered, _FIRST_FILTER)
        )
