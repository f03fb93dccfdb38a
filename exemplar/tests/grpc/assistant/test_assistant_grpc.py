"""Documents, searches and questions as callers of gRPC see them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import grpc
import pytest

from grpc_asking import at_fault, code
from grpc_serving import Metadata, NamedVerifier, Serve, bearer
from quillwort.bootstrap import Parts
from quillwort.entrypoints.grpc.assistant.documents import DocumentServicer
from quillwort.v1 import assistant_documents_pb2 as documents_pb
from quillwort.v1 import assistant_events_pb2 as events_pb
from quillwort.v1 import assistant_questions_pb2 as questions_pb
from quillwort.v1 import assistant_search_pb2 as search_pb
from quillwort.v1.assistant_documents_pb2_grpc import DocumentServiceStub
from quillwort.v1.assistant_questions_pb2_grpc import QuestionServiceStub
from quillwort.v1.assistant_search_pb2_grpc import SearchServiceStub

ALICE = bearer("alice", "documents:read", "documents:write")
BOB = bearer("bob", "documents:read", "documents:write")
SECONDS = 30.0
LEASE = b"""# Lease

## Repairs

The tenant pays for repairs of up to 200 euros each. Everything beyond is paid by the landlord.

## Pets

Cats are welcome. Dogs need the landlord's consent in writing.
"""


@dataclass(frozen=True, slots=True)
class Library:
    """One caller's way to documents."""

    channel: grpc.aio.Channel
    caller: Metadata = ALICE

    async def send(self, name: str, content: bytes, readers: str = "") -> documents_pb.Document:
        """Send a document, and return it once it waits no more."""
        request = documents_pb.SubmitDocumentRequest(name=name, content=content, readers=readers)
        sent = await self.documents.SubmitDocument(request, metadata=self.caller)
        return await self.settled(sent.id)

    async def settled(self, document_id: str) -> documents_pb.Document:
        """Return a document once it waits no more."""
        async with asyncio.timeout(SECONDS):
            while True:
                document = await self.get(document_id)
                if document.status != documents_pb.DOCUMENT_STATUS_QUEUED:
                    return document
                await asyncio.sleep(0.01)

    def upload(
        self, *parts: documents_pb.UploadDocumentRequest
    ) -> Awaitable[documents_pb.Document]:
        """Send a document in pieces."""
        return self.documents.UploadDocument(iter(parts), metadata=self.caller)

    def get(self, document_id: str) -> Awaitable[documents_pb.Document]:
        """Read a document."""
        request = documents_pb.GetDocumentRequest(id=document_id)
        return self.documents.GetDocument(request, metadata=self.caller)

    def delete(self, document_id: str) -> Awaitable[object]:
        """Forget a document."""
        request = documents_pb.DeleteDocumentRequest(id=document_id)
        return self.documents.DeleteDocument(request, metadata=self.caller)

    def list(self, **asked: Any) -> Awaitable[documents_pb.ListDocumentsResponse]:
        """Read a page of documents."""
        request = documents_pb.ListDocumentsRequest(**asked)
        return self.documents.ListDocuments(request, metadata=self.caller)

    async def search(self, query: str, limit: int = 0) -> Sequence[search_pb.FoundPassage]:
        """Search."""
        request = search_pb.SearchRequest(query=query, limit=limit)
        stub: Any = SearchServiceStub(self.channel)
        found: search_pb.SearchResponse = await stub.Search(request, metadata=self.caller)
        return found.passages

    def ask(self, question: str) -> Any:
        """Ask, and return the call."""
        stub: Any = QuestionServiceStub(self.channel)
        request = questions_pb.AskQuestionRequest(question=question)
        return stub.AskQuestion(request, metadata=self.caller)

    async def told(self, question: str) -> "list[events_pb.AnswerEvent]":
        """Ask, and return all that is told."""
        return [event async for event in self.ask(question)]

    @property
    def documents(self) -> Any:
        """The service of documents, which the type stubs know by its synchronous channel too."""
        return DocumentServiceStub(self.channel)


@pytest.fixture
def alice(channel: grpc.aio.Channel) -> Library:
    return Library(channel)


