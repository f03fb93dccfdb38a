from itertools import product
from typing import get_args

from designs import EXEMPLAR

from architect.build import exemplar
from architect.build.block import BLOCKS, Block, always
from architect.build.choices import Choices, Counting, Deployment, Identity
from architect.build.engine import build


def every_choice() -> list[Choices]:
    return [
        Choices(rest=rest, grpc=grpc, identity=identity, counting=counting, deployment=deployment)
        for rest, grpc in ((True, True), (True, False), (False, True))
        for identity, counting, deployment in product(
            get_args(Identity), get_args(Counting), get_args(Deployment)
        )
    ]


def test_no_file_is_brought_by_two_blocks_of_one_project():
    blocks = BLOCKS.items().values()
    for choices in every_choice():
        selected = [block for block in blocks if block.selected(choices)]
        for path in exemplar.sources():
            assert sum(block.brings(path) for block in selected) <= 1, (path, choices)


def test_every_pattern_of_every_block_finds_a_file():
    for name, block in BLOCKS.items().items():
        for pattern in block.files:
            alone = Block(title=name, selected=always, files=(pattern,))
            assert any(alone.brings(path) for path in exemplar.sources()), (name, pattern)


def test_a_star_stays_within_a_directory_and_two_do_not():
    block = Block(title="", selected=always, files=("a/*.py", "b/**"))
    assert block.brings("a/x.py")
    assert not block.brings("a/b/x.py")
    assert block.brings("b/c/x.py")


def test_what_is_not_chosen_is_not_there():
    paths = {file.path for file in build(EXEMPLAR, "").files}
    assert "src/quillwort/adapters/limits/redis.py" in paths
    assert "src/quillwort/adapters/identity/anonymous.py" not in paths
    assert "deploy/systemd/quillwort.service" not in paths
    assert "src/quillwort/domain/shared_access.py" not in paths
