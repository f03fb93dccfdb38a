"""``.architect/``: what a later update needs to know of the project as it was written.

``manifest.json`` holds the tool's version and each file's owner, block and SHA-256; ``design.json`` the
design; ``pristine.zip`` the contents of the files that an update merges three ways. An archive, so that
linters, tests and searches do not find everything twice.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable
from typing import Final

import architect
from architect.model.design import Design
from architect.model.plain import plain
from architect.model.project import File

FOLDER: Final = ".architect"
BLOCK: Final = "record"

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest moment an archive can name: the same files give the same bytes."""


def record(files: Iterable[File], design: Design) -> tuple[File, ...]:
    """Return the files of ``.architect/`` for a project of those files."""
    known = sorted(files, key=lambda file: file.path)
    manifest = {
        "architect": architect.__version__,
        "files": {
            file.path: {
                "owner": file.owner,
                "block": file.block,
                "sha256": hashlib.sha256(file.content).hexdigest(),
            }
            for file in known
        },
    }
    contents = {
        "design.json": _json(plain(design)),
        "manifest.json": _json(manifest),
        "pristine.zip": _archive(file for file in known if file.owner == "shared"),
    }
    return tuple(
        File(f"{FOLDER}/{name}", content, "tool", BLOCK) for name, content in sorted(contents.items())
    )


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def _archive(files: Iterable[File]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(zipfile.ZipInfo(file.path, _EPOCH), file.content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
