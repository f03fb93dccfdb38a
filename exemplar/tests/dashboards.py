"""What dashboards ask Prometheus for, to be held beside what it is told."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from prometheus_client.parser import text_string_to_metric_families

from quillwort.kit.metrics import Metrics

FOLDER: Final = Path("deploy/grafana")

_WORDS: Final = frozenset(
    {"by", "histogram_quantile", "increase", "max", "min", "on", "rate", "sum", "without"}
)
"""What expressions say besides the names of metrics and labels."""

_QUOTED: Final = re.compile(r'"[^"]*"')
_BRACED: Final = re.compile(r"\{[^}]*\}|\[[^]]*\]|(?:by|without) \([^)]*\)")
_NAME: Final = re.compile(r"\b[a-z_][a-z0-9_]*\b")


def panels(name: str) -> list[dict[str, Any]]:
    """Return the panels of a dashboard."""
    found: list[dict[str, Any]] = json.loads((FOLDER / name).read_text())["panels"]
    return found


def asked(name: str) -> Iterator[str]:
    """Yield the name of every sample that a dashboard asks for."""
    for panel in panels(name):
        assert panel["targets"], panel["title"]
        for target in panel["targets"]:
            bare = _BRACED.sub("", _QUOTED.sub("", target["expr"]))
            names = set(_NAME.findall(bare)) - _WORDS
            assert names, target["expr"]
            yield from names


def told(metrics: Metrics) -> set[str]:
    """Return the name of every sample that may be told, of those too that have not been yet."""
    names: set[str] = set()
    for family in text_string_to_metric_families(metrics.told().decode()):
        ends = {"histogram": ("_bucket", "_count", "_sum"), "counter": ("_total",)}
        names |= {family.name + end for end in ends.get(family.type, ("",))}
    return names
