"""Documents of every kind that a service says it reads, and texts that come more than once."""

from typing import Final

from architect.model.report import Finding
from architect.verify.checks import Notes
from architect.verify.library import Library
from architect.verify.scene import Scene

SCRIPTED: Final = "quicksilver"
PAGE: Final = f"""\
<!DOCTYPE html><html><head><title>Bridges</title><script>var {SCRIPTED} = 1 < 2;</script></head>
<body><nav>{SCRIPTED}</nav><h1>Bridges</h1><p>The cantaloupe <b>bridge</b> opens at noon.</p>
</body></html>
"""
NOTE: Final = "The tamarind meadow floods in May."
PRINTED: Final = "The marzipan harbour closes at dusk."
SAID_TWICE: Final = "The apricot ferry leaves the northern pier at a quarter past seven on all weekdays"


_FONTS: Final = b"<< /Font << /F1 5 0 R >> >>"


def pdf(text: str) -> bytes:
    """Return a page with a line of text (ISO 32000-1, 7.5: header, body, cross-references, trailer)."""
    drawn = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources %s >>" % _FONTS,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    written, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        written
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(written))
    )


async def formats_read(scene: Scene) -> list[Finding]:
    """HTML, PDF and plain text are read as what people see of them."""
    notes = Notes("formats_read", "have a loader for each kind of document that the service says it reads")
    library = Library(scene)
    for name, content, word, said in (
        ("bridges.html", PAGE.encode(), "cantaloupe", "The cantaloupe bridge opens at noon."),
        ("harbour.pdf", pdf(PRINTED), "marzipan", PRINTED),
        ("meadow.txt", NOTE.encode(), "tamarind", NOTE),
    ):
        shown = await library.kept(name, content)
        found = await library.found(word)
        notes.expect(
            holds=shown.get("status") == "indexed" and any(said in text for text in found),
            message=f"what {name} says is not found",
            where=library.where("document"),
            seen=(shown, found),
        )
    found = await library.found(SCRIPTED, 50)
    notes.expect(
        holds=not any(SCRIPTED in text for text in found),
        message="what a page does not show its readers is found",
        where=library.where("search"),
        seen=found,
    )
    return notes.findings


async def alike_told_once(scene: Scene) -> list[Finding]:
    """What several documents say in the same words is told once."""
    notes = Notes("alike_told_once", "leave out passages that say what one before them says")
    library = Library(scene)
    for name, end in (("north.md", "."), ("south.md", "!"), ("west.md", " .")):
        await library.kept(name, f"{SAID_TWICE}{end}\n")
    found = [text for text in await library.found("apricot") if "apricot" in text]
    notes.expect(
        holds=len(found) == 1,
        message=f"a sentence that three documents have is told {len(found)} times",
        where=library.where("search"),
        seen=found,
    )
    return notes.findings
