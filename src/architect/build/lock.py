"""The hash-pinned requirements of a project: a part of the exemplar's, computed without an index.

The exemplar's ``requirements/*.txt`` are the master lock. Below each pin stands who asked for it
(``# via``), so the pins that some direct dependencies need are found by following the annotations.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

_PIN: Final = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?P<extras>\[[^]]*\])?==")
_VIA: Final = re.compile(r"\s*#\s+(?:via\b)?\s*(?P<via>.*)")


@dataclass(frozen=True, slots=True)
class Pin:
    """One pinned distribution: its normalised name, the lines that pin it, and who asked for it."""

    name: str
    lines: tuple[str, ...]
    via: tuple[str, ...]


def normalised(name: str) -> str:
    """Return a distribution's name as indexes compare it (PEP 503), without extras or version."""
    match = re.match(r"[A-Za-z0-9._-]+", name.strip())
    return re.sub(r"[-_.]+", "-", match.group() if match else "").lower()


def parse(text: str) -> tuple[Pin, ...]:
    """Return the pins of a requirements file, in its order.

    Raises:
        ValueError: a line belongs to no pin.
    """
    pins: list[Pin] = []
    for line in text.splitlines():
        if match := _PIN.match(line):
            pins.append(Pin(normalised(match["name"]), (line,), ()))
        elif not pins:
            message = f"a requirements file begins with a pin, not with {line!r}"
            raise ValueError(message)
        else:
            pins[-1] = _continued(pins[-1], line)
    return tuple(pins)


def united(master: Iterable[Pin], others: Iterable[Pin]) -> tuple[Pin, ...]:
    """Return a lock with the pins of another beside its own, by name.

    A pin of both keeps the lines of the first, and is asked for by whoever asks for it in either.
    """
    pins = {pin.name: pin for pin in master}
    for other in others:
        known = pins.get(other.name)
        asking = dict.fromkeys((*known.via, *other.via)) if known else other.via
        pins[other.name] = replace(known or other, via=tuple(asking))
    return tuple(pins[name] for name in sorted(pins))


def roots(origin: str, requirements: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return direct dependencies, by name, with the annotation that says where they are listed."""
    return {normalised(requirement): (origin,) for requirement in requirements}


def closure(pins: Iterable[Pin], direct: Mapping[str, tuple[str, ...]]) -> str:
    """Return the part of a lock that the direct dependencies need, as a requirements file.

    Args:
        pins: the master lock.
        direct: normalised name of each direct dependency, and the annotations of where it is listed.

    Raises:
        KeyError: a direct dependency is not pinned.
    """
    known = {pin.name: pin for pin in pins}
    kept = _reached(known, direct)
    lines: list[str] = []
    for pin in (pin for pin in known.values() if pin.name in kept):
        asking = sorted(via for via in pin.via if via in kept)
        lines += [*pin.lines, *_annotation([*sorted(direct.get(pin.name, ())), *asking])]
    return "".join(f"{line}\n" for line in lines)


def _reached(known: Mapping[str, Pin], direct: Iterable[str]) -> frozenset[str]:
    needs: dict[str, set[str]] = {name: set() for name in known}
    for pin in known.values():
        for via in pin.via:
            needs.setdefault(via, set()).add(pin.name)
    reached: set[str] = set()
    waiting = list(direct)
    while waiting:
        name = waiting.pop()
        if name not in known:
            message = f"{name} is not pinned in the exemplar's requirements"
            raise KeyError(message)
        if name not in reached:
            reached.add(name)
            waiting += needs[name]
    return frozenset(reached)


def _continued(pin: Pin, line: str) -> Pin:
    match = _VIA.match(line)
    if match is None:
        return Pin(pin.name, (*pin.lines, line), pin.via)
    via = match["via"]
    return Pin(pin.name, pin.lines, (*pin.via, via)) if via else pin


def _annotation(asking: list[str]) -> list[str]:
    if len(asking) == 1:
        return [f"    # via {asking[0]}"]
    return ["    # via", *(f"    #   {name}" for name in asking)]
