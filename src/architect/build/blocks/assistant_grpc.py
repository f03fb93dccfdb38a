"""assistant_grpc: documents, searches and questions over gRPC."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.documents import Operation
from architect.build.contributions.python import Import, Routes
from architect.build.scene import Scene
from architect.build.slots import Contribution

_ROOM = "quillwort.entrypoints.grpc.assistant"
_PROTOS = ("answers", "documents", "events", "questions", "search")
_FILES = ("__init__", "answers", "documents", "events", "passages", "questions", "search")

_SERVED = (
    "`DocumentService/SubmitDocument` keeps a document that fits into one message (`GRPC_MAX_MESSAGE_BYTES`),"
    " `UploadDocument` one of up to `DOCUMENT_MAX_BYTES` that streams in; `readers` says for whom it is:"
    " `owner`, `group:<name>` or `everyone`. `SearchService/Search` finds passages, and"
    " `QuestionService/AskQuestion` streams an answer as events. Cancelling the call stops the answer at"
    " once; asked for as `resumable` it goes on for `ASSISTANT_RESUME_SECONDS`, and"
    " `AnswerService/ResumeAnswer` reads on. `proto/quillwort/v1/` says the rest."
)


def _contribute(_: Scene) -> Iterator[Contribution]:
    yield Operation(85, "Documents and answers over gRPC", _SERVED)
    for module, name, arguments in (
        ("answers", "AnswerServicer", "parts.assistant.answers"),
        ("documents", "DocumentServicer", "parts.assistant.documents, parts.settings.documents.max_bytes"),
        ("questions", "QuestionServicer", "parts.assistant.questions, parts.assistant.answers"),
        ("search", "SearchServicer", "parts.assistant.search"),
    ):
        yield Import(f"from {_ROOM}.{module} import {name}")
        yield Routes("grpc", f"{name}({arguments})")


BLOCKS.add(
    "assistant_grpc",
    Block(
        title="Documents, search and answers over gRPC",
        selected=lambda choices: choices.assistant and choices.grpc,
        files=(
            *(f"proto/quillwort/v1/assistant_{name}.proto" for name in _PROTOS),
            *(f"src/quillwort/entrypoints/grpc/assistant/{name}.py" for name in _FILES),
            "tests/grpc/assistant/test_answers_grpc.py",
            "tests/grpc/assistant/test_assistant_grpc.py",
            "tests/grpc/assistant/test_event_messages.py",
        ),
        contribute=_contribute,
    ),
)
