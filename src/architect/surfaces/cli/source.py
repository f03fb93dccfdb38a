"""Where a command's text comes from and where a single file goes."""

import os
import sys
import tempfile
from pathlib import Path

from architect.app import MAXIMUM_INPUT_BYTES
from architect.model.errors import InputError


def read_source(argument: str) -> str:
    """Return a command's argument, or standard input for ``-``.

    Raises:
        InputError: standard input is too long or is not text.
    """
    if argument != "-":
        return argument
    data = sys.stdin.buffer.read(MAXIMUM_INPUT_BYTES + 1)
    if len(data) > MAXIMUM_INPUT_BYTES:
        raise InputError(
            f"more than {MAXIMUM_INPUT_BYTES:,} bytes", where="standard input", mend="give a shorter brief"
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"not UTF-8 text (byte {error.start})", where="standard input", mend="send UTF-8 text"
        ) from error


def put_text(path: Path, text: str) -> None:
    """Write one file aside, then move it into place, so that it is never half-written.

    Raises:
        InputError: the folder does not exist or cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise InputError(
            error.strerror or "cannot be written", where=str(path), mend="choose another path"
        ) from error
    aside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        aside.chmod(0o644)
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
