"""The process that reads documents.

    python -m quillwort.adapters.loaders.worker MODULE:FUNCTION

The function tells the tokens of a text, by which documents are cut.
Frames come on standard input and answers go to standard output, one after another, after a word
that it is ready. Nothing else may be written there. It ends with its input, and not by a signal
that asks all processes of a service to end: the service may be waiting for an answer.
"""

import contextlib
import json
import resource
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from typing import BinaryIO, Final

from quillwort.adapters.loaders.factory import LOADERS
from quillwort.adapters.loaders.frames import ANSWER, READY, REQUEST, packed
from quillwort.assistant.loading import Unreadable
from quillwort.assistant.reading import read_chunks

MOST_MEMORY: Final = 512 << 20
"""Bytes, of which 120 MB are there before the first document; one of 4 MB of text takes 25 more."""


def serve(requests: BinaryIO, answers: BinaryIO, count: Callable[[str], int]) -> None:
    """Say that it is ready, and read what is asked for until nothing more is."""
    answers.write(READY)
    answers.flush()
    while head := requests.read(REQUEST.size):
        name_length, content_length = REQUEST.unpack(head)
        name = requests.read(name_length).decode("utf-8", "surrogatepass")
        answer = json.dumps(_answer(name, requests.read(content_length), count)).encode()
        answers.write(ANSWER.pack(len(answer)) + answer)
        answers.flush()


def _answer(name: str, content: bytes, count: Callable[[str], int]) -> dict[str, object]:
    try:
        read = read_chunks(name, content, LOADERS, count)
    except Unreadable as error:
        return {"reason": error.reason, "message": error.message}
    except (MemoryError, RecursionError):
        return {"reason": "too_large", "message": "The document takes more memory than it may."}
    chunks = [packed(chunk) for chunk in read.chunks]
    return {"title": read.title, "media_type": read.media_type, "chunks": chunks}


def main() -> None:
    """Serve the process that started this one."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    # What libraries print must not get between the answers.
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    module, _, name = sys.argv[1].partition(":")
    count: Callable[[str], int] = getattr(import_module(module), name)
    # Whoever started this one may have ended while a document was read.
    with contextlib.suppress(BrokenPipeError):
        serve(sys.stdin.buffer, answers, count)


if __name__ == "__main__":
    main()
