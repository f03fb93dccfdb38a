"""Reading documents of every format, and refusing what is none or would do harm."""

import io
import re
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from quillwort.adapters.loaders import pdf as pdf_loader
from quillwort.adapters.loaders.factory import LOADERS
from quillwort.adapters.loaders.pdf import paragraphs
from quillwort.assistant import loading
from quillwort.assistant.loading import Loaded, LoadLimits, Properties, Unreadable, read
from quillwort.assistant.passages import Block

_LIMITS = LoadLimits()


def _read(name: str, content: bytes | str, limits: LoadLimits = _LIMITS) -> Loaded:
    return read(name, content.encode() if isinstance(content, str) else content, LOADERS, limits)


def _parts(name: str, content: bytes | str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in _read(name, content).blocks]


def _reason(name: str, content: bytes | str, limits: LoadLimits = _LIMITS) -> str:
    with pytest.raises(Unreadable) as caught:
        _read(name, content, limits)
    assert caught.value.message.endswith(".")
    return caught.value.reason


def _pdf(*pages: bytes, extra: bytes = b"") -> bytes:
    """Return a PDF with these content streams, each as the stream object's dictionary and data."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R >> >> >>" % (5 + 2 * number),
            page,
        ]
    result = b"%PDF-1.4\n"
    places = []
    for number, text in enumerate(objects, 1):
        places.append(len(result))
        result += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return result + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R %s >>\n"
        b"startxref\n%d\n%%%%EOF" % (len(objects) + 1, table, len(objects) + 1, extra, len(result))
    )


def _stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def _page(*lines: str) -> bytes:
    shown = b"".join(b"(%s) Tj T* " % line.encode("cp1252") for line in lines)
    return _stream(b"BT /F 12 Tf 14 TL 72 700 Td %s ET" % shown)


def _changed(
    content: bytes, title: str = "", password: str | None = None, algorithm: str = "AES-256"
) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    if title:
        writer.add_metadata({"/Title": title})
    if password is not None:
        writer.encrypt(password, owner_password="owner", algorithm=algorithm)
    result = io.BytesIO()
    writer.write(result)
    return result.getvalue()


class TestMarkdown:
    def test_every_kind_of_block(self) -> None:
        document = (
            "---\ntitle: Notes\n---\n\n# Field *notes*\n\nSee [the key](http://x.y) &amp; `code`,\n"
            "and ![a sedge](s.png)<br>here.\n\n- wet\n  1. bog\n  2. fen\n- dry\n\n"
            "| Name | Height |\n|---|---|\n| **Sedge** | 20 cm |\n\n"
            "```python\nif x:\n    y()\n```\n\nNext\n----\n> Quoted.\n"
        )
        loaded = _read("notes.md", document)
        assert (loaded.title, loaded.media_type) == ("Field notes", "text/markdown")
        assert loaded.blocks == (
            Block("heading", "Field notes", 1),
            Block("paragraph", "See the key & code, and a sedge here."),
            Block("list", "- wet\n  1. bog\n  2. fen\n- dry"),
            Block("table", "Name | Height\nSedge | 20 cm"),
            Block("code", "if x:\n    y()"),
            Block("heading", "Next", 2),
            Block("paragraph", "Quoted."),
        )

    def test_html_inside(self) -> None:
        document = "<!-- no -->\n\n<div>\n<script>no()</script>Some <b>bold</b> text\n</div>\n"
        assert _parts("a.md", document) == [("paragraph", "Some bold text")]

    def test_a_list_keeps_what_its_items_hold(self) -> None:
        document = "- first\n\n  more of it\n\n  ```\n  code\n  ```\n- second\n"
        assert _parts("a.md", document) == [("list", "- first\n  more of it\n  code\n- second")]

    @pytest.mark.parametrize("begun", ["---\n\n", "---\n# Lease\n\n", "+++\n"])
    def test_a_rule_at_the_beginning_is_no_front_matter(self, begun: str) -> None:
        fence = begun[:3]
        texts = [text for _, text in _parts("a.md", f"{begun}Kept.\n\n{fence}\n\nBehind.\n")]
        assert "Behind." in texts
        assert any("Kept." in text for text in texts)

    @pytest.mark.parametrize(
        "matter",
        ["---\ntitle: x\n\ntags:\n  - a\n---\n", '---\n"a-b":\n...\n', "+++\nkey = 1\n+++\n"],
    )
    def test_front_matter_is_left_out(self, matter: str) -> None:
        assert _parts("a.md", f"{matter}\nKept.\n\n---\n") == [("paragraph", "Kept.")]

    @pytest.mark.parametrize("deep", [10, 60, 300])
    def test_however_deep_a_list_is_nothing_in_it_or_behind_it_is_lost(self, deep: int) -> None:
        items = "".join(f"{'  ' * level}- level{level}\n" for level in range(deep))
        document = f"{items}\nBehind.\n\n# Heading\n\nMore.\n"
        (_, inside), *behind = _parts("a.md", document)
        assert re.findall(r"level\d+", inside) == [f"level{level}" for level in range(deep)]
        expected = [("paragraph", "Behind."), ("heading", "Heading"), ("paragraph", "More.")]
        assert behind == expected

    @pytest.mark.parametrize("deep", [20, 99, 10_000])
    def test_however_deep_a_quotation_is_it_is_read(self, deep: int) -> None:
        (_, quoted), behind = _parts("a.md", f"{'>' * deep} quoted\n\nBehind.\n")
        assert quoted.endswith("quoted")
        assert behind == ("paragraph", "Behind.")

    def test_references_are_resolved(self) -> None:
        assert _parts("a.md", "The [key][1].\n\n[1]: http://x.y\n") == [("paragraph", "The key.")]

    def test_a_long_document_is_read_in_parts_and_whole(self) -> None:
        document = "".join(f"# Part {number}\n\n{'words ' * 50}\n\n" for number in range(2500))
        blocks = _read("a.md", document).blocks
        assert len(blocks) == 5000
        assert blocks[-2].text == "Part 2499"
        assert {block.text for block in blocks[1::2]} == {" ".join(["words"] * 50)}


class TestHtml:
    def test_every_kind_of_block(self) -> None:
        document = """<!DOCTYPE html><html><head><title>Keys &amp; notes</title>
            <style>p { color: red }</style></head><body><header><h1>The site</h1></header>
            <nav><ul><li>Home</li></ul></nav>
            <article><header><h1>Wet&nbsp;meadows</h1></header>
            <p>Some <b>s</b>edges&hellip;<br>grow<span> here</span>.</p><aside>Buy!</aside>
            Loose text<ul><li>wet<ol><li>bog</li><li><p>fen</p></li></ol></li><li>dry</li></ul>
            <table><caption>Sizes</caption><tr><th>Name</th><th>Height</th></tr>
            <tr><td><a href="x">Sedge</a></td><td></td></tr></table>
            <pre><code>if x:\n    y()</code></pre><form>Name <input></form>
            <p hidden>secret</p><script>alert(1)</script></article>
            <footer>Contact</footer></body></html>"""
        loaded = _read("page.html", document)
        assert (loaded.title, loaded.media_type) == ("Wet meadows", "text/html")
        assert loaded.blocks == (
            Block("heading", "Wet meadows", 1),
            Block("paragraph", "Some sedges\u2026 grow here."),
            Block("paragraph", "Loose text"),
            Block("list", "- wet\n  1. bog\n  2. fen\n- dry"),
            Block("table", "Sizes\nName | Height\nSedge |"),
            Block("code", "if x:\n    y()"),
        )

    def test_only_main_is_read_where_there_is_one(self) -> None:
        document = "<p>before</p><main><h2>Title</h2><p>text</p></main><p>after</p>"
        assert _parts("a.html", document) == [("heading", "Title"), ("paragraph", "text")]

    def test_the_title_stands_in_for_a_heading(self) -> None:
        assert _read("a.html", "<title>Keys</title><p>text").title == "Keys"

    def test_tables_that_lay_out_a_page_are_none(self) -> None:
        document = "<table><tr><td><h1>T</h1><table><tr><td>a<td>b</table></table>"
        assert _parts("a.html", document) == [("heading", "T"), ("table", "a | b")]

    @pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "iso-8859-5"])
    def test_a_declared_encoding_is_followed(self, encoding: str) -> None:
        # Most of the bytes are tags, so that the text by itself could pass for a western one.
        rows = '<div class="row"></div>' * 20
        document = f'<meta http-equiv="x" content="text/html; charset={encoding}">{rows}<p>Осока'
        assert _parts("a.html", document.encode(encoding)) == [("paragraph", "Осока")]

    def test_utf_8_is_read_as_such_whatever_is_declared(self) -> None:
        document = '<meta charset="windows-1251"><p>Осока'
        assert _parts("a.html", document) == [("paragraph", "Осока")]

    def test_a_wrong_declaration_is_passed_over(self) -> None:
        document = b'<meta charset="shift_jis"><p>pr\xe8s de la rivi\xe8re\xff'
        assert _parts("a.html", document) == [("paragraph", "pr\u00e8s de la rivi\u00e8re\u00ff")]

    @pytest.mark.parametrize(
        ("document", "reason"),
        [
            ("<div>" * 100_000 + "x", "malformed"),
            ("<p>x" * 300_000, "too_large"),
            ("<script>alert(1)</script>", "no_text"),
        ],
    )
    def test_pages_that_are_refused(self, document: str, reason: str) -> None:
        assert _reason("a.html", document) == reason

    @pytest.mark.parametrize(
        "unread",
        [
            "<script>" + "if (i<n) i++;" * 2000 + "</script>",
            "<STYLE>" + "/* a<b */" * 2000 + "</style >",
            "<!--" + "<div>" * 2000 + "-->",
            "<!-- ends with <b -->",
            "<!--><!--->",
        ],
    )
    def test_nothing_is_a_tag_in_what_is_not_read(self, unread: str) -> None:
        document = f"<p>before</p>{unread}<p>behind</p>"
        assert _parts("a.html", document) == [("paragraph", "before"), ("paragraph", "behind")]

    @pytest.mark.parametrize(
        "holding",
        [
            '<img alt="<!-- an arrow">',
            "<hr data-x = 'a > <script>'>",
            "<title>Of <!-- and <script></title>",
            '<hr a="it\'s <script>">',
        ],
    )
    def test_nothing_begins_in_a_value_or_a_title(self, holding: str) -> None:
        assert _parts("a.html", f"{holding}<p>behind</p>") == [("paragraph", "behind")]

    @pytest.mark.parametrize(
        "hostile", ["<a <a ", '<a b="', "<a =' ", "<title", "<script", "<!-", "=\t\t\t\t"]
    )
    def test_what_is_left_open_is_looked_through_once(self, hostile: str) -> None:
        # Were each looked through to the end of the page, this would take half an hour.
        with suppress(Unreadable):
            assert _read("a.html", "<p>text</p>" + hostile * 300_000).blocks

    def test_open_tags_are_not_repeated_in_every_paragraph(self) -> None:
        document = "<p>" + "".join(f"<b a{n}>" for n in range(5000)) + "<p>x" * 5000
        assert len(_read("a.html", document).blocks) == 5000


class TestPdf:
    def test_pages_and_paragraphs(self) -> None:
        first = _page(
            "The sedges of wet meadows are hard to tell from each other, be-",
            "cause they look so much alike. Still, well-known state-of-the-",
            "art keys do help.",
            "A second paragraph begins here and is a line that is rather long",
            "until it ends.",
            "17",
        )
        loaded = _read("keys.pdf", _pdf(first, _stream(b""), _page("Last page")))
        assert (loaded.title, loaded.media_type) == ("keys", "application/pdf")
        assert loaded.blocks == (
            Block(
                "paragraph",
                "The sedges of wet meadows are hard to tell from each other, because they look so "
                "much alike. Still, well-known state-of-the-art keys do help.",
                page=1,
            ),
            Block(
                "paragraph",
                "A second paragraph begins here and is a line that is rather long until it ends.",
                page=1,
            ),
            Block("paragraph", "Last page", page=3),
        )

    def test_headings_are_the_lines_that_the_outline_names(self) -> None:
        first = _page("Sedges", "1.1 Wet meadows")
        second = _page("1 Sedges", "They grow", "1.1 Wet Meadows", "There", "Sedges")
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(_pdf(first, second))))
        chapter = writer.add_outline_item(title="Sedges", page_number=1)
        writer.add_outline_item(title="Wet meadows", page_number=1, parent=chapter)
        content = io.BytesIO()
        writer.write(content)
        loaded = _read("a.pdf", content.getvalue())
        assert loaded.title == "a"
        assert loaded.blocks == (
            Block("paragraph", "Sedges 1.1 Wet meadows", page=1),
            Block("heading", "1 Sedges", 1, page=2),
            Block("paragraph", "They grow", page=2),
            Block("heading", "1.1 Wet Meadows", 2, page=2),
            Block("paragraph", "There Sedges", page=2),
        )

    def test_blank_lines_and_bullets_part_paragraphs(self) -> None:
        text = "A title\n \nOne that goes\non\n• first\n• second\nstill second"
        assert list(paragraphs(text)) == [
            "A title",
            "One that goes on",
            "• first",
            "• second still second",
        ]

    def test_its_own_title_is_taken(self) -> None:
        assert _read("a.pdf", _changed(_pdf(_page("Text")), title="Keys")).title == "Keys"

    def test_an_outline_beyond_measure_is_passed_over(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(_pdf(_page("Sedges")))))
        for title in ("Sedges", "Rushes", "Grasses"):
            writer.add_outline_item(title=title, page_number=0)
        content = io.BytesIO()
        writer.write(content)
        assert _parts("a.pdf", content.getvalue()) == [("heading", "Sedges")]
        few = pdf_loader._LIMITS.with_overwrites(outline_maximum_entries=2)  # noqa: SLF001 - 10,000 are slow to make
        monkeypatch.setattr(pdf_loader, "_LIMITS", few)
        assert _parts("a.pdf", content.getvalue()) == [("paragraph", "Sedges")]

    @pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
    def test_one_that_opens_without_a_password_is_read(self, algorithm: str) -> None:
        content = _changed(_pdf(_page("Text")), password="", algorithm=algorithm)
        assert _parts("a.pdf", content) == [("paragraph", "Text")]

    @pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
    def test_one_that_is_locked(self, algorithm: str) -> None:
        content = _changed(_pdf(_page("Text")), password="word", algorithm=algorithm)
        assert _reason("a.pdf", content) == "encrypted"

    def test_one_without_text(self) -> None:
        assert _reason("a.pdf", _pdf(_stream(b"0 0 10 10 re f"))) == "no_text"

    def test_broken_ones(self) -> None:
        whole = _pdf(_page("Text"))
        assert _reason("a.pdf", whole[:60]) == "malformed"
        assert _reason("a.pdf", b"%PDF-1.4\n") == "malformed"

    def test_streams_that_inflate_without_end_are_stopped(self) -> None:
        bomb = zlib.compress(b" " * 200_000_000, 9)
        content = _pdf(_stream(bomb, b"/Filter /FlateDecode"))
        tracemalloc.start()
        try:
            assert _reason("a.pdf", content) == "too_large"
            assert tracemalloc.get_traced_memory()[1] < 60_000_000
        finally:
            tracemalloc.stop()

    def test_what_pages_inflate_to_is_forgotten(self) -> None:
        data = zlib.compress(b"%" + b" " * 4_000_000 + b"\nBT /F 12 Tf (x) Tj ET", 9)
        content = _pdf(*[_stream(data, b"/Filter /FlateDecode")] * 8)
        tracemalloc.start()
        try:
            assert len(_read("a.pdf", content).blocks) == 8
            assert tracemalloc.get_traced_memory()[1] < 20_000_000
        finally:
            tracemalloc.stop()

    def test_a_page_that_takes_too_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pdf_loader, "_SECONDS_A_PAGE", -1.0)
        assert _reason("a.pdf", _pdf(_page("Text"))) == "too_long"

    def test_too_many_pages(self) -> None:
        assert _reason("a.pdf", _pdf(_page("a"), _page("b")), LoadLimits(pages=1)) == "too_large"


class TestText:
    def test_paragraphs_stand_between_blank_lines(self) -> None:
        loaded = _read("docs/field notes.txt", "One\r\n  and  more\r\n\r\n \t\r\nTwo\n")
        assert loaded == Loaded(
            "field notes",
            "text/plain",
            (Block("paragraph", "One and more"), Block("paragraph", "Two")),
        )

    @pytest.mark.parametrize(
        "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "iso-8859-1"]
    )
    def test_encodings_that_are_read(self, encoding: str) -> None:
        text = "Les carex poussent près de la rivière."
        assert _parts("a.txt", text.encode(encoding)) == [("paragraph", text)]

    @pytest.mark.parametrize(
        "content",
        [
            "Осока растёт на болоте".encode("cp1251"),
            "湿地の植物".encode("shift_jis"),
            b"mostly letters \x81 but one that is none",
            b"mostly letters \xe9 but \x05 for a control",
            b"\xff\xfe\x00\xd8",
        ],
    )
    def test_encodings_that_are_not_known(self, content: bytes) -> None:
        assert _reason("a.txt", content) == "encoding"


class TestContent:
    def test_content_tells_more_than_a_name(self) -> None:
        assert _read("a.txt", _pdf(_page("Text"))).media_type == "application/pdf"
        assert _read("a.txt", "<!doctype HTML><p>Text").media_type == "text/html"
        assert _read("README", "Text").media_type == "text/plain"
        assert _read("a.MD", "Text").media_type == "text/markdown"

    @pytest.mark.parametrize(
        ("name", "content", "reason"),
        [
            ("a.md", b"", "empty"),
            ("a.md", b" \r\n\t", "empty"),
            ("a.md", b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
            ("a.txt", b"text\x00", "binary"),
            ("a.pdf", b"plain text", "malformed"),
            ("a.exe", b"MZ\x00", "unsupported"),
            ("a.csv", b"a,b", "unsupported"),
            ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "unsupported"),
            ("a.txt", b"\x01\x02\x03", "no_text"),
        ],
    )
    def test_what_is_refused(self, name: str, content: bytes, reason: str) -> None:
        assert _reason(name, content) == reason

    @pytest.mark.parametrize("name", ["a.zip", "a.docx", "a.md"])
    def test_archives_are_never_unpacked(self, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("a.txt", b"0" * 1_000_000)
        monkeypatch.delattr(zlib, "decompressobj")
        assert _reason(name, archive.getvalue()) == "unsupported"

    def test_a_format_without_a_loader_is_refused(self) -> None:
        with pytest.raises(Unreadable) as caught:
            read("a.md", b"text", {}, _LIMITS)
        assert caught.value.reason == "unsupported"

    def test_what_nobody_sees_is_removed(self) -> None:
        hidden = "a\u200bb\u00ad\u202ec \x07\u00a0d\U000e0041\x7f"
        assert _parts("a.txt", hidden) == [("paragraph", "abc d")]
        assert _parts("a.html", "<p>a&#0;b&#xd800;&#7;c") == [("paragraph", "a\ufffdb\ufffdc")]


class TestLimits:
    @pytest.mark.parametrize(
        ("limits", "reason"),
        [
            (LoadLimits(bytes=9), "too_large"),
            (LoadLimits(characters=7), "too_large"),
            (LoadLimits(blocks=1), "too_large"),
            (LoadLimits(seconds=-1), "too_long"),
        ],
    )
    def test_each_has_its_reason(self, limits: LoadLimits, reason: str) -> None:
        assert _reason("a.txt", "four\n\nfour", limits) == reason

    def test_the_very_limit_is_allowed(self) -> None:
        limits = LoadLimits(bytes=10, characters=8, blocks=2)
        assert len(_read("a.txt", "four\n\nfour", limits).blocks) == 2

    def test_time_is_looked_at_between_blocks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Clock:
            now = 0.0

            def monotonic(self) -> float:
                return self.now

        clock = Clock()
        monkeypatch.setattr(loading, "time", clock)
        asked: list[int] = []

        def slow(_: bytes) -> Iterator[Block | Properties]:
            for number in range(9):
                asked.append(number)
                clock.now += 1
                yield Block("paragraph", "")

        with pytest.raises(Unreadable) as caught:
            read("a.txt", b"text", {"text/plain": slow}, LoadLimits(seconds=3))
        assert (caught.value.reason, asked) == ("too_long", [0, 1, 2, 3])


_PIECES = st.sampled_from(
    [
        *("# h\n", "- a\n", "  ", "\n\n", "```\n", "|a|\n|-|\n", "> ", "[a](", "`", "*", "---\n"),
        *("<ul>", "<li>", "</ul>", "<table>", "<td>", "<pre>", "<h1>", "</h2>", "<svg>", "<main>"),
        *("<template>", "<select>", "<header hidden>", "<p>", "&#0;", "\x00", "\ud7ff", "word"),
    ]
)


@example(name="a.pdf", content=b"%PDF-1.4\ntrailer << /Root 1 0 R >> startxref 0")
@given(
    name=st.sampled_from(["a.md", "a.html", "a.pdf", "a.txt", "a"]),
    content=st.one_of(
        st.binary(max_size=300),
        st.binary(max_size=300).map(lambda data: b"%PDF-1.7\n" + data),
        st.lists(_PIECES, max_size=40).map(lambda pieces: "".join(pieces).encode()),
        st.tuples(st.integers(0, 700), st.binary(max_size=8)).map(
            lambda change: _SAMPLE[: change[0]] + change[1] + _SAMPLE[change[0] + len(change[1]) :]
        ),
    ),
)
def test_any_file_is_read_or_refused(name: str, content: bytes) -> None:
    try:
        loaded = _read(name, content)
    except Unreadable:
        return
    assert loaded.blocks
    for block in loaded.blocks:
        assert block.text.strip()
        assert "\x00" not in block.text
        block.text.encode()


_SAMPLE = _pdf(_page("Some text"))
