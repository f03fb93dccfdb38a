"""assistant_rest: documents, searches and questions over REST."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.documents import Operation
from architect.build.contributions.packaging import Dependency
from architect.build.contributions.python import Import, Routes
from architect.build.scene import Scene
from architect.build.slots import Contribution

_ROOM = "quillwort.entrypoints.rest.assistant"


_DOCUMENTS = (
    "`POST /v1/documents?name=lease.pdf` with a file as its body keeps a document: Markdown, HTML, PDF or"
    " text, of `HTTP_MAX_BODY_BYTES` at most. As `multipart/form-data` it takes up to 100 files in a request"
    " and answers 207 with what came of each; a folder goes with"
    " `find contracts -type f -exec curl -sF 'files=@{};filename={}' localhost:8000/v1/documents \\;`. A"
    " document is searched once its `status` is `indexed`, and `progress` tells how far it is until then. One"
    " that cannot be read is `failed`, and `problem` says why, in a word that stays the same: `empty`,"
    " `binary`, `encoding`, `encrypted`, `malformed`, `no_text` (a scan), `too_large`,"
    " `unsupported` (archives and office files), `too_long` or `abandoned`. Sending another under the same"
    " name replaces it; the same bytes change nothing."
)
_ANSWERS = (
    "`POST /v1/search` finds passages by their words and by their meaning, `POST /v1/questions` quotes the"
    " sentences that answer, as server-sent events, or ends with `no_evidence`. Both look at the caller's"
    " own documents alone (scopes `documents:read` and `documents:write`). The model that embeds is a"
    " package among the requirements."
)


def _contribute(_: Scene) -> Iterator[Contribution]:
    yield Dependency("python-multipart>=0.0.20")
    yield Operation(70, "Documents", _DOCUMENTS)
    yield Operation(80, "Answers", _ANSWERS)
    for module, name, part in (
        ("documents", "DocumentRoutes", "documents"),
        ("questions", "QuestionRoutes", "questions"),
        ("search", "SearchRoutes", "search"),
    ):
        yield Import(f"from {_ROOM}.{module} import {name}")
        yield Routes("http", f"{name}(parts.assistant.{part})")


BLOCKS.add(
    "assistant_rest",
    Block(
        title="Documents, search and answers over REST",
        selected=lambda choices: choices.assistant and choices.rest,
        files=("src/quillwort/entrypoints/rest/assistant/*.py", "tests/api/assistant/*.py"),
        contribute=_contribute,
    ),
)
