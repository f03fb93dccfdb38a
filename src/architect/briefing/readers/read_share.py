"""The share of reads: "95% of them reads", "10% writes", "80/20 read/write"."""

import re
from collections.abc import Iterator
from typing import Final

from architect.briefing.claims import Claim
from architect.briefing.reading import READERS, Reading, claim

PATH: Final = "load.read_share"

_READS: Final = (
    r"(?:pure )?(?:reads?|reading|read-?only|gets?|lookups?|queries|lesend\w*|lesezugriffe|lecturas?"
    r"|lectures?|leituras?|letture|browsing|just look\w*|only look\w*)"
)
_WRITES: Final = r"(?:pure )?(?:writes?|writing|schreib\w*|inserts?|updates?|posts?|escrituras?|écritures?)"
_PERCENT: Final = r"\s*(?:%|percent|per cent|pct|prozent|por ciento|pour cent)"
_SHARE = re.compile(
    rf"(?P<n>#+){_PERCENT}(?:\s+(?:of|der|de|des|del|von|are|is|being|goes? to|sind|(?:the|them|those|these"
    r"|which|that|it|all|our|calls|requests?|traffic|load|anfragen|davon|ellas|peticiones|requêtes)))*"
    rf"\s*[:=-]?\s*(?:(?:are|is|just|only|to|for|sind|son|sont)\s+)*(?P<what>(?P<r>{_READS})"
    rf"|(?P<w>{_WRITES}))\b"
)
_LABELLED = re.compile(
    rf"\b(?P<what>(?P<r>{_READS})|(?P<w>{_WRITES}))(?:\s+(?:share|ratio|percentage|proportion"
    r"|anteil))?(?:\s*(?:[:=]|is|are|of|make up|at)\s*|\s+(?=#+\s*%))(?:about |around "
    rf"|~\s*)?(?P<n>#+)(?P<percent>{_PERCENT})?"
)
_RATIO = re.compile(
    r"(?P<a>#+)\s*(?::|/|to|zu|-)\s*(?P<b>#+)\s*(?:ratio\s*)?(?:of\s*|in favou?r of\s*)?(?P<one>reads?"
    r"|writes?)(?:\s*(?:/|:|to|-|vs\.?|and|over)\s*(?P<two>reads?|writes?))?"
)
_RATIO_AFTER = re.compile(
    r"\b(?P<one>reads?|writes?)\s*(?:/|:|to|-|vs\.?|and|over)\s*(?:writes?|reads?)(?:\s*(?:ratio|split|mix"
    r"|share))?\s*(?:[:=]|is|of|about|around|~)*\s*(?P<a>#+)\s*(?::|/|to|-)\s*(?P<b>#+)"
)
_DOMINATE = re.compile(r"\breads?\s+dominate\w*\s+(?P<a>#+)\s*(?::|/|to)\s*(?P<b>#+)")
_TARGETED = re.compile(
    r"\s*[^.,;#]{0,30}?(?:under|below|within|in less|less than|faster|<|back in|at most)\s*#+"
)
_MOSTLY_READS = re.compile(
    r"\b(?:read-?(?: |-)?(?:heavy|mostly|intensive|dominated)|(?:mostly|mainly|largely|virtually all"
    r"|almost (?:all|only|exclusively)|nearly all|predominantly|überwiegend|vorwiegend|hauptsächlich"
    r"|mayoritariamente|principalement|surtout) (?:reads?|reading|lesend\w*|lecturas?|lectures?)"
    r"|reads? (?:dominate|mostly|outnumber|far outnumber|mainly)|lots? of reads|many (?:more )?reads)\b"
)
_READ_ONLY = re.compile(r"\bread[- ]only\b(?! (?:replica|user|access for|role|for))")
_MOSTLY_WRITES = re.compile(
    r"\b(?:write-?(?: |-)?(?:heavy|mostly|intensive)|(?:mostly|mainly|almost (?:all|only)"
    r"|predominantly) writes?|writes? mostly|writes? dominate)\b"
)
_HUNDRED: Final = 100.0


@READERS.register("read_share")
def read(reading: Reading) -> Iterator[Claim]:
    """Claim the share of reads between 0 and 1."""
    for sentence, match in reading.matches(_SHARE):
        if not _TARGETED.match(sentence.shadow, match.end()):
            share = sentence.value(match) / _HUNDRED
            if 0 <= share <= 1:
                yield claim(sentence, match, PATH, _rounded(share if match["r"] else 1 - share), weight=1)
    for sentence, match in reading.matches(_LABELLED):
        value = sentence.value(match)
        share = value / _HUNDRED if match["percent"] else value
        if 0 <= share <= 1 and (match["percent"] or value < 1):
            yield claim(sentence, match, PATH, _rounded(share if match["r"] else 1 - share), weight=1)
    yield from _ratios(reading)
    for pattern, share in ((_READ_ONLY, 1.0), (_MOSTLY_READS, 0.9), (_MOSTLY_WRITES, 0.2)):
        for sentence, match in reading.matches(pattern):
            because = f'"{sentence.words(match)}", taken as {share:.0%} reads'
            yield claim(sentence, match, PATH, share, "inferred", because)


def _ratios(reading: Reading) -> Iterator[Claim]:
    for pattern in (_RATIO, _RATIO_AFTER, _DOMINATE):
        for sentence, match in reading.matches(pattern):
            first, second = sentence.value(match, "a"), sentence.value(match, "b")
            if first + second > 0:
                reads = second if match.groupdict().get("one", "read").startswith("w") else first
                yield claim(sentence, match, PATH, _rounded(reads / (first + second)), weight=1)


def _rounded(share: float) -> float:
    return round(share, 6)
