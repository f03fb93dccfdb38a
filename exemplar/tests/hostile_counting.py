"""A count of tokens that does what a hostile file makes a parser do, at a word from the text."""

import os
import signal
from pathlib import Path

ONCE = "end the process once: "


def count(text: str) -> int:
    """Return how many words there are, unless the text wants something else."""
    if text == "end the process":
        os.kill(os.getpid(), signal.SIGKILL)
    if text.startswith(ONCE):
        mark = Path(text.removeprefix(ONCE))
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    if text == "ask the process to end":
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGINT)
    if text == "take all memory":
        return len(bytearray(1 << 40))
    while text == "go on for ever":
        pass
    return len(text.split())
