"""Writes the reference pages out of the code: ``python docs/generate.py`` (``--check`` only compares).

Each page is a function of a registry, so that adding a decision, a block, a gate or a verb adds its entry.
"""

import sys
from collections.abc import Callable, Iterator
from inspect import getdoc, getmodule
from pathlib import Path

import click

from architect.build.block import BLOCKS
from architect.design.rule import DECISIONS
from architect.surfaces.cli.main import cli
from architect.verify.gate import GATES

FOLDER = Path(__file__).parent / "reference"
NOTE = "<!-- written by docs/generate.py; change the code instead -->\n"


def commands() -> Iterator[str]:
    """Yield the page of the command line: each verb's help."""
    yield "# Commands\n\nExit status: 0 done, 1 findings or a failed gate, 2 bad input.\n"
    context = click.Context(cli, info_name="architect", max_content_width=100, terminal_width=100)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        with click.Context(command, info_name=name, parent=context, max_content_width=100) as inner:
            yield f"## architect {name}\n\n```text\n{command.get_help(inner)}\n```\n"


def decisions() -> Iterator[str]:
    """Yield the page of decisions: what each settles and what it reads."""
    yield "# Decisions\n\n`architect design` prints the options, arithmetic and flip points of each.\n"
    for name, rule in DECISIONS.items().items():
        module = getmodule(rule.context)
        reads = f"\nReads: {', '.join(rule.reads)}.\n" if rule.reads else ""
        yield f"## {rule.title} (`{name}`)\n\n{getdoc(module) if module else ''}\n{reads}"


def gates() -> Iterator[str]:
    """Yield the page of gates: what each shows, and its checks."""
    yield "# Gates\n\n`architect verify DIR --gate NAME --check NAME` runs one of them, or one check alone.\n"
    for name, gate in GATES.items().items():
        alone = " Runs alone, after the others." if gate.exclusive else ""
        listed = "\n".join(f"- `{check}`" for check in gate.checks)
        yield f"## {name}\n\n{gate.title}.{alone} Stopped after {gate.seconds:.0f} s.\n\n{listed}\n"


def blocks() -> Iterator[str]:
    """Yield the page of blocks: what each brings."""
    yield "# Blocks\n\nA project is made of the blocks that its design selects.\n"
    for name, block in BLOCKS.items().items():
        brought = [*block.files, *block.templates, *block.wide]
        listed = "\n".join(f"- `{path}`" for path in brought) or "contributions to shared files only"
        yield f"## {block.title} (`{name}`)\n\n{listed}\n"


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "commands.md": commands,
    "decisions.md": decisions,
    "gates.md": gates,
    "blocks.md": blocks,
}


def pages() -> dict[Path, str]:
    """Return every reference page's text by its path."""
    return {FOLDER / name: NOTE + "\n" + "\n".join(page()) for name, page in PAGES.items()}


def main() -> int:
    """Write the pages, or with ``--check`` return 1 when one is not current."""
    stale = [
        path
        for path, text in pages().items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    if "--check" in sys.argv[1:]:
        print("\n".join(f"{path} is not current: python docs/generate.py" for path in stale))
        return int(bool(stale))
    FOLDER.mkdir(exist_ok=True)
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