@pytest.fixture
def bob(channel: grpc.aio.Channel) -> Library:
    return Library(channel, BOB)


def named(name: str) -> documents_pb.UploadDocumentRequest:
    return documents_pb.UploadDocumentRequest(name=name)


def pieces(content: bytes, size: int) -> Iterator[documents_pb.UploadDocumentRequest]:
    for begin in range(0, len(content), size):
        yield documents_pb.UploadDocumentRequest(content=content[begin : begin + size])


async def test_what_is_sent_is_found_and_quoted(alice: Library) -> None:
    document = await alice.send("lease.md", LEASE)
    assert document.status == documents_pb.DOCUMENT_STATUS_INDEXED
    assert (document.title, document.media_type, document.chunks) == ("Lease", "text/markdown", 2)
    assert (document.name, document.owner_id, document.version) == ("lease.md", "alice", 1)
    assert document.size_bytes == len(LEASE)
    best = (await alice.search("Who has to pay when something breaks?"))[0]
    assert list(best.headings) == ["Lease", "Repairs"]
    assert best.document_id == document.id
    assert best.score.dense_rank == 1
    assert not best.HasField("page")

    told = await alice.told("Who pays for repairs?")
    (answer_id,) = {event.id.partition("/")[0] for event in told}
    assert [event.id for event in told] == [f"{answer_id}/{n}" for n in range(1, len(told) + 1)]
    passages = {
        event.passage.number: event.passage.passage.text
        for event in told
        if event.HasField("passage")
    }
    citations = [event.citation for event in told if event.HasField("citation")]
    assert citations
    for citation in citations:
        assert citation.quote in passages[citation.passage]
    answer = "".join(event.token.text for event in told if event.HasField("token"))
    assert answer.startswith("The tenant pays for repairs of up to 200 euros each.")
    quoted = (events_pb.ANSWER_OUTCOME_ANSWERED, events_pb.ANSWER_OUTCOME_QUOTED)
    assert told[-1].done.outcome in quoted


async def test_a_question_that_nothing_speaks_of_is_not_answered(alice: Library) -> None:
    await alice.send("lease.md", LEASE)
    (done,) = await alice.told("How deep is the Mariana Trench?")
    assert done.done.outcome == events_pb.ANSWER_OUTCOME_NO_EVIDENCE


async def test_what_is_somebody_elses_is_not_found(alice: Library, bob: Library) -> None:
    document = await alice.send("lease.md", LEASE)
    assert await bob.search("Who pays for repairs?") == []
    assert [event.WhichOneof("event") for event in await bob.told("Who pays?")] == ["done"]
    assert await code(bob.get(document.id)) is grpc.StatusCode.NOT_FOUND
    assert await code(bob.delete(document.id)) is grpc.StatusCode.NOT_FOUND
    assert (await bob.list()).documents == []


async def test_what_is_a_groups_is_its_members_alone(
    channel: grpc.aio.Channel, bob: Library
) -> None:
    member = Library(channel, bearer("alice", "documents:read", "documents:write", "group:legal"))
    document = await member.send("lease.md", LEASE, "group:legal")
    assert document.readers == "group:legal"
    colleague = Library(channel, bearer("carol", "documents:read", "group:legal"))
    best = (await colleague.search("Who pays for repairs?"))[0]
    assert best.document_id == document.id
    first = documents_pb.UploadDocumentRequest(name="b.md", readers="group:legal")
    assert (await member.upload(first, *pieces(LEASE, 100))).readers == "group:legal"
    assert await bob.search("Who pays for repairs?") == []
    assert await code(bob.get(document.id)) is grpc.StatusCode.NOT_FOUND
    for refused in (bob.send("a.md", b"a", "group:legal"), bob.send("a.md", b"a", "everyone")):
        assert await code(refused) is grpc.StatusCode.PERMISSION_DENIED
    assert await at_fault(bob.send("a.md", b"a", "alice")) == {"readers"}


async def test_what_is_removed_is_found_no_more(alice: Library) -> None:
    document = await alice.send("lease.md", LEASE)
    await alice.delete(document.id)
    assert await code(alice.get(document.id)) is grpc.StatusCode.NOT_FOUND
    assert await alice.search("Who pays for repairs?") == []


