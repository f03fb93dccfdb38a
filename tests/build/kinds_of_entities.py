"""Random sets of entities: any kinds, constraints, owners, states, references, filters and sorts."""

import keyword
from dataclasses import replace

from designs import entity
from hypothesis import strategies as st

from architect.build.entity.reserved import METHODS, RESERVED_FIELDS, RESERVED_IN_SQL
from architect.model.entity import FIELD_KINDS, Entity, Field, States, Transition
from architect.model.naming import plural, snake_case

_WORDS = ("amber", "basalt", "cedar", "delta", "ember", "flint", "grove", "harbour", "item", "type", "order")
_TAKEN = RESERVED_FIELDS | METHODS | {"id", "version", "created_at", "updated_at", "owner_id", "currency"}


def _allowed(name: str) -> bool:
    return not keyword.iskeyword(name) and name not in _TAKEN


names = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3).map("_".join).filter(_allowed)
texts = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20
)


@st.composite
def fields(draw: st.DrawFn, others: list[str]) -> Field:
    kinds = [kind for kind in FIELD_KINDS if kind != "reference" or others]
    kind = draw(st.sampled_from(kinds))
    field = Field(
        draw(names),
        kind,  # type: ignore[arg-type] - one of the kinds
        required=draw(st.booleans()),
        unique=kind in {"string", "integer", "uuid", "email"} and draw(st.booleans()),
        description=draw(texts),
    )
    if kind == "enum":
        return replace(field, choices=tuple(draw(st.lists(names, min_size=1, max_size=4, unique=True))))
    if kind == "reference":
        return replace(field, references=draw(st.sampled_from(others)))
    if kind == "string":
        least = draw(st.integers(0, 9))
        return replace(field, min_length=least, max_length=least + draw(st.integers(1, 90)), default=None)
    if kind in {"integer", "float", "money"}:
        low = draw(st.none() | st.integers(-99, 99))
        return replace(field, minimum=low, maximum=None if low is None else low + draw(st.integers(0, 999)))
    if kind == "decimal":
        digits = draw(st.integers(1, 20))
        return replace(field, max_digits=digits, decimal_places=draw(st.integers(0, min(digits, 6))))
    return field


@st.composite
def lives(draw: st.DrawFn) -> States | None:
    states = draw(st.lists(names, max_size=4, unique=True))
    if len(states) < 2:
        return None
    moves = draw(st.lists(names, min_size=1, max_size=3, unique=True))
    some = st.lists(st.sampled_from(states), min_size=1, max_size=2, unique=True).map(tuple)
    steps = tuple(Transition(move, draw(some), draw(st.sampled_from(states))) for move in moves)
    return States(tuple(states), states[0], steps)


@st.composite
def entity_sets(draw: st.DrawFn) -> tuple[Entity, ...]:
    called = draw(
        st.lists(
            names.filter(lambda name: plural(name) not in RESERVED_IN_SQL),
            min_size=1,
            max_size=4,
            unique_by=plural,
        )
    )
    titles = ["".join(part.capitalize() for part in name.split("_")) for name in called]
    made = []
    for title in titles:
        own = draw(st.lists(fields(titles), min_size=1, max_size=5, unique_by=_wire))
        offered = tuple(field.name for field in own)
        made.append(
            entity(
                title, *own, owned=draw(st.booleans()), states=draw(lives()), filters=offered, sorts=offered
            )
        )
    return tuple(made)


def _wire(field: Field) -> str:
    name = snake_case(field.name)
    return f"{name}_id" if field.kind == "reference" else name
