"""How long the verbs take: brief as a process and inside, questions, design, build; medians of several runs.

    .venv/bin/python benchmarks/path_speed.py

Prints each median beside the bound that the project promises, and ends with status 1 when one is missed.
Run it on a quiet machine.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from architect import app

ARCHITECT = Path(sys.executable).parent / "architect"
DEMO = (
    "I need to create a FastAPI service that also exposes gRPC endpoints for inter-service communication: "
    "customers and orders of an online shop, 200 requests per second, p95 under 300 ms, "
    "PostgreSQL, JWT, Kubernetes"
)
ONE_LINE = (
    "I need to create a FastAPI service that also exposes gRPC endpoints for inter-service communication"
)
REQUESTS = Path(__file__).parents[1] / "tests" / "cases" / "briefing.jsonl"


@dataclass(frozen=True)
class Row:
    """One measured verb: ``bound`` and ``median`` in milliseconds."""

    verb: str
    median: float
    bound: float


def milliseconds(call: Callable[[], object], runs: int) -> float:
    """Return the median wall time of ``call`` in milliseconds; the first, cold run is left out."""
    call()
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        call()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def process(*arguments: str) -> None:
    """Run the tool and refuse to measure a failure."""
    subprocess.run([ARCHITECT, *arguments], check=True, capture_output=True)


def built() -> None:
    """Build the demo into a fresh directory, as a process."""
    with tempfile.TemporaryDirectory() as folder:
        process("build", DEMO, f"{folder}/demo")


def main() -> int:
    """Measure every verb, print the table, return the exit status."""
    texts = [json.loads(line)["text"] for line in REQUESTS.read_text(encoding="utf-8").splitlines()]
    known = app.brief(DEMO)
    complete = app.complete(known)
    from architect.design.engine import design  # noqa: PLC0415 - the pure function alone, without flip points

    rows = [
        Row("brief --json, as a process", milliseconds(lambda: process("brief", DEMO, "--json"), 9), 600),
        Row("brief, inside", milliseconds(lambda: app.brief(DEMO), 51), 50),
        Row(
            "brief, inside, slowest of the cases",
            max(milliseconds(lambda t=t: app.brief(t), 3) for t in texts),
            50,
        ),
        Row("design, inside", milliseconds(lambda: design(complete), 201), 2),
        Row(
            "questions of a one-line brief, inside",
            milliseconds(lambda: app.questions(app.brief(ONE_LINE)), 5),
            1000,
        ),
        Row("build of the demo, as a process", milliseconds(built, 5), 2000),
    ]
    for row in rows:
        verdict = "met" if row.median <= row.bound else "MISSED"
        print(f"{row.verb:42} {row.median:9.2f} ms   bound {row.bound:6.0f} ms   {verdict}")
    return int(any(row.median > row.bound for row in rows))


if __name__ == "__main__":
    sys.exit(main())
