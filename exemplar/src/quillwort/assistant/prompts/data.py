"""Text of documents and callers as data of a prompt: nothing in it can pass for the prompt's own.

Delimiters are angle brackets, and no text between them has any: `<`, `>` and `&` are escaped as in
XML, so that there is nothing to forge and nothing to guess. Numbers in square brackets are what
citations look like, and words such as `[EMAIL_1]` stand for what was left out: both lose their
brackets. Characters that people do not see, but models read, are taken out.
"""

import re
import unicodedata
from typing import Final

_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co"})
"""Categories of controls, formats (marks of direction among them), surrogates and private use."""
_SEEN: Final = frozenset("\n\t\u200c\u200d")
"""Some scripts are written with joiners."""
_IGNORED: Final = (range(0xFE00, 0xFE10), range(0xE0000, 0xE1000))
"""Selectors of glyphs, and tags: nobody sees any number of them (Default_Ignorable_Code_Point)."""

_MARKER: Final = re.compile(r"\[(?=\s*\^?\s*\d|[A-Z]+_\d)([^\[\]]*)\]")
_ESCAPED: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ATTRIBUTE: Final = str.maketrans({'"': "&quot;", "\n": " "})


def visible(text: str) -> str:
    """Return the text without what people do not see."""
    return "".join(
        character for character in text if character in _SEEN or not _is_hidden(character)
    )


def content(text: str) -> str:
    """Return a text as it stands between two tags."""
    return _MARKER.sub(r"(\1)", visible(text)).translate(_ESCAPED)


def attribute(text: str) -> str:
    """Return a text as it stands between the quotes of an attribute."""
    return content(text).translate(_ATTRIBUTE)


def _is_hidden(character: str) -> bool:
    ignored = any(ord(character) in some for some in _IGNORED)
    return ignored or unicodedata.category(character) in _HIDDEN
