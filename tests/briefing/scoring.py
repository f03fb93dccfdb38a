"""The measure of the briefing: what a labelled request says, against what was read from it.

recall: labelled facts found, stated or inferred. precision: stated facts, at labelled or absent paths, that
are right. A list is found when the stated items, or those with the inferred ones, are exactly the labelled
set, and right when every stated item is labelled. Names match without regard to case and punctuation.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from architect.briefing.text import read_text
from architect.model.plain import Plain, plain

FROM_100 = {"load.availability", "load.latency.percentile"}
RANK = {"stated": 0, "inferred": 1, "assumed": 2}


@dataclass
class Score:
    labelled: int = 0
    found: int = 0
    stated: int = 0
    right: int = 0
    intents: int = 0
    intents_right: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.stated

    @property
    def recall(self) -> float:
        return self.found / self.labelled


def score(rows: list[dict]) -> Score:
    total = Score()
    for row in rows:
        brief = json.loads(json.dumps(plain(read_text(row["text"]))))
        facts = dict(row["facts"])
        wanted = facts.pop("intent", None)
        if wanted:
            got = [value for value, _ in claims(brief, "intent")]
            total.intents += 1
            total.intents_right += got == [wanted]
            if got != [wanted]:
                total.problems.append(f"{row['id']} intent: wanted {wanted}, got {got}")
        for path, value in facts.items():
            _label(total, row["id"], path, value, claims(brief, path))
        for path in row["absent"]:
            stated = [value for value, provenance in claims(brief, path) if provenance == "stated"]
            if stated:
                total.stated += 1
                total.problems.append(f"{row['id']} {path}: not in the text, got {stated}")
    return total


def _label(total: Score, name: str, path: str, value: Plain, got: list[tuple[Plain, str]]) -> None:
    stated = [each for each, provenance in got if provenance == "stated"]
    known = [each for each, provenance in got if provenance in ("stated", "inferred")]
    if isinstance(value, list):
        want, said, knew = (
            {bare(each) for each in value},
            {bare(each) for each in stated},
            {bare(each) for each in known},
        )
        found, right = want in (said, knew), bool(said) and said <= want
    else:
        found = len(known) == 1 and same(known[0], value, path)
        right = len(stated) == 1 and same(stated[0], value, path)
    total.labelled += 1
    total.found += found
    total.stated += bool(stated)
    total.right += right
    if not found or (stated and not right):
        total.problems.append(f"{name} {path}: wanted {value}, got {got}")


def claims(node: Plain, path: str) -> list[tuple[Plain, str]]:
    best: dict[object, tuple[Plain, str]] = {}
    for value, provenance in _collect(node, re.findall(r"\[\]|[^.\[\]]+", path), "stated"):
        key = bare(value) if isinstance(value, str) else value
        if key not in best or RANK[provenance] < RANK[best[key][1]]:
            best[key] = (value, provenance)
    return list(best.values())


def _collect(node: Plain, steps: list[str], provenance: str) -> Iterator[tuple[Plain, str]]:
    node, provenance = _unwrapped(node, provenance)
    if not steps:
        yield from _leaves(node, provenance)
    elif steps[0] == "[]":
        for item in node if isinstance(node, list) else []:
            yield from _collect(item, steps[1:], provenance)
    elif isinstance(node, dict) and steps[0] in node:
        yield from _collect(node[steps[0]], steps[1:], provenance)


def _unwrapped(node: Plain, provenance: str) -> tuple[Plain, str]:
    while isinstance(node, dict) and "value" in node and "provenance" in node:
        node, provenance = node["value"], str(node["provenance"])
    return node, provenance


def _leaves(node: Plain, provenance: str) -> Iterator[tuple[Plain, str]]:
    if isinstance(node, list):
        for item in node:
            yield from _leaves(*_unwrapped(item, provenance))
    elif isinstance(node, dict):
        for key, item in node.items():
            yield key, _unwrapped(item, provenance)[1]
    elif node not in (None, ""):
        yield node, provenance


def bare(value: object) -> str:
    return re.sub(r"[^\w]|_", "", str(value).lower())


def same(got: object, want: object, path: str) -> bool:
    if isinstance(got, bool) or isinstance(want, bool):
        return got is want
    if isinstance(got, int | float) and isinstance(want, int | float):
        if path in FROM_100:
            got, want = 100 - got, 100 - want
        return abs(got - want) <= 0.01 * abs(want) + 1e-12
    return bare(got) == bare(want)


def rows_of(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
