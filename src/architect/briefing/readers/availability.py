"""Availability in percent: "99.95% uptime", "four nines", a bare "99.9%"."""

import re
from collections.abc import Iterator
from typing import Final

from architect.briefing.claims import Claim
from architect.briefing.reading import READERS, Reading, claim

PATH: Final = "load.availability"

_WORDS: Final = (
    r"(?:availab\w*|up-?time|up time|sla|slo|verfügbar\w*|disponib\w*|dispon[ií]ve\w*|erreichbar\w*"
    r"|beschikbaar\w*|up and running|running|reachable|of the time|online)"
)
_PERCENT: Final = r"(?:\s*(?:%|percent|per cent|pct|prozent|por ciento|pour cent))"
_BEFORE = re.compile(
    rf"{_WORDS}[^#.;]{{0,40}}?(?P<n>#+){_PERCENT}?(?!\s*(?:ms|s\b|days|years|hours|users|people|#|requests"
    r"|req))"
)
_AFTER = re.compile(
    rf"(?P<n>#+){_PERCENT}?\s*(?:of\s+|the\s+|service\s+|system\s+|monthly\s+|guaranteed\s+|yearly\s+|de\s+"
    rf"|des\s+|an\s+|in\s+)*{_WORDS}"
)
_BARE = re.compile(
    rf"(?P<n>#+){_PERCENT}(?!\s*(?:of (?!the time)|der |de (?:las|los)|des |reads?|writes?|lesen|percentile"
    r"|quantile|accura\w*|discount|confidence|coverage|recall|precision))"
)
_NAKED = re.compile(r"(?<![\d.,$€£#])(?P<n>#{4,6})(?!#)(?!\s*(?:%|ms|s\b|rps|gb|tb|usd|dollars|eur|€|\$))")
_NINES = re.compile(
    r"(?P<n>#+|two|three|four|five|six)(?P<half> and a half|\.5)?[\s-]*(?:nines|9s|9's|neunen|nueves|neufs)\b"
)
_SAID = re.compile(
    r"\b(?:accura\w*|cpu|discount|tax|vat|confidence|coverage|test|sampling|sampled|battery|humidity"
    r"|cache hit|hit rate|full|utili[sz]ation|purity|match|compatible)\b"
)
_NAKED_VALUES: Final = frozenset({99.5, 99.9, 99.95, 99.99, 99.999})
_LOWEST_BARE: Final = 99.0
_LOWEST: Final = 80.0
_HIGHEST: Final = 99.99999


@READERS.register("availability")
def read(reading: Reading) -> Iterator[Claim]:
    """Claim the availability; a bare percentage counts from 99 up, since nothing else is that exact."""
    for sentence, match in reading.matches(_NINES):
        nines = _count(sentence.plain[match.start("n") : match.end("n")])
        if nines:
            value = 100 - 10.0 ** (2 - nines) * (0.5 if match["half"] else 1.0)
            yield claim(sentence, match, PATH, round(value, 6), weight=2)
    for pattern in (_BEFORE, _AFTER):
        for sentence, match in reading.matches(pattern):
            value = sentence.value(match)
            percent = re.search(r"%|percent|per cent|pct|prozent|ciento|cent", match.group()) is not None
            if (_LOWEST <= value <= _HIGHEST and percent) or _LOWEST_BARE <= value <= _HIGHEST:
                yield claim(sentence, match, PATH, value, weight=2)
    for sentence, match in reading.matches(_BARE):
        clause = (
            re.split(r"[,;]", sentence.plain[: match.start()])[-1]
            + re.split(r"[,;]", sentence.plain[match.end() :])[0]
        )
        value = sentence.value(match)
        if _LOWEST_BARE < value <= _HIGHEST and not _SAID.search(clause):
            yield claim(sentence, match, PATH, value)
    for sentence, match in reading.matches(_NAKED):
        if sentence.value(match) in _NAKED_VALUES and not re.search(
            r"(?:p|percentile\s*)$", sentence.plain[: match.start()]
        ):
            yield claim(sentence, match, PATH, sentence.value(match))


def _count(word: str) -> int:
    names = {
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "six": 6,
        "drei": 3,
        "vier": 4,
        "fünf": 5,
        "tres": 3,
        "cuatro": 4,
        "trois": 3,
        "quatre": 4,
    }
    value = names.get(word.strip(), int(word) if word.isdigit() else 0)
    return value if 2 <= value <= 6 else 0  # noqa: PLR2004 - what people ask for
