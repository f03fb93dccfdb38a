"""What does not fit what is stored, behind either door: versions, states, unique values, references."""

import asyncio
from itertools import product
from typing import Final

from architect.model.entity import Entity, States
from architect.verify.payloads import needed, settable, wire_name
from architect.verify.probes.look import Look

_NOWHERE: Final = "00000000-0000-7000-8000-00000000dead"
_AT_ONCE: Final = 6
_ROUNDS: Final = 3
"""How often changes race: on a busy machine they may come one after another, and nothing be lost."""


async def versions(look: Look) -> None:
    """A change that expects another version than the stored one is refused, and so are late ones."""
    scene, door, notes = look.scene, look.door, look.notes
    token = scene.token()
    for entity in scene.entities:
        row = await look.made(entity, token)
        key, version = str(row["id"]), int(str(row["version"]))
        change = scene.payloads.change(entity)
        where = f"{door.name} {entity.name}"
        look.ok(
            await door.update(entity, key, change, token, version), f"update {entity.name} at its version"
        )
        attempts = {
            "update": door.update(entity, key, change, token, version),
            "delete": door.delete(entity, key, token, version),
        }
        if entity.states is not None:
            name = entity.states.value.transitions[0].name
            attempts[name] = door.move(entity, key, name, token, version)
        for what, attempt in attempts.items():
            outcome = await attempt
            notes.expect(
                holds=outcome.verdict == "stale",
                message=f"{what} at a version that is no more is not refused as stale",
                where=where,
                seen=outcome.seen,
            )


async def races(look: Look) -> None:
    """Of changes made at once from one version one wins; without a version none is lost."""
    scene, door, notes = look.scene, look.door, look.notes
    token = scene.token()
    for entity, _ in product(scene.entities, range(_ROUNDS)):
        row = await look.made(entity, token)
        key, version = str(row["id"]), int(str(row["version"]))
        where = f"{door.name} update {entity.name}"
        changes = [scene.payloads.change(entity) for _ in range(_AT_ONCE)]
        ended = await asyncio.gather(
            *(door.update(entity, key, change, token, version) for change in changes)
        )
        won = [outcome for outcome in ended if outcome.verdict == "ok"]
        lost = [outcome for outcome in ended if outcome.verdict in ("stale", "conflict")]
        notes.expect(
            holds=len(won) == 1 and len(lost) == _AT_ONCE - 1,
            message=f"of {_AT_ONCE} updates at once from one version {len(won)} win",
            where=where,
            seen=[outcome.status for outcome in ended],
        )
        ended = await asyncio.gather(*(door.update(entity, key, change, token) for change in changes))
        won = [outcome for outcome in ended if outcome.verdict == "ok"]
        after = await door.get(entity, key, token)
        expected = version + 1 + len(won)
        notes.expect(
            holds=after.body.get("version") == expected and bool(won),
            message=f"{len(won)} updates at once were answered as done, and the version went from "
            f"{version + 1} to {after.body.get('version')}",
            where=where,
            seen=[outcome.status for outcome in ended],
        )


async def transitions(look: Look) -> None:
    """A transition is taken from its sources and refused from other states; one of many at once wins."""
    scene, door, notes = look.scene, look.door, look.notes
    token = scene.token()
    for entity in scene.entities:
        if entity.states is None:
            continue
        states = entity.states.value
        for state, steps in reached(states).items():
            for transition in states.transitions:
                row = await look.made(entity, token)
                key = str(row["id"])
                for step in steps:
                    await door.move(entity, key, step, token)
                outcome = await door.move(entity, key, transition.name, token)
                after = await door.get(entity, key, token)
                allowed = state in transition.sources
                holds = (
                    outcome.verdict == "ok"
                    and outcome.body.get("status") == transition.target == after.body.get("status")
                    if allowed
                    else outcome.verdict == "conflict" and after.body.get("status") == state
                )
                notes.expect(
                    holds=holds,
                    message=f"{transition.name} from {state} is not {'done' if allowed else 'a conflict'}",
                    where=f"{door.name} {transition.name} {entity.name}",
                    seen=f"{outcome.seen}; afterwards {after.body.get('status')}",
                )
        await _one_transition(look, entity, states, token)


