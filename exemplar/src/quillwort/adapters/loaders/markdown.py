"""Markdown, as CommonMark with tables."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block
from markdown_it.token import Token

from quillwort.adapters.loaders import html
from quillwort.adapters.loaders.text import decoded
from quillwort.assistant.passages import Block

_FRONT_MATTER: Final = re.compile(
    r"\A(---|\+\+\+)[ \t]*\n(?=[\w\"'.-]+[ \t]*[:=][ \t\n]).*?^(?:\1|\.\.\.)[ \t]*\n",
    re.MULTILINE | re.DOTALL,
)
"""It begins with a key: before anything else the dashes are a rule, and what follows is text."""
_BREAK: Final = re.compile(r"\n[ \t]*\n(?=\S)")

_PART: Final = 250_000
"""Characters that are parsed at once: what the parser makes of them takes up to 500 times the
memory. References across parts of a longer document stay as they are written."""

_LONGEST_INLINE: Final = 100_000
"""Characters of a paragraph that is searched for links and emphasis; a longer one is no prose."""

_PLAIN: Final = re.compile(r"[^\\`*_\[\]<&\n]*")
"""What has nothing in it that Markdown takes for more than text; most paragraphs are so."""

_DEEPEST: Final = 100
"""Quotations inside each other that are told apart, or half as many lists; each takes some of the
interpreter's stack."""

_BEYOND: Final = _DEEPEST + 4
"""Where the parser drops what follows, and says nothing of it: no block comes so far."""

_MAY_END: Final = ["paragraph", "reference", "blockquote"]


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _BEYOND}).enable("table").disable("inline")
    # `alt` names what each may end, as the parser has it itself.
    parser.block.ruler.at("blockquote", _quotation, {"alt": [*_MAY_END, "list"]})
    parser.block.ruler.at("list", _list, {"alt": _MAY_END})
    return parser


def _quotation(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - as it calls rules
    return state.level < _DEEPEST and blockquote(state, start, end, silent)


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - as it calls rules
    return state.level < _DEEPEST and list_block(state, start, end, silent)


_PARSER: Final = _parser()
"""Finds blocks alone; what is inside them is parsed one by one, as far as blocks are asked for."""

_INLINE: Final = MarkdownIt("commonmark")


def load(content: bytes) -> Iterator[Block]:
    """Yield the headings, paragraphs, lists, tables and code, without front matter and markup.

    Raises:
        Unreadable: when nothing tells the encoding.
    """
    text = decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    for part in _parts(_FRONT_MATTER.sub("", text)):
        yield from _Blocks(part).read()


def _parts(text: str) -> Iterator[str]:
    start = 0
    while len(text) - start > _PART:
        breaks = [found.end() for found in _BREAK.finditer(text, start, start + _PART)]
        end = breaks[-1] if breaks else text.rfind("\n", start, start + _PART) + 1
        end = end if end > start else start + _PART
        yield text[start:end]
        start = end
    yield text[start:]


class _Blocks:
    """Goes through the parser's tokens of one part."""

    def __init__(self, text: str) -> None:
        self._environment: dict[str, object] = {}
        self._tokens = iter(_PARSER.parse(text, self._environment))

    def read(self) -> Iterator[Block]:
        level = 0
        for token in self._tokens:
            match token.type:
                case "heading_open":
                    level = int(token.tag[1])
                case "heading_close":
                    level = 0
                case "inline":
                    text = self._flat(token)
                    yield Block("heading", text, level) if level else Block("paragraph", text)
                case "fence" | "code_block":
                    yield Block("code", token.content)
                case "html_block":
                    yield from html.blocks(token.content)
                case "table_open":
                    yield Block("table", "\n".join(self._rows()))
                case "bullet_list_open" | "ordered_list_open":
                    yield Block("list", "\n".join(self._items()))
                case _:
                    pass

    def _rows(self) -> Iterator[str]:
        cells: list[str] = []
        for token in self._tokens:
            if token.type == "table_close":
                return
            if token.type == "inline":
                cells.append(self._flat(token))
            elif token.type == "tr_close":
                yield " | ".join(cells)
                cells = []

    def _items(self) -> Iterator[str]:
        """Yield a line an item, those of inner lists indented, to the end of the outermost."""
        depth = 1
        mark = ""
        for token in self._tokens:
            if token.type in {"bullet_list_open", "ordered_list_open"}:
                depth += 1
            elif token.type in {"bullet_list_close", "ordered_list_close"}:
                depth -= 1
                if not depth:
                    return
            elif token.type == "list_item_open":
                mark = f"{token.info}{token.markup} " if token.info else "- "
            elif token.type in {"inline", "fence", "code_block", "html_block"}:
                for line in self._flat(token).splitlines():
                    yield "  " * (depth - 1) + (mark or "  ") + line
                    mark = ""

    def _flat(self, token: Token) -> str:
        if token.type == "html_block":
            return "\n".join(block.text for block in html.blocks(token.content))
        if token.type != "inline" or len(token.content) > _LONGEST_INLINE:
            return token.content
        if _PLAIN.fullmatch(token.content):
            return token.content
        (inline,) = _INLINE.parseInline(token.content, self._environment)
        return _words(inline.children or ())


def _words(tokens: Sequence[Token]) -> str:
    words: list[str] = []
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"} or token.content.startswith("<br"):
            words.append(" ")
        elif token.type == "image":
            words.append(_words(token.children or ()))
        elif token.type != "html_inline":
            words.append(token.content)
    return "".join(words)
