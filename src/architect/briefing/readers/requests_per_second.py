"""Request rates: "1,200 requests per second at peak", "6k req/min", "a reading every 15 min"."""

import re
from collections.abc import Iterator
from typing import Final

from architect.briefing.claims import Claim
from architect.briefing.passage import Sentence
from architect.briefing.reading import READERS, Reading, claim

PATH: Final = "load.requests_per_second"

_UNITS: Final = (
    (
        r"s|secs?|seconds?|sek\.?|sekunden?|segundos?|secondes?|secondi|secondo|seconde|sg",
        1.0,
    ),
    (r"m|mins?|minutes?|minuten?|minutos?|minuti|minuto|minuut", 60.0),
    (r"h|hrs?|hours?|stunden?|std\.?|horas?|heures?|ore|ora|uur", 3600.0),
    (
        r"d|days?|tage?|días?|dias?|jours?|giorn[oi]|dag|night|workday|business day|working day|werktag",
        86400.0,
    ),
)
_UNIT: Final = "|".join(f"(?P<u{index}>{names})" for index, (names, _) in enumerate(_UNITS))
_PER: Final = (
    r"(?:\s*/\s*(?:a\s+)?|\s*per\s+|\s+an?\s+|\s+each\s+|\s+every\s+|\s+pro\s+|\s+je\s+|\s+por\s+|\s+par\s+"
    r"|\s+al\s+|\s+alla\s+|\s+in der\s+|\s+p\.?\s*)"
)
_REQUESTS: Final = (
    r"requests?|reqs?\.?|rqs?|calls?|hits?|quer(?:y|ies)|lookups?|transactions?|txns?|tx|operations?|ops"
    r"|reads?|redirects?|invocations?|api calls?"
    r"|anfragen|aufrufe|zugriffe|abfragen|transaktionen|peticiones|solicitudes|llamadas|consultas|requêtes"
    r"|appels|demandes|richieste|chiamate"
    r"|requisições|pedidos|chamadas|verzoeken|aanroepen"
)
_RATE = re.compile(
    r"(?P<n>#+)\s*\+?\s*(?P<what>(?:[^\W\d_][\w'-]*[ "
    rf".]+){{0,3}}?(?:[^\W\d_][\w'-]*\.?)?)(?:\s*\([^()#]{{0,20}}\))?{_PER}(?:{_UNIT})(?![\w'])"
)
_SHORT = re.compile(
    r"(?P<n>#+)\s*\+?\s*(?P<u0>rps|qps|tps|rqs|req ?/ ?s(?:ec)?|reqs ?/ ?s(?:ec)?|requests/s(?:ec)?|r/s"
    r"|ops/s|wps|hps)(?!\w)|(?P<m>#+)\s*(?P<u1>rpm|qpm|tpm)(?!\w)"
)
_LABELLED = re.compile(
    r"\b(?:rps|qps|tps|req/s|reqs/s|requests/s(?:ec)?|requests? per sec(?:ond)?|anfragen pro sekunde"
    r"|(?:peak )?(?:throughput|load|traffic)(?: \(?(?:rps|req/s|requests/s)\)?)?)"
    r"(?:\s*\((?:peak|max|avg)\))?\s*(?:[:=|>~]+|of|is|are|about|around|target)\s*(?:about |around |up to "
    r"|roughly |~\s*)?(?P<n>#+)(?!\s*(?:%|ms|gb|tb|users|usd|\$|eur|€|requests? (?:a|per) (?:day|minute"
    r"|hour)|\w+ (?:a|per|/)))"
)
_LIMITS = re.compile(
    r"\b(?:rate[- ]?limit\w*|limit(?:ed|s)? (?:to|of|is|at)|throttl\w+|quota|allowance|ban(?:ned)? after)\b"
)
_PER_HEAD = re.compile(
    r"\b(?:per|each|every|pro|jeder?|par|por|cada) (?:user|client|customer|device|driver|ip|key|api key"
    r"|tenant|partner|agent|person|account|nutzer|usuario|utilisateur)\b"
)
_PEAK = re.compile(
    r"\b(?:peaks?|rush|max(?:imum|imal)?|up to|burst|spikes?|busiest|at most|worst|top|black friday"
    r"|christmas|spitze|pico|pointe|saturdays?|sundays?|sale|election|launch|holiday|on-sale|december|during"
    r"|telethon)\b"
)
_MEAN = re.compile(
    r"\b(?:average|avg|mean|typical(?:ly)?|normal(?:ly)?|usual(?:ly)?|otherwise|baseline|idle|quiet|off-peak"
    r"|durchschnitt\w*|im schnitt|de media|en moyenne)\b"
)
_EVERY = re.compile(
    r"(?P<n>#+)\s+(?P<who>(?:[\w'-]+\s+){1,6}?)(?:every|each|alle|cada"
    r"|toutes les)\s+(?:(?P<k>#+)\s*)?(?P<unit>s|secs?|seconds?|sekunden|mins?|minutes?|minuten|minutos"
    r"|hours?|stunden)\b"
)
_READS_WRITES = re.compile(
    r"(?P<a>#+)\s*(?P<one>reads?|writes?)(?:\s*(?:/|per)\s*s(?:ec(?:onds?)?)?)?\s*(?:,|and|\+|&"
    r"|/)+\s*(?P<b>#+)\s*(?P<two>reads?|writes?)\s*(?:/|per|a)\s*s(?:ec(?:onds?)?)?\b"
)
_NOT_TRAFFIC = re.compile(
    r"\b(?:frames?|fps|meters?|miles?|km|litres?|liters?|kwh|mb|gb|kb|mbit|gbit|bits?|bytes?|usd|dollars?"
    r"|euros?|bucks|cents?|hours?|times|words|tokens?|beats|degrees)\s*$"
)
_MONEY = re.compile(r"[$€£]\s*$|\b(?:usd|eur|chf|gbp)\s*$")
_SMALLEST_DAY: Final = 86400.0


