"""shared_entities: things that nobody owns, guarded by scopes alone."""

from architect.build.block import BLOCKS, Block

BLOCKS.add(
    "shared_entities",
    Block(
        title="Entities without owners",
        selected=lambda choices: choices.shared_entities,
        files=("src/quillwort/domain/shared_access.py",),
    ),
)
