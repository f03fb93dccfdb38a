"""The people: "3 devs", "I'm the only developer", "four of us coding", and what they know."""

import re
from collections.abc import Iterator
from typing import Final

from architect.briefing.claims import Claim
from architect.briefing.listed import listed
from architect.briefing.reading import READERS, Reading, claim, claim_of

DEVELOPERS: Final = "team.developers"
KNOWS: Final = "team.knows"

_ROLE: Final = (
    r"(?:devs?|developers?|engineers?|programmers?|coders?|swes?|devops|entwickler(?:n|innen|:innen)?"
    r"|programmierer|desarrollador(?:es|as)?|programador(?:es|as)?|ingenieros?|développeu(?:rs?|ses?)"
    r"|ingénieurs?"
    r"|sviluppator[ei]|desenvolvedor(?:es|as)?|ontwikkelaars?)"
)
_COUNT = re.compile(
    r"(?P<n>#+)\s*x?\s*(?:(?:backend|back-end|full-?stack|python|software|senior|junior|good|experienced"
    r"|internal|in-house|web|core|part-time|full-time|own|remote|java|platform|other|dedicated|data|ml"
    r"|devops|platform|cloud|embedded|analytics|reliability|great"
    rf"|mid-level|fte|our|skilled|permanent)\s+){{0,3}}{_ROLE}\b"
)
_LABELLED = re.compile(
    rf"\b(?:team(?: size)?|{_ROLE}|headcount)\s*(?:[:=|]|of|are|is|size)+\s*(?:about |around "
    r"|~\s*)?(?P<n>#+)(?!\s*(?:years|months|%|usd|\$|designers?|nurses?|regions?|locations?|analysts?"
    r"|drivers?|agents?|support|sales))"
)
_SIZED = re.compile(
    r"(?P<n>#+)[- ](?:person|people|man|woman|head|strong|köpfiges|personen"
    r"|member)[- ]?\s*(?:\w+\s+){0,2}?(?:team|squad|crew|shop|startup|company|dev|software|engineering"
    r"|studio|agency|outfit|group)"
)
_IN_BRACKETS = re.compile(
    r"\bteam\s*\((?:of |about |just )*(?P<n>#+)\s*(?:people|persons?|leute|personen|personas|personnes)?\)"
)
_TEAM_OF = re.compile(
    r"\b(?:teams?|squads?|crew|équipe|equipo) (?:of|de|von|aus|is|are|has|con) (?:about |around |just "
    r"|only )?(?P<n>#+)(?!\s*(?:nurses?|drivers?|agents?|doctors?|lawyers?|sales|support|analysts?"
    r"|regions?))"
)
_OF_US = re.compile(
    r"(?P<n>#+)\s+of\s+us\b(?!\s+(?:will|would|are going to)?\s*(?:use|using|log|login|need it|online))"
)
_WE_ARE = re.compile(
    r"\b(?:we are|we're|there are|there's|somos|nous sommes|wir sind|siamo|we zijn)\s+(?:only |just |nur "
    r"|sólo |solo |seulement |zu |a team of )?(?P<n>#+)(?=\s*(?:[.,;!)]|$|people|of us|persons?|guys|friends"
    r"|founders|students|personas|personnes|and|who|in the team|leute|in total|\n))"
)
_BOTH_CODE = re.compile(
    r"(?P<n>#+)\s+(?:founders?|people|persons?|students?|friends|guys|folks|ppl|partners|brothers|sisters"
    r"|women|men|of us),?\s+"
    r"(?:who )?(?:both |all |can )*(?:code|coding|develop\w*|program\w*|build\w*|write code|writing)\b"
)
_ME_AND_ONE = re.compile(
    r"\b(?:just |only )?(?:me and (?:a|my|one|another) (?:friend|colleague|mate|buddy|brother|sister"
    r"|co-?founder|partner|coworker|classmate)|(?:my|a) (?:friend|colleague|brother|sister|co-?founder"
    r"|mate) and (?:me|i))\b[^.;]{0,30}\b(?:cod\w+|develop\w*|program\w*|build\w*|writ\w+|work\w*)"
)
_ALONE = re.compile(
    r"\b(?:(?:i'm|i am|im|i'll be|it's|just|being) (?:the |a |only |just )*(?:only|sole|solo|lone|single"
    r"|one) (?:dev|developer|engineer|programmer|coder|person (?:on|working)|one (?:coding|working|on"
    r"|(?:here )?who (?:can )?(?:codes?|programs?"
    r"|develops?)))\w*"
    r"|solo (?:dev|developer|founder|project)|(?:by myself|on my own|i'm alone|im alone|i am alone"
    r"|alone on this|all alone|working alone|coding alone|one[- ](?:man|person|woman)[- ](?:show|team|shop"
    r"|band)|a team of one)"
    r"|ich entwickle (?:das )?allein\w*|ich bin allein\w*|allein(?:iger)? entwickler|trabajo solo"
    r"|desarrollo solo|soy el único (?:desarrollador|programador)|je suis (?:seul|le seul|l'unique)"
    r"|je développe seul|single developer|only me coding"
    r"|(?:just|only) me (?:coding|developing|working|on this|building|here|on the team|programming|doing)"
    r"|just me(?=\s*(?:[.,;!)\n]|$|,? no))|it's (?:just|only) me(?=\s*(?:[.,;!)\n]|$))|me, myself and i)"
)
_SOLO_DE = re.compile(r"\b(?:allein|alleine|seul|solo)\b(?=\s*[.,;!]?\s*$)")
_NOT_BUILDERS = re.compile(
    r"\b(?:hire|hiring|sells? to|customers? are|users? are|our clients|for|tool for|serves?|used by"
    r"|platform for|api for|community of|to)\s+(?:about |around |over |more than |up to |our |all |the )*$"
)
_MOST: Final = 500
_PRODUCTS: Final = listed(
    "known framework database cache broker vector_store target target:kubernetes cloud interface"
)
"""Roles of what a team may be said to know."""


@READERS.register("team")
def read(reading: Reading) -> Iterator[Claim]:
    """Claim the number of developers and the products they know."""
    for pattern, weight in (
        (_COUNT, 3),
        (_TEAM_OF, 2),
        (_IN_BRACKETS, 2),
        (_SIZED, 2),
        (_BOTH_CODE, 2),
        (_LABELLED, 2),
        (_OF_US, 1),
        (_WE_ARE, 1),
    ):
        for sentence, match in reading.matches(pattern):
            before = sentence.plain[max(0, match.start() - 40) : match.start()]
            value = sentence.value(match)
            one_of_us = pattern is _OF_US and value == 1
            if (
                not one_of_us
                and 1 <= value <= _MOST
                and not _NOT_BUILDERS.search(before)
                and value == int(value)
            ):
                yield claim(sentence, match, DEVELOPERS, int(value), weight=weight)
    for sentence in reading.sentences:
        for match in _ME_AND_ONE.finditer(sentence.plain):
            yield claim(sentence, match, DEVELOPERS, 2, weight=2)
        for match in _ALONE.finditer(sentence.plain):
            yield claim(sentence, match, DEVELOPERS, 1, weight=2)
    yield from _known(reading)


def _known(reading: Reading) -> Iterator[Claim]:
    for judged in reading.judged:
        term = judged.mention.term
        product = term.roles[0] in _PRODUCTS and term.implied("authentication") is None
        if judged.stance == "known" and product:
            yield claim_of(judged, KNOWS, term.name)
