"""What the service of every entity does; classes of tests, run for each of them."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import grpc
import pytest

from grpc_asking import Suite, at_fault, code, faults, precondition, written
from grpc_list_suite import ListSuite
from grpc_resource import Caller
from grpc_serving import bearer

SERVER_ONLY = ("id", "owner_id", "version", "created_at", "updated_at", "status")


class ResourceSuite(ListSuite):
    """What every service does."""

    async def test_what_is_made_can_be_read(self, alice: Caller) -> None:
        example = await alice.example()

        made = await alice.create(example)
        read = await alice.get(made.id)

        assert read == made
        assert written(example).items() <= written(made).items()
        assert made.version == 1
        assert made.created_at == made.updated_at

    async def test_what_is_left_out_has_its_default_or_none(self, alice: Caller) -> None:
        example = await alice.example()
        for name in {*self.resource.defaults, *self.resource.nullable}:
            example.ClearField(name)

        made = written(await alice.create(example))

        assert self.resource.defaults.items() <= made.items()
        assert not made.keys() & set(self.resource.nullable)

    async def test_every_missing_field_is_named(self, alice: Caller) -> None:
        fields = await faults(alice.create(alice.message()))

        assert fields == {f"{self.resource.field}.{name}" for name in self.resource.required}

    async def test_every_wrong_field_is_named(self, alice: Caller) -> None:
        made = await alice.make()
        names = list(self.resource.wrong)

        fields = await faults(alice.update(made.id, alice.message(**self.resource.wrong), names))

        assert fields == {f"{self.resource.field}.{name}" for name in names}

    async def test_a_caller_cannot_write_what_the_service_writes(
        self, alice: Caller, bob: Caller
    ) -> None:
        theirs = await bob.make(2)
        for walk in self.resource.walks[:1]:
            theirs = await bob.move(walk.transition, theirs.id)
        example = await alice.example()
        plain = written(await alice.create(example))
        await alice.delete(plain["id"])
        for name in SERVER_ONLY:
            _copy(theirs, example, name)
        example.version = 99

        made = await alice.create(example)
        changed = await alice.update(made.id, example)

        assert theirs.id != made.id == changed.id
        assert (made.version, changed.version) == (1, 2)
        assert theirs.created_at != made.created_at == changed.created_at
        for name in ("owner_id", "status"):
            assert written(made).get(name) == written(changed).get(name) == plain.get(name)
        assert await bob.get(theirs.id) == theirs

    @pytest.mark.parametrize("path", [*SERVER_ONLY, "nonsense", "id.nonsense", ""])
    async def test_a_mask_names_what_a_caller_may_change(self, alice: Caller, path: str) -> None:
        made = await alice.make()

        assert await at_fault(alice.update(made.id, made, [path])) == {"update_mask"}
        assert await alice.get(made.id) == made

    async def test_what_the_mask_leaves_out_stays(self, alice: Caller) -> None:
        made = await alice.make(1)
        other = await alice.example(2)
        names = sorted(written(other))

        for number, name in enumerate(names, start=2):
            changed = await alice.update(made.id, other, [name])
            assert changed.version == number

        expected = written(made) | written(other)
        assert _without_history(written(changed)) == _without_history(expected)

    async def test_only_the_named_field_changes(self, alice: Caller) -> None:
        made = await alice.make(1)
        other = await alice.example(2)
        name = next(iter([*self.resource.unique, *sorted(written(other))]))

        changed = await alice.update(made.id, other, [name])

        expected = written(made) | {name: written(other)[name]}
        assert _without_history(written(changed)) == _without_history(expected)

    async def test_a_named_field_without_a_value_is_cleared(self, alice: Caller) -> None:
        made = await alice.make()
        for name in self.resource.nullable:
            before = written(await alice.get(made.id))

            after = written(await alice.update(made.id, alice.message(), [name]))

            assert name in before
            assert _without_history(after) == _without_history(
                {key: value for key, value in before.items() if key != name}
            )

    async def test_without_a_mask_the_fields_with_a_value_change(self, alice: Caller) -> None:
        made = await alice.make(1)
        other = await alice.example(2)
        for name in self.resource.nullable:
            other.ClearField(name)

        changed = await alice.update(made.id, other)

        expected = written(made) | written(other)
        assert _without_history(written(changed)) == _without_history(expected)

    async def test_a_star_changes_everything(self, alice: Caller) -> None:
        made = await alice.make(1)
        other = await alice.example(2)
        for name in self.resource.nullable:
            other.ClearField(name)

        changed = written(await alice.update(made.id, other, ["*"]))

        assert written(other).items() <= changed.items()
        assert not changed.keys() & set(self.resource.nullable)

    async def test_a_version_that_is_not_the_stored_one_aborts(self, alice: Caller) -> None:
        made = await alice.make()
        moves: list[Callable[[int], Awaitable[Any]]] = [
            lambda version: alice.update(made.id, made, expected_version=version),
            lambda version: alice.delete(made.id, expected_version=version),
            *(
                lambda version, name=walk.transition: alice.move(
                    name, made.id, expected_version=version
                )
                for walk in self.resource.walks
                if not walk.path
            ),
        ]

        for move in moves:
            assert await code(move(2)) is grpc.StatusCode.ABORTED

        assert await alice.get(made.id) == made
        assert (await alice.update(made.id, made, expected_version=1)).version == 2
        await alice.delete(made.id, expected_version=2)

    async def test_what_is_deleted_is_gone(self, alice: Caller) -> None:
        made = await alice.make()

        await alice.delete(made.id)

        assert await code(alice.get(made.id)) is grpc.StatusCode.NOT_FOUND
        assert await code(alice.delete(made.id)) is grpc.StatusCode.NOT_FOUND
        assert await alice.listed() == []

    async def test_every_call_needs_its_scope(
        self, alice: Caller, channel: grpc.aio.Channel
    ) -> None:
        made = await alice.make()
        name = alice.metadata[0][1].split()[1]
        reader = Caller(self.resource, channel, bearer(name, f"{self.resource.items}:read"))
        writer = Caller(self.resource, channel, bearer(name, f"{self.resource.items}:write"))

        for call in (
            writer.get(made.id),
            writer.page(),
            reader.create(made),
            reader.update(made.id, made),
            reader.delete(made.id),
            *(reader.move(walk.transition, made.id) for walk in self.resource.walks),
        ):
            assert await code(call) is grpc.StatusCode.PERMISSION_DENIED

    @pytest.mark.parametrize("identity", ["", "x", "{01890a5d-ac96-774b-bcce-b302099a8057}"])
    async def test_an_id_that_is_none_is_a_bad_request(self, alice: Caller, identity: str) -> None:
        for call in (
            alice.get(identity),
            alice.update(identity, alice.message()),
            alice.delete(identity),
            *(alice.move(walk.transition, identity) for walk in self.resource.walks),
        ):
            assert await at_fault(call) == {"id"}

    async def test_a_unique_value_is_taken_once(self, alice: Caller) -> None:
        made = await alice.make(1)
        for name in self.resource.unique:
            other = await alice.example(2)
            _copy(made, other, name)
            assert await code(alice.create(other)) is grpc.StatusCode.ALREADY_EXISTS

    async def test_a_reference_leads_to_something(self, alice: Caller) -> None:
        for name in self.resource.dangling:
            example = await alice.example()
            setattr(example, name, str(uuid4()))
            assert await precondition(alice.create(example)) == {name}

    async def test_what_is_referred_to_stays(self, alice: Caller) -> None:
        made = await alice.make()

        for name, target in self.resource.references.items():
            identity = getattr(made, name)
            call = alice.of(target).delete(identity)
            assert await code(call) is grpc.StatusCode.FAILED_PRECONDITION
            assert (await alice.of(target).get(identity)).id == identity

    async def test_transitions_lead_where_they_say(self, alice: Caller) -> None:
        for number, walk in enumerate(self.resource.walks):
            made = await alice.make(number)
            await alice.walk(made.id, walk.path)

            moved = await alice.move(walk.transition, made.id)

            assert moved.status == walk.status
            assert moved.version == len(walk.path) + 2
            assert await alice.get(made.id) == moved

    async def test_other_transitions_are_refused(self, alice: Caller) -> None:
        for number, refusal in enumerate(self.resource.refusals):
            made = await alice.make(number)
            await alice.walk(made.id, refusal.path)
            before = await alice.get(made.id)

            subjects = await precondition(alice.move(refusal.transition, made.id))

            assert {subject.replace("_", "") for subject in subjects} == {
                refusal.transition.lower()
            }
            assert await alice.get(made.id) == before


class OwnershipSuite(Suite):
    """What a service of owned things does besides."""

    async def test_the_owner_is_who_made_it(self, alice: Caller) -> None:
        made = await alice.make()

        assert made.owner_id == alice.metadata[0][1].split()[1]

    async def test_anothers_is_not_found(self, alice: Caller, bob: Caller) -> None:
        made = await alice.make()

        for call in (
            bob.get(made.id),
            bob.update(made.id, made),
            bob.delete(made.id),
            *(bob.move(walk.transition, made.id) for walk in self.resource.walks),
        ):
            assert await code(call) is grpc.StatusCode.NOT_FOUND

        assert await bob.listed() == []
        assert await alice.get(made.id) == made

    async def test_an_administrator_reaches_everybodys(
        self, alice: Caller, bob: Caller, channel: grpc.aio.Channel
    ) -> None:
        made = [await alice.make(), await bob.make()]
        admin = Caller(self.resource, channel, bearer("root", f"{self.resource.items}:admin"))

        assert [(await admin.get(one.id)) for one in made] == made

    async def test_what_is_unique_is_so_among_one_owners(self, alice: Caller, bob: Caller) -> None:
        assert (await alice.make(1)).version == (await bob.make(1)).version == 1

    async def test_a_reference_does_not_lead_to_anothers(self, alice: Caller, bob: Caller) -> None:
        for name in self.resource.confined:
            example = await alice.example()
            setattr(example, name, (await bob.of(self.resource.references[name]).make()).id)
            assert await precondition(alice.create(example)) == {name}


def _copy(source: Any, target: Any, name: str) -> None:
    # Not every resource has every field.
    if name not in source.DESCRIPTOR.fields_by_name:
        return
    copied = type(source)()
    copied.CopyFrom(source)
    for field, _ in source.ListFields():
        if field.name != name:
            copied.ClearField(field.name)
    target.MergeFrom(copied)


def _without_history(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in {"version", "updated_at"}}
