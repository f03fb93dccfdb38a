"""What holds for kept completions and the documents that they rest on, whatever keeps both."""

from documents import document, indexed
from quillwort.assistant.corpus import Corpus
from quillwort.assistant.documents import Document
from quillwort.assistant.gateway.completions import Completion, Completions
from quillwort.assistant.language_models import Source
from word_embedder import WordEmbedder

ANSWER = Completion("a", "Oaks are.")


def source(document: Document) -> Source:
    """Return the version of a document that an answer rests on."""
    return Source(document.id, document.version)


async def published(corpus: Corpus, name: str, text: str) -> Document:
    """Return a document of everybody's that can be found."""
    return await indexed(corpus, WordEmbedder(), name, text, owner_id="everyone")


class CompletionsSuite:
    """Documents and completions; `corpus` and `kept` are the fixtures of whoever keeps them."""

    async def test_a_document_that_is_removed_takes_what_rests_on_it_whoever_asked(
        self, corpus: Corpus, kept: Completions
    ) -> None:
        trees = await published(corpus, "trees", "oaks are tall")
        birds = await published(corpus, "birds", "herons are grey")
        await kept.put(b"both", ANSWER, {source(trees), source(birds)})
        await kept.put(b"birds", ANSWER, {source(birds)})
        assert await kept.get(b"both") == ANSWER
        assert await corpus.remove(trees.id, None)
        assert await kept.get(b"both") is None
        assert await kept.get(b"birds") == ANSWER

    async def test_a_document_that_is_replaced_takes_what_rests_on_it_when_its_text_goes(
        self, corpus: Corpus, kept: Completions
    ) -> None:
        trees = await published(corpus, "trees", "oaks are tall")
        await kept.put(b"1", ANSWER, {source(trees)})
        # What waits to be indexed replaces nothing that is found yet.
        await corpus.submit(document("trees", b"elms", "everyone"), b"elms")
        assert await kept.get(b"1") == ANSWER
        again = await published(corpus, "trees", "elms are tall")
        assert await kept.get(b"1") is None
        await kept.put(b"1", ANSWER, {source(again)})
        assert await kept.get(b"1") == ANSWER

    async def test_a_document_whose_next_version_fails_takes_what_rests_on_it(
        self, corpus: Corpus, kept: Completions
    ) -> None:
        trees = await published(corpus, "trees", "oaks are tall")
        await kept.put(b"1", ANSWER, {source(trees)})
        failing = await corpus.submit(document("trees", b"\xff", "everyone"), b"\xff")
        await corpus.fail(failing, "encoding", "It is not UTF-8.")
        assert await kept.get(b"1") is None

    async def test_what_rests_on_a_document_that_has_gone_meanwhile_is_not_kept(
        self, corpus: Corpus, kept: Completions
    ) -> None:
        removed = await published(corpus, "trees", "oaks are tall")
        replaced = await published(corpus, "birds", "herons are grey")
        failed = await published(corpus, "fish", "trout are quick")
        stays = await published(corpus, "frogs", "frogs are green")
        await corpus.remove(removed.id, None)
        await published(corpus, "birds", "herons are white")
        failing = await corpus.submit(document("fish", b"\xff", "everyone"), b"\xff")
        await corpus.fail(failing, "encoding", "It is not UTF-8.")
        for gone in (removed, replaced, failed):
            await kept.put(b"1", ANSWER, {source(stays), source(gone)})
            assert await kept.get(b"1") is None

    async def test_what_is_kept_anew_goes_with_its_documents_too(
        self, corpus: Corpus, kept: Completions
    ) -> None:
        trees = await published(corpus, "trees", "oaks are tall")
        other = Completion("b", "Oaks.")
        await kept.put(b"1", ANSWER, {source(trees)})
        await kept.put(b"1", other, {source(trees)})
        assert await kept.get(b"1") == other
        await corpus.remove(trees.id, None)
        assert await kept.get(b"1") is None
