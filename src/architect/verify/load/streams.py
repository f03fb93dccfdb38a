"""Many answers read at once: when each one's first token came, and whether its end did."""

import asyncio
import contextlib
import json
import time
from dataclasses import dataclass
from typing import Final

FIRST_TOKEN: Final = b"event: token\n"
END: Final = b"event: done\n"
ANSWERED: Final = b'"outcome": "answered"'
OVERLAP: Final = max(map(len, (FIRST_TOKEN, END, ANSWERED)))
"""Bytes that are looked at again with the next ones: a mark may come in two parts."""
READ_BYTES: Final = 65536
OUT_OF_TIME: Final = "it had not ended when its time was up"


@dataclass(slots=True)
class Stream:
    """One answer as its reader saw it; times are those of :func:`time.monotonic`, 0 before.

    Args:
        asked_at: when the question was sent.
        first_token_at: when the first token came.
        ended_at: when the end came.
        answered: whether the end says that it is answered.
        problem: what went wrong, or the head of an answer that is no stream.
    """

    asked_at: float = 0.0
    first_token_at: float = 0.0
    ended_at: float = 0.0
    answered: bool = False
    problem: str = ""


async def read(port: int, token: str, question: str, within: float) -> Stream:
    """Ask a question on a connection of its own and read the answer to its end.

    Args:
        port: where REST listens on 127.0.0.1.
        token: whose question it is.
        question: what is asked.
        within: seconds until it is given up.
    """
    stream = Stream(time.monotonic())
    try:
        async with asyncio.timeout(within):
            await _read(stream, port, _request(token, question))
    except TimeoutError:
        stream.problem = OUT_OF_TIME
    except (OSError, asyncio.IncompleteReadError) as error:
        stream.problem = type(error).__name__
    return stream


async def _read(stream: Stream, port: int, request: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head.partition(b"\r\n")[0]:
            stream.problem = head.partition(b"\r\n")[0].decode("latin-1")
            return
        seen = b""
        while not stream.ended_at and (data := await reader.read(READ_BYTES)):
            seen = seen[-OVERLAP:] + data
            _look(stream, seen)
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


def _look(stream: Stream, seen: bytes) -> None:
    if not stream.first_token_at and FIRST_TOKEN in seen:
        stream.first_token_at = time.monotonic()
    if END in seen:
        stream.ended_at = time.monotonic()
        stream.answered = b"answered" in seen.partition(END)[2]


def _request(token: str, question: str) -> bytes:
    body = json.dumps({"question": question}).encode()
    lines = (
        "POST /v1/questions HTTP/1.1",
        "Host: 127.0.0.1",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        f"Authorization: Bearer {token}",
        "Connection: close",
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
