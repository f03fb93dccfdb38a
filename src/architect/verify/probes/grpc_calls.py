"""gRPC alone: what reflection and health tell, masks, enums, and statuses with their details."""

from typing import Final
from uuid import uuid4

from architect.model.entity import Entity
from architect.model.naming import pascal_case, plural, snake_case
from architect.model.report import Finding
from architect.verify.applies import secured
from architect.verify.checks import Notes
from architect.verify.dynamic_grpc import Reply
from architect.verify.grpc_door import encoded, violated
from architect.verify.payloads import Body, needed, settable, wire_name
from architect.verify.scene import Scene

_BAD_PATHS: Final = ("no_such_field", "id", "owner_id", "a.b.c", "*.*", "", "'; DROP TABLE x; --")
_JUNK: Final = b"\xff\xff\xff\xffthis is no message"


async def grpc_operations(scene: Scene) -> list[Finding]:
    """Reflection lists a service for each entity, with its operations and transitions."""
    notes = Notes("grpc_operations", "serve every method of proto/, and enable reflection for it")
    client = scene.grpc.client
    for entity in scene.entities:
        name = f"{pascal_case(entity.name)}Service"
        found = [each for full, each in client.services.items() if full.rpartition(".")[2] == name]
        if notes.expect(
            holds=len(found) == 1 and ".v" in found[0].full_name,
            message=f"there is no versioned service {name}",
            where="gRPC reflection",
            seen=list(client.services),
        ):
            missing = _operations(entity) - set(found[0].methods_by_name)
            notes.expect(
                holds=not missing,
                message=f"it lacks {', '.join(sorted(missing))}",
                where=f"gRPC {found[0].full_name}",
                seen=sorted(found[0].methods_by_name),
            )
    return notes.findings


async def grpc_health(scene: Scene) -> list[Finding]:
    """Health says SERVING for the server and each service, and knows no other."""
    notes = Notes("grpc_health", "serve grpc.health.v1 for the server and every service")
    client = scene.grpc.client
    for name in ("", *client.services):
        said = await client.health(name)
        notes.expect(
            holds=said == "SERVING",
            message=f"health says {said}",
            where=f"gRPC health of {name or 'the server'}",
        )
    said = await client.health("no.such.Service")
    notes.expect(
        holds=said in ("NOT_FOUND", "SERVICE_UNKNOWN"),
        message=f"health of a service that does not exist says {said}",
        where="gRPC health",
    )
    return notes.findings


async def grpc_masks(scene: Scene) -> list[Finding]:
    """Without a mask what is set changes; ``*`` takes all; an unknown path is named and refused."""
    notes = Notes("grpc_masks", "change what the update mask names, and refuse paths that name nothing")
    token = scene.token()
    for entity in scene.entities:
        row = await scene.made(entity, token, door=scene.grpc)
        await _unmasked(scene, notes, entity, row, token)
        await _all_masked(scene, notes, entity, row, token)
        change = encoded(entity, scene.payloads.change(entity))
        sent: Body = {"id": row["id"], snake_case(entity.name): change}
        for path in _BAD_PATHS:
            method = f"Update{pascal_case(entity.name)}"
            refused = await scene.grpc.reply(entity, method, sent, token, (path,))
            notes.expect(
                holds=refused.code.name == "INVALID_ARGUMENT" and "update_mask" in violated(refused),
                message=f"the mask path {path!r} is not refused with update_mask named",
                where=f"gRPC update {entity.name}",
                seen=refused,
            )
    return notes.findings


async def _unmasked(scene: Scene, notes: Notes, entity: Entity, row: Body, token: str) -> None:
    change = scene.payloads.change(entity)
    sent: Body = {"id": row["id"], snake_case(entity.name): encoded(entity, change)}
    outcome = await scene.grpc.send(entity, f"Update{pascal_case(entity.name)}", sent, token)
    after = (await scene.grpc.get(entity, str(row["id"]), token)).body
    kept = row.keys() - change.keys() - {"version", "updated_at"}
    others = {name for name in kept if after.get(name) != row[name]}
    taken = all(after.get(name) == value for name, value in change.items())
    notes.expect(
        holds=outcome.verdict == "ok" and taken and not others,
        message="an update without a mask does not change exactly the fields that are set",
        where=f"gRPC update {entity.name}",
        seen=f"{outcome.seen}; sent {change}; changed too: {others}",
    )


