"""Words and lines that templates need: articles, prose names, text and lists broken at a width."""

import json
import re
import textwrap
from collections.abc import Iterable, Sequence

from architect.model import naming

CODE_WIDTH = 100
PROTO_WIDTH = 120
TEXT_WIDTH = 118

_SILENT_H = ("hour", "heir", "honest", "honour")
_CONSONANT_U = re.compile(r"(?:eu|on[ec]|u(?:ni|s[aeiu]|r[aeiou]|t[aeiou]))")


def article(word: str) -> str:
    """Return "an" before a vowel's sound ("an hour", "a unit"), otherwise "a"."""
    if word.startswith(_SILENT_H):
        return "an"
    if word[:1] not in "aeiou" or _CONSONANT_U.match(word):
        return "a"
    return "an"


def prose(name: str) -> str:
    """Return a name as it stands inside a sentence: ``order line`` for "OrderLine"."""
    return " ".join(naming.words(name))


def title(name: str) -> str:
    """Return a name as it begins a sentence: ``Order line`` for "order_line"."""
    return naming.title_case(name)


def either(choices: Sequence[str]) -> str:
    """Return ``a``, ``a or b``, ``a, b or c``."""
    *head, last = choices
    return f"{', '.join(head)} or {last}" if head else last


def joined(names: Sequence[str]) -> str:
    """Return ``a``, ``a and b``, ``a, b and c``."""
    *head, last = names
    return f"{', '.join(head)} and {last}" if head else last


def quoted(text: str) -> str:
    """Return Python source for a text, in double quotes."""
    return json.dumps(text, ensure_ascii=False) if text.isprintable() else repr(text)


def tuple_of(names: Iterable[str]) -> str:
    """Return Python source for a tuple of texts."""
    return "(" + "".join(f"{quoted(name)}, " for name in names) + ")"


def set_of(names: Sequence[str]) -> str:
    """Return Python source for a set of texts."""
    return "{" + ", ".join(quoted(name) for name in names) + "}" if names else "set()"


def pascal(names: str | Sequence[str]) -> str | list[str]:
    """Return one name or several in Pascal case."""
    if isinstance(names, str):
        return naming.pascal_case(names)
    return [naming.pascal_case(name) for name in names]


def filled(text: str, indent: int = 0, width: int = CODE_WIDTH) -> str:
    """Return paragraphs filled to the width; every line but the first is indented."""
    paragraphs = (" ".join(part.split()) for part in text.strip().split("\n\n"))
    margin = " " * indent
    return "\n\n".join(
        textwrap.fill(
            part,
            width,
            initial_indent=margin,
            subsequent_indent=margin,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for part in paragraphs
    ).removeprefix(margin)


def commented(text: str, indent: int = 0, mark: str = "//", width: int = PROTO_WIDTH) -> str:
    """Return one paragraph as indented comment lines."""
    margin = f"{' ' * indent}{mark} "
    return textwrap.fill(
        text,
        width,
        initial_indent=margin,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )


def listed(items: Iterable[str], indent: int, before: str = "", width: int = CODE_WIDTH) -> str:
    """Return items separated by commas, broken at the width; ``before`` stands on the first line."""
    margin = " " * indent
    lines = [before]
    pieces = [f"{item}, " for item in items]
    pieces[-1] = pieces[-1].removesuffix(", ")
    for piece in pieces:
        if len((lines[-1] + piece).rstrip()) > width and lines[-1].strip():
            lines.append(margin)
        lines[-1] += piece
    return "\n".join(line.rstrip() for line in lines)
