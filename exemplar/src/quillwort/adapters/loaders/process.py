"""Reads documents in a process of their own, which has bounds that a thread cannot have.

A hostile file may keep the interpreter busy for minutes in one call, take all memory, or find a
hole in a parser: here it costs that process, which is started anew. What ends two of them is
refused; one alone may have been ended by anybody, such as a machine that was short of memory.
"""

import asyncio
import contextlib
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections import deque
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any, Final, Self

import structlog

from quillwort.adapters.loaders.frames import ANSWER, READY, REQUEST, unpacked
from quillwort.assistant.loading import LoadLimits, Unreadable
from quillwort.assistant.reading import Read
from quillwort.domain.errors import Unavailable

WORKER: Final = "quillwort.adapters.loaders.worker"
START_SECONDS: Final = 60.0
"""What a process may take until it is ready, which is a second where nothing else is done."""
PATIENCE_SECONDS: Final = 30.0
"""What reading may take beyond its own limit, which it looks at only between blocks."""
SENT: Final = 2
"""Documents that the process has at a time: one that it reads, and the next, so that it never waits
for this process to be done with the one before."""

_ENDING: Final = "The service is ending."

_log = structlog.get_logger(__name__)


class ProcessReader:
    """Reads one document at a time; the process is started with the first, and kept.

    `count`, a function of some module, tells the tokens of a text.
    """

    def __init__(
        self, count: Callable[[str], int], seconds: float = LoadLimits().seconds + PATIENCE_SECONDS
    ) -> None:
        self._count = f"{count.__module__}:{count.__qualname__}"
        self._seconds = seconds
        self._room = asyncio.Semaphore(SENT)
        self._alone = asyncio.Lock()
        self._starting = asyncio.Lock()
        self._worker: _Worker | None = None
        self._closed = False

    async def read(self, name: str, content: bytes) -> Read:
        """Have it read.

        Raises:
            Unreadable: also when it takes too long, or ends the process twice.
            Unavailable: when no process starts, or this is closed.
        """
        try:
            async with self._room:
                return await self._answered(name, content)
        except _EndedError:
            return await self._read_alone(name, content)

    async def close(self) -> None:
        """End the process; nothing is read any more."""
        async with self._starting:
            self._closed = True
            worker, self._worker = self._worker, None
        if worker is not None:
            await worker.end()

    async def _read_alone(self, name: str, content: bytes) -> Read:
        """Have it read by a process that gets nothing else."""
        async with self._alone, AsyncExitStack() as stack:
            for _ in range(SENT):
                await stack.enter_async_context(self._room)
            if self._worker is not None:
                await self._worker.end()
            try:
                return await self._answered(name, content)
            except _EndedError:
                message = "The file ended the process that read it."
                raise Unreadable("malformed", message) from None

    async def _answered(self, name: str, content: bytes) -> Read:
        while True:
            worker = await self._started()
            try:
                return _read(await worker.answer(name, content))
            except _NotReadError:
                continue

    async def _started(self) -> "_Worker":
        async with self._starting:
            if self._closed:
                raise Unavailable(_ENDING)
            if self._worker is None or self._worker.ended:
                self._worker = await _Worker.started(self._count, self._seconds)
            return self._worker


class _EndedError(Exception):
    """The process ended over the document."""


class _NotReadError(Exception):
    """The process ended over another document before it came to this one."""


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """A document that the process has, and its answer as soon as there is one."""

    name: str
    answer: asyncio.Future[dict[str, Any]] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class _Worker:
    """A process that reads, from its start to its end.

    Answers come in the order of what was asked for. That of a document which nobody waits for any
    more is taken and thrown away.
    """

    def __init__(self, process: Process, seconds: float) -> None:
        self._process = process
        self._seconds = seconds
        self._asked: deque[_Asked] = deque()
        self._some = asyncio.Event()
        self._task = asyncio.create_task(self._run())

    @classmethod
    async def started(cls, count: str, seconds: float) -> Self:
        """Start it.

        Raises:
            Unavailable: when there can be no process.
        """
        try:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", WORKER, count),
                stdin=PIPE,
                stdout=PIPE,
                # A signal from the keyboard is for the service, which ends its reader itself.
                start_new_session=True,
            )
        except OSError as error:
            raise Unavailable(f"No reader starts: {error.strerror}.") from error
        return cls(process, seconds)

    @property
    def ended(self) -> bool:
        """Whether it reads no more."""
        return self._process.returncode is not None or self._task.done()

    async def answer(self, name: str, content: bytes) -> dict[str, Any]:
        """Send a document and return what comes of it.

        Raises:
            Unreadable: it takes too long.
            Unavailable: it was never ready, or is ended meanwhile.
            _EndedError: it ended over this document.
            _NotReadError: it ended over the document before.
        """
        if self._process.stdin is None:
            raise EOFError
        asked = _Asked(name)
        self._asked.append(asked)
        self._some.set()
        written = name.encode("utf-8", "surrogatepass")
        self._process.stdin.writelines([REQUEST.pack(len(written), len(content)), written, content])
        return await asked.answer

    async def end(self) -> None:
        """End it, whatever it does."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self._killed()

    async def _run(self) -> None:
        """Take one answer after another, until one does not come."""
        left: Exception = Unavailable("The reader does not start.")
        try:
            if not await self._ready():
                _log.warning("reader does not start")
                return
            left = _NotReadError()
            while True:
                await self._some.wait()
                await self._take(self._asked[0])
                self._asked.popleft()
                if not self._asked:
                    self._some.clear()
        except (Unreadable, _EndedError) as error:
            _settle(self._asked.popleft(), error)
        except asyncio.CancelledError:
            left = Unavailable(_ENDING)
            raise
        finally:
            await self._killed()
            # Last of all: until then a document may still be sent here.
            for asked in self._asked:
                _settle(asked, left)

    async def _killed(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()

    async def _ready(self) -> bool:
        """Return whether it has come so far that only a document can end it."""
        try:
            async with asyncio.timeout(START_SECONDS):
                return await self._received(len(READY)) == READY
        except (TimeoutError, EOFError, OSError):
            return False

    async def _take(self, asked: _Asked) -> None:
        try:
            async with asyncio.timeout(self._seconds):
                answer = await self._next_answer()
        except TimeoutError:
            message = f"Reading takes more than {self._seconds:g} seconds."
            raise Unreadable("too_long", message) from None
        except (EOFError, OSError, ValueError):
            _log.warning("reader ended", document=asked.name)
            raise _EndedError from None
        if not asked.answer.done():
            asked.answer.set_result(answer)

    async def _next_answer(self) -> dict[str, Any]:
        (length,) = ANSWER.unpack(await self._received(ANSWER.size))
        answer: dict[str, Any] = json.loads(await self._received(length))
        return answer

    async def _received(self, length: int) -> bytes:
        if self._process.stdout is None:
            raise EOFError
        return await self._process.stdout.readexactly(length)


def _settle(asked: _Asked, error: Exception) -> None:
    """Tell whoever still waits for the answer that there is none."""
    if not asked.answer.done():
        asked.answer.set_exception(error)


def _read(answer: dict[str, Any]) -> Read:
    if "reason" in answer:
        raise Unreadable(answer["reason"], answer["message"])
    chunks = tuple(map(unpacked, answer["chunks"]))
    return Read(answer["title"], answer["media_type"], chunks)
