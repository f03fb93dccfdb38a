"""Text of documents and callers as data of a prompt: nothing in it can pass for the prompt's own.

Delimiters are angle brackets, and no text between them has any: `<`, `>` and `&` are escaped as in
XML, so that there is nothing to forge and nothing to guess. Numbers in square brackets are what
citations look like, and words such as `[EMAIL_1]` stand for what was left out: both lose their
brackets. Characters that people do not see, but models read, are taken out.
"""

import re
from typing import Final

_HIDDEN: Final = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, but for tab and line feed
    "\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # formats
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # formats of shorthand and of music
    "\ufe00-\ufe0f\U000e0000-\U000e0fff"  # selectors of glyphs, and tags
    "\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff"  # surrogates, and private use
    "]"
)
"""What nobody sees. Joiners stay, since some scripts are written with them, and so do formats that
are seen, such as signs of Arabic numbers."""

_MARKER: Final = re.compile(r"\[(?=\s*+\^?\s*+\d|[A-Z]+_\d)([^\[\]]*)\]")
_ESCAPED: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ATTRIBUTE: Final = str.maketrans({'"': "&quot;", "\n": " "})


def visible(text: str) -> str:
    """Return the text without what people do not see."""
    return _HIDDEN.sub("", text)


def content(text: str) -> str:
    """Return a text as it stands between two tags."""
    return _MARKER.sub(r"(\1)", visible(text)).translate(_ESCAPED)


def attribute(text: str) -> str:
    """Return a text as it stands between the quotes of an attribute."""
    return content(text).translate(_ATTRIBUTE)
