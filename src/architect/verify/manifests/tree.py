"""Reaching into parsed YAML without guessing: every step says what it expects."""

from collections.abc import Iterator
from pathlib import Path

import yaml

from architect.model.plain import Plain

Object = dict[str, Plain]


def mapping(value: Plain) -> Object:
    """Return the value when it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: Plain) -> list[Plain]:
    """Return the value when it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def mappings(value: Plain) -> list[Object]:
    """Return the mappings of a list."""
    return [item for item in sequence(value) if isinstance(item, dict)]


def at(value: Plain, *steps: str) -> Plain:
    """Return what stands at a path of mapping keys, ``None`` when there is nothing."""
    for step in steps:
        value = mapping(value).get(step)
    return value


def text(value: Plain) -> str:
    """Return the value as text, ``None`` as an empty one."""
    return "" if value is None else str(value)


def documents(file: Path) -> list[Object]:
    """Return the mappings that a YAML file holds.

    Raises:
        OSError: it cannot be read.
        yaml.YAMLError: it is no YAML.
    """
    return [item for item in yaml.safe_load_all(file.read_text(encoding="utf-8")) if isinstance(item, dict)]


def strings(value: Plain, where: str = "") -> Iterator[tuple[str, str]]:
    """Yield (dotted path, text) of every string in a tree."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from strings(item, f"{where}.{key}" if where else key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from strings(item, f"{where}[{index}]")
    elif isinstance(value, str):
        yield where, value
