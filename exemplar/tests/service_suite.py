"""What every service must do, over a repository in memory."""

from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from uuid import uuid4

import pytest

from example import Example, caller
from memory import MemoryRepository
from quillwort.domain.errors import (
    ConcurrentChange,
    NotFound,
    PermissionDenied,
    TransitionRefused,
    VersionMismatch,
)
from quillwort.domain.values import Principal

NOW = datetime(2026, 3, 1, tzinfo=UTC)


class _Clock:
    """A clock that moves on by a second whenever it is read."""

    def __init__(self) -> None:
        self._now = NOW

    def __call__(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now


class _Service:
    """What the suites share."""

    example: ClassVar[Example]

    @pytest.fixture
    def repository(self) -> MemoryRepository:
        return MemoryRepository(self.example)

    @pytest.fixture
    def service(self, repository: MemoryRepository) -> Any:
        return self.example.service(repository, _Clock())

    @pytest.fixture
    def alice(self) -> Principal:
        return caller("alice", self.example)

    @pytest.fixture
    async def stored(self, service: Any, alice: Principal) -> Any:
        return await service.create(alice, self.inputs(1))

    def inputs(self, number: int) -> Any:
        return self.example.inputs(number, {name: uuid4() for name in self.example.references})

    def change(self) -> Any:
        return self.example.change(**self.example.other)


class ServiceSuite(_Service):
    """Rights, versions and absence."""

    async def test_what_is_made_can_be_read_and_listed(
        self, service: Any, alice: Principal, stored: Any
    ) -> None:
        assert await service.get(alice, stored.id) == stored
        assert (await service.list(alice, self.example.query())).items == (stored,)

    async def test_a_change_is_kept(self, service: Any, alice: Principal, stored: Any) -> None:
        changed = await service.update(alice, stored.id, self.change(), stored.version)
        assert changed.version == stored.version + 1
        assert changed.updated_at > stored.updated_at
        assert await service.get(alice, stored.id) == changed

    async def test_what_is_deleted_is_gone(
        self, service: Any, alice: Principal, stored: Any
    ) -> None:
        await service.delete(alice, stored.id, stored.version)
        with pytest.raises(NotFound):
            await service.get(alice, stored.id)

    async def test_another_version_than_expected_is_refused(
        self, service: Any, alice: Principal, stored: Any
    ) -> None:
        with pytest.raises(VersionMismatch):
            await service.update(alice, stored.id, self.change(), stored.version + 1)
        with pytest.raises(VersionMismatch):
            await service.delete(alice, stored.id, stored.version + 1)
        assert await service.get(alice, stored.id) == stored

    async def test_a_change_that_loses_a_race_says_so(
        self,
        service: Any,
        alice: Principal,
        stored: Any,
        repository: MemoryRepository,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        async def lost(*_: object) -> bool:
            return False

        monkeypatch.setattr(repository, "replace", lost)
        with pytest.raises(ConcurrentChange):
            await service.update(alice, stored.id, self.change(), None)

    async def test_what_does_not_exist_is_not_found(self, service: Any, alice: Principal) -> None:
        with pytest.raises(NotFound):
            await service.get(alice, uuid4())
        with pytest.raises(NotFound):
            await service.update(alice, uuid4(), self.change(), None)
        with pytest.raises(NotFound):
            await service.delete(alice, uuid4(), 1)

    async def test_reading_needs_a_scope_and_writing_another(
        self, service: Any, stored: Any
    ) -> None:
        read, write = self.example.access.everyday
        reader = Principal("alice", "alice", frozenset({read}))
        writer = Principal("alice", "alice", frozenset({write}))
        for call in (
            service.get(writer, stored.id),
            service.list(writer, self.example.query()),
            service.create(reader, self.inputs(2)),
            service.update(reader, stored.id, self.change(), None),
            service.delete(reader, stored.id, None),
        ):
            with pytest.raises(PermissionDenied):
                await call
        assert await service.get(reader, stored.id) == stored


class OwnershipSuite(_Service):
    """Rows of somebody else."""

    async def test_rows_of_another_owner_are_not_found(self, service: Any, stored: Any) -> None:
        bob = caller("bob", self.example)
        assert (await service.list(bob, self.example.query())).items == ()
        for call in (
            service.get(bob, stored.id),
            service.update(bob, stored.id, self.change(), None),
            service.delete(bob, stored.id, None),
        ):
            with pytest.raises(NotFound):
                await call

    async def test_an_administrator_reaches_everybodys_rows(
        self, service: Any, stored: Any
    ) -> None:
        scope = f"{self.example.plural}:admin"
        root = Principal("root", "root", frozenset({scope}))
        assert await service.get(root, stored.id) == stored
        changed = await service.update(root, stored.id, self.change(), None)
        assert changed.owner_id == "alice"
        await service.delete(root, stored.id, None)


class TransitionSuite(_Service):
    """States."""

    async def test_a_transition_leads_where_it_says_or_is_refused(
        self, service: Any, alice: Principal
    ) -> None:
        for number, walk in enumerate(self.example.walks, 1):
            entity = await service.create(alice, self.inputs(number))
            for step in walk.path:
                entity = await getattr(service, step)(alice, entity.id, entity.version)
            move = getattr(service, walk.transition)
            if walk.status is None:
                with pytest.raises(TransitionRefused):
                    await move(alice, entity.id, None)
            else:
                moved = await move(alice, entity.id, None)
                assert (moved.status, moved.version) == (walk.status, entity.version + 1)

    async def test_a_transition_needs_the_expected_version_and_the_right(
        self, service: Any, stored: Any
    ) -> None:
        read, write = self.example.access.everyday
        for walk in self.example.walks:
            move = getattr(service, walk.transition)
            with pytest.raises(PermissionDenied):
                await move(Principal("alice", "alice", frozenset({read})), stored.id, None)
            with pytest.raises(VersionMismatch):
                await move(Principal("alice", "alice", frozenset({write})), stored.id, 7)
