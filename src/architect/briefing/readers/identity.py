"""What it is called and what it is for, mostly inferred from how the text begins."""

import re
from collections.abc import Iterator
from typing import Final

from architect.briefing.claims import Claim
from architect.briefing.listed import listed
from architect.briefing.passage import Sentence
from architect.briefing.reading import READERS, Reading
from architect.briefing.terms import term_named
from architect.model.naming import words

NAME: Final = "name"
PURPOSE: Final = "purpose"

_CALLED = re.compile(
    r"\b(?:called|named|code-?named|project name\s*[:=]|service\s*=|name\s*[:=]|namens|llamad[oa]|appelé[e]?"
    r"|new service)\s*[\"'`*]?(?!(?:over|by|from|via|through|on|in|at|with|using|when|after|before|every"
    r"|each|only)\b)(?P<name>[A-Za-z][\w-]{1,39}(?: [A-Z][\w-]{1,20}){0,2})[\"'`*]?"
)
_KIND: Final = (
    r"(?:service|backend|back-end|api|platform|system|app|application|microservice|tool|gateway|server"
    r"|portal|register|tracker|planner|engine|assistant|dashboard|marketplace|software|bot|dienst|plattform"
    r"|servicio|plataforma|archive|catalogue|catalog)"
)
_TITLED = re.compile(rf"(?P<name>(?:[^\W\d_][\w'-]*\s+){{1,4}}?)(?P<kind>{_KIND})\b")
_FOR = re.compile(
    rf"\b{_KIND}\s+(?:backend\s+|api\s+)?(?:for|of|to manage|für|para|pour|per|voor)\s+(?:a |an |the |our "
    rf"|my |unsere? |eine[nr]? |una? |une? |notre |nuestr[oa] )*(?P<name>(?:[^\W\d_][\w'-]*\s*){{1,4}})"
)
_OF_A = re.compile(r"\b(?:of|for) (?:a|an|our|my|the) (?P<name>(?:[^\W\d_][\w'-]*\s*){1,3})")
_FILLER: Final = listed(
    "a an the our my your their this that new small simple little quick tiny internal public backend "
    "service api rest restful grpc http json python async i we you they need needs want wants to build "
    "create make write me please pls set up for of and or with which also it is be by in on at as from "
    "next existing good great nice something like some one full complete production ready grade web own "
    "its modern fast basic crud only whole central flask fastapi django litestar starlette serverless "
    "plain stateless real-time realtime give would like seeks invites tenders hey hi hello ok so "
    "basically design develop implement docker postgres pls yo have has are looking working will using "
    "use uses title subject spec us me let lets need let's gb put together could can let's start rebuild "
    "rewrite add beside spin please help i'd we'd need's must should shall invites platform system app "
    "tool software application solution gateway microservice microservices two three four five several "
    "many wir brauchen ein eine einen für unsere unser necesitamos un una para nuestro j'ai besoin d'un "
    "de la le nous voulons"
)
_ENDS = re.compile(
    r"[,.;:()!?\n]| that | which | who | where | with | in | on | using | from | by | as | at | per | we "
    r"| it | is | are | needs? | wants? | has | have | seeks? | requires? | runs? | to "
    r"| and (?=\w+ (?:\w+ )?(?:is|are|must|should|shall)\b)"
)
_PULLED = re.compile(
    r"\b(?:pull|split|carve|extract|take|break)(?:ing)? (?:our "
    r"|the )?(?P<name>[a-z][\w-]{2,30})(?: \w+)? (?:out|off)\b"
)
_TICKET = re.compile(
    r"^\W*(?:[A-Z]{2,8}-\d+\s*[:.-]?\s*|(?:title|subject|re|feature|story|epic|task|betreff)\s*:\s*)",
    re.IGNORECASE,
)
_LONGEST_PURPOSE: Final = 200
_GREETING = re.compile(
    r"^\W*(?:hi|hey|hello|hallo|dear|yo|hola|bonjour|good (?:morning|day|afternoon)|thanks|cheers|regards"
    r"|best|sehr geehrte)\b[^.!?]{0,40}$"
)
_SHORTEST: Final = 12


