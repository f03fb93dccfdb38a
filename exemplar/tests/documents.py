"""Documents for tests, and how they come into a corpus."""

from hashlib import sha256

from quillwort.assistant.corpus import Corpus
from quillwort.assistant.document_access import Reach
from quillwort.assistant.documents import Document
from quillwort.assistant.passages import Chunk
from quillwort.domain.values import new_id, utc_now
from word_embedder import WordEmbedder


def of(*labels: str) -> Reach:
    """Return the reach of whoever reads the documents of these labels."""
    return frozenset(labels)


def document(name: str, content: bytes = b"content", owner_id: str = "alice") -> Document:
    """Return a document as it is when it has just been sent."""
    now = utc_now()
    return Document(
        id=new_id(),
        owner_id=owner_id,
        version=1,
        created_at=now,
        updated_at=now,
        name=name,
        title=name,
        media_type="text/plain",
        digest=sha256(content).hexdigest(),
        size_bytes=len(content),
        status="queued",
        problem=None,
        detail=None,
        chunks=0,
    )


def chunks(*texts: str) -> tuple[Chunk, ...]:
    """Return a chunk for each text."""
    return tuple(
        Chunk(f"key of {text}", place, (), text, len(text.split()))
        for place, text in enumerate(texts)
    )


async def indexed(
    corpus: Corpus, embedder: WordEmbedder, name: str, *texts: str, owner_id: str = "alice"
) -> Document:
    """Return a document after its chunks have been indexed."""
    content = "\n".join(texts).encode()
    kept = await corpus.submit(document(name, content, owner_id), content)
    made = chunks(*texts)
    vectors = await embedder.embed([chunk.embedded for chunk in made])
    assert await corpus.index(kept, embedder.name, made, vectors)
    found = await corpus.get(kept.id, of(owner_id))
    assert found is not None
    return found
