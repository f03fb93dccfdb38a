"""YAML in one style: two spaces, lists level with their key, no anchors, a comment above all."""

import textwrap
from typing import Final

import yaml

WIDTH: Final = 100


class _Plain(yaml.CSafeDumper):
    """Writes what occurs twice twice: nobody follows an anchor in a manifest."""

    def ignore_aliases(self, data: object) -> bool:
        """Never refer back."""
        del data
        return True


def canonical(text: str) -> str:
    """Return a YAML document in the one style; comments stay that stand above it.

    Raises:
        yaml.YAMLError: the text is no YAML.
    """
    lines = text.splitlines(keepends=True)
    above = next((place for place, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return "".join(lines[:above]) + dumped(yaml.load("".join(lines[above:]), yaml.CSafeLoader))


def dumped(value: object) -> str:
    """Return a value as YAML in the one style."""
    text: str = yaml.dump(value, Dumper=_Plain, sort_keys=False, width=WIDTH, allow_unicode=True)
    return text


def indented(text: str, by: int) -> str:
    """Return a block of lines indented further, without what the source's own indentation adds."""
    return textwrap.indent(textwrap.dedent(text).strip("\n"), " " * by)
