"""Weight of the default install of two projects, and how soon what it installs is ready.

    .venv/bin/python benchmarks/install_weight.py --environment exemplar/.venv/bin/python

Installs `requirements/runtime.txt` of the exemplar, and of the project that the architect builds from one
sentence about contracts, each into a new environment without pip. Weight is what the files of the
environment's site-packages have, in MB (a million bytes) and in MiB of blocks as `du` has them: before
anything is compiled, with bytecode as images have it (without that of libraries' own tests), and with all
of it, as pip has it by default. Start is from the start of the process until /readyz answers 200, on a
migrated database of an embedded PostgreSQL that runs already (`--environment` names an interpreter that has
it, and Alembic): the first time without any bytecode, then the least of some with; beside it the
processor's time until then, which a busy machine does not change as much. Writes
results/install_weight.json and, beside it, what imports cost. Ends with status 1 when a bound is missed by
the project of the sentence.
"""

import argparse
import asyncio
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from architect import app
from architect.verify.issuer import Issuer, issuing
from architect.verify.log import Log
from architect.verify.postgres import embedded
from architect.verify.process import clean_environment
from architect.verify.service import booted

HERE = Path(__file__).resolve().parent
EXEMPLAR = HERE.parent / "exemplar"
RESULTS = HERE / "results"
SENTENCE = (
    "Lawyers ask questions over 250,000 contracts and get streamed answers with citations; about 3,000"
    " questions a day; we already run PostgreSQL; language-model spend below 1,500 dollars a month; one"
    " server with docker compose"
)
MOST_MEGABYTES = 250.0
MOST_SECONDS = 3.0
STARTS = 5
COSTLIEST = 40


@dataclass(frozen=True)
class Subject:
    """A project to install, and the package that it is."""

    name: str
    directory: Path
    package: str


@dataclass(frozen=True)
class Weight:
    """What an install weighs: without bytecode, with what is of use, with all."""

    megabytes: float
    mebibytes_on_disk: float
    compiled_megabytes: float
    compiled_mebibytes_on_disk: float
    wholly_compiled_megabytes: float
    wholly_compiled_mebibytes_on_disk: float


def main() -> int:
    """Measure, print, write; return 1 when a bound is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--environment", type=Path, default=EXEMPLAR / ".venv/bin/python")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        figures = asyncio.run(measure(Path(directory), arguments.environment))
    RESULTS.mkdir(exist_ok=True)
    document = {
        "measured": datetime.now(UTC).date().isoformat(),
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "system": platform.system(),
        },
        "bounds": {"megabytes": MOST_MEGABYTES, "seconds": MOST_SECONDS},
        "projects": figures,
    }
    (RESULTS / "install_weight.json").write_text(json.dumps(document, indent=2) + "\n")
    print(json.dumps(figures, indent=2))
    asked = figures["contracts"]
    return int(
        asked["compiled_megabytes"] > MOST_MEGABYTES
        or max(asked["first_processor_seconds"], asked["seconds"]) > MOST_SECONDS
    )


async def measure(directory: Path, development: Path) -> dict[str, dict[str, float]]:
    """Return the figures of each project."""
    figures = {}
    async with embedded(development, directory) as server, issuing() as issuer:
        for subject in subjects(directory):
            python = installed(subject, directory)
            packages = next((python.parent.parent / "lib").glob("python*/site-packages"))
            light = weighed(packages)
            async with server.database() as url:
                run(development, subject, settings(issuer, url), "-m", subject.package, "migrate")
                first = await started(python, subject, issuer, url)
                compiled(python, "-x", "/tests?/", packages, subject.directory / "src")
                heavy = weighed(packages)
                later = [await started(python, subject, issuer, url) for _ in range(STARTS)]
                compiled(python, packages)
                heaviest = weighed(packages)
                if subject.name == "contracts":
                    profile(python, subject, settings(issuer, url))
            weight = Weight(*light, *heavy, *heaviest)
            seconds, processor = min(later)
            times = {
                "first_seconds": round(first[0], 2),
                "first_processor_seconds": round(first[1], 2),
                "seconds": round(seconds, 2),
                "processor_seconds": round(processor, 2),
            }
            figures[subject.name] = {**vars(weight), **times}
    return figures


def subjects(directory: Path) -> Iterator[Subject]:
    """Yield the projects, copied to where starting them leaves nothing behind."""
    left = shutil.ignore_patterns(".venv", ".local", "__pycache__", "*_cache")
    shutil.copytree(EXEMPLAR, directory / "exemplar", ignore=left)
    yield Subject("exemplar", directory / "exemplar", "quillwort")
    project = app.build(app.design(app.brief(SENTENCE)))
    target = directory / "contracts"
    app.write(project, target, lambda _path: None)
    yield Subject("contracts", target, project.package)


def installed(subject: Subject, directory: Path) -> Path:
    """Return the interpreter of a new environment with what serving needs, nothing compiled."""
    home = directory / f"{subject.name}-environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    python = home / "bin" / "python"
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps"),
            *("--no-compile", "--require-hashes", "--requirement"),
            subject.directory / "requirements/runtime.txt",
        ],
        check=True,
    )
    return python


def weighed(packages: Path) -> tuple[float, float]:
    """Return megabytes of the files, and mebibytes of their blocks."""
    found = [path.lstat() for path in packages.rglob("*")]
    bytes_ = sum(each.st_size for each in found if not each.st_mode & 0o040000)
    blocks = sum(each.st_blocks * 512 for each in found)
    return round(bytes_ / 1e6, 1), round(blocks / (1 << 20), 1)


def compiled(python: Path, *arguments: str | Path) -> None:
    """Compile what is there; a library's file that cannot be is left."""
    subprocess.run([python, "-m", "compileall", "-q", *arguments], check=False, stdout=subprocess.DEVNULL)


