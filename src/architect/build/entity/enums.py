"""What templates see of enums and of the transitions between states."""

from dataclasses import dataclass

from architect.build.entity.kind import Column
from architect.build.entity.members import member, members, prefix
from architect.build.entity.words import either, quoted, title
from architect.model.entity import States
from architect.model.naming import pascal_case


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of an enum; ``source`` is Python for the value, ``title`` begins a sentence."""

    member: str
    value: str
    source: str
    title: str
    number: int


@dataclass(frozen=True, slots=True)
class Choices:
    """An enum: the class, its documentation, the field it belongs to, its values."""

    name: str
    doc: str
    field: str
    constant: str
    prefix: str
    """What its values begin with in protobuf."""

    values: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A transition: ``name`` on the wire, ``method`` in Python, ``pascal`` in protobuf."""

    name: str
    method: str
    constant: str
    pascal: str
    sources: tuple[str, ...]
    """Members of the status enum."""

    target: str
    from_: str
    to: str

    @property
    def allowed(self) -> str:
        """From which states, as a sentence."""
        return f"Allowed from {self.from_}."


def choices(column: Column, doc: str) -> Choices:
    """Return the enum of a column."""
    values = column.field.choices
    return Choices(
        name=column.enum,
        doc=doc,
        field=column.name,
        constant=column.constant,
        prefix=prefix(column.enum),
        values=tuple(
            Choice(name, value, quoted(value), title(value) or value, number)
            for number, (name, value) in enumerate(zip(members(values), values, strict=True), 1)
        ),
    )


def steps(states: States | None) -> tuple[Step, ...]:
    """Return the transitions of an entity's life, in the brief's order."""
    if states is None:
        return ()
    return tuple(
        Step(
            name=each.name,
            method=each.name,
            constant=each.name.upper(),
            pascal=pascal_case(each.name),
            sources=tuple(member(source, states.names) for source in each.sources),
            target=member(each.target, states.names),
            from_=either(each.sources),
            to=each.target,
        )
        for each in states.transitions
    )
