"""Latency targets: "p95 under 300 ms", "95th percentile below 0.2 s", "back in under a second"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from architect.briefing.claims import Claim
from architect.briefing.passage import Sentence
from architect.briefing.reading import READERS, Reading, claim

PERCENTILE: Final = "load.latency.percentile"
MILLISECONDS: Final = "load.latency.milliseconds"

_MS: Final = (
    r"(?:ms|msecs?|millis(?:econds?)?|milli-?seconds?|millisekunden|milisegundos|millisecondes|millisecondi)"
)
_S: Final = r"(?:s|secs?|seconds?|sekunden?|segundos?|secondes?|secondi)"
_TIME: Final = (
    rf"(?:(?P<n>#+)\s*-?\s*(?:(?P<ms>{_MS})|(?P<s>{_S}))(?![\w/])|(?P<quarter>(?:a )?quarter (?:of )?a second"
    r"|quarter[- ]second|(?:einer )?viertelsekunde)|(?P<half>half a second|halbe sekunde"
    r"|medio segundo|une demi-seconde)|(?P<one>a second\b|sub-?second|unter einer sekunde|un segundo"
    r"|une seconde))"
)
_PERCENTILE_NAME: Final = (
    r"(?:(?P<p>(?<![a-z0-9])p-?\s?(?P<digits>\d{2}(?:\.\d{1,3})?)(?:th)?\b)|(?P<q>#+)\s*-?(?:th|st|nd|rd|\."
    r"|e|er|º)?\s*-?\s*(?:percentiles?|perzentile?|percentil|centile)|(?:perzentil|percentil)\s+(?P<q2>#+)"
    r"|(?P<median>\bmedian\b))"
)
_FIRST = re.compile(
    rf"{_PERCENTILE_NAME}(?:\s+(?:first token|latency|latencies|response times?|of"
    rf"|for))*[^#.;]{{0,70}}?(?<![a-z]){_TIME}"
)
_AFTER = re.compile(
    rf"{_TIME}\s*(?:\(|,)?\s*(?:(?:at|for|on|in|as|im|bei|en|the|au|our|target|latency|response time|is the"
    rf"|à la|al)\s+)*{_PERCENTILE_NAME}(?!\s*(?:<|under|below|=|:|of|at|#|within|less))"
)
_SHARE_WITHIN = re.compile(
    r"(?P<q>#+)\s*(?:%|percent|per cent|prozent)\s*(?:of|der|de|des|del|aller)?\s*(?:all |the |our |these "
    rf"|those )?(?:[\w-]+\s+){{0,3}}?[^#.;]{{0,40}}?(?:under|below|within|in|less than|faster than|<=?|unter"
    rf"|innerhalb|innert|binnen|en menos de|en moins de|no more than|at most)\s*(?:than )?{_TIME}"
)
_SO_MANY_OF = re.compile(
    r"(?P<q>#+)\s*(?:of|out of|in)\s+(?:every\s+)?(?P<base>#+)\s+(?:all |our |such )?(?:calls|requests"
    r"|queries|searches|lookups|answers|responses|reads|hits|pages|users)\b[^#.;]{0,40}?(?:under"
    rf"|below|within|in|less than|faster than|<=?)\s*(?:than )?{_TIME}"
)
_WITHIN_FOR_SHARE = re.compile(
    rf"{_TIME}\s*(?:for|in|at|on|bei|für|en|dans)\s+(?:at least )?(?P<q>#+)\s*(?:%|percent|per cent|prozent)"
)
_LIMIT: Final = (
    r"(?:under|below|within|in less than|less than|faster than|quicker than|at most|no more than"
    r"|no longer than|not exceed|not more than|maximum(?: of)?|max\.?|up to|never above|in under|inside"
    r"|sub-?|<=?|unter|innerhalb(?: von)?|binnen|höchstens|maximal|menos de|en menos de|por debajo de"
    r"|moins de|en moins de|sotto|in meno di|abaixo de|onder)"
)
_BOUND = re.compile(rf"(?P<limit>{_LIMIT})\s*(?:about |around |than |a |the |von )?{_TIME}")
_LABEL = re.compile(
    r"\b(?:latenc(?:y|ies)|response[- ]times?|(?:max )?delay|antwortzeit(?:en)?|latenz(?:zeit)?"
    rf"|tiempo de respuesta|latencia|temps de réponse|latence)\b(?:\s+\w+){{0,4}}?\s*[:=<]?\s*(?:of|is|under"
    rf"|below|at most|max|von|de|:)?\s*(?:about |around |~\s*|{_LIMIT}\s*)?{_TIME}"
)
_TAKES = re.compile(
    r"\b(?:respond|answer|reply|return|react|come back|load|finish|done|complete|confirm|acknowledge|unlock"
    rf"|deliver|respuesta|responder|antworten|répondre)\w*\b[^.;#]{{0,40}}?\b(?:in|within|after|en"
    rf"|in nur)\s+(?:about |around |max )?{_TIME}"
)
_SUB = re.compile(rf"\bsub-?\s?{_TIME}|(?P<word>\bsub-?second\b)")
_FINE = re.compile(
    rf"{_TIME}\s*(?:(?:in total|total|overall|max|maximum|latency|response times?|end[- ]to[- ]end"
    r"|or (?:better|less|faster|under))\b\s*)+"
)
_ABOUT_ANSWERS = re.compile(
    r"\b(?:respon\w*|answer\w*|repl(?:y|ies)|returns?|latenc\w*|come back|comes back|p\d\d|fast|quick\w*"
    r"|slow\w*|calls?|requests?|quer\w*|lookups?|load|confirm\w*|acknowledg\w*|api|endpoint|feel\w*|snappy"
    r"|render|"
    r"antwort\w*|latenz\w*|respuesta|latencia|réponse|latence|seconds?|page|screen|search\w*|shown?|appear"
    r"|visible|unlock\w*|check\w*|decision|score\w*|quotes?|user)\b"
)
_SOMETHING_ELSE = re.compile(
    r"\b(?:every|each|alle|cada|toutes)\s+$|\b(?:timeouts?|time out|times out|interval|poll\w*|refresh\w*"
    r"|heartbeat|ttl|expire\w*|cache[ds]?|retry|retries|backoff|grace|drain|restart\w*|boot\w*|start(?:s"
    r"|up)?|currently|today it|at the moment|right now|takes now|used to|job|batch|model (?:needs|takes"
    r"|does)|needs|after|sleep|hold|delay between|lasts?|long|video|clip|recording|token lifetime|lock(?:s"
    r"|ed)? out|first (?:token|word)s?|(?:full|whole|complete|entire) answers?)\b[^#]{0,30}$"
)
_BEFORE_A_WORD = re.compile(r"\s*(?:to|until|for|till) (?:the )?first (?:token|word)\b")
_AFTER_A_WORD = re.compile(
    r"\b(?:first (?:token|word)s?|ttft)\b[\s:=,(<]*(?:(?:latency|time|target|at|is|of|within|under|below|in"
    r"|after|less than|at most)\s+)*$"
)
_UNTIL_FOUND = re.compile(
    r"\b(?:searchable|findable|queryable|answerable|indexed|in the (?:index|search)|answers? (?:must |should "
    r"|have to )?(?:be )?(?:complete|finish\w*|done))\b[^#.;]{0,30}$"
)
_PREFERRED: Final = {95.0: 6, 99.0: 5, 90.0: 4, 99.9: 3, 50.0: 2}
_MILLIS_PER_SECOND: Final = 1000.0
_LONGEST_MS: Final = 120_000.0


@dataclass(frozen=True, slots=True)
class _Target:
    sentence: Sentence
    match: re.Match[str]
    percentile: float | None
    milliseconds: float


@READERS.register("latency")
def read(reading: Reading) -> Iterator[Claim]:
    """Claim percentile (percent) and milliseconds; of several percentiles p95 is the target."""
    paired = [
        *_paired(reading, _FIRST),
        *_paired(reading, _AFTER),
        *_paired(reading, _SHARE_WITHIN),
        *_paired(reading, _SO_MANY_OF),
        *_paired(reading, _WITHIN_FOR_SHARE),
    ]
    taken = {(target.sentence.index, target.match.start("n")) for target in paired}
    for target in paired:
        weight = 10 + _PREFERRED.get(target.percentile or 0.0, 1)
        yield claim(target.sentence, target.match, PERCENTILE, target.percentile, weight=weight)
        yield claim(target.sentence, target.match, MILLISECONDS, target.milliseconds, weight=weight)
    for target in _single(reading):
        if (target.sentence.index, target.match.start("n")) not in taken:
            yield claim(target.sentence, target.match, MILLISECONDS, target.milliseconds, weight=1)


def _paired(reading: Reading, pattern: re.Pattern[str]) -> Iterator[_Target]:
    for sentence, match in _on_both(reading, pattern):
        percentile = _percentile(sentence, match)
        milliseconds = _milliseconds(sentence, match)
        if _of_an_assistant(reading, sentence, match):
            continue
        if percentile is not None and milliseconds is not None:
            yield _Target(sentence, match, percentile, milliseconds)


def _single(reading: Reading) -> Iterator[_Target]:
    for pattern in (_BOUND, _LABEL, _TAKES, _SUB, _FINE):
        for sentence, match in _on_both(reading, pattern):
            milliseconds = _milliseconds(sentence, match)
            before = sentence.plain[max(0, match.start() - 60) : match.start()]
            about = (
                pattern is not _BOUND or _ABOUT_ANSWERS.search(sentence.plain) or match.groupdict().get("ms")
            )
            if _of_an_assistant(reading, sentence, match):
                continue
            if milliseconds is not None and about and not _SOMETHING_ELSE.search(before):
                yield _Target(sentence, match, None, milliseconds)


_WHOLE_ANSWER = re.compile(r"\b(?:full|whole|complete|entire) answers?\b|\bfirst (?:token|word)s?\b|\bttft\b")


def _of_an_assistant(reading: Reading, sentence: Sentence, match: re.Match[str]) -> bool:
    """True where the time is that of a language model's answer, or until a document is found."""
    start = match.start("n") if match.groupdict().get("n") else match.start()
    before = sentence.plain[max(0, match.start() - 60) : match.start()]
    return (
        _BEFORE_A_WORD.match(sentence.plain, match.end()) is not None
        or _AFTER_A_WORD.search(before) is not None
        or _WHOLE_ANSWER.search(sentence.plain, max(0, match.start() - 8), match.end()) is not None
        or (bool(reading.assistant) and _UNTIL_FOUND.search(sentence.plain[:start]) is not None)
    )


