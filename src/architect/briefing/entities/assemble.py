"""From nouns to entities: fields, references that hold, filters and sorts worth an index."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from architect.briefing.entities.archetypes import archetype_of
from architect.briefing.entities.fields import Named, gifts_of, named_for
from architect.briefing.entities.found import Found
from architect.briefing.entities.known import Known, known
from architect.briefing.entities.notation import IF_KEPT, bounded, states_of
from architect.briefing.passage import Passage
from architect.briefing.reserved import (
    MOST_ENTITIES,
    MOST_FIELDS,
    entity_problem,
    mended_entity,
    mended_field,
)
from architect.model.entity import Entity, Field, States
from architect.model.fact import Fact
from architect.model.naming import pascal_case, plural, snake_case

CURRENCY: Final = "currency"
_ENOUGH_FIELDS: Final = 3
"""With so many fields named, the text is taken at its word and none is added."""
_MOST_FILTERS: Final = 5
_MOST_SORTS: Final = 5


@dataclass(frozen=True, slots=True)
class Draft:
    """An entity on its way: the noun, its name, what the lexicon knows, what the text gives it."""

    found: Found
    name: str
    because: str
    row: Known | None
    named: Named


def assembled(passage: Passage, found: Sequence[Found], *, owned: Fact[bool]) -> tuple[Fact[Entity], ...]:
    """Return the entities of one service with fields, states, filters and sorts.

    Args:
        passage: the text, for the fields it names.
        found: the nouns, each once.
        owned: whether rows belong to who made them, and why.
    """
    drafts = _drafts(passage, found[:MOST_ENTITIES])
    kept = {_canonical(draft): draft.name for draft in drafts} | {draft.name: draft.name for draft in drafts}
    currency = "EUR" if "€" in passage.plain or "euro" in passage.plain or " eur" in passage.plain else "USD"
    entities = []
    for draft in drafts:
        fields = _resolved(draft, _fields(draft, kept), kept)
        states = _states(draft)
        fields = with_currency(fields, currency)[:MOST_FIELDS]
        entity = Entity(draft.name, fields=fields, owned=owned, states=states)
        entities.append(Fact(indexed(entity), draft.found.provenance, draft.because))
    return without_circles(tuple(entities))


def _drafts(passage: Passage, found: Sequence[Found]) -> list[Draft]:
    gifts = gifts_of(passage)
    nouns = frozenset(" ".join(each.words) for each in found)
    drafts: dict[str, Draft] = {}
    tables: set[str] = set()
    for each in found:
        phrase = " ".join(each.words)
        row = known(phrase)
        wished = pascal_case(phrase)
        name = mended_entity(phrase, _qualifier(row, wished))
        if name in drafts or plural(name) in tables or entity_problem(name) is not None:
            continue
        because = (
            each.because if name == wished else f"{each.because} ({wished} is reserved, so it is {name})"
        )
        tables.add(plural(name))
        drafts[name] = Draft(each, name, because, row, named_for(gifts, each.words, name, nouns))
    return list(drafts.values())


def _qualifier(row: Known | None, wished: str) -> str:
    """Return what to put before a reserved name: the lexicon's own word for it ("SchoolClass")."""
    return row.name.removesuffix(wished) if row and row.name.endswith(wished) and row.name != wished else ""


def _canonical(draft: Draft) -> str:
    return draft.row.name if draft.row else draft.name


def _fields(draft: Draft, kept: dict[str, str]) -> tuple[Fact[Field], ...]:
    """Return stated fields first, then usual ones unless the text gave enough."""
    stated = [*draft.named.fields, *_mentioned(draft, kept)]
    if len(stated) >= _ENOUGH_FIELDS:
        return tuple(stated)
    noun = " ".join(draft.found.words)
    taken = {fact.value.name for fact in stated}
    if draft.row:
        usual, because = draft.row.fields, f"{_article(noun)} usually has it"
    else:
        archetype = archetype_of(draft.found.words)
        usual, because = archetype.fields, f"{_article(noun)} is taken for {archetype.title}"
    likes = {_meaning(name) for name in taken}
    added = [
        Fact(field, "assumed", because)
        for field in usual
        if field.name not in taken
        and not (_meaning(field.name) & frozenset().union(*likes) if likes else False)
    ]
    return (*stated, *added)


def _meaning(name: str) -> frozenset[str]:
    """Return what a field is about, so that a stated "name" and a usual "full_name" do not stand together."""
    groups = (
        {"name", "full_name", "display_name", "title", "headline", "label", "nickname"},
        {"price", "amount", "total", "fee", "fare", "cost", "total_price", "unit_price"},
        {
            "code",
            "number",
            "sku",
            "reference_code",
            "barcode",
            "serial_number",
            "reference",
            "licence_plate",
            "plate",
        },
        {"notes", "description", "body_text", "content", "note", "remarks", "summary_text", "text"},
    )
    found = [frozenset(group) for group in groups if name in group]
    return found[0] if found else frozenset({name})


def _mentioned(draft: Draft, kept: dict[str, str]) -> list[Fact[Field]]:
    """Return references to the entities that the text names among an entity's fields."""
    references = []
    for noun in draft.named.mentions:
        row = known(noun)
        target = kept.get(pascal_case(noun)) or (kept.get(row.name) if row else None)
        if target and target != draft.name:
            name = mended_field(snake_case(noun), draft.name)
            references.append(Fact(Field(name, "reference", references=target), "stated", noun))
    return references


