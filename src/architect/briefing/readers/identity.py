"""What it is called and what it is for, mostly inferred from how the text begins."""

import re
from collections.abc import Iterator
from typing import Final

from architect.briefing.claims import Claim
from architect.briefing.passage import Sentence
from architect.briefing.reading import READERS, Reading
from architect.briefing.terms import term_named
from architect.model.naming import words

NAME: Final = "name"
PURPOSE: Final = "purpose"

_CALLED = re.compile(
    r"\b(?:called|named|code-?named|project name\s*[:=]|service\s*[:=]|name\s*[:=]|namens|llamad[oa]|appelé[e]?|new service)\s*[\"'`*]?(?P<name>[A-Za-z][\w-]{1,39}(?: [A-Z][\w-]{1,20}){0,2})[\"'`*]?"
)
_KIND: Final = r"(?:service|backend|back-end|api|platform|system|app|application|microservice|tool|gateway|server|portal|register|tracker|planner|engine|assistant|dashboard|marketplace|software|bot|dienst|plattform|servicio|plataforma|archive|catalogue|catalog)"
_TITLED = re.compile(rf"(?P<name>(?:[^\W\d_][\w'-]*\s+){{1,4}}?)(?P<kind>{_KIND})\b")
_FOR = re.compile(rf"\b{_KIND}\s+(?:backend\s+|api\s+)?(?:for|of|to manage|für|para|pour|per|voor)\s+(?:a |an |the |our |my |unsere? |eine[nr]? |una? |une? |notre |nuestr[oa] )*(?P<name>(?:[^\W\d_][\w'-]*\s*){{1,4}})")
_OF_A = re.compile(r"\b(?:of|for) (?:a|an|our|my|the) (?P<name>(?:[^\W\d_][\w'-]*\s*){1,3})")
_FILLER: Final = frozenset(
    "a an the our my your their this that new small simple little quick tiny internal public backend service api rest restful grpc http json python async i we you they need needs want wants to build create make write me please pls set up for of "
    "and or with which also it is be by in on at as from next existing good great nice something like some one full complete production ready grade web own its modern fast basic crud only whole central flask fastapi django litestar starlette "
    "serverless plain stateless real-time realtime give would like seeks invites tenders hey hi hello ok so basically design develop implement docker postgres pls yo have has are looking working will using use uses title subject spec "
    "put together could can let's start rebuild rewrite add beside spin please help i'd we'd need's must should shall invites platform system app tool software application solution gateway microservice microservices two three four five several many "
    "wir brauchen ein eine einen für unsere unser necesitamos un una para nuestro j'ai besoin d'un de la le nous voulons".split()
)
_ENDS = re.compile(r"[,.;:()!?\n]| that | which | who | where | with | in | on | using | from | by | as | at | per | we | it | is | are | and (?=\w+ (?:\w+ )?(?:is|are|must|should|shall)\b)")
_TICKET = re.compile(r"^\W*(?:[A-Z]{2,8}-\d+\s*[:.-]?\s*|(?:title|subject|re|feature|story|epic|task|betreff)\s*:\s*)", re.IGNORECASE)
_LONGEST_PURPOSE: Final = 200
_GREETING = re.compile(r"^\W*(?:hi|hey|hello|hallo|dear|yo|hola|bonjour|good (?:morning|day|afternoon)|thanks|cheers|regards|best|sehr geehrte)\b[^.!?]{0,40}$")
_SHORTEST: Final = 12


@READERS.register("identity")
def read(reading: Reading) -> Iterator[Claim]:
    """Claim name (kebab-case) and purpose (one sentence)."""
    for sentence in reading.sentences:
        for match in _CALLED.finditer(sentence.original):
            name = _kebab(match["name"])
            if name and match["name"].lower() not in _FILLER and not sentence.asks:
                yield Claim(NAME, name, "stated", match.group(), at=sentence.start, weight=2, sentence=sentence.index)
    first = _first(reading)
    if first is None:
        return
    yield Claim(PURPOSE, _purpose(first), "inferred", "the text begins so", at=first.start, sentence=first.index)
    for sentence in reading.sentences[first.index : first.index + 4]:
        name = _inferred(sentence)
        if name:
            yield Claim(NAME, name, "inferred", f"from: {sentence.said}", at=-sentence.start, sentence=sentence.index)
            return


def _first(reading: Reading) -> Sentence | None:
    """Return the first sentence that says anything: not a greeting, not a question."""
    for sentence in reading.sentences:
        long_enough = len(sentence.plain.strip()) >= _SHORTEST
        if long_enough and not _GREETING.match(sentence.plain) and not sentence.section and not (sentence.asks and not sentence.requests):
            return sentence
    return None


def _purpose(sentence: Sentence) -> str:
    text = _TICKET.sub("", " ".join(sentence.original.split())).strip(" -*:#")
    if len(text) > _LONGEST_PURPOSE:
        text = text[:_LONGEST_PURPOSE].rpartition(" ")[0]
    return text[:1].upper() + text[1:]


def _inferred(sentence: Sentence) -> str:
    plain = _TICKET.sub("", sentence.plain)
    for pattern in (_TITLED, _FOR, _OF_A):
        for match in pattern.finditer(plain):
            name = _meaning(_ENDS.split(match["name"] + " ")[0 if pattern is not _TITLED else -1])
            if name:
                return name
    return ""


def _meaning(phrase: str) -> str:
    """Return the words of a phrase that tell one service from another, in kebab-case."""
    kept = [
        word
        for word in (each.removesuffix("'s").strip("'") for each in phrase.split())
        if word not in _FILLER and not word.isdigit() and term_named(word) is None
    ]
    return _kebab(" ".join(kept[-3:])) if kept else ""


def _kebab(name: str) -> str:
    return "-".join(word for word in words(name) if word.isascii())[:40].strip("-")
