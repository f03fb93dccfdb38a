"""Building the exemplar's own brief gives the exemplar back; the rest of it belongs to other blocks."""

from pathlib import Path

import pytest

from architect.build import exemplar
from architect.build.block import BLOCKS
from architect.build.refresh import (
    alternatives,
    differences,
    exemplar_design,
    exemplar_project,
    outdated,
    own_files,
)
from architect.model.design import Design
from architect.model.project import Project

MEND = "run `python -m architect.build.refresh`, look at what changes, and run the exemplar's own checks"


@pytest.fixture(scope="module")
def design() -> Design:
    return exemplar_design()


@pytest.fixture(scope="module")
def built() -> Project:
    return exemplar_project()


def test_the_exemplar_comes_back_byte_for_byte(built: Project):
    found = list(differences(built))
    assert not found, "\n".join([*(diff for _, diff in found), MEND])


def test_alternatives_that_the_exemplar_holds_come_back_too(built: Project, design: Design):
    """The unit of systemd and what is there without identity lie beside what the exemplar's brief chooses."""
    for other in alternatives(design):
        own = own_files(other, built)
        assert own.files
        assert "\n".join(diff for _, diff in differences(own)) == ""


def test_every_file_of_the_exemplar_belongs_to_a_project(built: Project, design: Design):
    """Files of blocks that neither its brief nor an alternative selects are claimed by these blocks."""
    made = {file.path for project in (built, *alternatives(design)) for file in project.files}
    claims = BLOCKS.items().values()
    lost = [
        path
        for path in exemplar.sources()
        if path not in made and not any(block.brings(path) for block in claims)
    ]
    assert lost == []


def test_nothing_of_the_exemplar_is_of_an_entity_and_copied_whole(built: Project):
    words = exemplar.ENTITIES
    whole = [
        file
        for file in built.files
        if not exemplar.is_of_an_entity(file.path)
        and any(block.brings(file.path) for block in BLOCKS.items().values())
    ]
    said = [file.path for file in whole if any(word in file.content.decode().lower() for word in words)]
    assert said == []


def test_records_of_decisions_that_are_gone_are_found(built: Project, tmp_path: Path):
    folder = tmp_path / "docs/adr"
    folder.mkdir(parents=True)
    for record in (exemplar.root() / "docs/adr").glob("*.md"):
        (folder / record.name).touch()
    assert list(outdated(built, tmp_path)) == []
    (folder / "0099-weather.md").touch()
    assert list(outdated(built, tmp_path)) == [folder / "0099-weather.md"]
