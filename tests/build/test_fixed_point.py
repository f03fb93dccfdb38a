"""Building the exemplar's own brief gives the exemplar back; what its brief leaves out belongs to other"
" blocks."""

import pytest
from designs import EXEMPLAR

from architect.build import exemplar
from architect.build.block import BLOCKS
from architect.build.engine import build
from architect.build.refresh import differences
from architect.model.project import Project


@pytest.fixture(scope="module")
def built() -> Project:
    document = exemplar.sources().get("architect.yaml")
    return build(EXEMPLAR, document.content.decode() if document else "")


def test_the_exemplar_comes_back_byte_for_byte(built: Project):
    found = list(differences(built))
    assert not found, "\n".join(diff for _, diff in found)


def test_every_file_of_the_exemplar_is_built_or_belongs_to_a_block_that_its_brief_leaves_out(built: Project):
    made = {file.path for file in built.files}
    chosen = {file.block for file in built.files}
    others = [block for name, block in BLOCKS.items().items() if name not in chosen]
    lost = [
        path
        for path in exemplar.sources()
        if path not in made and not any(block.brings(path) for block in others)
    ]
    assert lost == []
