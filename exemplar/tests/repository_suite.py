"""What every repository must do, whatever it stores in."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID, uuid4

import pytest

from example import Example, caller
from memory import MemoryRepository
from quillwort.adapters.postgresql.database import Database
from quillwort.adapters.postgresql.settings import DatabaseSettings
from quillwort.domain.errors import AlreadyExists, InvalidInput, ReferenceMissing, StillReferenced

NOW = datetime(2026, 3, 1, tzinfo=UTC)


class _Store:
    """Repositories of an example and of what it refers to."""

    def __init__(self, repositories: dict[str, Any]) -> None:
        self._repositories = repositories
        self._count = 0

    def of(self, example: Example) -> Any:
        """Return the repository of that entity."""
        return self._repositories[example.kind]

    async def links(self, example: Example, owner: str = "alice") -> dict[str, UUID]:
        """Keep something for each reference and return the ids."""
        return {
            field: (await self.keep(target, owner)).id
            for field, target in example.references.items()
        }

    async def keep(self, example: Example, /, owner: str = "alice", **changes: object) -> Any:
        """Keep one more, made a second after the last."""
        self._count += 1
        moment = NOW + timedelta(seconds=self._count)
        links = await self.links(example, owner)
        entity = example.made(self._count, links, caller(owner, example), moment)
        if changes:
            entity = entity.changed(example.change(**changes), moment)
        await self.of(example).add(entity)
        return entity


def _kinds(example: Example) -> dict[str, Example]:
    found = {example.kind: example}
    for target in example.references.values():
        found |= _kinds(target)
    return found


def _memory(example: Example) -> dict[str, Any]:
    made: dict[str, Any] = {}

    def make(one: Example) -> MemoryRepository:
        if one.kind not in made:
            targets = {field: make(target) for field, target in one.references.items()}
            made[one.kind] = MemoryRepository(one, targets)
        return made[one.kind]

    make(example)
    return made


class RepositorySuite:
    """Keeping, finding, replacing, forgetting; the same of each adapter."""

    example: ClassVar[Example]

    @pytest.fixture(params=["memory", "postgresql"])
    async def store(self, request: pytest.FixtureRequest) -> AsyncIterator[_Store]:
        if request.param == "memory":
            yield _Store(_memory(self.example))
            return
        url = request.getfixturevalue("database_url")
        async with Database(url, DatabaseSettings(pool_size=2)) as database:
            kinds = _kinds(self.example).values()
            yield _Store({kind.kind: kind.repository(database) for kind in kinds})

    @pytest.fixture
    def repository(self, store: _Store) -> Any:
        return store.of(self.example)

    async def page(self, repository: Any, /, owner: str = "alice", **query: object) -> Any:
        asked = self.example.query(**query)
        return await repository.list(asked, **self.example.reach(owner))

    async def test_what_is_kept_is_found_as_it_was(self, store: _Store, repository: Any) -> None:
        entity = await store.keep(self.example)
        assert await repository.get(entity.id, **self.example.reach("alice")) == entity
        assert (await self.page(repository)).items == (entity,)

    async def test_null_is_kept_as_null(self, store: _Store, repository: Any) -> None:
        entity = await store.keep(self.example, **dict.fromkeys(self.example.nullable))
        assert await repository.get(entity.id, **self.example.reach("alice")) == entity

    async def test_what_was_never_kept_is_none(self, repository: Any) -> None:
        reach = self.example.reach("alice")
        assert await repository.get(uuid4(), **reach) is None
        assert not await repository.remove(uuid4(), expected_version=None, **reach)

    async def test_only_the_expected_version_is_replaced(
        self, store: _Store, repository: Any
    ) -> None:
        entity = await store.keep(self.example)
        later = entity.changed(self.example.change(**self.example.other), NOW)
        assert not await repository.replace(later, later.version)
        assert await repository.replace(later, entity.version)
        assert not await repository.replace(later, entity.version)
        assert await repository.get(entity.id, **self.example.reach("alice")) == later

    async def test_only_the_expected_version_is_forgotten(
        self, store: _Store, repository: Any
    ) -> None:
        entity = await store.keep(self.example)
        reach = self.example.reach("alice")
        assert not await repository.remove(entity.id, expected_version=7, **reach)
        assert await repository.remove(entity.id, expected_version=1, **reach)
        assert await repository.get(entity.id, **reach) is None

    async def test_unique_values_are_taken_once(self, store: _Store, repository: Any) -> None:
        first = await store.keep(self.example)
        second = await store.keep(self.example)
        for field in self.example.unique:
            taken = {field: getattr(first, field)}
            with pytest.raises(AlreadyExists) as caught:
                await store.keep(self.example, **taken)
            assert caught.value.field == field
            changed = second.changed(self.example.change(**taken), NOW)
            with pytest.raises(AlreadyExists):
                await repository.replace(changed, second.version)

    async def test_references_must_exist(self, store: _Store, repository: Any) -> None:
        entity = await store.keep(self.example)
        for field in self.example.references:
            with pytest.raises(ReferenceMissing) as caught:
                await store.keep(self.example, **{field: uuid4()})
            assert caught.value.field == field
            dangling = entity.changed(self.example.change(**{field: uuid4()}), NOW)
            with pytest.raises(ReferenceMissing):
                await repository.replace(dangling, entity.version)

    async def test_each_filter_finds_what_it_should(self, store: _Store, repository: Any) -> None:
        found = await store.keep(self.example)
        await store.keep(self.example, **self.example.other)
        for name, comparison in self.example.filters.items():
            value = getattr(found, comparison.field)
            items = (await self.page(repository, **{name: value})).items
            assert found in items
            other = self.example.other.get(comparison.field, value)
            for item in items:
                assert _holds(comparison.bound, getattr(item, comparison.field), value)
            if comparison.bound == "equal" and other != value:
                assert items == (found,)

    async def test_every_sort_gives_every_row_once_page_by_page(
        self, store: _Store, repository: Any
    ) -> None:
        kept = [await store.keep(self.example) for _ in range(3)]
        kept.append(await store.keep(self.example, **self.example.other))
        kept.append(await store.keep(self.example, **dict.fromkeys(self.example.nullable)))
        for name in self.example.sorts:
            ascending = await self._all(repository, name)
            assert await self._all(repository, f"-{name}") == ascending[::-1]
            assert sorted(item.id for item in ascending) == sorted(item.id for item in kept)
            values = [getattr(item, name) for item in ascending]
            known = [value for value in values if value is not None]
            assert known == sorted(known)
            assert values[: len(known)] == known

    async def _all(self, repository: Any, sort: str) -> list[Any]:
        items: list[Any] = []
        cursor = None
        while True:
            page = await self.page(repository, sort=sort, limit=2, cursor=cursor)
            items.extend(page.items)
            cursor = page.next_cursor
            if cursor is None:
                return items
            assert len(page.items) == 2

    async def test_a_cursor_of_another_sort_is_refused(
        self, store: _Store, repository: Any
    ) -> None:
        for _ in range(2):
            await store.keep(self.example)
        cursor = (await self.page(repository, limit=1)).next_cursor
        for wrong in (cursor, "x", "e30", "WzFd"):
            with pytest.raises(InvalidInput) as caught:
                await self.page(repository, sort="created_at", cursor=wrong)
            assert [error.field for error in caught.value.errors] == ["cursor"]


class OwnedRepositorySuite(RepositorySuite):
    """The same, and every owner alone."""

    async def test_owners_do_not_see_each_others_rows(self, store: _Store, repository: Any) -> None:
        entity = await store.keep(self.example, owner="alice")
        assert await repository.get(entity.id, owner="bob") is None
        assert (await self.page(repository, owner="bob")).items == ()
        assert not await repository.remove(entity.id, owner="bob", expected_version=None)
        assert await repository.get(entity.id, owner=None) == entity

    async def test_no_owner_means_everybody(self, store: _Store, repository: Any) -> None:
        kept = [await store.keep(self.example, owner=name) for name in ("alice", "bob")]
        page = await repository.list(self.example.query(sort="created_at"), owner=None)
        assert list(page.items) == kept

    async def test_a_unique_value_is_unique_for_each_owner(self, store: _Store) -> None:
        first = await store.keep(self.example, owner="alice")
        for field in set(self.example.unique) - self.example.references.keys():
            await store.keep(self.example, owner="bob", **{field: getattr(first, field)})

    async def test_references_stay_with_their_owner(self, store: _Store) -> None:
        foreign = await store.links(self.example, owner="bob")
        for field in self.example.confined:
            with pytest.raises(ReferenceMissing):
                await store.keep(self.example, owner="alice", **{field: foreign[field]})


class ReferencedSuite:
    """What is referred to stays; known to the database alone."""

    example: ClassVar[Example]

    async def test_what_is_referred_to_cannot_be_forgotten(self, database_url: str) -> None:
        async with Database(database_url, DatabaseSettings(pool_size=2)) as database:
            kinds = _kinds(self.example).values()
            store = _Store({kind.kind: kind.repository(database) for kind in kinds})
            entity = await store.keep(self.example)
            for field, target in self.example.references.items():
                key = getattr(entity, field)
                with pytest.raises(StillReferenced):
                    await store.of(target).remove(
                        key, expected_version=None, **target.reach("alice")
                    )


def _holds(bound: str, value: Any, asked: Any) -> bool:
    return bool({"equal": value == asked, "lower": value >= asked, "upper": value <= asked}[bound])
