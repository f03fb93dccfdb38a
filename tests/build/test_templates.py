"""Templates loop and substitute; choices are made in code."""

import re
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from jinja2.exceptions import TemplateNotFound

from architect.build.block import BLOCKS
from architect.build.rendering import TEMPLATES, shared, templates

SOURCES = sorted(TEMPLATES.rglob("*.j2"))
ALLOWED = re.compile(r"(?:for .+ in .+|endfor)")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_a_template_holds_loops_only(path: Path):
    text = path.read_text(encoding="utf-8")
    statements = re.findall(r"\{%-?\s*(.*?)\s*-?%\}", text)
    assert [each for each in statements if not ALLOWED.fullmatch(each)] == []
    inside = re.findall(r"\{\{(.*?)\}\}", text) + statements
    assert [each for each in inside if re.search(r"\bif\b|\belse\b", each)] == []


@pytest.mark.parametrize("folder", ["entity", "project"])
def test_every_template_is_brought_by_one_block(folder: str):
    brought = [
        path
        for block in BLOCKS.items().values()
        for path in (block.templates if folder == "entity" else block.wide)
    ]
    assert sorted(brought) == list(templates(folder))


def test_what_nobody_prepared_is_an_error_and_not_a_gap():
    with pytest.raises(UndefinedError):
        shared("README.md")
    with pytest.raises(TemplateNotFound):
        shared("nothing")
