"""How much is kept: "900 GB", "6 TB of history", "90 million ledger entries", "1.3M books in the db"."""

import re
from collections.abc import Iterator
from typing import Final

from architect.briefing.claims import Claim
from architect.briefing.passage import Sentence
from architect.briefing.reading import READERS, Reading, claim

GIGABYTES: Final = "data.gigabytes"
RECORDS: Final = "data.records"

_SIZES: Final = {"mb": 1e-3, "gb": 1.0, "tb": 1e3, "pb": 1e6}
_SIZE = re.compile(
    r"(?P<n>#+)\s*-?\s*(?:(?P<mb>mb|mib|megabytes?|megs)|(?P<gb>gb|gib|gigabytes?|gigs?|go|gigaoctets?)"
    r"|(?P<tb>tb|tib|terabytes?|teras?|téraoctets?)|(?P<pb>pb|pib|petabytes?))(?![\w/])"
)
_GROWTH = re.compile(
    r"\s*(?:of \w+ )?(?:/|per\b|a (?:day|week|month|year)|an? (?:hour|upload|file)|each\b|every\b|daily"
    r"|weekly|monthly|yearly|pro\b|im monat|am tag)"
)
_NOT_KEPT = re.compile(
    r"\b(?:ram|memory|vram|heap|gpu|upload\w*|attachments?|file size|files? (?:up to|of up to|larger|bigger)"
    r"|max(?:imum)?|payload|body|bodies|limit\w*|model|weights|images? (?:up to|of)|laptop|arbeitsspeicher"
    r"|bandwidth|traffic|disk space|instance|machine|droplet|server (?:has|with)|vm (?:has|with)|vms? with"
    r"|each file|per file)\b"
)
_SMALLEST_GB: Final = 0.05

_GENERIC: Final = (
    r"(?:records?|rows?|entries|entry|data ?points?|datasets in|datensätze|einträge|zeilen|registros|filas"
    r"|enregistrements|lignes|"
    r"record|righe|registros|linhas|tuples|line items|data records|database rows)"
)
_RECORDS = re.compile(rf"(?P<n>#+)\s+(?:[\w'-]{{1,24}}\s+){{0,2}}?{_GENERIC}\b")
_THINGS = re.compile(
    r"(?P<n>#+)\s+(?:of (?:these|those"
    r"|them)\s+)?(?P<noun>(?:[^\W\d_][\w'-]{1,24}\s+){0,2}?[^\W\d_][\w'-]{1,24})"
)
_STORED = re.compile(
    r"\b(?:in the (?:db|database|system|table|catalogue|catalog|archive|index|store)|so far|stored|logged"
    r"|on file|in total|in stock|registered|archived|indexed|accumulated|existing|historical|gespeichert"
    r"|erfasst|en base|almacenad\w+|kept|to migrate|to import)\b"
)
_RATE = re.compile(
    r"^\s*(?:[\w'-]+\s+){0,2}?(?:/|per\b|a (?:second|minute|hour|day|week|month|year)|an hour|each\b|every\b"
    r"|daily|weekly|monthly|nightly|pro\b|je\b|am tag|im monat|por|par (?:jour|mois|an|seconde|minute))"
)
_AT_ONCE = re.compile(
    r"\b(?:at once|at the same time|simultaneous\w*|concurrent\w*|online|logged in|connected|gleichzeitig\w*"
    r"|inhabitants|residents|einwohner|citizens)\b"
)
_NO_DATA = re.compile(
    r"^(?:users?|requests?|people|concurrent|inhabitants|residents|citizens|employees?|customers|visitors"
    r"|downloads|followers|times|dollars|euros?|usd|eur|bucks|calls|questions|queries|hits|ms|seconds?"
    r"|minutes?|hours?|days?|weeks?|months?|years?|developers?|devs?|engineers?|words|tokens|messages"
    r"|einwohner|mitarbeiter|percent|gb|tb|mb|rps|qps|req|players|learners|subscribers|students|nodes"
    r"|servers|regions|others?|more|of|different|or|and|to|in|for|on|at|is|are)\b"
)
_LEAST_STATED: Final = 100_000.0
_LEAST_SAID: Final = 1_000.0


@READERS.register("volume")
def read(reading: Reading) -> Iterator[Claim]:
    """Claim gigabytes (decimal) and records."""
    for sentence, match in reading.matches(_SIZE):
        yield from _size(sentence, match)
    for sentence, match in reading.matches(_RECORDS):
        if not _RATE.match(sentence.plain, match.end()) and not _flow(sentence, match):
            yield claim(sentence, match, RECORDS, int(sentence.value(match)), weight=3)
    for sentence, match in reading.matches(_THINGS):
        yield from _things(sentence, match)


def _size(sentence: Sentence, match: re.Match[str]) -> Iterator[Claim]:
    unit = match.lastgroup or "gb"
    size = round(sentence.value(match) * _SIZES[unit], 6)
    near = (
        sentence.plain[max(0, match.start() - 40) : match.start()].rpartition(",")[2]
        + " "
        + re.split(r"[,.;]", sentence.plain[match.end() : match.end() + 24])[0]
    )
    if _GROWTH.match(sentence.plain, match.end()) or _NOT_KEPT.search(near) or size < _SMALLEST_GB:
        return
    yield claim(sentence, match, GIGABYTES, size, weight=1)


def _things(sentence: Sentence, match: re.Match[str]) -> Iterator[Claim]:
    """Claim a large number of things: stated from 100,000 up, or when they are said to be stored."""
    value = sentence.value(match)
    after = sentence.plain[match.start("noun") :]
    if value < _LEAST_SAID or _NO_DATA.match(after) or _RATE.match(after) or _flow(sentence, match):
        return
    if not re.search(r"[a-zà-ÿ]{3,}", match["noun"]) or _AT_ONCE.search(sentence.plain):
        return
    stored = _STORED.search(sentence.plain) is not None
    if value >= _LEAST_STATED or stored:
        yield claim(sentence, match, RECORDS, int(value), weight=1)
    else:
        yield claim(
            sentence,
            match,
            RECORDS,
            int(value),
            "inferred",
            f"{sentence.words(match)}: at least as many records",
        )


def _flow(sentence: Sentence, match: re.Match[str]) -> bool:
    """True when the number is of something that passes by, or is money."""
    before = sentence.plain[max(0, match.start() - 12) : match.start()]
    return re.search(r"[$€£]\s*$|\b(?:usd|eur|chf|gbp)\s*$|\bper\s*$", before) is not None or (
        _GROWTH.match(sentence.plain, match.end()) is not None
    )
