"""In which order decisions are made."""

from collections.abc import Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter

from architect.design.rule import DECISIONS, Rule


@cache
def in_order() -> tuple[tuple[str, Rule], ...]:
    """Return all rules in the order in which they are decided."""
    return ordered(DECISIONS.items())


def ordered(rules: Mapping[str, Rule]) -> tuple[tuple[str, Rule], ...]:
    """Return rules so that each comes after those that it reads; the most read first, then by name.

    Raises:
        ValueError: a rule reads one that does not exist, or rules read one another in a circle.
    """
    for name, rule in rules.items():
        for read in rule.reads:
            if read not in rules:
                message = f"decision {name!r} reads {read!r}, which does not exist"
                raise ValueError(message)
    readers = {name: sum(name in rule.reads for rule in rules.values()) for name in rules}
    sorter = TopologicalSorter({name: rule.reads for name, rule in rules.items()})
    try:
        sorter.prepare()
    except CycleError as error:
        message = f"decisions read one another in a circle: {' -> '.join(error.args[1])}"
        raise ValueError(message) from None
    names: list[str] = []
    ready: list[str] = []
    while sorter.is_active():
        ready = sorted({*ready, *sorter.get_ready()}, key=lambda name: (-readers[name], name))
        names.append(ready.pop(0))
        sorter.done(names[-1])
    return tuple((name, rules[name]) for name in names)
