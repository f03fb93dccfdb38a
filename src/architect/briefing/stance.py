"""How a text stands to what it names: wanted, avoided, put off, only asked about, or somebody else's.

A stance is read from the words around a mention, inside its clause. Mentions that are joined to a list
("no Kafka, Redis or NATS") share what stands before or after the whole list.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from architect.briefing.passage import Sentence
from architect.briefing.stance_rules import (
    AFTER,
    ALL_I_KNOW,
    ALTERNATIVE,
    BEFORE,
    CLAUSE,
    EITHER,
    JOINS,
    KNOWN_AFTER,
    KNOWS,
    NOT_KNOWN,
    SOFT_CURRENT,
    Rules,
    Stance,
)
from architect.briefing.terms import Mention


@dataclass(frozen=True, slots=True)
class Judged:
    """A mention and how the text stands to it; ``alternative`` when it is one of several that would do."""

    mention: Mention
    stance: Stance
    alternative: bool = False
    kept: bool = False
    """True when the text insists on what is there: "MySQL stays"."""


def judge(mentions: Sequence[Mention]) -> list[Judged]:
    """Return each mention with its stance.

    Example: in "no Kafka, use NATS" Kafka is avoided and NATS wanted.
    """
    judged: list[Judged] = []
    for group in _lists(mentions):
        judged += _judge_list(group)
    return judged


def stance_at(sentence: Sentence, start: int, end: int) -> Stance:
    """Return how the sentence stands to what it names between two places.

    Example: ``"maybe gRPC later"`` at ``gRPC`` is ``"later"``.
    """
    whole = _whole(sentence)
    if whole is not None:
        return whole
    before, after = _clause(sentence.plain, start, end)
    return _by(BEFORE, before) or _by(AFTER, after) or "wanted"


def _whole(sentence: Sentence) -> Stance | None:
    """Return the stance of a sentence as a whole: under a heading, or a question."""
    if sentence.section == "out":
        return "unneeded"
    if sentence.section == "later":
        return "later"
    if _LABELLED_OLD.match(sentence.plain):
        return "foreign"
    if _LABELLED_NOW.match(sentence.plain):
        return "current"
    return "asked" if sentence.asks and not sentence.requests else None


_FROM = re.compile(
    r"\b(?:(?:mov|migrat|switch|port|convert|chang|upgrad|transition|go|com)\w*\b[^;.]{0,60}\bfrom"
    r"|(?:replicat|copy|copie|sync|mirror|load|convert|migrat|port|mov|turn)\w*)(?: (?:our|the|a|an|old"
    r"|legacy|existing|current|using|plain|that))*\s*$"
)
_ARROW = re.compile(r"\s*(?:-+>|=+>|→)\s*\w")
_TO = re.compile(r"^\s*(?:[\w-]+ ){0,3}?(?:to|into|nach|a|hacia|vers)\s+\w")


def _left_behind(before: str, after: str) -> Stance | None:
    """Return ``replaced`` for what is moved away from: "from MySQL to Postgres", "copy DB2 into Postgres"."""
    return "replaced" if _ARROW.match(after) or (_FROM.search(before) and _TO.search(after)) else None


_LABELLED_OLD = re.compile(
    r"\W*(?:the )?(?:legacy|old (?:stack|system|one|version)|as[- ]is|previous(?:ly)?|competitors?|altsystem"
    r"|bisher|antes|avant)\b[^:]{0,20}:"
)
_LABELLED_NOW = re.compile(
    r"\W*(?:the )?(?:today|now|currently|current (?:stack|state|system|setup)|existing(?: \w+)?|status quo"
    r"|ist-zustand|actual|actuel)\b[^:]{0,20}:"
)


def _by(rules: Rules, text: str) -> Stance | None:
    for stance, pattern in rules:
        if pattern.search(text):
            return stance
    return None


def _clause(plain: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after a place, within its clause."""
    first = 0
    for match in CLAUSE.finditer(plain, max(0, start - 160), start):
        first = match.end()
    following = CLAUSE.search(plain, end, end + 160)
    last = following.start() if following else min(len(plain), end + 160)
    if following and following.group() in ("(", "? "):
        last = following.end() + (40 if following.group() == "(" else 0)
    return plain[max(first, start - 160) : start], plain[end:last]


