"""For whom documents are: whom they reach, and who may send and remove them."""

import pytest

from documents import of
from quillwort.assistant.corpus import Corpus
from quillwort.assistant.document_access import DefaultReaders, readers_of
from quillwort.assistant.document_service import DocumentService
from quillwort.assistant.documents import ACCESS, DocumentQuery
from quillwort.domain.errors import InvalidInput, NotFound, PermissionDenied
from quillwort.domain.values import Principal, new_id

READ, WRITE, PUBLISH, ADMIN = (
    f"documents:{right}" for right in ("read", "write", "publish", "admin")
)


def caller(name: str, *scopes: str, groups: tuple[str, ...] = ()) -> Principal:
    return Principal(name, name, frozenset(scopes or (READ, WRITE)), frozenset(groups))


ALICE = caller("alice", groups=("legal",))
BOB = caller("bob", groups=("sales",))
EDITOR = caller("editor", READ, WRITE, PUBLISH)
ROOT = caller("root", ADMIN)


def service(corpus: Corpus, readers: DefaultReaders = "owner") -> DocumentService:
    return DocumentService(corpus, lambda: None, readers)


def test_reads_reach_ones_own_the_groups_and_everybodys() -> None:
    assert ACCESS.read(ALICE) == of("alice", "group:legal", "everyone")
    assert ACCESS.read(caller("eve", READ)) == of("eve", "everyone")
    assert ACCESS.read(ROOT) is None
    with pytest.raises(PermissionDenied):
        ACCESS.read(caller("eve", WRITE, PUBLISH))


def test_writes_reach_everybodys_with_the_scope_to_publish_alone() -> None:
    assert ACCESS.write(ALICE) == of("alice", "group:legal")
    assert ACCESS.write(EDITOR) == of("editor", "everyone")
    assert ACCESS.write(ROOT) is None
    with pytest.raises(PermissionDenied):
        ACCESS.write(caller("eve", READ, PUBLISH))


@pytest.mark.parametrize(
    ("sender", "readers", "label"),
    [
        (ALICE, None, "alice"),
        (ALICE, "", "alice"),
        (ALICE, "owner", "alice"),
        (ALICE, "group:legal", "group:legal"),
        (EDITOR, "everyone", "everyone"),
        (ROOT, "group:sales", "group:sales"),
        (ROOT, "everyone", "everyone"),
    ],
)
async def test_a_document_is_for_the_readers_that_its_sender_names(
    corpus: Corpus, sender: Principal, readers: str | None, label: str
) -> None:
    kept = await service(corpus).submit(sender, "a.md", b"a", readers)
    assert kept.owner_id == label
    assert readers_of(label) == (readers or "owner")


@pytest.mark.parametrize(
    ("sender", "readers", "told"),
    [
        (ALICE, "group:sales", "group sales"),
        (ALICE, "everyone", PUBLISH),
        (caller("eve", READ, PUBLISH), "everyone", WRITE),
        (caller("eve", READ, groups=("legal",)), "group:legal", WRITE),
    ],
)
async def test_nobody_sends_to_readers_beyond_their_rights(
    corpus: Corpus, sender: Principal, readers: str, told: str
) -> None:
    with pytest.raises(PermissionDenied, match=told):
        await service(corpus).submit(sender, "a.md", b"a", readers)
    assert (await corpus.list(DocumentQuery(), None)).items == ()


@pytest.mark.parametrize(
    "readers", ["alice", "bob", "group:", "groups", "group:a\0", f"group:{'x' * 200}"]
)
async def test_what_names_no_readers_is_refused(corpus: Corpus, readers: str) -> None:
    for sender in (ALICE, ROOT):
        with pytest.raises(InvalidInput) as caught:
            await service(corpus).submit(sender, "a.md", b"a", readers)
        assert [error.field for error in caught.value.errors] == ["readers"]


async def test_the_setting_says_for_whom_a_document_is_that_names_nobody(corpus: Corpus) -> None:
    kept = await service(corpus, "everyone").submit(EDITOR, "a.md", b"a")
    assert kept.owner_id == "everyone"
    with pytest.raises(PermissionDenied, match=PUBLISH):
        await service(corpus, "everyone").submit(ALICE, "a.md", b"a")
    mine = await service(corpus, "everyone").submit(ALICE, "a.md", b"a", "owner")
    assert mine.owner_id == "alice"


async def test_a_groups_document_is_its_members_to_read_replace_and_remove(corpus: Corpus) -> None:
    documents = service(corpus)
    sent = await documents.submit(ALICE, "plan.md", b"one", "group:legal")
    carol = caller("carol", groups=("sales", "legal"))
    assert (await documents.get(carol, sent.id)).id == sent.id
    assert (await documents.submit(carol, "plan.md", b"two", "group:legal")).id == sent.id
    with pytest.raises(NotFound):
        await documents.get(BOB, sent.id)
    with pytest.raises(NotFound):
        await documents.remove(BOB, sent.id)
    await documents.remove(carol, sent.id)
    with pytest.raises(NotFound):
        await documents.get(ALICE, sent.id)


async def test_everybodys_document_is_everybodys_to_read_and_publishers_to_remove(
    corpus: Corpus,
) -> None:
    documents = service(corpus)
    sent = await documents.submit(EDITOR, "plan.md", b"one", "everyone")
    assert [each.id for each in (await documents.list(BOB, DocumentQuery())).items] == [sent.id]
    with pytest.raises(PermissionDenied, match=PUBLISH):
        await documents.remove(BOB, sent.id)
    with pytest.raises(NotFound):
        await documents.remove(BOB, new_id())
    await documents.remove(EDITOR, sent.id)
    assert (await documents.list(BOB, DocumentQuery())).items == ()