def settings(issuer: Issuer, url: str) -> dict[str, str]:
    """Return what a service in production is told."""
    return {
        **issuer.environment,
        "ENVIRONMENT": "production",
        "DATABASE_URL": url,
        "RATE_LIMIT_STORAGE_URL": "memory://",
        "PYTHONPATH": "src",
        # What is compiled is compiled by the benchmark, so that the first start finds nothing.
        "PYTHONDONTWRITEBYTECODE": "1",
    }


async def started(python: Path, subject: Subject, issuer: Issuer, url: str) -> tuple[float, float]:
    """Return the seconds until a service is ready, and those of the processor."""
    log = Log(subject.directory / f"service-{time.monotonic_ns()}.log")
    command = (str(python), "-m", subject.package, "all")
    async with booted(
        command, directory=subject.directory, settings=settings(issuer, url), issuer=issuer, log=log
    ) as service:
        return service.readiness_seconds, service.process.cpu_seconds()


def run(python: Path, subject: Subject, told: dict[str, str], *arguments: str) -> str:
    """Run an interpreter in the project, and return what it said on standard error."""
    done = subprocess.run(
        [python, *arguments],
        cwd=subject.directory,
        env=clean_environment(**told),
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stderr


def profile(python: Path, subject: Subject, told: dict[str, str]) -> None:
    """Write the imports that cost most, each with what only it brings."""
    said = run(python, subject, told, "-X", "importtime", "-c", f"import {subject.package}.__main__")
    lines = sorted(costs(said.splitlines()), reverse=True)[:COSTLIEST]
    text = "\n".join(f"{microseconds / 1000:>8.1f} ms  {name}" for microseconds, name in lines)
    (RESULTS / "start_imports.txt").write_text(
        f"Cumulated time of imports at the start, with bytecode, the costliest {COSTLIEST}\n{text}\n"
    )


def costs(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the cumulated microseconds and the name of each import."""
    for line in lines:
        if line.startswith("import time:") and "cumulative" not in line:
            _, cumulated, name = line.removeprefix("import time:").split("|")
            yield int(cumulated), name.strip()


if __name__ == "__main__":
    sys.exit(main())
