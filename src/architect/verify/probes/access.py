"""Who reaches what: scopes, other people's rows, and values that only the service may set."""

from collections.abc import Awaitable, Mapping
from typing import Final

from architect.model.entity import Entity
from architect.model.plain import Plain
from architect.model.report import Finding
from architect.verify.checks import Notes
from architect.verify.doors import Door, ListQuery, Outcome, rows
from architect.verify.offers import offers
from architect.verify.payloads import Body, Payloads, needed, settable, wire_name
from architect.verify.scene import ADMIN, OWNER, STRANGER, Scene

_FOREIGN_ID: Final = "00000000-0000-7000-8000-000000000001"
_PAST: Final = "1999-12-31T23:59:59Z"


async def scope_needed(scene: Scene) -> list[Finding]:
    """A known caller without the scope is told so; reading rights do not write."""
    notes = Notes("scope_needed", "hold each operation against its scope before anything is done")
    for entity in scene.entities:
        token = scene.token()
        key = str((await scene.made(entity, token))["id"])
        body = await scene.body(entity, token)
        for door in scene.doors:
            for rights in ((), ("read",), ("write",)):
                poor = scene.token(rights=rights)
                attempts = {} if "read" in rights else _reading(door, entity, key, poor)
                if "write" not in rights:
                    attempts |= _writing(door, scene.payloads, entity, key, poor, body)
                for what, attempt in attempts.items():
                    outcome = await attempt
                    notes.expect(
                        holds=outcome.verdict == "forbidden",
                        message=f"{what} with the scopes [{' '.join(rights)}] is not refused as forbidden",
                        where=f"{door.name} {what} {entity.name}",
                        seen=outcome.seen,
                    )
    return notes.findings


async def other_owner_hidden(scene: Scene) -> list[Finding]:
    """A stranger cannot read, list, change, move or delete a row, nor learn that it exists."""
    notes = Notes("other_owner_hidden", "put the owner into the condition of every statement")
    mallory = scene.token(STRANGER)
    for entity in scene.owned:
        for door in scene.doors:
            row = await scene.made(entity, scene.token())
            key = str(row["id"])
            body = await scene.body(entity, scene.token())
            attempts = _reading(door, entity, key, mallory, listing=False)
            attempts |= _writing(door, scene.payloads, entity, key, mallory, body, creating=False)
            for what, attempt in attempts.items():
                outcome = await attempt
                notes.expect(
                    holds=outcome.verdict == "missing",
                    message=f"{what} of somebody else's {entity.name} is not answered as missing",
                    where=f"{door.name} {what} {entity.name}",
                    seen=outcome.seen,
                )
            await _still_there(scene, notes, entity, row)
    return notes.findings


async def other_owner_unlisted(scene: Scene) -> list[Finding]:
    """Lists show a caller's own rows alone, with every filter offered."""
    notes = Notes("other_owner_unlisted", "put the owner into the condition of every list")
    mallory = scene.token(STRANGER)
    for entity in scene.owned:
        row = await scene.made(entity, scene.token())
        filters: list[Body] = [{}]
        filters += [{one.parameter: row[one.name]} for one in offers(entity) if row.get(one.name) is not None]
        for door in scene.doors:
            for chosen in filters:
                page = await door.list(entity, ListQuery(chosen, limit=100), mallory)
                seen = [item.get("id") for item in rows(page)]
                notes.expect(
                    holds=page.verdict in ("ok", "invalid") and row["id"] not in seen,
                    message=f"a list filtered by {chosen or 'nothing'} shows somebody else's {entity.name}",
                    where=f"{door.name} list {entity.name}",
                    seen=page.seen,
                )
    return notes.findings


async def foreign_reference_refused(scene: Scene) -> list[Finding]:
    """A row cannot be tied to a row of somebody else."""
    notes = Notes("foreign_reference_refused", "let a reference reach the owner's rows alone")
    mallory = scene.token(STRANGER)
    for entity in scene.owned:
        by_name = {each.name: each for each in scene.owned}
        for name in needed(entity) & by_name.keys() - {entity.name}:
            theirs = await scene.made(by_name[name], scene.token())
            field = next(wire_name(each) for each in settable(entity) if each.references == name)
            for door in scene.doors:
                body = {**await scene.body(entity, mallory), field: theirs["id"]}
                outcome = await door.create(entity, body, mallory)
                notes.expect(
                    holds=outcome.verdict in ("invalid", "conflict", "missing"),
                    message=f"{entity.name}.{field} takes the id of somebody else's {name}",
                    where=f"{door.name} create {entity.name}",
                    seen=outcome.seen,
                )
    return notes.findings


