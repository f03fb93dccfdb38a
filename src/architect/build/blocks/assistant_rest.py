"""assistant_rest: documents, searches and questions over REST."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.documents import Operation
from architect.build.contributions.environment import Variable, VariableGroup
from architect.build.contributions.packaging import Dependency
from architect.build.contributions.python import Import, Routes, Section
from architect.build.scene import Scene
from architect.build.slots import Contribution

_ROOM = "quillwort.entrypoints.rest.assistant"
_FILES = (
    "__init__",
    "answers",
    "documents",
    "events",
    "parts",
    "passages",
    "questions",
    "search",
    "settings",
    "stream",
)


_DOCUMENTS = (
    "`POST /v1/documents?name=lease.pdf` with a file as its body keeps a document: Markdown, HTML, PDF or"
    " text, of `DOCUMENT_MAX_BYTES` at most. As `multipart/form-data` it takes up to 100 files, of as many"
    " bytes together, and answers 207 with what came of each: that is one request to the rate limit. A"
    " document is searched once its `status` is `indexed`, and `progress` tells how far it is until then. One"
    " that cannot be read is `failed`, and `problem` says why, in a word that stays the same: `empty`,"
    " `binary`, `encoding`, `encrypted`, `malformed`, `no_text` (a scan), `too_large`, `unsupported`"
    " (archives and office files), `too_long`, `refused` (by the embedder) or `abandoned` (it ended the"
    " process, more than once). Sending another for the same readers under the same name replaces it; the"
    " same bytes change nothing."
)
_READERS = (
    "`readers` says for whom a document is: `owner` (its sender), `group:<name>` or `everyone`; without it"
    " `DOCUMENT_READERS` does. It is a parameter of `POST /v1/documents`, or a field of the form, where it"
    " holds for the files after it. A search reaches what is the caller's, their groups' (the token's claim"
    " `AUTH_GROUPS_CLAIM`) and everyone's, and so does every answer; `documents:admin` reaches all. A"
    " group's documents are sent, replaced and removed by its members, with `documents:write`; everyone's by"
    " those who have `documents:publish` besides. To move a document to other readers, send it again for them"
    " and remove the one there was. Its vectors are made anew: what other readers have is not looked at, or"
    " how far a document is would tell of it."
)
_ANSWERS = (
    "`POST /v1/search` finds passages by their words and by their meaning, `POST /v1/questions` answers from"
    " them, as server-sent events, or ends with `no_evidence`. Both look at what the caller may read alone"
    " (scope `documents:read`)."
)
_RESUMING = (
    "An answer has a place of its own, which `Location` names. `GET /v1/answers/{id}/events` with"
    " `Last-Event-ID` reads on after a broken connection, `DELETE` stops it, `PUT .../feedback` says whether"
    " it helped. One that nobody reads for `ASSISTANT_RESUME_SECONDS` is stopped. One that has ended is kept"
    " for `ASSISTANT_ANSWERS_DAYS`, with the passages that it rests on; it is told no more once one of their"
    " documents is gone, or its asker may not read it, but stays in the table `answers` with what it quotes"
    " until these days are over. While it is written only the process that writes it knows it: with several,"
    " send a caller to the same one. Answers are text: show them as text, never as HTML."
)


def _contribute(scene: Scene) -> Iterator[Contribution]:
    yield Dependency("python-multipart>=0.0.20")
    yield Operation(70, "Documents", _DOCUMENTS)
    if scene.choices.identity == "jwt":
        yield Operation(75, "Readers of documents", _READERS)
    yield Operation(80, "Answers", _ANSWERS)
    yield Section("streams", "entrypoints.rest.assistant.settings", "StreamSettings")
    yield VariableGroup(
        27,
        "Streams over REST",
        (Variable("HTTP_HEARTBEAT_SECONDS", "15", "the longest silence on a stream of events"),),
    )
    yield Operation(81, "Reading on", _RESUMING)
    heartbeat = "parts.settings.streams.heartbeat_seconds"
    for module, name, given in (
        ("answers", "AnswerRoutes", f"parts.assistant.answers, {heartbeat}"),
        ("documents", "DocumentRoutes", "parts.assistant.documents"),
        ("questions", "QuestionRoutes", f"parts.assistant.questions, {heartbeat}"),
        ("search", "SearchRoutes", "parts.assistant.search"),
    ):
        yield Import(f"from {_ROOM}.{module} import {name}")
        yield Routes("http", f"{name}({given})")


BLOCKS.add(
    "assistant_rest",
    Block(
        title="Documents, search and answers over REST",
        selected=lambda choices: choices.assistant and choices.rest,
        files=(
            *(f"src/quillwort/entrypoints/rest/assistant/{name}.py" for name in _FILES),
            "tests/api/assistant/*.py",
        ),
        contribute=_contribute,
    ),
)
