"""Time of the design's verbs, in one process, as a person's answers would call them.

    .venv/bin/python benchmarks/design_speed.py

Reports medians of CPU time after a warm-up, which is wall time on a machine that does nothing else; ends
with status 1 when a bound is missed.
"""

import platform
import sys
import time
from collections.abc import Callable
from statistics import median

from architect.design.engine import design
from architect.design.flips import with_flip_points
from architect.design.paths import told
from architect.design.questions import questions
from architect.design.render import adr, markdown, mermaid
from architect.model.brief import Brief

WISHES = {
    "prefer.framework": "fastapi",
    "prefer.database": "postgresql",
    "services[].interfaces": ("rest", "grpc"),
    "load.requests_per_second": 200.0,
    "load.latency.percentile": 95.0,
    "load.latency.milliseconds": 300.0,
    "security.authentication": ("jwt",),
    "deployment.target": "kubernetes",
}
ASSISTANT = {"assistant.tasks": ("question_answering",)}
LINE = {"prefer.framework": "fastapi", "services[].interfaces": ("rest", "grpc")}


def brief(values: dict[str, str | float | tuple[str, ...]]) -> Brief:
    """Return a brief in which these values are stated."""
    made = Brief()
    for path, value in values.items():
        made = made.put(path, told(path, value, "the benchmark says so"))
    return made


def timed(work: Callable[[], object], rounds: int) -> float:
    """Return the median of so many rounds in milliseconds, after a tenth as many to warm up."""
    for _ in range(max(1, rounds // 10)):
        work()
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return median(times)


def main() -> int:
    """Print each median beside its bound."""
    demo, line = brief(WISHES), brief(LINE)
    made, asked = with_flip_points(design(demo)), design(brief(ASSISTANT))
    rows = (
        ("design of the demo", timed(lambda: design(demo), 1000), 2.0),
        ("design of an empty brief", timed(lambda: design(Brief()), 1000), 2.0),
        ("questions of one line", timed(lambda: questions(line), 10), 1000.0),
        ("questions of an empty brief", timed(lambda: questions(Brief()), 10), 1000.0),
        ("flip points of the demo", timed(lambda: with_flip_points(made), 10), 1000.0),
        ("flip points of an assistant", timed(lambda: with_flip_points(asked), 5), 3000.0),
        ("document, records, diagrams", timed(lambda: (markdown(made), adr(made), mermaid(made)), 50), 50.0),
    )
    print(f"Python {platform.python_version()}, {platform.machine()}")
    for name, milliseconds, bound in rows:
        verdict = "ok" if milliseconds < bound else "MISSED"
        print(f"{name:30} {milliseconds:9.2f} ms   bound {bound:7.1f} ms   {verdict}")
    return int(any(milliseconds >= bound for _, milliseconds, bound in rows))


if __name__ == "__main__":
    sys.exit(main())
