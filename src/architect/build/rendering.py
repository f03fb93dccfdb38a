"""Text from templates that loop and substitute and nothing else."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from architect.build.compiled import kept
from architect.build.contributions.documents import Operation, Way
from architect.build.entity.view import EntityView
from architect.build.entity.words import TEXT_WIDTH, commented, filled, listed, pascal, set_of, tuple_of
from architect.build.manifests import indented

TEMPLATES: Final = Path(__file__).parent / "templates"
ENTITY_WORD: Final = "specimen"
"""What stands for the entity in a template's path."""


_COMPILED_BY: Final = ("trim_blocks", "lstrip_blocks", "keep_trailing_newline", "autoescape")
"""Options that a compiled template depends on."""


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - the output is source code, not HTML
    )
    environment.bytecode_cache = kept({name: getattr(environment, name) for name in _COMPILED_BY})
    environment.filters |= {
        "commented": commented,
        "filled": filled,
        "indented": indented,
        "late": _late,
        "listed": listed,
        "paragraph": _paragraph,
        "pascal": pascal,
        "set_of": set_of,
        "tuple_of": tuple_of,
    }
    return environment


def _late(views: Sequence[EntityView]) -> list[str]:
    """Return the name of the statements that wait until every table stands, if there are any."""
    return ["REFERENCES"] if any(view.table.alterations for view in views) else []


def _paragraph(entry: Operation | Way) -> str:
    return filled(f"**{entry.title}.** {entry.text}", width=TEXT_WIDTH)


@cache
def templates(folder: str) -> tuple[str, ...]:
    """Return the paths of the templates in ``entity`` or ``project``, relative to it, without suffix."""
    top = TEMPLATES / folder
    return tuple(sorted(path.relative_to(top).as_posix().removesuffix(".j2") for path in top.rglob("*.j2")))


def per_entity(path: str, views: Sequence[EntityView]) -> Iterator[tuple[str, str]]:
    """Yield the path and text of a template's file for every entity; still under the placeholder's name."""
    template = _environment().get_template(f"entity/{path}.j2")
    for view in views:
        yield path.replace(ENTITY_WORD, view.module), template.render(entity=view)


def per_project(path: str, views: Sequence[EntityView]) -> tuple[str, str]:
    """Return the path and text of a template's file that speaks of all entities."""
    return path, _environment().get_template(f"project/{path}.j2").render(entities=views)


def shared(path: str, **values: object) -> str:
    """Return the text of a shared file, from the values that its writer prepared."""
    return _environment().get_template(f"shared/{path}.j2").render(values)
