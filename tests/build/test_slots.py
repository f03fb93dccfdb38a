import pytest

from architect.build.contributions.packaging import Dependency, DevelopmentDependency
from architect.build.slots import Slots


def test_contributions_come_sorted_by_key_whoever_makes_them():
    slots = Slots(
        [
            ("redis", Dependency("redis>=6")),
            ("core", Dependency("pydantic-settings>=2")),
            ("core", Dependency("pydantic>=2")),
        ]
    )
    assert [entry.requirement for entry in slots.of(Dependency)] == [
        "pydantic>=2",
        "pydantic-settings>=2",
        "redis>=6",
    ]


def test_a_slot_filled_twice_names_both_blocks():
    with pytest.raises(ValueError, match="Dependency 'redis' is filled by cache and by limits"):
        Slots([("cache", Dependency("redis>=6")), ("limits", Dependency("redis>=7"))])


def test_a_key_is_taken_for_its_own_type_alone():
    slots = Slots([("core", Dependency("redis")), ("core", DevelopmentDependency("redis"))])
    assert len(slots.of(Dependency)) == len(slots.of(DevelopmentDependency)) == 1


def test_nothing_contributed_is_nothing_found():
    assert Slots([]).of(Dependency) == ()
