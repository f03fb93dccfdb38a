"""Reading in a process of its own: what harms it costs the file, and nothing else."""

import os
import sys
from collections.abc import AsyncIterator

import pytest

from hostile_counting import count
from quillwort.adapters.loaders.process import ProcessReader
from quillwort.assistant.loading import Unreadable

LEASE = b"# Lease\n\n## Pets\n\nCats are welcome.\n"


@pytest.fixture(autouse=True)
def path(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process finds what the tests count with."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))


@pytest.fixture
async def reader() -> AsyncIterator[ProcessReader]:
    reader = ProcessReader(count, seconds=20.0)
    yield reader
    await reader.close()


async def test_a_document_comes_back_in_chunks(reader: ProcessReader) -> None:
    read = await reader.read("lease.md", LEASE)
    assert (read.title, read.media_type) == ("Lease", "text/markdown")
    (chunk,) = read.chunks
    assert (chunk.headings, chunk.text) == (("Lease", "Pets"), "Cats are welcome.")


async def test_a_refusal_keeps_its_reason(reader: ProcessReader) -> None:
    with pytest.raises(Unreadable) as refused:
        await reader.read("image.md", b"\x00\x01" * 10)
    assert refused.value.reason == "binary"
    assert (await reader.read("lease.md", LEASE)).title == "Lease"


@pytest.mark.parametrize(
    ("words", "reason"), [("end the process", "malformed"), ("take all memory", "too_large")]
)
async def test_what_ends_the_process_is_refused_and_the_next_is_read(
    words: str, reason: str, reader: ProcessReader
) -> None:
    with pytest.raises(Unreadable) as refused:
        await reader.read("hostile.md", words.encode())
    assert refused.value.reason == reason
    assert (await reader.read("lease.md", LEASE)).title == "Lease"


async def test_what_takes_too_long_is_refused_and_the_next_is_read() -> None:
    reader = ProcessReader(count, seconds=3.0)
    with pytest.raises(Unreadable) as refused:
        await reader.read("hostile.md", b"go on for ever")
    assert refused.value.reason == "too_long"
    await reader.close()
