"""A circuit breaker: a model that fails again and again is left alone for a while."""

from collections.abc import Callable


class Breaker:
    """Opens after so many failures in a row, and lets one call through after so many seconds.

    That one closes it when it succeeds, and leaves it open as long again when it fails.
    """

    def __init__(self, failures: int, seconds: float, clock: Callable[[], float]) -> None:
        self._limit = failures
        self._seconds = seconds
        self._clock = clock
        self._failures = 0
        self._opened_at: float | None = None
        self._trying = False

    def allows(self) -> bool:
        """Say whether a call may be made; whoever is allowed one tells how it ended."""
        if self._opened_at is None:
            return True
        if self._trying or self.opens_in() > 0:
            return False
        self._trying = True
        return True

    def opens_in(self) -> float:
        """Return in how many seconds a call may be made."""
        if self._opened_at is None:
            return 0.0
        return max(0.0, self._opened_at + self._seconds - self._clock())

    def succeeded(self) -> None:
        """A call went well."""
        self._failures, self._opened_at, self._trying = 0, None, False

    def failed(self) -> None:
        """A call failed."""
        self._failures += 1
        if self._trying or self._failures >= self._limit:
            self._opened_at = self._clock()
        self._trying = False

    def left(self) -> None:
        """A call ended without saying anything of the model."""
        self._trying = False
