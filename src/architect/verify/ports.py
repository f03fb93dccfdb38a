"""Free loopback ports that no outgoing connection can take in the meantime."""

import random
import socket

_FIRST, _LAST = 20000, 32000
"""Below Linux's range of ephemeral ports (32768 and up), so nothing is handed one by chance."""
_given: set[int] = set()


def free_port() -> int:
    """Return a TCP port of 127.0.0.1 that nothing listens on and that was not given before.

    Raises:
        RuntimeError: a thousand tries found none.
    """
    for _ in range(1000):
        port = random.randint(_FIRST, _LAST)  # noqa: S311 (a port is no secret)
        if port not in _given and _is_free(port):
            _given.add(port)
            return port
    message = f"no free port between {_FIRST} and {_LAST} on 127.0.0.1"
    raise RuntimeError(message)


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