async def _all_masked(scene: Scene, notes: Notes, entity: Entity, row: Body, token: str) -> None:
    fresh = await scene.body(entity, token, scene.grpc)
    whole = {name: value for name, value in fresh.items() if name in _always(entity)}
    sent: Body = {"id": row["id"], snake_case(entity.name): encoded(entity, whole)}
    outcome = await scene.grpc.send(entity, f"Update{pascal_case(entity.name)}", sent, token, ("*",))
    after = (await scene.grpc.get(entity, str(row["id"]), token)).body
    left = {name for name in fresh.keys() - whole.keys() if after.get(name) is not None}
    notes.expect(
        holds=outcome.verdict == "ok" and not left,
        message="the mask * does not clear the fields that are not set",
        where=f"gRPC update {entity.name}",
        seen=f"{outcome.seen}; left {left}",
    )


async def grpc_enums(scene: Scene) -> list[Finding]:
    """UNSPECIFIED and numbers that no choice has are refused where a choice is due."""
    notes = Notes("grpc_enums", "refuse 0 and unknown numbers of an enum")
    token, door = scene.token(), scene.grpc
    for entity in scene.entities:
        for field in settable(entity):
            if field.kind != "enum":
                continue
            for number in (0, 99):
                body = encoded(entity, await scene.body(entity, token, door))
                sent: Body = {snake_case(entity.name): {**body, wire_name(field): number}}
                reply = await door.reply(entity, f"Create{pascal_case(entity.name)}", sent, token)
                notes.expect(
                    holds=reply.code.name == "INVALID_ARGUMENT" and wire_name(field) in violated(reply),
                    message=f"the number {number} is not refused with the field named",
                    where=f"gRPC create {entity.name}.{field.name}",
                    seen=reply,
                )
    return notes.findings


async def grpc_statuses(scene: Scene) -> list[Finding]:
    """Each failure has its own code and details: ErrorInfo always, and what the code calls for."""
    notes = Notes("grpc_statuses", "map each error of the domain to one code, with google.rpc details")
    for label, code, detail, reply in await _failures(scene):
        told = reply.details.get("ErrorInfo", {})
        notes.expect(
            holds=reply.code.name == code
            and bool(told.get("reason"))
            and bool(told.get("domain"))
            and (not detail or detail in reply.details),
            message=f"{label} does not end in {code} with ErrorInfo{f' and {detail}' if detail else ''}",
            where="gRPC",
            seen=reply,
        )
    unknown = await scene.grpc.client.call_path("/no.such.Service/Method")
    notes.expect(
        holds=unknown.code.name == "UNIMPLEMENTED",
        message="a method that does not exist does not end in UNIMPLEMENTED",
        where="gRPC",
        seen=unknown,
    )
    return notes.findings


async def _failures(scene: Scene) -> list[tuple[str, str, str, Reply]]:
    door, token, entity = scene.grpc, scene.token(), scene.richest
    name, wire = pascal_case(entity.name), snake_case(entity.name)
    row = await scene.made(entity, token, door=door)
    key = str(row["id"])
    empty: Body = {wire: {}}
    stale: Body = {"id": key, "expected_version": 99, wire: encoded(entity, scene.payloads.change(entity))}
    get = scene.grpc.client.method(f"{name}Service", f"Get{name}")
    metadata = (("authorization", f"Bearer {token}"),) if token else ()
    found = [
        (
            "a missing row",
            "NOT_FOUND",
            "",
            await door.reply(entity, f"Get{name}", {"id": str(uuid4())}, token),
        ),
        (
            "an empty body",
            "INVALID_ARGUMENT",
            "BadRequest",
            await door.reply(entity, f"Create{name}", empty, token),
        ),
        (
            "an id that is none",
            "INVALID_ARGUMENT",
            "BadRequest",
            await door.reply(entity, f"Get{name}", {"id": "x"}, token),
        ),
        ("an old version", "ABORTED", "", await door.reply(entity, f"Update{name}", stale, token)),
        (
            "bytes that are no message",
            "INVALID_ARGUMENT",
            "",
            await door.client.call_raw(get, _JUNK, metadata=metadata),
        ),
    ]
    if secured(scene.subject):
        found.append(("no token", "UNAUTHENTICATED", "", await door.reply(entity, f"Get{name}", {"id": key})))
        poor = await door.reply(entity, f"Get{name}", {"id": key}, scene.token(rights=()))
        found.append(("no scope", "PERMISSION_DENIED", "", poor))
    for each in scene.entities:
        found += await _conflicts(scene, each, token)
    return found


