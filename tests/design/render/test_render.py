import re
from dataclasses import replace

import pytest
from briefs import DEMO, EMPTY, brief, fact
from hypothesis import HealthCheck, assume, given, settings
from wishes import briefs

from architect.design.engine import design
from architect.design.flips import with_flip_points
from architect.design.render import adr, markdown, mermaid
from architect.model.brief import Brief
from architect.model.design import Design
from architect.model.errors import InputError

SECTIONS = [
    "Context",
    "Decision drivers",
    "Considered options",
    "Decision",
    "Consequences",
    "Confirmation",
    "When to decide otherwise",
    "Patterns",
    "Libraries",
    "The options in detail",
]
MERMAID = re.compile(
    r"(C4Context|C4Container"
    r"|  title [^\n\"]+"
    r"|  (Person|System_Ext|System)\(\w+, \"[^\"\n]*\", \"[^\"\n]*\"\)"
    r"|  System_Boundary\(\w+, \"[^\"\n]*\"\) \{|  \}"
    r"|    (Container|ContainerDb|ContainerQueue)\(\w+, \"[^\"\n]*\", \"[^\"\n]*\", \"[^\"\n]*\"\)"
    r"|  Rel\(\w+, \w+, \"[^\"\n]*\", \"[^\"\n]*\"\))"
)


@pytest.fixture(scope="module")
def made() -> Design:
    return with_flip_points(design(DEMO))


def diagrams(text: str) -> list[list[str]]:
    return [block.splitlines() for block in re.findall(r"```mermaid\n(.*?)\n```", text, re.DOTALL)]


def test_records_have_one_regular_shape(made: Design) -> None:
    records = adr(made)
    assert len(records) == len(made.decisions)
    for index, ((name, text), decision) in enumerate(zip(records, made.decisions, strict=True), start=1):
        assert name == f"{index:04d}-{decision.name.replace('_', '-')}.md"
        assert text.startswith(f"# {decision.title}: {decision.chosen.title}\n")
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == SECTIONS
        assert text.endswith("\n")


def test_a_record_says_what_was_weighed_and_why(made: Design) -> None:
    text = dict(adr(made))["0004-datastore.md"]
    for option in made.decision("datastore").options:
        assert f"- {option.title} (`{option.name}`)" in text
        assert f"### {option.title}\n" in text
    assert "because you asked for it (`prefer.database: postgresql`)" in text
    assert "- `query_plans`: Every query" in text
    assert "without prefer.database: mongodb" in text
    assert "(runner-up: asyncpg)" in text


def test_the_document_holds_everything(made: Design) -> None:
    text = markdown(made)
    for fact_path, _ in made.brief.facts():
        assert f"| {fact_path} |" in text
    for decision in made.decisions:
        assert f"### {decision.title}: {decision.chosen.title}\n" in text
    for figure in made.sizing.figures:
        assert f"| {figure.name} |" in text
    assert "**Order** of shop (stated): customer (reference), total (money)" in text
    assert text.count("```mermaid") == 2
    assert text.startswith("# Design of shop\n")


def test_warnings_and_what_was_not_read_are_shown() -> None:
    known = replace(brief({"load.latency.milliseconds": 1.0}), unread=("Wir brauchen auch Fax.",))
    text = markdown(design(known))
    assert "- load.latency: p95 of 1 ms cannot be met" in text
    assert "- Wir brauchen auch Fax." in text


def test_tables_have_as_many_cells_as_their_head(made: Design) -> None:
    text = markdown(replace(made, warnings=("a | b",)))
    for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        counts = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
        assert len(counts) == 1, block


def test_the_diagrams_are_mermaid(made: Design) -> None:
    context, container = diagrams(mermaid(made))
    assert context[0] == "C4Context"
    assert container[0] == "C4Container"
    for line in (*context, *container):
        assert MERMAID.fullmatch(line), line
    assert any(line.startswith("    ContainerDb(c_postgresql") for line in container)
    assert not any("postgresql" in line for line in context)
    assert any("Rel(c_people, c_shop" in line for line in container)


def test_a_name_cannot_break_a_diagram() -> None:
    known = replace(EMPTY, name=fact('the "best"; shop\n(1)'), purpose=fact("x" * 500))
    for block in diagrams(mermaid(design(known))):
        for line in block:
            assert MERMAID.fullmatch(line), line


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(briefs())
def test_any_design_can_be_written_down(known: Brief) -> None:
    try:
        made = design(known)
    except InputError:
        assume(False)  # noqa: FBT003 - it wishes for what it avoids
    assert "None." in markdown(made)
    names = [name for name, _ in adr(made)]
    assert len(set(names)) == len(names)
    boxes = {
        match[1]
        for line in diagrams(mermaid(made))[1]
        if (match := re.match(r"\s+(?:Person|System_Ext|Container\w*)\((\w+),", line))
    }
    for line in diagrams(mermaid(made))[1]:
        assert MERMAID.fullmatch(line), line
        if ends := re.match(r"  Rel\((\w+), (\w+),", line):
            assert {ends[1], ends[2]} <= boxes


def test_the_same_design_gives_the_same_text(made: Design) -> None:
    assert markdown(made) == markdown(with_flip_points(design(DEMO)))
