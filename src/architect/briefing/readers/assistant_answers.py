"""What an assistant's answers must be: how soon, how often right, and who may see what they rest on."""

import re
from collections.abc import Iterator
from typing import Final

from architect.briefing.claims import Claim
from architect.briefing.passage import Sentence
from architect.briefing.reading import READERS, Reading, claim
from architect.model.brief import Access

FIRST_WORD: Final = "assistant.first_token_milliseconds"
WHOLE_ANSWER: Final = "assistant.answer_milliseconds"
QUALITY: Final = "assistant.quality"
ACCESS: Final = "assistant.access"

_TIME: Final = (
    r"(?:within|in under|under|below|in|after|less than|at most|no more than|<=?) (?:about |at most )?"
)
_SPAN: Final = r"(?P<n>#+) ?(?P<unit>ms|milliseconds?|s|secs?|seconds?|minutes?)\b"
_FIRST = re.compile(
    r"\b(?:first (?:token|word|words|characters?|sentence)|time to first token|ttft|starts? (?:to"
    r" )?(?:stream\w*"
    rf"|answer\w*|writ\w*))\b[^.;#]{{0,30}}?{_TIME}{_SPAN}"
)
_FIRST_AFTER = re.compile(rf"(?:\b{_TIME})?{_SPAN} (?:to|until|for|till) (?:the )?first (?:token|word)")
_FIRST_BARE = re.compile(
    r"\b(?:first (?:token|word)|ttft)\b(?:\s?[:=,()<]=?|\s?(?:latency|time|target|at|is|of|p-?\d\d)\b)*\s?"
    rf"{_SPAN}"
)
_WHOLE = re.compile(
    r"\b(?:(?:full|whole|complete|entire|finished) (?:answer|response|reply)|answers? (?:must |should |have"
    r" to )?(?:be "
    rf"(?:done|complete|finished)|finish\w*|complete))\b[^.;#]{{0,30}}?{_TIME}{_SPAN}"
)
_QUALITY = re.compile(
    r"(?P<n>#+) ?(?:%|percent|per cent)(?: of)?(?: the| all| its| our)? (?:answers?|responses?|replies"
    r"|questions)"
    r"(?: \w+){0,3}? (?:correct\w*|right|accurate\w*|true|properly)"
    r"|(?:answers?|responses?|it)(?: \w+){0,3}? (?:correct|right|accurate) (?:in|for) (?:at least"
    r" )?(?P<m>#+) ?(?:%"
    r"|percent)|(?:accuracy|answer quality|correctness)(?: of| must be| should be| above| over|:| at least"
    r"| is)*"
    r" (?P<k>#+) ?(?:%|percent)"
)
_GROUPS = re.compile(
    r"\b(?:(?:not (?:everyone|everybody|all)|only (?:some|certain|authori[sz]ed|the right)|each (?:team"
    r"|department|group"
    r"|role|practice|office)|teams?|departments?|groups?|staff|people|lawyers|users|employees) (?:\w+"
    r" ){0,3}?(?:may|can"
    r"|must|should|are allowed to)(?: only)? (?:see|read|access|find|search|open)\b[^.;]{0,20}\b(?:own"
    r"|their|some"
    r"|certain|all|everything|every|allowed|permitted|rights?)|access rights|permissions? (?:of|on|per|for)"
    r" (?:the )?"
    r"(?:documents?|files?|folders?)|document[- ]level (?:permissions?|access|security)|(?:respect"
    r"|honou?r)\w* (?:the )?"
    r"(?:permissions?|access|rights|acls?)|acls?)\b"
)
_OWNER = re.compile(
    r"\b(?:(?:each|every) (?:user|person|customer|employee|member|student|patient)s? (?:\w+ ){0,3}?(?:their"
    r"|his|her|its)"
    r" own (?:documents?|files?|uploads?|notes|contracts)|(?:only|just) (?:their|his|her|your|my) own"
    r" (?:documents?"
    r"|files?|uploads?|notes))\b"
)
_EVERYONE = re.compile(
    r"\b(?:every(?:one|body) (?:may|can|is allowed to) (?:see|read|access|search|ask about) (?:everything"
    r"|all|every"
    r"|any)|(?:all|the) documents? (?:are|is) public|public (?:documents?|documentation|docs|knowledge base"
    r"|help cent"
    r"(?:er|re)|faqs?)|no access (?:control|restrictions?))\b"
)


@READERS.register("assistant_answers")
def read(reading: Reading) -> Iterator[Claim]:
    """Claim times, quality and access, only in texts that want an assistant."""
    if not reading.assistant:
        return
    for sentence in reading.sentences:
        if not sentence.section and not (sentence.asks and not sentence.requests):
            yield from _times(sentence)
            yield from _quality(sentence)
            yield from _access(sentence)


def _times(sentence: Sentence) -> Iterator[Claim]:
    for pattern, path in (
        (_FIRST, FIRST_WORD),
        (_FIRST_AFTER, FIRST_WORD),
        (_FIRST_BARE, FIRST_WORD),
        (_WHOLE, WHOLE_ANSWER),
    ):
        for match in pattern.finditer(sentence.shadow):
            yield claim(sentence, match, path, round(sentence.value(match) * _milliseconds(match["unit"]), 3))


def _milliseconds(unit: str) -> float:
    if unit.startswith(("ms", "milli")):
        return 1.0
    return 60_000.0 if unit.startswith("minute") else 1000.0


def _quality(sentence: Sentence) -> Iterator[Claim]:
    for match in _QUALITY.finditer(sentence.shadow):
        value = sentence.value(match, next(name for name in ("n", "m", "k") if match[name]))
        if 0 < value <= 100:  # noqa: PLR2004 # percent
            yield claim(sentence, match, QUALITY, round(value / 100, 4))


def _access(sentence: Sentence) -> Iterator[Claim]:
    ways: tuple[tuple[re.Pattern[str], Access, int], ...] = (
        (_OWNER, "owner", 3),
        (_GROUPS, "groups", 2),
        (_EVERYONE, "everyone", 1),
    )
    for pattern, access, weight in ways:
        for match in pattern.finditer(sentence.plain):
            yield claim(sentence, match, ACCESS, access, weight=weight)