def _lists(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Return the mentions with those of one list together ("Kafka, Redis or NATS")."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        last = groups[-1][-1] if groups else None
        joined = (
            last is not None
            and last.sentence is mention.sentence
            and JOINS.fullmatch(mention.sentence.plain, last.end, mention.start) is not None
        )
        if joined:
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _judge_list(group: list[Mention]) -> list[Judged]:
    first, last = group[0], group[-1]
    sentence = first.sentence
    plain = sentence.plain
    whole = _whole(sentence)
    before, _ = _clause(plain, first.start, first.end)
    _, after = _clause(plain, last.start, last.end)
    leading, trailing = _by(BEFORE, before) or _left_behind(before, plain[last.end :]), _by(AFTER, after)
    knowing = _knowing(before, after)
    between = plain[first.end : last.start]
    alternative = len(group) > 1 and EITHER.search(between) is not None
    judged: list[Judged] = []
    for at, mention in enumerate(group):
        stance: Stance = "wanted"
        insisted = False
        if whole is not None:
            stance = whole
        elif knowing:
            stance = "known"
            insisted = ALL_I_KNOW.search(after) is not None
        elif leading and (at == 0 or _shared(leading, group, at)):
            stance = leading
        elif trailing and (mention is last or _ends_with(group, at)):
            stance = trailing
        elif len(group) > 1 and (own := _own(mention, first, last)):
            stance = own
        if stance in ("wanted", "current") and alternative and _same_role(group):
            stance = "option"
        near = plain[max(0, mention.start - 30) : mention.end + 30]
        kept = insisted or SOFT_CURRENT.search(near) is not None
        judged.append(Judged(mention, stance, alternative=alternative, kept=kept))
    return judged


def _own(mention: Mention, first: Mention, last: Mention) -> Stance | None:
    """Return what a single item of a list has of its own: "Postgres, maybe Redis"."""
    plain = mention.sentence.plain
    before = plain[first.start : mention.start].rpartition(",")[2]
    after = plain[mention.end : last.end + 30].partition(",")[0]
    return _by(BEFORE, before) or (_by(AFTER, after) if mention is not last else None)


def _knowing(before: str, after: str) -> bool:
    if KNOWS.search(before):
        return NOT_KNOWN.search(before) is None
    return KNOWN_AFTER.search(after) is not None and not _by(BEFORE[1:3], before)


def _shared(leading: Stance, group: list[Mention], at: int) -> bool:
    """True when what stands before a list holds for its item at ``at`` too."""
    plain = group[0].sentence.plain
    between = plain[group[0].end : group[at].start]
    rest = plain[group[0].end : group[-1].start]
    if leading in ("wanted", "foreign", "current"):
        return True
    if ALTERNATIVE.search(rest):
        return True
    if leading in ("replaced", "option"):
        return "," not in between
    joined_by_and = "," not in between and re.search(r"\b(?:and|und|y|et|e)\b|&", between) is not None
    return joined_by_and and leading in ("later", "unneeded", "avoided")


def _ends_with(group: list[Mention], at: int) -> bool:
    """True when only an "and" stands between the item at ``at`` and the end of its list."""
    plain = group[0].sentence.plain
    between = plain[group[at].end : group[-1].start]
    return "," not in between and re.search(r"\b(?:and|or|und|oder|nor)\b|&", between) is not None


def _same_role(group: list[Mention]) -> bool:
    roles = {mention.term.roles[0] for mention in group}
    return len(roles) == 1 or roles <= {"database", "broker", "cache", "vector_store", "known"}
