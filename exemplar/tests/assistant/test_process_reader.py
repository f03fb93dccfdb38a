"""Reading in a process of its own: what harms it costs the file, and nothing else."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hostile_counting import ONCE, count
from quillwort.adapters.loaders.process import ProcessReader
from quillwort.assistant.loading import Unreadable
from quillwort.domain.errors import Unavailable

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


@pytest.mark.parametrize(
    ("words", "reason"), [("end the process", "malformed"), ("go on for ever", "too_long")]
)
async def test_what_waits_behind_it_is_read_by_the_next_process(words: str, reason: str) -> None:
    reader = ProcessReader(count, seconds=3.0)
    await reader.read("lease.md", LEASE)
    hostile, *others = await asyncio.gather(
        reader.read("hostile.md", words.encode()),
        *(reader.read(f"{number}.md", b"# Lease %d" % number) for number in range(4)),
        return_exceptions=True,
    )
    assert isinstance(hostile, Unreadable)
    assert hostile.reason == reason
    assert [getattr(read, "title", read) for read in others] == [f"Lease {n}" for n in range(4)]
    await reader.close()


async def test_what_was_not_to_blame_for_the_end_of_the_process_is_read_by_the_next(
    reader: ProcessReader, tmp_path: Path
) -> None:
    await reader.read("lease.md", LEASE)
    marks = [tmp_path / str(n) for n in range(3)]
    reads = await asyncio.gather(
        *(reader.read(f"{mark.name}.txt", f"{ONCE}{mark}".encode()) for mark in marks),
        reader.read("lease.md", LEASE),
    )
    assert [read.title for read in reads] == ["0", "1", "2", "Lease"]
    assert all(mark.exists() for mark in marks)


async def test_each_of_several_that_end_the_process_is_refused_and_no_other(
    reader: ProcessReader,
) -> None:
    hostile = [reader.read(f"hostile{n}.txt", b"end the process") for n in range(3)]
    leases = [reader.read("lease.md", LEASE) for _ in range(3)]
    mixed = [read for pair in zip(hostile, leases, strict=True) for read in pair]
    results = await asyncio.gather(*mixed, return_exceptions=True)
    assert [getattr(result, "reason", None) for result in results[::2]] == ["malformed"] * 3
    assert [getattr(result, "title", result) for result in results[1::2]] == ["Lease"] * 3


async def test_what_asks_the_whole_group_to_end_does_not_end_the_process(
    reader: ProcessReader,
) -> None:
    read = await reader.read("lease.txt", b"ask the process to end")
    assert [chunk.text for chunk in read.chunks] == ["ask the process to end"]


async def test_no_document_is_blamed_for_a_process_that_does_not_start() -> None:
    def nowhere(text: str) -> int:
        return len(text)

    nowhere.__module__ = "no_such_module"
    reader = ProcessReader(nowhere)
    reads = [reader.read("lease.md", LEASE) for _ in range(3)]
    for result in await asyncio.gather(*reads, return_exceptions=True):
        assert isinstance(result, Unavailable)
    await reader.close()


async def test_nothing_is_read_after_it_was_closed(reader: ProcessReader) -> None:
    await reader.close()
    with pytest.raises(Unavailable):
        await reader.read("lease.md", LEASE)


async def test_an_answer_that_nobody_waits_for_is_nobody_elses(reader: ProcessReader) -> None:
    await reader.read("lease.md", LEASE)
    given_up = [asyncio.create_task(reader.read(f"{n}.md", b"# Other")) for n in range(2)]
    await asyncio.sleep(0)
    for task in given_up:
        task.cancel()
    await asyncio.gather(*given_up, return_exceptions=True)
    reads = await asyncio.gather(*(reader.read("lease.md", LEASE) for _ in range(3)))
    assert [read.title for read in reads] == ["Lease"] * 3


async def test_who_waits_when_it_is_closed_is_told(reader: ProcessReader) -> None:
    await reader.read("lease.md", LEASE)
    waiting = asyncio.create_task(reader.read("hostile.md", b"go on for ever"))
    await asyncio.sleep(0)
    await reader.close()
    with pytest.raises(Unavailable):
        await waiting
