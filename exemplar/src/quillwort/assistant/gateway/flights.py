"""Single flight: who asks for what is just being made gets it as it comes."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Final, Generic, TypeVar

T = TypeVar("T")

_GONE: Final = "whoever made this was cancelled by nobody who waits for it"


class Flights(Generic[T]):
    """Runs each piece-by-piece job once, however many follow it.

    A job lasts as long as somebody follows it: whoever asked first may leave and it goes on for the
    others; when the last leaves it is cancelled, and that one waits until it has ended.
    """

    def __init__(self) -> None:
        self._flights: dict[bytes, _Flight[T]] = {}

    def under_way(self, key: bytes) -> bool:
        """Say whether somebody makes this."""
        return key in self._flights

    async def follow(self, key: bytes, make: Callable[[], AsyncGenerator[T]]) -> AsyncGenerator[T]:
        """Give every piece of the job from its first, starting it if nobody has.

        Raises:
            Exception: whatever the job raises, to everybody who follows it.
        """
        flight = self._flights.get(key)
        if flight is None:
            flight = self._flights[key] = _Flight(make, lambda ended: self._forget(key, ended))
        async with aclosing(flight.pieces()) as pieces:
            async for piece in pieces:
                yield piece

    def _forget(self, key: bytes, flight: "_Flight[T]") -> None:
        if self._flights.get(key) is flight:
            del self._flights[key]


class _Flight(Generic[T]):
    """One job under way, and what it has given so far."""

    def __init__(
        self, make: Callable[[], AsyncGenerator[T]], forget: Callable[["_Flight[T]"], None]
    ) -> None:
        self._pieces: list[T] = []
        self._news = asyncio.Event()
        self._error: Exception | None = None
        self._ended = False
        self._followers = 0
        self._forget = forget
        self._task = asyncio.create_task(self._run(make))

    async def pieces(self) -> AsyncGenerator[T]:
        """Give every piece from the first."""
        self._followers += 1
        try:
            given = 0
            while True:
                news = self._news
                while given < len(self._pieces):
                    yield self._pieces[given]
                    given += 1
                if self._ended:
                    break
                # A piece that came while the last one was given has set this already.
                await news.wait()
            if self._error is not None:
                raise self._error
        finally:
            self._followers -= 1
            if not self._followers and not self._ended:
                self._forget(self)
                self._task.cancel()
                await asyncio.wait({self._task})

    async def _run(self, make: Callable[[], AsyncGenerator[T]]) -> None:
        try:
            async with aclosing(make()) as pieces:
                async for piece in pieces:
                    self._pieces.append(piece)
                    self._tell()
        except Exception as error:  # noqa: BLE001 - raised again in every follower
            self._error = error
        except asyncio.CancelledError:
            self._error = RuntimeError(_GONE)
            raise
        finally:
            self._ended = True
            self._forget(self)
            self._tell()

    def _tell(self) -> None:
        self._news.set()
        self._news = asyncio.Event()
