"""Telling a secret's value from a reference to one."""

import re
from collections.abc import Iterator
from typing import Final

from architect.model.plain import Plain
from architect.model.report import Finding
from architect.verify.manifests.tree import Object, at, mapping, mappings, strings, text

_NAME: Final = re.compile(r"(password|passwd|secret|token|api_?key|private_?key|credential)", re.IGNORECASE)
_NO_VALUE: Final = re.compile(r"(url|file|path|name|seconds|audience|issuer)$", re.IGNORECASE)
_TEXT: Final = re.compile(r"first_token|tokens.*=\d+$", re.IGNORECASE)
"""Tokens of a text, which are counted or waited for."""
_URL: Final = re.compile(r"[a-z][a-z0-9+]*://[^/\s:@]+:([^@/\s]+)@")
_KEY_BLOCK: Final = "PRIVATE KEY-----"


def looks_secret(name: str, value: str) -> bool:
    """Whether a variable holds a secret in plain text rather than a reference to one."""
    password = _URL.search(value)
    if (password and not _is_reference(password.group(1))) or _KEY_BLOCK in value:
        return True
    named = _NAME.search(name) is not None and _NO_VALUE.search(name) is None
    named = named and _TEXT.search(f"{name}={value}") is None
    return named and bool(value) and not _is_reference(value)


def in_tree(document: Plain, where: str) -> Iterator[Finding]:
    """Yield every value in a YAML tree that is a secret: by its key, by its shape, or in a Secret object."""
    if at(document, "kind") == "Secret" and (at(document, "data") or at(document, "stringData")):
        name = text(at(document, "metadata", "name"))
        yield _finding(f"the Secret {name!r} is in the repository", where)
    for path, value in strings(document):
        name = path.rpartition(".")[2].partition("[")[0]
        if looks_secret(name, value):
            yield _finding(f"{path} is a secret in plain text", where)
    for variable in _variables(document):
        if looks_secret(text(variable.get("name")), text(variable.get("value"))):
            yield _finding(f"{text(variable.get('name'))} is a secret in plain text", where)


def in_lines(source: str, where: str) -> Iterator[Finding]:
    """Yield every ``NAME=value`` line whose value is a secret."""
    for line_number, line in enumerate(source.splitlines(), start=1):
        name, found, value = line.partition("=")
        if found and not line.lstrip().startswith(("#", ";")) and looks_secret(name.strip(), value.strip()):
            yield _finding(f"{name.strip()} is a secret in plain text", f"{where}:{line_number}")


def _variables(document: Plain) -> Iterator[Object]:
    for key, value in mapping(document).items():
        if key == "env":
            yield from mappings(value)
        elif isinstance(value, dict):
            yield from _variables(value)
        else:
            for item in mappings(value):
                yield from _variables(item)


def _is_reference(value: str) -> bool:
    return not value or value.startswith(("$", "<", "{{"))


def _finding(message: str, where: str) -> Finding:
    return Finding(
        "no_secret_values", "error", message, where, "keep it out of the repository, and refer to it"
    )