async def _conflicts(scene: Scene, entity: Entity, token: str) -> list[tuple[str, str, str, Reply]]:
    door, name, wire = scene.grpc, pascal_case(entity.name), snake_case(entity.name)
    row = await scene.made(entity, token, door=door)
    found: list[tuple[str, str, str, Reply]] = []
    for field in settable(entity):
        if field.unique and field.kind != "reference":
            again = {**await scene.body(entity, token, door), wire_name(field): row[wire_name(field)]}
            reply = await door.reply(entity, f"Create{name}", {wire: encoded(entity, again)}, token)
            found.append((f"a {field.name} that is taken", "ALREADY_EXISTS", "", reply))
    if entity.states is not None:
        states = entity.states.value
        refused = next((each for each in states.transitions if states.initial not in each.sources), None)
        if refused is not None:
            reply = await door.reply(entity, f"{pascal_case(refused.name)}{name}", {"id": row["id"]}, token)
            label = f"{refused.name} from {states.initial}"
            found.append((label, "FAILED_PRECONDITION", "PreconditionFailure", reply))
    for parent in scene.entities:
        if parent.name in needed(entity) - {entity.name}:
            field_name = next(wire_name(each) for each in settable(entity) if each.references == parent.name)
            sent: Body = {"id": row[field_name]}
            reply = await door.reply(parent, f"Delete{pascal_case(parent.name)}", sent, token)
            label = f"deleting a {parent.name} that is referred to"
            found.append((label, "FAILED_PRECONDITION", "PreconditionFailure", reply))
    return found


async def same_rows(scene: Scene) -> list[Finding]:
    """What one door writes the other reads: rows, versions, states and refusals."""
    notes = Notes("same_rows", "let both entry points call the same services")
    token = scene.token()
    for entity in scene.entities:
        for writer, reader in ((scene.rest, scene.grpc), (scene.grpc, scene.rest)):
            row = await scene.made(entity, token, door=writer)
            key = str(row["id"])
            change = scene.payloads.change(entity)
            await writer.update(entity, key, change, token)
            mine = (await writer.get(entity, key, token)).body
            theirs = await reader.get(entity, key, token)
            differing = {
                name: (mine.get(name), theirs.body.get(name))
                for name in mine
                if not _alike(mine, theirs.body, name)
            }
            notes.expect(
                holds=theirs.verdict == "ok" and not differing,
                message=f"{reader.name} does not see what {writer.name} wrote",
                where=f"{reader.name} get {entity.name}",
                seen=differing or theirs.seen,
            )
            await reader.delete(entity, key, token)
            gone = await writer.get(entity, key, token)
            notes.expect(
                holds=gone.verdict == "missing",
                message=f"{writer.name} still shows what {reader.name} deleted",
                where=f"{writer.name} get {entity.name}",
                seen=gone.seen,
            )
    return notes.findings


async def grpc_request_id(scene: Scene) -> list[Finding]:
    """A harmless x-request-id comes back in the metadata and stands in the log, also when the call fails."""
    notes = Notes("grpc_request_id", "bind a request id before anything else, send it back, and log it")
    entity, token, client = scene.richest, scene.token(), scene.grpc.client
    method = client.method(f"{pascal_case(entity.name)}Service", f"List{pascal_case(plural(entity.name))}")
    for given, sent in (("kept", f"probe-{uuid4().hex}"), ("made", ""), ("replaced", "a b {c}")):
        for bearer in (token, "bad"):
            metadata = [("authorization", f"Bearer {bearer}")] + ([("x-request-id", sent)] if sent else [])
            reply = await client.call(method, {}, metadata=metadata)
            told = reply.metadata.get("x-request-id", "")
            notes.expect(
                holds=told == sent if given == "kept" else told not in ("", sent),
                message=f"the request id {sent!r} is answered by {told!r}",
                where=f"gRPC {method.name}",
                seen=reply.metadata,
            )
            notes.expect(
                holds=await scene.logged(told),
                message="the request id is not in the log",
                where=f"gRPC {method.name}",
                seen=scene.service.log.tail(3),
            )
    return notes.findings


def _operations(entity: Entity) -> set[str]:
    name = pascal_case(entity.name)
    found = {f"{verb}{name}" for verb in ("Create", "Get", "Update", "Delete")}
    found.add(f"List{pascal_case(plural(entity.name))}")
    if entity.states is not None:
        found |= {f"{pascal_case(each.name)}{name}" for each in entity.states.value.transitions}
    return found


def _always(entity: Entity) -> set[str]:
    return {wire_name(field) for field in settable(entity) if field.required}


def _alike(mine: Body, theirs: Body, name: str) -> bool:
    one, other = mine.get(name), theirs.get(name)
    if isinstance(one, str) and isinstance(other, str) and name.endswith("_at"):
        return one.rstrip("Z0").rstrip(".") == other.rstrip("Z0").rstrip(".")
    return one == other
