"""Reads documents in a process of their own, which has bounds that a thread cannot have.

A hostile file may keep the interpreter busy for minutes in one call, take all memory, or find a
hole in a parser: here it costs that process, which is started anew, and the file is refused.
"""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from typing import Any, Final

import structlog

from quillwort.adapters.loaders.frames import ANSWER, REQUEST, unpacked
from quillwort.assistant.loading import LoadLimits, Unreadable
from quillwort.assistant.reading import Read

WORKER: Final = "quillwort.adapters.loaders.worker"
PATIENCE_SECONDS: Final = 30.0
"""What reading may take beyond its own limit, which it looks at only between blocks."""

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
        self._turn = asyncio.Lock()
        self._process: Process | None = None

    async def read(self, name: str, content: bytes) -> Read:
        """Have it read.

        Raises:
            Unreadable: also when it takes too long, or ends the process.
        """
        async with self._turn:
            try:
                async with asyncio.timeout(self._seconds):
                    answer = await self._asked(name.encode("utf-8", "surrogatepass"), content)
            except TimeoutError:
                await self._end()
                message = f"Reading takes more than {self._seconds:g} seconds."
                raise Unreadable("too_long", message) from None
            except (EOFError, OSError):
                await self._end()
                _log.warning("reader ended", document=name)
                message = "The file ended the process that read it."
                raise Unreadable("malformed", message) from None
            except BaseException:
                # Half an answer may be on its way, which would be taken for the next one's.
                await self._end()
                raise
        return _read(answer)

    async def close(self) -> None:
        """End the process."""
        await self._end()

    async def _asked(self, name: bytes, content: bytes) -> dict[str, Any]:
        process = await self._started()
        if process.stdin is None or process.stdout is None:
            raise EOFError
        process.stdin.writelines([REQUEST.pack(len(name), len(content)), name, content])
        await process.stdin.drain()
        (length,) = ANSWER.unpack(await process.stdout.readexactly(ANSWER.size))
        answer: dict[str, Any] = json.loads(await process.stdout.readexactly(length))
        return answer

    async def _started(self) -> Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                # A signal from the keyboard is for the service, which ends its reader itself.
                *(sys.executable, "-m", WORKER, self._count),
                stdin=PIPE,
                stdout=PIPE,
                start_new_session=True,
            )
        return self._process

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            process.kill()
            await process.wait()


def _read(answer: dict[str, Any]) -> Read:
    if "reason" in answer:
        raise Unreadable(answer["reason"], answer["message"])
    chunks = tuple(map(unpacked, answer["chunks"]))
    return Read(answer["title"], answer["media_type"], chunks)