def _resolved(draft: Draft, fields: tuple[Fact[Field], ...], kept: dict[str, str]) -> tuple[Fact[Field], ...]:
    """Return the fields with references to what the service keeps; others become ids or go."""
    resolved: dict[str, Fact[Field]] = {}
    for fact in fields:
        field = fact.value
        if field.kind != "reference":
            resolved.setdefault(field.name, fact)
            continue
        target = _kept_as(field.references or "", kept)
        if target and target != draft.name:
            name = (
                snake_case(target)
                if fact.provenance == "assumed" and field.name == snake_case(field.references or "")
                else field.name
            )
            name = mended_field(name, draft.name)
            resolved.setdefault(
                name, replace(fact, value=replace(field, name=name, references=target, description=""))
            )
        elif target is None and field.description != IF_KEPT:
            name = f"{field.name}_id"
            other = " ".join(snake_case(field.references or field.name).split("_"))
            described = f"The id of the {other}, which is kept elsewhere."
            resolved.setdefault(
                name, replace(fact, value=Field(name, "uuid", required=field.required, description=described))
            )
    return tuple(resolved.values())


_STAND_INS: Final = {
    "Customer": ("Client", "User"),
    "Employee": ("Worker", "User"),
    "Member": ("User",),
    "Owner": ("Client", "Customer"),
}
"""Who takes the place of somebody that the service does not keep."""


def _kept_as(target: str, kept: dict[str, str]) -> str | None:
    """Return the service's entity for one of the lexicon, or for who stands in for it."""
    return next((kept[name] for name in (target, *_STAND_INS.get(target, ())) if name in kept), None)


def _states(draft: Draft) -> Fact[States] | None:
    if draft.named.states is not None:
        return draft.named.states
    if len(draft.named.fields) >= _ENOUGH_FIELDS and not draft.named.has_status:
        return None
    noun = " ".join(draft.found.words)
    if draft.row and draft.row.states:
        return Fact(draft.row.states, "assumed", f"the usual life of {_article(noun)}")
    archetype = archetype_of(draft.found.words)
    if draft.row is None and archetype.states:
        return Fact(archetype.states, "assumed", f"{_article(noun)} is taken for {archetype.title}")
    if draft.named.has_status:
        states = states_of("draft | activate: draft>active | archive: draft,active>archived")
        return Fact(states, "assumed", f"{_article(noun)} has a status") if states else None
    return None


def _article(noun: str) -> str:
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def with_currency(fields: tuple[Fact[Field], ...], currency: str = "USD") -> tuple[Fact[Field], ...]:
    """Return the fields with a ``currency`` beside the first money, unless there is one."""
    if any(fact.value.name == CURRENCY for fact in fields):
        return fields
    money = next((at for at, fact in enumerate(fields) if fact.value.kind == "money"), None)
    if money is None:
        return fields
    field = replace(bounded(Field(CURRENCY, "string", default=currency), 3, 3), pattern="^[A-Z]{3}$")
    fact = Fact(field, "assumed", "an amount of money has a currency")
    return (*fields[: money + 1], fact, *fields[money + 1 :])


def indexed(entity: Entity) -> Entity:
    """Return the entity with its usual filters and sorts; few, since each costs an index."""
    fields = [fact.value for fact in entity.fields]
    kinds = (("reference", 2), ("enum", 1), ("date", 1), ("datetime", 1))
    filters = ["status"] if entity.states else []
    for kind, most in kinds:
        filters += [field.name for field in fields if field.kind == kind][:most]
    filters += [field.name for field in fields if field.unique and field.kind in ("string", "email")][:1]
    filters = filters or [field.name for field in fields if field.kind == "boolean"][:1]
    sorts = ["created_at"]
    for wanted in (("date", "datetime"), ("money",), ("name",)):
        found = [
            field.name for field in fields if (field.kind in wanted or ("name" in wanted and _names(field)))
        ]
        sorts += found[:1]
    return replace(entity, filters=tuple(filters[:_MOST_FILTERS]), sorts=tuple(sorts[:_MOST_SORTS]))


def _names(field: Field) -> bool:
    return field.kind == "string" and field.name in {
        "name",
        "full_name",
        "title",
        "number",
        "code",
        "display_name",
        "headline",
        "label",
    }


def without_circles(entities: tuple[Fact[Entity], ...]) -> tuple[Fact[Entity], ...]:
    """Return the entities with required references that close a circle made optional."""
    needs: dict[str, set[str]] = {fact.value.name: set() for fact in entities}
    result = []
    for fact in entities:
        fields = []
        for each in fact.value.fields:
            field = each.value
            if field.kind == "reference" and field.required and field.references:
                if _reaches(needs, field.references, fact.value.name):
                    each = replace(each, value=replace(field, required=False))  # noqa: PLW2901 - the field, made optional
                else:
                    needs[fact.value.name].add(field.references)
            fields.append(each)
        result.append(replace(fact, value=replace(fact.value, fields=tuple(fields))))
    return tuple(result)


def _reaches(needs: dict[str, set[str]], start: str, goal: str) -> bool:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name == goal:
            return True
        if name not in seen:
            seen.add(name)
            waiting += needs.get(name, ())
    return False
