"""Rows behind either door: their life, partial updates, validation."""

from collections.abc import Mapping
from dataclasses import dataclass

from architect.model.entity import Entity
from architect.model.plain import Plain
from architect.verify.checks import Notes
from architect.verify.doors import Outcome
from architect.verify.offers import comparable
from architect.verify.payloads import Body, settable, wire_name
from architect.verify.probes.look import Look


async def life(look: Look) -> None:
    """A row is stored as it was sent, read back the same, and gone once deleted."""
    scene, door, notes = look.scene, look.door, look.notes
    token = scene.token()
    for entity in scene.entities:
        where = f"{door.name} {entity.name}"
        body = await look.body(entity, token)
        created = await door.create(entity, body, token)
        if not look.ok(created, f"create {entity.name}"):
            continue
        key = str(created.body["id"])
        differing = {
            name: created.body.get(name) for name in body if not _same(entity, name, body, created.body)
        }
        notes.expect(
            holds=not differing,
            message="a created row is not what was sent",
            where=where,
            seen=f"{body} -> {differing}",
        )
        read = await door.get(entity, key, token)
        notes.expect(
            holds=read.body == created.body,
            message="a row reads otherwise than it was created",
            where=where,
            seen=f"{created.body} -> {read.body or read.seen}",
        )
        await _defaults(look, entity, token)
        look.ok(await door.delete(entity, key, token), f"delete {entity.name}")
        for outcome in (await door.get(entity, key, token), await door.delete(entity, key, token)):
            notes.expect(
                holds=outcome.verdict == "missing",
                message="a deleted row is not answered as missing",
                where=where,
                seen=outcome.seen,
            )


async def partial_update(look: Look) -> None:
    """A change touches what it names: absent stays, null clears, unknown and read-only names are refused."""
    scene, door, notes = look.scene, look.door, look.notes
    token = scene.token()
    for entity in scene.entities:
        row = await look.made(entity, token)
        fresh = await look.body(entity, token)
        for field in settable(entity):
            name = wire_name(field)
            if name not in fresh:
                continue  # an optional reference to its own kind: there is no row to name yet
            changed = await door.update(entity, str(row["id"]), {name: fresh[name]}, token)
            row = _changed(look, _Change(entity, row, name, fresh[name]), changed)
            cleared = await door.update(entity, str(row["id"]), {name: None}, token)
            if field.required and field.kind != "json":
                notes.expect(
                    holds=cleared.verdict == "invalid",
                    message=f"the required {name} can be cleared",
                    where=f"{door.name} update {entity.name}",
                    seen=cleared.seen,
                )
            elif not field.required:
                row = _changed(look, _Change(entity, row, name, None), cleared)
        read_only = ("id", "owner_id", "version", "created_at", "updated_at")
        status = ("status",) if entity.states is not None else ()
        for name in ("no_such_field", *(each for each in (*read_only, *status) if each in row)):
            refused = await door.update(entity, str(row["id"]), {name: row.get(name)}, token)
            notes.expect(
                holds=refused.verdict == "invalid",
                message=f"an update that names {name} is not refused",
                where=f"{door.name} update {entity.name}",
                seen=refused.seen,
            )


async def validation(look: Look) -> None:
    """Every broken constraint is refused with the field's name, and nothing is stored."""
    scene, door, notes = look.scene, look.door, look.notes
    token = scene.token("careless")
    for entity in scene.entities:
        parents = await scene.parents(door, entity, token)
        row = await look.made(entity, token)
        for broken in scene.payloads.invalid(entity, parents):
            if broken.rule != "null" or door.name == "REST":  # in a message null is a field left out
                where = f"{door.name} create {entity.name}.{broken.field}"
                outcome = await door.create(entity, broken.body, token)
                _named(notes, outcome, where, broken.field, broken.rule)
            if broken.rule != "required":
                where = f"{door.name} update {entity.name}.{broken.field}"
                change = {broken.field: broken.body[broken.field]}
                _named(
                    notes,
                    await door.update(entity, str(row["id"]), change, token),
                    where,
                    broken.field,
                    broken.rule,
                )
        after = await door.get(entity, str(row["id"]), token)
        notes.expect(
            holds=after.body == row,
            message="a refused update changed the row",
            where=f"{door.name} {entity.name}",
            seen=f"{row} -> {after.body or after.seen}",
        )


async def _defaults(look: Look, entity: Entity, token: str) -> None:
    parents = await look.scene.parents(look.door, entity, token)
    smallest = await look.door.create(entity, look.scene.payloads.smallest(entity, parents), token)
    if not look.ok(smallest, f"create {entity.name} from required fields alone"):
        return
    for field in settable(entity):
        name = wire_name(field)
        if field.default is not None or not field.required:
            stored: Mapping[str, Plain] = {name: field.default}
            look.notes.expect(
                holds=_same(entity, name, stored, smallest.body),
                message=f"{name}, left out, is {smallest.body.get(name)!r} instead of {field.default!r}",
                where=f"{look.door.name} create {entity.name}",
                seen=smallest.body,
            )


@dataclass(frozen=True, slots=True)
class _Change:
    """One field of a row and the value that an update gives it."""

    entity: Entity
    row: Body
    name: str
    value: Plain


def _changed(look: Look, change: _Change, outcome: Outcome) -> Body:
    """Expect that the named field alone changed, and the version by one; return the row as it is now."""
    name, row, after = change.name, change.row, outcome.body
    where = f"update {change.entity.name}.{name}"
    if not look.ok(outcome, where):
        return row
    others = {each for each in row.keys() - {name, "version", "updated_at"} if after.get(each) != row[each]}
    rises = after.get("version") == int(str(row["version"])) + 1
    taken = _same(change.entity, name, {name: change.value}, after)
    for holds, message in (
        (taken, f"the change of {name} to {change.value!r} is not taken over"),
        (not others, f"it changes {', '.join(sorted(others))} too"),
        (rises, "the version does not rise by one"),
    ):
        look.notes.expect(
            holds=holds, message=message, where=f"{look.door.name} {where}", seen=f"{row} -> {after}"
        )
    return after


def _named(notes: Notes, outcome: Outcome, where: str, field: str, rule: str) -> None:
    unfit = outcome.seen.startswith("fits no message")
    named = unfit or any(each == field or each.startswith(f"{field}.") for each in outcome.fields)
    notes.expect(
        holds=outcome.verdict == "invalid" and named,
        message=f"a value that breaks {rule} is not refused with the field's name",
        where=where,
        seen=outcome.seen,
    )


def _same(entity: Entity, name: str, sent: Mapping[str, Plain], stored: Mapping[str, Plain]) -> bool:
    mine, theirs = sent.get(name), stored.get(name)
    if mine is None or theirs is None:
        return mine is theirs
    kinds = {wire_name(field): field.kind for field in settable(entity)}
    if kinds.get(name) == "json":
        return mine == theirs
    return comparable(kinds.get(name, "string"), mine) == comparable(kinds.get(name, "string"), theirs)
