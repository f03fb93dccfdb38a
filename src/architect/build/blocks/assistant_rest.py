"""assistant_rest: documents, searches and questions over REST."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.python import Import, Routes
from architect.build.scene import Scene
from architect.build.slots import Contribution

_ROOM = "quillwort.entrypoints.rest.assistant"


def _contribute(_: Scene) -> Iterator[Contribution]:
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