@READERS.register("identity")
def read(reading: Reading) -> Iterator[Claim]:
    """Claim name (kebab-case) and purpose (one sentence)."""
    for sentence in reading.sentences:
        for match in _CALLED.finditer(sentence.original):
            name = _kebab(match["name"])
            if name and match["name"].lower() not in _FILLER and not sentence.asks:
                yield Claim(
                    NAME, name, "stated", match.group(), at=sentence.start, weight=2, sentence=sentence.index
                )
    first = _first(reading)
    if first is None:
        return
    yield Claim(
        PURPOSE,
        _purpose(first, reading),
        "inferred",
        "what the text begins with",
        at=first.start,
        sentence=first.index,
    )
    for sentence in reading.sentences[first.index : first.index + 4]:
        name = _inferred(sentence)
        if name:
            yield Claim(
                NAME,
                name,
                "inferred",
                f"it is about {name.replace('-', ' ')}",
                at=-sentence.start,
                sentence=sentence.index,
            )
            return


def _first(reading: Reading) -> Sentence | None:
    """Return the first sentence that says what it is about, best one that names a system."""
    telling = [sentence for sentence in reading.sentences if _tells(sentence)]
    naming = [sentence for sentence in telling[:4] if re.search(rf"\b{_KIND}\b", sentence.plain)]
    return next(iter(naming or telling), None)


def _tells(sentence: Sentence) -> bool:
    long_enough = len(sentence.plain.strip()) >= _SHORTEST
    asked = sentence.asks and not sentence.requests
    return long_enough and not _GREETING.match(sentence.plain) and not sentence.section and not asked


_PART = re.compile(r"[,;:](?=\s)|\s[-(]\s?|\.\s")
_WISHING = re.compile(
    r"(?i)^(?:\W*(?:(?:hi|hey|hello|yo|ok|okay|so|please|pls|basically|dear team)\b[,!. ]*)*)(?:(?:i"
    r"|we)(?:'d| would| really)? (?:like you to|need you to|need|want|like|have|plan|are going|are planning"
    r"|am looking|are looking|are building|am building)(?: to| for)?(?: (?:build|create|make|develop|design"
    r"|write|set up|have))?|we'd|(?:build|create|make|write|set up|develop|design|implement)(?: me| us)?"
    r"|(?:can|could) you (?:please )?(?:build|create|make|write|design)(?: me| us)?)\s+"
)


def _purpose(sentence: Sentence, reading: Reading) -> str:
    """Return what the first sentence says of the matter: without greeting, wish, products and numbers."""
    text = _TICKET.sub("", sentence.original).strip(" -*:#\n")
    parts, at = [], 0
    for edge in [*_PART.finditer(text), None]:
        end = edge.start() if edge else len(text)
        parts.append(" ".join(text[at:end].split()))
        at = edge.end() if edge else end
    telling = [
        part
        for part in parts
        if part and not any(char.isdigit() for char in part) and not _names_products(part, reading)
    ]
    chosen = telling or [part for part in parts if part]
    best: list[str] = []
    for part in chosen:
        if len(" ".join(best)) + len(part) < _LONGEST_PURPOSE:
            best.append(part)
    words_left = _WISHING.sub("", ", ".join(best) if telling else " ".join(text.split()), count=1).strip(
        " ,.)("
    )
    if len(words_left) > _LONGEST_PURPOSE:
        words_left = words_left[:_LONGEST_PURPOSE].rpartition(" ")[0]
    return f"{words_left[:1].upper()}{words_left[1:]}." if words_left else "A backend service."


def _names_products(part: str, reading: Reading) -> bool:
    low = part.lower()
    return any(judged.mention.words.lower() in low for judged in reading.judged)


def _inferred(sentence: Sentence) -> str:
    plain = _TICKET.sub("", sentence.plain)
    if sentence.language != "en":
        return ""
    for pattern in (_PULLED, _TITLED, _FOR, _OF_A):
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