def _on_both(reading: Reading, pattern: re.Pattern[str]) -> Iterator[tuple[Sentence, re.Match[str]]]:
    for sentence, match in reading.matches(pattern):
        if not (sentence.asks and not sentence.requests):
            yield sentence, match


def _percentile(sentence: Sentence, match: re.Match[str]) -> float | None:
    groups = match.groupdict()
    if groups.get("median"):
        return 50.0
    if groups.get("digits"):
        return _among(float(match["digits"]))
    if groups.get("base"):
        return _among(100 * sentence.value(match, "q") / max(sentence.value(match, "base"), 1.0))
    name = "q" if groups.get("q") else "q2"
    return _among(sentence.value(match, name)) if groups.get(name) else None


def _among(value: float) -> float | None:
    return value if 50 <= value < 100 else None  # noqa: PLR2004 - percentiles that can be targets


def _milliseconds(sentence: Sentence, match: re.Match[str]) -> float | None:
    groups = match.groupdict()
    if groups.get("quarter"):
        return _MILLIS_PER_SECOND / 4
    if groups.get("half"):
        return _MILLIS_PER_SECOND / 2
    if groups.get("one") or groups.get("word"):
        return _MILLIS_PER_SECOND
    if not groups.get("n"):
        return None
    value = sentence.value(match) * (1.0 if groups.get("ms") else _MILLIS_PER_SECOND)
    return round(value, 6) if 0 < value <= _LONGEST_MS else None