async def uniqueness(look: Look) -> None:
    """A unique value is taken once, also by an update, also when several ask at the same moment."""
    scene, door, notes = look.scene, look.door, look.notes
    token = scene.token()
    for entity in scene.entities:
        for field in settable(entity):
            if not field.unique or field.kind == "reference":
                continue
            name = wire_name(field)
            where = f"{door.name} {entity.name}.{name}"
            first = await look.made(entity, token)
            second = await look.made(entity, token)
            again = await door.create(entity, {**await look.body(entity, token), name: first[name]}, token)
            moved = await door.update(entity, str(second["id"]), {name: first[name]}, token)
            for what, outcome in (("create", again), ("update", moved)):
                notes.expect(
                    holds=outcome.verdict == "conflict",
                    message=f"{what} with a value that is taken is not refused as a conflict",
                    where=where,
                    seen=outcome.seen,
                )
            bodies = [await look.body(entity, token) for _ in range(_AT_ONCE)]
            same = [{**body, name: bodies[0][name]} for body in bodies]
            ended = await asyncio.gather(*(door.create(entity, body, token) for body in same))
            verdicts = sorted(outcome.verdict for outcome in ended)
            notes.expect(
                holds=verdicts == ["conflict"] * (_AT_ONCE - 1) + ["ok"],
                message=f"{_AT_ONCE} creations at once with one value do not end with one row",
                where=where,
                seen=[outcome.status for outcome in ended],
            )


async def references(look: Look) -> None:
    """A reference names a row that exists, and that row stays as long as it is referred to."""
    scene, door, notes = look.scene, look.door, look.notes
    token = scene.token()
    for entity in scene.entities:
        by_name = {each.name: each for each in scene.entities}
        for name in sorted(needed(entity) - {entity.name}):
            field = next(wire_name(each) for each in settable(entity) if each.references == name)
            where = f"{door.name} {entity.name}.{field}"
            dangling = await door.create(entity, {**await look.body(entity, token), field: _NOWHERE}, token)
            notes.expect(
                holds=dangling.verdict in ("invalid", "conflict", "missing"),
                message="a reference to nothing is not refused",
                where=where,
                seen=dangling.seen,
            )
            parent = await look.made(by_name[name], token)
            child = await look.made(entity, token, **{field: parent["id"]})
            held = await door.delete(by_name[name], str(parent["id"]), token)
            notes.expect(
                holds=held.verdict == "conflict",
                message=f"a {name} that is referred to can be deleted",
                where=where,
                seen=held.seen,
            )
            await door.delete(entity, str(child["id"]), token)
            look.ok(await door.delete(by_name[name], str(parent["id"]), token), f"delete {name} afterwards")


def reached(states: States) -> dict[str, tuple[str, ...]]:
    """Return the shortest way of transitions to each state that can be reached."""
    ways: dict[str, tuple[str, ...]] = {states.initial: ()}
    frontier = [states.initial]
    while frontier:
        state = frontier.pop(0)
        for transition in states.transitions:
            if state in transition.sources and transition.target not in ways:
                ways[transition.target] = (*ways[state], transition.name)
                frontier.append(transition.target)
    return ways


async def _one_transition(look: Look, entity: Entity, states: States, token: str) -> None:
    move = next(
        (t for t in states.transitions if states.initial in t.sources and t.target not in t.sources), None
    )
    if move is None:
        return
    key = str((await look.made(entity, token))["id"])
    ended = await asyncio.gather(*(look.door.move(entity, key, move.name, token) for _ in range(_AT_ONCE)))
    won = [outcome for outcome in ended if outcome.verdict == "ok"]
    look.notes.expect(
        holds=len(won) == 1 and all(each.verdict in ("ok", "stale", "conflict") for each in ended),
        message=f"of {_AT_ONCE} {move.name} at once {len(won)} are done",
        where=f"{look.door.name} {move.name} {entity.name}",
        seen=[outcome.status for outcome in ended],
    )
