"""The YAML of architect.yaml as plain values, with the line and column of every key and value."""

from dataclasses import dataclass, field
from typing import Final, Protocol

import yaml

from architect.model.errors import InputError

LARGEST_BYTES: Final = 1024 * 1024
DEEPEST: Final = 24

Path = tuple[str | int, ...]
Value = str | int | float | bool | list["Value"] | dict[str, "Value"] | None


@dataclass
class Source:
    """A read document: its value, and where each path stands (line and column from 1)."""

    name: str
    value: Value
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    values: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def where(self, path: Path, *, key: bool = False) -> str:
        """Return ``name:line:column`` of a path, or of the nearest one above it."""
        line, column = self.place(path, key=key)
        return f"{self.name}:{line}:{column}"

    def place(self, path: Path, *, key: bool = False) -> tuple[int, int]:
        """Return line and column of a path's value (or key), or of the nearest path above it."""
        if key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, (1, 1))


def parse(text: str, name: str) -> Source:
    """Return the values of a YAML text.

    Raises:
        InputError: it is empty, too large or too deep, no mapping, or has duplicate keys or aliases.
    """
    if len(text.encode("utf-8", "replace")) > LARGEST_BYTES:
        raise InputError(
            f"is larger than {LARGEST_BYTES:,} bytes",
            where=name,
            mend="an architect.yaml is a few pages at most",
        )
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _refuse_deep(text, name, loader)
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        raise _broken(error, name) from None
    except yaml.reader.ReaderError as error:
        raise InputError(
            "holds characters that YAML does not allow", where=name, mend="save it as plain UTF-8 text"
        ) from error
    except ValueError as error:
        raise InputError("is no YAML", where=name, mend="save it as plain UTF-8 text") from error
    if node is None:
        raise InputError("is empty", where=f"{name}:1:1", mend="start with `intent: build`")
    source = Source(name, None)
    source.value = _plain(node, (), source)
    if not isinstance(source.value, dict):
        raise InputError(
            "is not a mapping of keys to values", where=source.where(()), mend="start with `intent: build`"
        )
    return source


def _refuse_deep(text: str, name: str, loader: type[yaml.SafeLoader]) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise InputError(
                "anchors and aliases (&, *) are not read",
                where=_place(event.start_mark, name),
                mend="write the value out",
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise InputError(
                    f"is nested deeper than {DEEPEST} levels",
                    where=_place(event.start_mark, name),
                    mend="nothing here needs that",
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


class _Mark(Protocol):
    line: int
    column: int


def _place(mark: _Mark | None, name: str) -> str:
    return f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name


def _broken(error: yaml.MarkedYAMLError, name: str) -> InputError:
    where = _place(error.problem_mark or error.context_mark, name)
    problem = " ".join(str(error.problem or "cannot be read as YAML").split())
    return InputError(problem, where=where, mend="check indentation, colons and quotes there")


def _plain(node: yaml.Node, path: Path, source: Source) -> Value:
    source.values[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, source)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, at), source) for at, item in enumerate(node.value)]
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    message = f"{type(node).__name__} is no node of YAML"
    raise TypeError(message)


def _mapping(node: yaml.MappingNode, path: Path, source: Source) -> Value:
    mapping: dict[str, Value] = {}
    for key, value in node.value:
        mark = key.start_mark
        if not isinstance(key, yaml.ScalarNode):
            where = f"{source.name}:{mark.line + 1}:{mark.column + 1}"
            raise InputError("a key is not a word", where=where, mend="quote it or write it out")
        at = (*path, key.value)
        if key.value in mapping:
            first, _ = source.keys[at]
            where = f"{source.name}:{mark.line + 1}:{mark.column + 1}"
            raise InputError(
                f"{key.value!r} is there twice (first in line {first})", where=where, mend="keep one of them"
            )
        source.keys[at] = (mark.line + 1, mark.column + 1)
        mapping[key.value] = _plain(value, at, source)
    return mapping


_TRUE: Final = frozenset({"true", "yes", "on"})
_LONGEST_NUMBER: Final = 40


def _scalar(node: yaml.ScalarNode) -> Value:
    """Return a scalar; what is no number, boolean or null in JSON's sense stays the text it is."""
    text: str = node.value
    kind = node.tag.rpartition(":")[2]
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() in _TRUE
    if kind in ("int", "float") and ":" not in text and len(text) <= _LONGEST_NUMBER:
        try:
            plain = text.replace("_", "")
            return (
                int(plain, 0 if plain.lower().startswith(("0x", "0b")) else 10)
                if kind == "int"
                else float(plain)
            )
        except ValueError:
            return text
    return text
