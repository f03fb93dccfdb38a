"""Users at once: "600 concurrent users", "400 people online at the same time", never all users there are."""

import re
from collections.abc import Iterator
from typing import Final

from architect.briefing.claims import Claim
from architect.briefing.reading import READERS, Reading, claim

PATH: Final = "load.concurrent_users"

_AT_ONCE: Final = (
    r"(?:at once|at (?:the|any) (?:very )?(?:same|one|#+|given|single) (?:time|moment|instant)"
    r"|at any (?:given )?(?:time|moment)|at a time|simultaneous(?:ly)?|concurrent(?:ly)?|in parallel"
    r"|all together|"
    r"gleichzeitig|zur gleichen zeit|zeitgleich|a la vez|al mismo tiempo|simultáneamente|en même temps"
    r"|simultanément|ao mesmo tempo|simultaneamente|contemporaneamente|tegelijk(?:ertijd)?)"
)
_ADJECTIVE: Final = (
    r"(?:concurrent|simultaneous(?:ly)?|parallel|gleichzeitige[nrs]?|simultáne[oa]s?|concurrentes?"
    r"|simultanés?|simultanées?|simultanei|simultâneos|concorrenti|gelijktijdige)"
)
_PEOPLE: Final = (
    r"(?:users?|people|persons?|players?|sessions?|connections?|agents?|clients?|visitors?|customers?"
    r"|learners?|students?|viewers?|listeners?|employees?|members?|logins?|log-ins?|participants?|"
    r"clinicians?|nurses?|doctors?|drivers?|dispatchers?|operators?|staff|teachers?|bidders?|shoppers?"
    r"|readers?|guests?|patients?|nutzer\w*|benutzer\w*|anwender\w*|personen|usuarios?|utilisateurs?"
    r"|personnes|utenti|usuários|gebruikers)"
)
_NUMBER_FIRST = re.compile(
    rf"(?P<n>#+)\s*\+?\s*(?:[\w-]{{1,20}}\s+){{0,2}}?{_ADJECTIVE}\b(?:\s+(?:[\w-]{{1,20}}\s+)?(?P<what>[\w-]{{1,20}}))?"
)
_SPANISH = re.compile(rf"(?P<n>#+)\s+(?:[\w-]{{1,20}}\s+){{0,2}}?{_PEOPLE}\s+{_ADJECTIVE}\b")
_AFTER = re.compile(rf"(?P<n>#+)\s*\+?(?=\s)(?P<between>[^#.;]{{0,80}}?)\b{_AT_ONCE}")
_BEFORE = re.compile(rf"\b{_AT_ONCE}[^#.;]{{0,30}}?(?P<n>#+)\s+{_PEOPLE}")
_LABELLED = re.compile(
    rf"\b(?:{_ADJECTIVE}\s+{_PEOPLE}|concurrency|ccu|peak users|users online)\s*(?:[:=|]|is|of|are|about"
    r"|around|~)+\s*(?:about |around |up to |~\s*)?(?P<n>#+)"
)
_CCU = re.compile(r"(?P<n>#+)\s*(?:ccu|concurrents?)(?!\s+\w+(?:s|er))\b")
_ONLINE = re.compile(
    rf"(?P<n>#+)\s+(?:[\w-]{{1,20}}\s+){{0,2}}?{_PEOPLE}\s+(?:are\s+|will be\s+)?(?:online|logged in"
    r"|connected|active)\s+(?:at|during|in) (?:peak|the peak|rush)"
)
_NOT_PEOPLE = re.compile(
    r"^(?:requests?|reqs?|jobs?|builds?|uploads?|downloads?|transactions?|workers?|threads?|writes?|reads?"
    r"|quer(?:y|ies)|calls?|operations?|tasks?|streams?|processes|messages?|events?|imports?|exports?"
    r"|orders?|runs?|pipelines?|edits?|anfragen|requêtes|peticiones)$"
)
_NOT_PEOPLE_BETWEEN = re.compile(
    r"\b(?:requests|jobs|builds|uploads|transactions|threads|writes|queries|messages|events|orders|rooms|gb"
    r"|tb|ms|seconds?|minutes?|days|months|years|files|records|rows)\b|[$€£%]"
)


@READERS.register("concurrent_users")
def read(reading: Reading) -> Iterator[Claim]:
    """Claim users at once; the number nearest to the words that say so is meant."""
    for sentence, match in reading.matches(_NUMBER_FIRST):
        if not _NOT_PEOPLE.match(match["what"] or ""):
            yield claim(sentence, match, PATH, int(sentence.value(match)), weight=2)
    for pattern in (_SPANISH, _LABELLED, _BEFORE, _CCU, _ONLINE):
        for sentence, match in reading.matches(pattern):
            yield claim(sentence, match, PATH, int(sentence.value(match)), weight=2)
    for sentence, match in reading.matches(_AFTER):
        if not _NOT_PEOPLE_BETWEEN.search(match["between"]) and sentence.value(match) >= 1:
            yield claim(sentence, match, PATH, int(sentence.value(match)), weight=1)
