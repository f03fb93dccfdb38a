"""What every entity must keep of itself, whoever stores or serves it."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from example import Example, caller
from quillwort.domain.errors import InvalidInput

NOW = datetime(2026, 3, 1, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


class DomainSuite:
    """Rules, defaults, changes and transitions of `example`."""

    example: ClassVar[Example]

    @pytest.fixture
    def links(self) -> dict[str, UUID]:
        return {field: uuid4() for field in self.example.references}

    @pytest.fixture
    def entity(self, links: dict[str, UUID]) -> Any:
        return self.example.made(1, links, caller("alice", self.example), NOW)

    def test_one_that_is_made_has_what_was_said_and_a_first_version(
        self, entity: Any, links: dict[str, UUID]
    ) -> None:
        said = self.example.values(1) | links
        assert {field: getattr(entity, field) for field in said} == said
        assert (entity.version, entity.created_at, entity.updated_at) == (1, NOW, NOW)

    def test_what_is_not_said_has_its_default_or_is_null(self, links: dict[str, UUID]) -> None:
        said = self.example.values(1) | links
        least = self.example.new(**{name: said[name] for name in self.example.required})
        expected = dict(self.example.defaults) | dict.fromkeys(self.example.nullable)
        assert {field: getattr(least, field) for field in expected} == expected

    def test_each_broken_rule_is_named(self, links: dict[str, UUID]) -> None:
        for field, value in self.example.broken.items():
            with pytest.raises(InvalidInput) as caught:
                self.example.new(**self.example.values(1) | links | {field: value})
            assert [error.field for error in caught.value.errors] == [field]
            with pytest.raises(InvalidInput):
                self.example.change(**{field: value})

    def test_all_broken_rules_are_named_at_once(self, links: dict[str, UUID]) -> None:
        named: set[str] = set()
        try:
            self.example.new(**self.example.values(1) | links | self.example.broken)
        except InvalidInput as error:
            named = {one.field for one in error.errors}
        assert named == set(self.example.broken)

    def test_null_is_for_nullable_fields_alone(self) -> None:
        for field in self.example.other:
            if field in self.example.nullable:
                assert getattr(self.example.change(**{field: None}), field) is None
            else:
                with pytest.raises(InvalidInput):
                    self.example.change(**{field: None})

    def test_a_change_sets_what_it_names_and_keeps_the_rest(self, entity: Any) -> None:
        other = sorted(self.example.other)

        @given(named=st.sets(st.sampled_from(other) if other else st.nothing()))
        def holds(named: set[str]) -> None:
            said = {name: self.example.other[name] for name in named}
            changed = entity.changed(self.example.change(**said), LATER)
            kept = {field.name for field in fields(entity)} - named - {"version", "updated_at"}
            assert {name: getattr(changed, name) for name in named} == said
            assert all(getattr(changed, name) == getattr(entity, name) for name in kept)
            assert (changed.version, changed.updated_at) == (2, LATER)

        holds()

    def test_lists_have_bounds_and_offered_sorts(self) -> None:
        for bad in ({"limit": 0}, {"limit": 101}, {"sort": "nothing"}, {"sort": "--created_at"}):
            with pytest.raises(InvalidInput) as caught:
                self.example.query(**bad)
            assert [error.field for error in caught.value.errors] == list(bad)
        for sort in self.example.sorts:
            assert self.example.query(sort=f"-{sort}").limit == 20
