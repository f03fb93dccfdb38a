"""HTML: its main content. Nothing in it is run, and nothing it points to is fetched."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import count, repeat
from typing import Final

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from quillwort.adapters.loaders.text import decoded
from quillwort.assistant.loading import Properties, Unreadable
from quillwort.assistant.passages import Block

_MOST_TAGS: Final = 200_000
_DEEPEST: Final = 1000
"""Browsers nest no deeper than about 500 elements. The parser looks through those that are open at
every tag, so that 200,000 inside each other take it a minute and a half."""

_WITHIN: Final = r"""(?=[\s/>])(?:[^<>=]++|=\s*(?:"[^"]*"|'[^']*')?)*+>"""
"""A tag behind its name; a quoted value may hold what ends a tag or begins one elsewhere."""

_REMOVED: Final = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    rf"|<(?P<unread>script|style){_WITHIN}.*?(?:</(?P=unread)(?=[\s/>])[^>]*>|\Z)"
    r"|</?(?:abbr|a|bdi|bdo|big|b|cite|code|data|del|dfn|em|font|ins|i|kbd|mark|nobr|q|samp|small"
    r"|span|strike|strong|sub|sup|s|time|tt|u|var|wbr"
    rf"|circle|ellipse|g|line|path|polygon|polyline|rect|stop|use){_WITHIN}"
    rf"|(?P<kept><(?P<text>title|textarea){_WITHIN}.*?(?:</(?P=text)(?=[\s/>])|\Z)"
    rf"|</?[a-z][a-z0-9-]*{_WITHIN})",
    re.IGNORECASE | re.DOTALL,
)
"""Comments and scripts, in which what looks like a tag is none; tags inside a line, and those of
drawings. They go before parsing, since text is all that stays of them, and since the parser repeats
those left open in every paragraph that follows, as the standard has it: 5,000 of them and 5,000
paragraphs would make 25 million elements."""

_TAG: Final = re.compile(r"<(/?)([a-z][a-z0-9-]*)", re.IGNORECASE)
_NEVER_NESTED: Final = frozenset(
    """area base body br col colgroup dd dt embed head hr html img input li link meta optgroup
    option p param rb rp rt source tbody td tfoot th thead tr track""".split()  # noqa: SIM905 - else a line a name
)
"""Tags without an end, and those that the next of their kind ends."""

_DROPPED: Final = frozenset(
    """aside button canvas dialog footer form iframe math nav noscript object script select style
    svg template textarea title""".split()  # noqa: SIM905 - else a line a name
)
_INSIDE_LINES: Final = frozenset({"img", "input", "label", "picture", "rp", "rt", "ruby"})
_LEVELS: Final = {f"h{level}": level for level in range(1, 7)}
_DECLARED: Final = re.compile(
    rb"<meta[^<>]+charset\s*=\s*[\"']?"
    rb"(windows-125\d|iso-8859-(?:[2-9]|1[013-6])|koi8-[ru]|shift_jis|euc-(?:jp|kr)|gb(?:k|2312|18030)"
    rb"|big5)\b",
    re.IGNORECASE,
)
"""Encodings that pages are still written in, beside UTF-8 and the western ones."""


def load(content: bytes) -> Iterator[Block | Properties]:
    """Yield the title, then the headings, paragraphs, lists, tables and code of the main content.

    That is what is in `main` where there is one; navigation, forms, asides and a page's header and
    footer are left out.

    Raises:
        Unreadable: when nothing tells the encoding, or the page is too large or too deep.
    """
    document = _parsed(_text(content))
    title = document.css_first("head > title")
    yield Properties(title.text() if title else "")
    yield from _main(document)


def blocks(markup: str) -> Iterator[Block]:
    """Yield the blocks of a piece of HTML.

    Raises:
        Unreadable: when it is too large or too deep.
    """
    yield from _main(_parsed(markup))


def _text(content: bytes) -> str:
    declared = _DECLARED.search(content[:1024])
    for encoding in ("utf-8-sig", declared[1].decode()) if declared else ():
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    return decoded(content)


def _main(document: LexborHTMLParser) -> Iterator[Block]:
    root = document.css_first("main, [role=main]") or document.body
    if root is not None:
        yield from _Walk().through(root)


def _parsed(markup: str) -> LexborHTMLParser:
    kept = _REMOVED.sub(r"\g<kept>", markup)
    _check(kept)
    # What people see has no copies that a browser would make.
    options = LexborDocumentOptions.WO_EVENTS.value
    return LexborHTMLParser(kept.encode(errors="replace"), options=options)