@READERS.register("requests_per_second")
def read(reading: Reading) -> Iterator[Claim]:
    """Claim requests per second: stated for rates of requests up to an hour, inferred for others."""
    for sentence, match in reading.matches(_READS_WRITES):
        if match["one"][0] != match["two"][0]:
            total = sentence.value(match, "a") + sentence.value(match, "b")
            yield claim(
                sentence,
                match,
                PATH,
                total,
                "inferred",
                f"{sentence.words(match)}: reads and writes together",
                weight=3,
            )
    for sentence, match in reading.matches(_SHORT):
        group = "n" if match["n"] else "m"
        rate = sentence.value(match, group) / (1 if match["n"] else 60)
        if not _limits(sentence, match):
            yield claim(sentence, match, PATH, rate, weight=_weight(sentence, match))
    for sentence, match in reading.matches(_LABELLED):
        if not _limits(sentence, match):
            yield claim(sentence, match, PATH, sentence.value(match), weight=_weight(sentence, match))
    for sentence, match in reading.matches(_RATE):
        yield from _rate(sentence, match)
    for sentence, match in reading.matches(_EVERY):
        yield from _senders(sentence, match)


def _rate(sentence: Sentence, match: re.Match[str]) -> Iterator[Claim]:
    what = match["what"].strip()
    if (
        _limits(sentence, match)
        or _NOT_TRAFFIC.search(what)
        or _MONEY.search(sentence.plain[: match.start()])
    ):
        return
    seconds = next(length for index, (_, length) in enumerate(_UNITS) if match[f"u{index}"])
    rate = sentence.value(match) / seconds
    asked = re.search(rf"(?:^|\s)(?:{_REQUESTS})$", what) is not None
    said = sentence.words(match)
    if seconds >= _SMALLEST_DAY:
        if asked:
            yield claim(
                sentence, match, PATH, round(rate, 4), "inferred", f"{said}, spread evenly over the day"
            )
    elif asked or not what:
        yield claim(sentence, match, PATH, rate, weight=_weight(sentence, match))
    elif _MEANINGFUL.search(what):
        yield claim(
            sentence,
            match,
            PATH,
            round(rate, 4),
            "inferred",
            f"{said}: one request each",
            weight=_weight(sentence, match),
        )


_MEANINGFUL = re.compile(r"[a-zà-ÿ]{3,}s?$")


def _senders(sentence: Sentence, match: re.Match[str]) -> Iterator[Claim]:
    """Claim what many senders at a fixed interval come to."""
    if match["k"] is None and not match["unit"].startswith(("s", "m", "h")):
        return
    interval = sentence.value(match, "k") if match["k"] else 1.0
    unit = match["unit"]
    seconds = interval * (
        1 if unit.startswith("s") and not unit.startswith("st") else 60 if unit.startswith("m") else 3600
    )
    senders = sentence.value(match)
    if seconds and senders >= 1:
        because = f"{sentence.words(match)}: {senders:,.0f} / {seconds:,.0f} s"
        yield claim(sentence, match, PATH, round(senders / seconds, 4), "inferred", because)


def _limits(sentence: Sentence, match: re.Match[str]) -> bool:
    """True for a rate that is a limit or one of many users', not the traffic."""
    before = sentence.plain[max(0, match.start() - 40) : match.start()]
    after = sentence.plain[match.end() : match.end() + 24]
    return bool(_LIMITS.search(before) or _PER_HEAD.search(after) or _PER_HEAD.search(before))


def _weight(sentence: Sentence, match: re.Match[str]) -> int:
    """Peak over plain over average, by the words nearest to the rate."""
    before = re.split(r"[,;:(]", sentence.plain[max(0, match.start() - 40) : match.start()])[-1]
    after = re.split(r"[,;:)]", sentence.plain[match.end() : match.end() + 40])[0]
    near = f"{before} {after}"
    return 4 if _PEAK.search(near) else 1 if _MEAN.search(near) else 2
