"""What a row of the wiring table is, and how it is run: one edit of a project, one check, one finding."""

import asyncio
import contextlib
import re
import shutil
import time
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from architect.model.brief import Brief
from architect.model.design import Design
from architect.model.report import GateResult
from architect.verify import environment, process
from architect.verify.bench import Bench, Shared
from architect.verify.gate import GATES, Gate, one_line
from architect.verify.issuer import issuing
from architect.verify.postgres import Server, embedded
from architect.verify.sheet import Sheet
from architect.verify.subject import Subject

AT_ONCE = 5
"""Rows that run side by side: the machines have two cores, and a row takes .4 of one while it runs."""
_NOT_COPIED = (".venv", ".local", ".git", "*_cache", ".hypothesis", ".schemathesis", "*qdrant*")
"""What running leaves behind, and what imports a library that the exemplar's own lock does without."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement in one file of a project; ``old`` must occur, and once unless ``every``."""

    path: str
    old: str
    new: str = ""
    every: bool = False

    def apply(self, root: Path) -> None:
        """Make the replacement.

        Raises:
            AssertionError: the text is not there, or is there more often than once.
        """
        file = root / self.path
        text = file.read_text(encoding="utf-8")
        found = text.count(self.old)
        assert found >= 1, f"{self.path} no longer says: {self.old}"
        assert self.every or found == 1, f"{self.path} says {found} times: {self.old}"
        assert self.old != self.new, f"nothing changes in {self.path}"
        file.write_text(text.replace(self.old, self.new), encoding="utf-8")


@dataclass(frozen=True, slots=True)
class First:
    """A replacement of the first text that a pattern matches; for what holds figures of a sizing."""

    path: str
    pattern: str
    new: str = ""

    def apply(self, root: Path) -> None:
        """Make the replacement.

        Raises:
            AssertionError: nothing matches.
        """
        file = root / self.path
        text, found = re.subn(self.pattern, self.new, file.read_text(encoding="utf-8"), count=1)
        assert found, f"{self.path} no longer matches: {self.pattern}"
        file.write_text(text, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Row:
    """A claimed feature, the edits that remove its wiring, and the check that must then fail.

    Args:
        check: the check, whose gate is found by its name.
        feature: what a project claims, in the words of its list of features.
        edits: what removes it.
        says: a pattern that some finding's place, message or evidence must match.
    """

    check: str
    feature: str
    edits: tuple[Edit | First, ...]
    says: str = ""

    @property
    def key(self) -> str:
        """A name for the test."""
        return f"{self.check}-{re.sub(r'[^a-z0-9]+', '-', self.feature.lower()).strip('-')}"

    @property
    def gate(self) -> Gate:
        """The gate that has the check."""
        return next(gate for gate in GATES.items().values() if self.check in gate.checks)

    @property
    def migrates(self) -> bool:
        """Whether the edit changes what the database looks like."""
        return any(edit.path.startswith("migrations/") for edit in self.edits)


@dataclass(slots=True)
class Workshop:
    """What all rows share: the project, its environment, one PostgreSQL, one issuer."""

    project: Path
    brief: Brief
    design: Design | None
    python: Path
    server: Server
    shared: Shared
    places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    taking: asyncio.Lock = field(default_factory=asyncio.Lock)

    @contextlib.asynccontextmanager
    async def place(self, gate: Gate) -> AsyncIterator[None]:
        """Have a place to run a gate in, and all of them for one that measures the machine."""
        taken = AT_ONCE if gate.exclusive else 1
        # One after another: two that each had some of all places would wait for ever.
        async with self.taking:
            for _ in range(taken):
                await self.places.acquire()
        try:
            yield
        finally:
            for _ in range(taken):
                self.places.release()

    def subject(self, directory: Path) -> Subject:
        """Return the project in another directory."""
        return Subject(directory, "quillwort", "quillwort", self.brief, self.design, self.python)

    async def result(self, row: Row) -> GateResult:
        """Remove the wiring from a copy of the project and run the one check on it."""
        async with self.place(row.gate):
            directory = self.shared.directory / f"project-{self.shared.number()}"
            await asyncio.to_thread(copied, self.project, directory)
            for edit in row.edits:
                edit.apply(directory)
            shared = self.shared
            if row.migrates:
                place = self.shared.directory / f"own-{self.shared.number()}"
                place.mkdir()
                shared = shared_of(place, self)
            return await self.run(self.subject(directory), row.gate, (row.check,), shared)

    async def run(
        self, subject: Subject, gate: Gate, checks: tuple[str, ...], shared: Shared | None = None
    ) -> GateResult:
        """Run some checks of a gate on a project."""
        sheet = Sheet(checks)
        bench = Bench(subject, sheet, shared or self.shared, lambda _: None)
        began = time.monotonic()
        try:
            async with asyncio.timeout(gate.seconds):
                await gate.run(bench)
        except Exception as error:  # noqa: BLE001 - whatever breaks a gate is what the test is told
            sheet.broke(gate.name, one_line(error))
        return sheet.result(gate.name, time.monotonic() - began)


def shared_of(directory: Path, workshop: Workshop) -> Shared:
    """Return a share of the workshop that migrates a database of its own."""

    async def python() -> Path:
        return workshop.python

    async def server(_interpreter: Path) -> Server:
        return workshop.server

    return Shared(directory, workshop.shared.issuer, python, server)


@contextlib.asynccontextmanager
async def opened(project: Path, brief: Brief, design: Design | None) -> AsyncIterator[Workshop]:
    """Open a workshop on a project."""
    async with contextlib.AsyncExitStack() as stack:
        directory = stack.enter_context(environment.scratch())
        python = await environment.environment(project, lambda _: None)
        server = await stack.enter_async_context(embedded(python, directory))
        issuer = await stack.enter_async_context(issuing())

        async def given_python() -> Path:
            return python

        async def given_server(_interpreter: Path) -> Server:
            return server

        shared = Shared(directory, issuer, given_python, given_server)
        pristine = directory / "pristine"
        copied(project, pristine)
        # Copies keep the times of files, so that what is compiled once holds in each of them.
        await process.run(
            [str(python), "-m", "compileall", "-q", str(pristine / "src")],
            directory=pristine,
            environment=process.clean_environment(),
            within=60,
        )
        yield Workshop(pristine, brief, design, python, server, shared)


def copied(project: Path, directory: Path) -> None:
    """Copy a project without what it made while it ran."""
    shutil.copytree(project, directory, ignore=shutil.ignore_patterns(*_NOT_COPIED))


def told(result: GateResult) -> str:
    """Return what a result says, for an assertion's message."""
    findings = "\n".join(
        f"{each.check}: {each.where}: {each.message} ({each.evidence})" for each in result.findings
    )
    return f"{result.gate} {result.outcome} {result.reason}\n{findings}"


def matching(result: GateResult, row: Row) -> Iterable[str]:
    """Yield the findings of the row's check that say what the row expects."""
    for finding in result.findings:
        text = f"{finding.where}: {finding.message} ({finding.evidence})"
        if finding.check == row.check and re.search(row.says, text):
            yield text
