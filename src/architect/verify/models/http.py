"""As much of HTTP/1.1 as the scripted server needs: one request a connection, chunks in the answer."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

LONGEST_HEAD: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Received:
    """A request: its path, its headers by their names in lower case, its body."""

    path: str
    headers: Mapping[str, str]
    body: bytes


async def received(reader: asyncio.StreamReader) -> Received:
    """Read a request whose length is told.

    Raises:
        asyncio.IncompleteReadError: the client went before its end.
        asyncio.LimitOverrunError: its head is longer than the reader's limit.
        ValueError: it is no HTTP.
    """
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    _method, path, _version = head[0].split(" ", 2)
    pairs = (line.partition(":") for line in head[1:] if line)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    return Received(path, headers, await reader.readexactly(int(headers.get("content-length", "0"))))


def head(status: int, media_type: str, headers: Mapping[str, str]) -> bytes:
    """Return the head of an answer in chunks, after which the connection is closed."""
    fields = {
        "Content-Type": media_type,
        "Transfer-Encoding": "chunked",
        "Connection": "close",
        **headers,
    }
    lines = (f"{name}: {value}\r\n" for name, value in fields.items())
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else "Overloaded"
    return f"HTTP/1.1 {status} {phrase}\r\n{''.join(lines)}\r\n".encode()


def chunk(data: bytes) -> bytes:
    """Return one chunk (RFC 9112, 7.1); the last one is empty."""
    return b"%x\r\n%b\r\n" % (len(data), data)
