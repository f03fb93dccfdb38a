"""A circuit breaker: a model that fails again and again is left alone for a while."""

from collections.abc import Callable


class Breaker:
    """Opens after so many failures in a row, and lets one call through after so many seconds.

    That one closes it when it succeeds, and leaves it open as long again when it fails. How a call
    ends that began before it opened says nothing of the model since, and changes nothing.
    """

    def __init__(self, failures: int, seconds: float, clock: Callable[[], float]) -> None:
        self._limit = failures
        self._seconds = seconds
        self._clock = clock
        self._failures = 0
        self._openings = 0
        self._open_until: float | None = None
        self._trying = False

    def begin(self) -> int | None:
        """Return a ticket for a call, by which it is told how that ended; None: make no call."""
        if self._open_until is not None:
            if self._trying or self.opens_in() > 0:
                return None
            self._trying = True
        return self._openings

    def opens_in(self) -> float:
        """Return in how many seconds a call may be made."""
        return 0.0 if self._open_until is None else max(0.0, self._open_until - self._clock())

    def succeeded(self, ticket: int) -> None:
        """A call went well."""
        if ticket == self._openings:
            self._failures, self._open_until, self._trying = 0, None, False

    def failed(self, ticket: int) -> None:
        """A call failed."""
        if ticket == self._openings:
            self._failures += 1
            if self._trying or self._failures >= self._limit:
                self._open(self._seconds)

    def left(self, ticket: int) -> None:
        """A call ended without saying anything of the model."""
        if ticket == self._openings:
            self._trying = False

    def rest(self, seconds: float) -> None:
        """Leave the model alone for so long at least, as it asked."""
        self._open(max(seconds, self.opens_in()))

    def _open(self, seconds: float) -> None:
        self._open_until = self._clock() + seconds
        self._openings += 1
        self._trying = False
