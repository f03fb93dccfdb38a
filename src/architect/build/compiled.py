"""Compiled templates, kept between runs: compiling them takes some 0.3 s of a first build."""

import contextlib
import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import jinja2
from jinja2 import BytecodeCache, FileSystemBytecodeCache
from jinja2.bccache import Bucket

_PRIVATE: Final = 0o700


class _Kept(FileSystemBytecodeCache):
    """A cache that may fail: a full disk costs the time that it saves, never the build."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, if it was kept and can be read."""
        with contextlib.suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the bucket, if that can be done."""
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def kept(options: Mapping[str, object]) -> BytecodeCache | None:
    """Return the cache in ``$XDG_CACHE_HOME/backend-architect/templates``; None where none can be made.

    Args:
        options: how templates are compiled. They and Jinja's version name the directory, for Jinja itself
            tells kept code by the template's text alone.
    """
    compiler = hashlib.sha256(f"{jinja2.__version__} {sorted(options.items())}".encode()).hexdigest()[:12]
    given = os.environ.get("XDG_CACHE_HOME", "")
    try:
        root = Path(given) if Path(given).is_absolute() else Path.home() / ".cache"
        directory = root / "backend-architect" / "templates" / compiler
        directory.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        own = directory.stat().st_uid == os.getuid()
    except (OSError, RuntimeError):  # no home, a read-only one, a full disk
        return None
    return _Kept(str(directory)) if own else None
