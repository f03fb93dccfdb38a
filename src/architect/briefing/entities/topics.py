"""What a system is about when nothing is said to be stored: "Leaderboard service", "appointment software"."""

import re
from collections.abc import Iterator
from typing import Final

from architect.briefing.entities.found import Found
from architect.briefing.entities.known import known
from architect.briefing.listed import listed
from architect.briefing.passage import Passage, around
from architect.briefing.terms import term_named

_GENERIC: Final = listed(
    "User Station Field Model Key ShortLink Report Result Event ChatMessage Work Play Show Line Note Task "
    "Price LabTest Document Team Company Location Site Device Client Customer Asset Question Answer "
    "Notification Component Store Position Lead Card Agent Card Board Channel Score Copy Job Game Member "
    "Category Application Registration Tag Project Webhook Template Deployment Dataset Address Fee "
    "Account Command Alert Machine Owner Meeting Review Plan Contact Segment Post Listing Line"
)
_HEADS = re.compile(
    r"\b(?P<noun>[^\W\d_][\w-]*(?: [^\W\d_][\w-]*)?)\s+(?:service|backend|api|software|system|platform"
    r"|tracking|management|tracker|register|archive|planner|processing|intake|booking|database|mediation|app"
    r"|processor|store|engine|portal)\b"
)


def name_is_generic(name: str) -> bool:
    """True for entities whose word says too little to infer them from a passing mention."""
    return name in _GENERIC


def topics(passage: Passage, *, generic: bool) -> Iterator[Found]:
    """Infer what a system is about from how it is called: "Leaderboard service", "appointment software"."""
    count = 0
    for sentence in passage.sentences[:4]:
        if sentence.language != "en" or (sentence.asks and not sentence.requests) or sentence.section:
            continue
        for match in _HEADS.finditer(sentence.plain):
            for phrase, start in _readings(match):
                row = known(phrase)
                fits = row is not None and name_is_generic(row.name) == generic
                if row and fits and not term_named(phrase) and count < 3:  # noqa: PLR2004 - a topic, not a list
                    count += 1
                    singular = tuple(word.lower() for word in re.findall(r"[A-Z][a-z0-9]*", row.name))
                    yield Found(
                        singular,
                        "inferred",
                        around(sentence, start, match.end()),
                        sentence,
                        start,
                        match.end("noun"),
                    )
                    break


def _readings(match: re.Match[str]) -> Iterator[tuple[str, int]]:
    """Yield the noun before "service" with its modifier, then alone."""
    noun = match["noun"]
    yield noun, match.start("noun")
    if " " in noun:
        last = noun.rpartition(" ")[2]
        yield last, match.end("noun") - len(last)