async def admin_sees_all(scene: Scene) -> list[Finding]:
    """The admin scope reads everybody's rows."""
    notes = Notes("admin_sees_all", "let <plural>:admin reach every row")
    admin = scene.token(ADMIN, ("admin",))
    for entity in scene.owned:
        row = await scene.made(entity, scene.token())
        for door in scene.doors:
            got = await door.get(entity, str(row["id"]), admin)
            page = await door.list(entity, ListQuery(limit=100, sort="-created_at"), admin)
            listed = [item.get("id") for item in rows(page)]
            notes.expect(
                holds=got.verdict == "ok" and row["id"] in listed,
                message=f"an admin does not see {OWNER}'s {entity.name}",
                where=f"{door.name} get, list {entity.name}",
                seen=f"{got.seen}; {page.seen[:200]}",
            )
    return notes.findings


async def mass_assignment_refused(scene: Scene) -> list[Finding]:
    """What only the service sets is not set by a caller: refused, or without effect."""
    notes = Notes("mass_assignment_refused", "read from a body only the fields that callers may set")
    token = scene.token()
    for entity in scene.entities:
        for door in scene.doors:
            for name, value in _service_fields(entity).items():
                where = f"{door.name} {entity.name}.{name}"
                created = await door.create(entity, {**await scene.body(entity, token), name: value}, token)
                _unset(notes, f"create, {where}", created, name, value)
                row = await scene.made(entity, token)
                updated = await door.update(entity, str(row["id"]), {name: value}, token)
                after = await scene.door.get(entity, str(row["id"]), token)
                kept = after.body.get(name) == row.get(name) or name == "version"
                notes.expect(
                    holds=kept and updated.verdict in ("ok", "invalid"),
                    message=f"an update sets {name}, which only the service may set",
                    where=f"update, {where}",
                    seen=f"{updated.seen}; afterwards {name} = {after.body.get(name)!r}",
                )
                _unset(notes, f"update, {where}", updated, name, value)
    return notes.findings


def _service_fields(entity: Entity) -> Body:
    fields: Body = {"id": _FOREIGN_ID, "owner_id": STRANGER, "version": 99}
    fields |= {"created_at": _PAST, "updated_at": _PAST}
    if entity.states is not None:
        states = entity.states.value
        fields["status"] = next(name for name in reversed(states.names) if name != states.initial)
    return fields


def _unset(notes: Notes, where: str, outcome: Outcome, name: str, value: Plain) -> None:
    """Expect a refusal, or an answer in which the service's own value stands."""
    answered = str(outcome.body.get(name, "")).lower().removesuffix(".000000z")
    notes.expect(
        holds=outcome.verdict == "invalid"
        or (outcome.verdict == "ok" and not answered.endswith(str(value).lower())),
        message=f"the caller's value of {name} is taken over",
        where=where,
        seen=f"{outcome.seen}; answered {name} = {outcome.body.get(name)!r}",
    )


def _reading(
    door: Door, entity: Entity, key: str, token: str, *, listing: bool = True
) -> dict[str, Awaitable[Outcome]]:
    found: dict[str, Awaitable[Outcome]] = {"get": door.get(entity, key, token)}
    if listing:
        found["list"] = door.list(entity, ListQuery(limit=1), token)
    return found


def _writing(  # noqa: PLR0913, PLR0917 - who tries what on which row
    door: Door,
    payloads: Payloads,
    entity: Entity,
    key: str,
    token: str,
    body: Mapping[str, Plain],
    *,
    creating: bool = True,
) -> dict[str, Awaitable[Outcome]]:
    found: dict[str, Awaitable[Outcome]] = {}
    if creating:
        found["create"] = door.create(entity, body, token)
    change = payloads.change(entity)
    if change:
        found["update"] = door.update(entity, key, change, token)
    if entity.states is not None:
        for transition in entity.states.value.transitions:
            found[transition.name] = door.move(entity, key, transition.name, token)
    found["delete"] = door.delete(entity, key, token)
    return found


async def _still_there(scene: Scene, notes: Notes, entity: Entity, row: Body) -> None:
    after = await scene.door.get(entity, str(row["id"]), scene.token())
    notes.expect(
        holds=after.verdict == "ok" and after.body == row,
        message=f"a stranger's attempts changed {OWNER}'s {entity.name}",
        where=f"{scene.door.name} get {entity.name}",
        seen=f"before {row}, after {after.body or after.seen}",
    )
