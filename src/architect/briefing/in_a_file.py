"""What a database in one file is meant for, in a text that searches documents: passages or records."""

import re
from typing import Final, Literal

from architect.briefing.reading import Reading
from architect.briefing.stance import Judged

Kept = Literal["vectors", "records", "everything"]

_VECTORS = re.compile(r"\b(?:vectors?|embeddings?|passages?|chunks?|index|vec|semantic|similarity|knn)\b")
_RECORDS = re.compile(
    r"\b(?:records?|rows|metadata|tables|accounts?|relational|business data)\b"
    r"|\bas (?:the |our |a |its )?(?:main |primary |only )?(?:database|db|source of truth)\b"
    r"|\b(?:database|db)\s*[:=]\s*$"
)
_ALL = re.compile(r"\b(?:everything|all|both|whole)\b")
_LEADS_TO = re.compile(
    r"(?:\b(?:in|into|on|to|with|by|using|as)\s+(?:(?:an?|one|the|our|same|single|local|plain|just) )*"
    r"|[:=]\s*)$"
)
"""What ends the words before a store that tell what goes into it: "the vectors in one SQLite"."""
_EDGE = re.compile(r"[,;.]")
_NEXT = re.compile(r"[,;.]|\b(?:and|but|while)\b")
_NEAR: Final = 48


def kept_in_file(judged: Judged, reading: Reading) -> Kept:
    """Return what a text that searches documents keeps in the file that it names.

    Example: "vectors" in "records in PostgreSQL, vectors in one SQLite file"; "everything" where neither
    words nor other stores tell passages from records.
    """
    words = _words(judged, reading)
    vectors, records = _VECTORS.search(words), _RECORDS.search(words)
    if vectors:
        return "everything" if records or _ALL.search(words) else "vectors"
    return "records" if records or _vectors_elsewhere(reading) else "everything"


def _vectors_elsewhere(reading: Reading) -> bool:
    """True when the text wishes for a store that is for vectors first."""
    return any(
        other.mention.term.roles[0] == "vector_store"
        for other in reading.having("vector_store", "wanted", "current")
    )


def _words(judged: Judged, reading: Reading) -> str:
    """Return the words about a mention, as far as they are not about what is named beside it."""
    mention = judged.mention
    plain = mention.sentence.plain
    others = [other.mention for other in reading.inside(mention.sentence) if other is not judged]
    first = max((other.end for other in others if other.end <= mention.start), default=0)
    last = min((other.start for other in others if other.start >= mention.end), default=len(plain))
    before = plain[max(first, mention.start - _NEAR) : mention.start]
    before = _EDGE.split(before)[-1] if _LEADS_TO.search(before) else ""
    after = _NEXT.split(plain[mention.end : min(last, mention.end + _NEAR)])[0]
    return f"{before} {after}"
