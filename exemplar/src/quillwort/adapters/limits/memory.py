"""Hits counted in this process."""

import time
from collections.abc import Callable

from quillwort.kit.rate_limit import Hits


class MemoryCounter:
    """Fixed windows in a dictionary, swept whenever it has doubled since the last sweep.

    A sweep looks at every window, so the cost of one spreads over as many hits as it looks at.
    """

    _SMALLEST_SWEEP = 1024

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._windows: dict[str, tuple[int, float]] = {}
        self._sweep_at = self._SMALLEST_SWEEP

    async def hit(self, key: str, window_seconds: int) -> Hits:
        """Count one more hit."""
        now = self._clock()
        count, ends = self._windows.get(key, (0, 0.0))
        if ends <= now:
            count, ends = 0, now + window_seconds
        self._windows[key] = (count + 1, ends)
        if len(self._windows) >= self._sweep_at:
            self._sweep(now)
        # Rounding may make (now + window) - now longer than the window: a second more to a client.
        return Hits(count + 1, min(ends - now, window_seconds))

    async def close(self) -> None:
        """Forget everything."""
        self._windows.clear()

    def _sweep(self, now: float) -> None:
        self._windows = {key: window for key, window in self._windows.items() if window[1] > now}
        self._sweep_at = max(2 * len(self._windows), self._SMALLEST_SWEEP)


def open_counter(_: str) -> MemoryCounter:
    """Return a counter of this process's own."""
    return MemoryCounter()