async def test_what_cannot_be_read_says_why(alice: Library) -> None:
    broken = await alice.send("image.md", bytes(range(256)) * 8)
    assert broken.status == documents_pb.DOCUMENT_STATUS_FAILED
    assert (broken.problem, broken.chunks) == ("binary", 0)
    assert broken.detail


async def test_a_document_comes_in_pieces_too(alice: Library) -> None:
    content = LEASE + b"\nFurther words.\n" * 100_000  # more than one message may have
    sent = await alice.upload(named("long.md"), *pieces(content, 100_000))
    assert sent.size_bytes == len(content)
    whole = documents_pb.SubmitDocumentRequest(name="long.md", content=content)
    refused = alice.documents.SubmitDocument(whole, metadata=ALICE)
    assert await code(refused) is grpc.StatusCode.RESOURCE_EXHAUSTED


async def test_documents_are_listed_page_by_page(alice: Library) -> None:
    for name in ("a.md", "b.md", "c.md"):
        await alice.send(name, name.encode())
    first = await alice.list(page_size=2, order_by="name")
    second = await alice.list(page_size=2, order_by="name", page_token=first.next_page_token)
    assert [document.name for document in first.documents] == ["a.md", "b.md"]
    assert [document.name for document in second.documents] == ["c.md"]
    assert not second.next_page_token
    failed = await alice.list(status=documents_pb.DOCUMENT_STATUS_FAILED)
    assert failed.documents == []


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda it: it.send("", b"x"), "name"),
        (lambda it: it.upload(), "name"),
        (lambda it: it.upload(*pieces(b"x", 1), named("a.md")), "name"),
        (lambda it: it.upload(named("a.md"), named("b.md")), "content"),
        (lambda it: it.get("x"), "id"),
        (lambda it: it.list(status=99), "status"),
        (lambda it: it.list(order_by="size"), "order_by"),
        (lambda it: it.search(" "), "query"),
        (lambda it: it.search("x", 51), "limit"),
        (lambda it: it.told("x" * 2001), "question"),
    ],
)
async def test_what_breaks_a_rule_is_refused(
    alice: Library, call: Callable[[Library], Awaitable[object]], field: str
) -> None:
    assert await at_fault(call(alice)) == {field}


@pytest.mark.parametrize(
    ("call", "scope"),
    [
        (lambda it: it.send("a.md", b"x"), "documents:read"),
        (lambda it: it.upload(named("a.md")), "documents:read"),
        (lambda it: it.delete(str(uuid4())), "documents:read"),
        (lambda it: it.list(), "documents:write"),
        (lambda it: it.search("x"), "documents:write"),
        (lambda it: it.told("x"), "documents:write"),
    ],
)
async def test_a_caller_needs_the_scope(
    channel: grpc.aio.Channel, call: Callable[[Library], Awaitable[object]], scope: str
) -> None:
    refused = call(Library(channel, bearer("alice", scope)))
    assert await code(refused) is grpc.StatusCode.PERMISSION_DENIED


async def test_a_document_beyond_the_limit_is_refused_while_it_comes(
    serve: Serve, parts: Parts
) -> None:
    """However much is still to come, and nothing beyond the limit is taken in."""
    serving = await serve(
        DocumentServicer(parts.assistant.documents, 1000), verifier=NamedVerifier()
    )
    library = Library(serving.channel)
    over = asyncio.Event()

    async def endless() -> AsyncIterator[documents_pb.UploadDocumentRequest]:
        yield named("endless.md")
        for piece in pieces(b"x" * 1001, 100):
            yield piece
        await over.wait()

    call = library.documents.UploadDocument(endless(), metadata=ALICE)
    assert await at_fault(call) == {"content"}
    over.set()
    assert await at_fault(library.send("a.md", b"x" * 1001)) == {"content"}
    fits = await library.upload(named("a.md"), *pieces(b"x" * 1000, 100))
    assert fits.size_bytes == 1000
    names = [document.name for document in (await library.list()).documents]
    assert names == ["a.md"]
