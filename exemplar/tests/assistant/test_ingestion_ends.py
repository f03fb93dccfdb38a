"""When ingestion ends: what was under way goes on at once, and one document costs no other."""

import asyncio
import os
import sys
from collections.abc import Callable, Sequence

import pytest

from corpora import Store
from documents import document, of
from dying import DEADLY, PlainReader
from quillwort.assistant import ingestion as ingestion_module
from quillwort.assistant.corpus import Claimed, Corpus
from quillwort.assistant.documents import DocumentQuery
from quillwort.assistant.embedding import Kind, Vectors
from quillwort.assistant.ingestion import AT_ONCE, Ingestion
from quillwort.assistant.reading import Read
from quillwort.domain.errors import Unavailable
from word_embedder import WordEmbedder


class Held(WordEmbedder):
    """Answers when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.let = asyncio.Event()

    async def embed(self, texts: Sequence[str], kind: Kind = "passage") -> Vectors:
        self.asked += texts
        await self.let.wait()
        return await super().embed(texts, kind)


class NoReader(PlainReader):
    """Cannot read now."""

    def __init__(self) -> None:
        self.asked = 0

    async def read(self, name: str, content: bytes) -> Read:
        del name, content
        self.asked += 1
        raise Unavailable("No reader starts.")


async def sent(corpus: Corpus, *texts: str) -> None:
    for text in texts:
        await corpus.submit(document(text, text.encode()), text.encode())


async def becomes(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - what is waited for sets no event
            await asyncio.sleep(0.02)


async def indexed(corpus: Corpus) -> set[str]:
    page = await corpus.list(DocumentQuery(status="indexed", limit=100), of("alice"))
    return {each.name for each in page.items}


async def settle(corpus: Corpus, count: int) -> None:
    async with asyncio.timeout(10):
        while len(await indexed(corpus)) < count:  # noqa: ASYNC110 - what is waited for sets no event
            await asyncio.sleep(0.02)


async def test_what_is_under_way_at_the_end_goes_on_at_once_and_is_never_given_up(
    corpus: Corpus, store: Store
) -> None:
    await sent(corpus, "oak", "ash")
    for _ in range(store.attempts + 1):
        held = Held()
        async with Ingestion(corpus, held, PlainReader()):
            await becomes(lambda held=held: sorted(held.asked) == ["ash", "oak"])  # type: ignore[misc] # a default is no parameter
    async with Ingestion(corpus, WordEmbedder(), PlainReader()):
        await settle(corpus, 2)


async def test_what_is_just_being_claimed_at_the_end_is_given_back(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim, claimed = corpus.claim, asyncio.Event()

    async def slowly() -> Claimed | None:
        taken = await claim()
        claimed.set()
        await asyncio.sleep(0.1)
        return taken

    await sent(corpus, "oak")
    with monkeypatch.context() as patched:
        patched.setattr(corpus, "claim", slowly)
        async with Ingestion(corpus, WordEmbedder(), PlainReader()):
            await claimed.wait()
    again = await corpus.claim()
    assert again is not None
    assert again.attempts == 1


async def test_what_cannot_be_read_now_is_not_given_up(
    corpus: Corpus, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingestion_module, "ASKED_AGAIN_SECONDS", 0.05)
    await sent(corpus, "oak")
    reader = NoReader()
    async with Ingestion(corpus, WordEmbedder(), reader) as ingestion:
        while reader.asked <= store.attempts:
            ingestion.wake()
            await asyncio.sleep(0.02)
    async with Ingestion(corpus, WordEmbedder(), PlainReader()):
        await settle(corpus, 1)


async def test_what_was_under_way_as_a_process_died_is_indexed_alone(
    corpus: Corpus, store: Store
) -> None:
    held = Held()
    await sent(corpus, "tried")
    assert await corpus.claim() is not None
    await sent(corpus, "before")
    async with Ingestion(corpus, held, PlainReader()) as ingestion:
        await becomes(lambda: held.asked == ["before"])
        await store.lapse()
        await sent(corpus, "after")
        ingestion.wake()
        await asyncio.sleep(0.3)
        assert held.asked == ["before"]
        held.let.set()
        await settle(corpus, 3)
    assert held.asked == ["before", "tried", "after"]


async def test_one_that_ends_the_process_each_time_costs_no_other(
    corpus: Corpus, store: Store
) -> None:
    await sent(corpus, *(f"good {n}" for n in range(AT_ONCE - 1)), DEADLY)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    for together in (AT_ONCE, *(1 for _ in range(store.attempts - 1))):
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "dying", str(together), *store.location), env=environment
        )
        assert await process.wait() == 137
        await store.lapse()
    async with Ingestion(corpus, WordEmbedder(), PlainReader()):
        await settle(corpus, AT_ONCE - 1)
        async with asyncio.timeout(10):
            while await corpus.waiting():  # noqa: ASYNC110 - what is waited for sets no event
                await asyncio.sleep(0.02)
    page = await corpus.list(DocumentQuery(status="failed"), of("alice"))
    assert [(each.name, each.problem) for each in page.items] == [(DEADLY, "abandoned")]
    assert await store.contradictions() == []