def _check(markup: str) -> None:
    """Refuse what would keep the parser busy beyond measure, as far as its tags tell."""
    depth = 0
    opened: Counter[str] = Counter()
    for number, found in enumerate(_TAG.finditer(markup)):
        end, name = found[1], found[2].lower()
        if name not in _NEVER_NESTED and (not end or opened[name]):
            step = -1 if end else 1
            opened[name] += step
            depth += step
        if number >= _MOST_TAGS:
            raise Unreadable("too_large", f"The page has more than {_MOST_TAGS:,} tags.")
        if depth > _DEEPEST:
            raise Unreadable("malformed", "The page nests its elements too deeply.")


def _shown(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the elements and texts right inside this one that are part of the content."""
    for child in node.iter(include_text=True):
        if child.is_text_node:
            yield child
        elif child.is_element_node and child.tag not in _DROPPED:
            attributes = child.attributes
            role = attributes.get("role")
            hidden = "hidden" in attributes or attributes.get("aria-hidden") == "true"
            if not hidden and role not in {"navigation", "search"} and not _is_banner(child):
                yield child


def _is_banner(node: LexborNode) -> bool:
    """Tell the header of a page from that of an article, which holds its title."""
    if node.tag != "header":
        return False
    above = node.parent
    while above is not None and above.tag not in {"main", "article", "section"}:
        above = above.parent
    return above is None


class _Walk:
    """Goes through a tree without recursion, which Python has too little of for some pages."""

    def __init__(self) -> None:
        self._line: list[str] = []
        self._level = 0
        self._lists: list[Iterator[str]] = []
        self._mark = ""
        self._items: list[str] = []

    def through(self, root: LexborNode) -> Iterator[Block]:
        above = [(root, _shown(root))]
        while above:
            node, children = above[-1]
            child = next(children, None)
            if child is None:
                above.pop()
                yield from self._leave(node.tag or "")
            elif child.is_text_node:
                self._line.append(child.text_content or "")
            elif (whole := _whole(child)) is not None:
                yield from self._end_line()
                yield from self._end_list()
                yield whole
            else:
                yield from self._enter(child.tag or "")
                above.append((child, _shown(child)))

    def _enter(self, tag: str) -> Iterator[Block]:
        if tag == "br":
            self._line.append(" ")
        elif tag not in _INSIDE_LINES:
            yield from self._end_line()
        self._level = _LEVELS.get(tag, self._level)
        if tag == "ul":
            self._lists.append(repeat("- "))
        elif tag == "ol":
            self._lists.append(f"{number}. " for number in count(1))
        elif tag == "li" and self._lists:
            self._mark = next(self._lists[-1])

    def _leave(self, tag: str) -> Iterator[Block]:
        if tag != "br" and tag not in _INSIDE_LINES:
            yield from self._end_line()
        if tag in _LEVELS:
            self._level = 0
        elif tag in {"ul", "ol"}:
            self._lists.pop()
            if not self._lists:
                yield from self._end_list()

    def _end_line(self) -> Iterator[Block]:
        text = " ".join("".join(self._line).split())
        self._line = []
        if not text:
            return
        if self._level:
            yield from self._end_list()
            yield Block("heading", text, self._level)
        elif self._lists:
            self._items.append("  " * (len(self._lists) - 1) + (self._mark or "  ") + text)
            self._mark = ""
        else:
            yield Block("paragraph", text)

    def _end_list(self) -> Iterator[Block]:
        if self._items:
            yield Block("list", "\n".join(self._items))
        self._items = []


def _whole(node: LexborNode) -> Block | None:
    """Return the block that an element is by itself: code, or a table that is no layout."""
    if node.tag == "pre":
        return Block("code", "".join(_texts(node)))
    if node.tag == "table" and len(node.css("table")) == 1:
        rows = (_row(row) for row in node.css("caption, tr"))
        return Block("table", "\n".join(row for row in rows if row))
    return None


def _row(row: LexborNode) -> str:
    cells = [row] if row.tag == "caption" else list(_shown(row))
    texts = [" ".join(" ".join(_texts(cell)).split()) for cell in cells if not cell.is_text_node]
    return " | ".join(texts) if any(texts) else ""


def _texts(root: LexborNode) -> Iterator[str]:
    above = [_shown(root)]
    while above:
        child = next(above[-1], None)
        if child is None:
            above.pop()
        elif child.is_text_node:
            yield child.text_content or ""
        elif child.tag == "br":
            yield "\n"
        else:
            above.append(_shown(child))
