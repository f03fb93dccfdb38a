"""Stopping while a request is under way."""

import asyncio
import time
from signal import SIGTERM
from typing import Final

from architect.verify.lifecycle.place import Fault, Place
from architect.verify.service import Service

GRACE_SECONDS: Final = 5
SPARE_SECONDS: Final = 3.0
"""What a process may take beyond its grace to end."""
REPLY_SECONDS: Final = 10.0
_BODY: Final = b"{}"


async def sigterm_drains(place: Place) -> list[Fault]:
    """A request that is under way when SIGTERM comes is answered; then the process ends with status 0."""
    async with place.bench.boot({"SHUTDOWN_GRACE_SECONDS": str(GRACE_SECONDS)}) as service:
        answer = await _answer_across_sigterm(place, service)
        began = time.monotonic()
        try:
            status = await service.process.wait(GRACE_SECONDS + SPARE_SECONDS)
        except TimeoutError:
            message = f"still runs {GRACE_SECONDS + SPARE_SECONDS:.0f} s after its last answer"
            return [Fault(message, "SIGTERM", service.log.tail())]
        place.note("end after the last answer", time.monotonic() - began, "s", "SIGTERM with a request open")
    faults = []
    if not answer.startswith(b"HTTP/1.1 4"):
        said = answer[:300].decode("utf-8", "replace") or "the connection was closed"
        faults.append(Fault("the request under way was not answered", "SIGTERM", said))
    if status != 0:
        faults.append(Fault(f"ended with status {status}", "SIGTERM", service.log.tail()))
    return faults


async def _answer_across_sigterm(place: Place, service: Service) -> bytes:
    """Return the answer to a request whose body, an empty object, is sent after SIGTERM was taken in.

    The service asks for the body (100 Continue), which proves that it had begun with the request.
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", service.http_port)
    try:
        async with asyncio.timeout(REPLY_SECONDS):
            writer.write(_head(place, service))
            interim = await reader.readuntil(b"\r\n\r\n")
            if not interim.startswith(b"HTTP/1.1 100"):
                return b"it did not wait for the body: " + interim
            service.process.send(SIGTERM)
            await _no_longer_accepts(service)
            writer.write(_BODY)
            return await reader.read()
    except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
        return f"{type(error).__name__} {error}".encode()
    finally:
        writer.close()


def _head(place: Place, service: Service) -> bytes:
    lines = (
        f"POST {place.collection} HTTP/1.1",
        f"Host: 127.0.0.1:{service.http_port}",
        f"Authorization: Bearer {place.token('write')}",
        "Content-Type: application/json",
        f"Content-Length: {len(_BODY)}",
        "Expect: 100-continue",
        "Connection: close",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def _no_longer_accepts(service: Service) -> None:
    """Return once new connections are refused: SIGTERM has been taken in."""
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", service.http_port)
        except OSError:
            return
        writer.close()
        await asyncio.sleep(0.02)
