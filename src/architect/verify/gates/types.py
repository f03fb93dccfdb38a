"""Strict types, over what the project's own configuration names."""

import json

from architect.model.report import Finding
from architect.verify.bench import Bench
from architect.verify.environment import cache_directory
from architect.verify.gate import gate, run_probes
from architect.verify.sheet import bounded

SECONDS = 600.0
"""A limit for what hangs: a cold cache takes 15 seconds, and 160 on a slow machine that does other things."""
FINDINGS_SHOWN = 50


async def _mypy_strict(bench: Bench) -> list[Finding]:
    cache = cache_directory() / "mypy" / (await bench.python()).parent.parent.name
    cache.mkdir(parents=True, exist_ok=True)
    arguments = ("-m", "mypy", "--strict", "--output", "json", "--cache-dir", str(cache))
    done = await bench.run(*arguments, within=SECONDS)
    errors = [entry for entry in _entries(done.output) if entry.get("severity") == "error"]
    if done.status != 0 and not errors:
        return [Finding("mypy_strict", "error", "mypy could not check", evidence=bounded(done.output))]
    return [
        Finding(
            check="mypy_strict",
            severity="error",
            message=f"{entry.get('message')} [{entry.get('code')}]",
            where=f"{entry.get('file')}:{entry.get('line')}",
            mend="`make types` shows it",
        )
        for entry in errors[:FINDINGS_SHOWN]
    ]


def _entries(output: str) -> list[dict[str, object]]:
    found = []
    for line in output.splitlines():
        if line.startswith("{"):
            try:
                found.append(json.loads(line))
            except ValueError:
                continue
    return found


@gate("types", title="Strict types, no error", checks=("mypy_strict",), seconds=SECONDS + 10)
async def types(bench: Bench) -> None:
    """Run mypy with ``--strict``; what it learns of third-party packages is kept per environment."""
    await run_probes(bench, {"mypy_strict": _mypy_strict}, bench)
