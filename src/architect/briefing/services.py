"""The services a text wants: their names, interfaces, entities, and which calls which."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, cast

from architect.briefing.claims import Claim, distinct
from architect.briefing.entities.assemble import assembled
from architect.briefing.entities.find import entities_in
from architect.briefing.entities.found import Found
from architect.briefing.entities.known import known
from architect.briefing.listed import listed
from architect.briefing.passage import Sentence
from architect.briefing.reading import Reading, claim, claim_of
from architect.model.brief import Interface, Service
from architect.model.entity import Entity
from architect.model.fact import Fact
from architect.model.naming import kebab_case, singular_word

_NAMED_LIST = re.compile(
    r"\b(?:services|microservices|dienste|servicios|micro-services)\s*(?:[:(=]| - |,? (?:called|named|namely"
    r"|are|will be|would be)\s*:?)\s*(?P<list>[a-z][\w-]*(?:(?:\s*,\s*(?:and\s+)?|\s+(?:and|und|y|et|&)\s+"
    r"|\s*/\s*)[a-z][\w-]*)+)"
)
_NAMED_BEFORE = re.compile(
    r"(?<![\w-])(?P<list>[a-z][\w-]{1,30}(?:\s*,\s*[a-z][\w-]{1,30}){0,10},?\s+(?:and|&)\s+[a-z][\w-]{1,30})"
    r"\s+(?:as\s+(?:separate\s+)?(?:micro)?services|(?:micro)?services\b)"
)
_SPLIT = re.compile(r"\s*,\s*(?:and\s+|und\s+)?|\s+(?:and|und|y|et|&)\s+|\s*/\s*")
_NO_NAMES: Final = listed(
    "other another more both all some these those our my their the various small separate internal "
    "external public backend web rest grpc http api clients micro production different python new old "
    "existing each own two three four five several managed shared cloud downstream upstream such your "
    "rest-api core business fast reliable secure simple logging monitoring between"
)
_CALLS = re.compile(r"\b(?:calls?|talks? to|asks?|queries|invokes?|requests? from|depends on|uses)\s+")
_CALLS_SERVICE = re.compile(
    r"\b(?:it|which|that|service|api|and|also|we|must|will|should|to|then|backend)\s+(?:also\s+)?(?:calls?"
    r"|call|talks? to|talk to|asks?|queries|query|invokes?|depends on"
    r"|fetch(?:es)? \w+ from)\s+(?:out to )?(?P<rest>.{3,120})"
)
_SERVICE_IN = re.compile(
    r"\b(?:the|our|an?|existing)?\s*(?P<name>[a-z][\w-]*)[ -](?:service|microservice|svc)\b"
)
_EVENTS = re.compile(
    r"\b(?:publish\w*|emit\w*|broadcast\w*|fire|fires|rais(?:e|es)|produc(?:e|es|ing)|send(?:s)? out"
    r"|consum\w*|listen\w* (?:to|for|on)|subscrib\w* to|react\w* to|veröffentlich\w*|publica\w*|publi(?:e|er"
    r"|ent))\s+(?:(?!customer|live|public)[\w-]+\s+){0,3}?(?:domain |integration )?(?:events?|ereignisse"
    r"|eventos|événements)\b"
    r"|\bevents?\s+(?:go|goes|are (?:sent|published|emitted|pushed|consumed)|flow|is published|sent|leave"
    r"|out)\b[^.;]{0,30}\b(?:out|over|via|through|on|to|by)\b|\bevent[- ]driven\b|\bevents? (?:over|via"
    r"|through|on) (?:kafka|rabbit\w*|nats|redis|sqs|pulsar)\b|\bfor (?:domain |integration )?events\b"
)
_EVENTS_VIA = re.compile(
    r"\bevents?\b[^.;:]{0,40}\b(?:via|over|through|on|using)\b[^.;:]{0,20}\b(?:kafka|rabbit\w*|nats|redis"
    r"|sqs|pulsar|kinesis)\b"
)
_NO_EVENTS = re.compile(r"\b(?:nothing|no one|nobody|no|not|don't|without)\b[^.;,]{0,30}$")
_ARRIVE = re.compile(
    r"\b(?:arriv\w*|com(?:e|es|ing) in|consum\w*|stream\w*|read|ingest\w*|delivered|listen\w*"
    r"|subscrib\w*)\b[^.;]{0,30}\b(?:on|over|from|via|through)\s+(?:a |the |an )?(?:kafka|rabbit\w*|nats"
    r"|pulsar|kinesis|redpanda|mqtt)"
)
_BARE_API = re.compile(
    r"\b(?:api|apis|endpoints?|json|http|https|webhooks?|mobile app|web app|web ?site|frontend|front-end"
    r"|dashboard|website|handhelds|schnittstelle|swagger)\b"
)
_ACTS: Final = (
    r"(?:calls|consumes|listens|publishes|emits|subscribes|reads|handles|reacts|sends|writes|stores|talks"
    r"|asks)\b"
)
_UNION_PATH: Final = "services[].interfaces"
_MOST_SERVICES: Final = 12


@dataclass(frozen=True, slots=True)
class Named:
    """A service that the text names, and where."""

    name: str
    claim: Claim


def services_of(
    reading: Reading, name: Fact[str] | None, *, public: bool
) -> tuple[tuple[Service, ...], list[Claim]]:
    """Return the services and the claims they rest on.

    Args:
        reading: the text as the readers see it.
        name: the system's name, for the one service of a text that names none.
        public: nobody signs in, so rows have no owners.
    """
    named = _named(reading)
    interfaces = list(_interfaces(reading))
    found = entities_in(reading.passage)
    found = [each for each in found if " ".join(each.words) not in {one.name for one in named}]
    owned = ownership(public=public)
    entities = assembled(reading.passage, found, owned=owned)
    calls = list(_calls(reading, [each.name for each in named]))
    claims = [*interfaces, *(each.claim for each in named), *(made for _, made in calls), *_seen(found)]
    if named:
        return _several(reading, named, _Parts(interfaces, entities, calls, owned)), claims
    interface_facts = _interface_facts(interfaces)
    call_facts = tuple(_text(made) for made in distinct(made for _, made in calls))
    if not (interface_facts or entities or call_facts):
        return (), claims
    return (Service(name=name, interfaces=interface_facts, entities=entities, calls=call_facts),), claims


def ownership(*, public: bool) -> Fact[bool]:
    """Return whether rows belong to who made them, when nobody says; not where nobody signs in."""
    if public:
        return Fact(value=False, provenance="assumed", because="nobody signs in, so rows have no owner")
    return Fact(
        value=True,
        provenance="assumed",
        because="the safer default: a row is seen by who made it, and by admins",
    )


def _seen(found: list[Found]) -> Iterator[Claim]:
    """Yield a claim for each entity, so that its sentence counts as read."""
    for each in found:
        yield Claim(
            "services[].entities",
            each.words,
            each.provenance,
            each.because,
            at=each.sentence.start + each.start,
            sentence=each.sentence.index,
        )


def _named(reading: Reading) -> list[Named]:
    named: dict[str, Named] = {}
    for pattern in (_NAMED_LIST, _NAMED_BEFORE):
        for sentence, match in _wished(reading, pattern):
            names = [part.strip() for part in _SPLIT.split(match["list"])]
            # A list has two names at least, and none of one or two letters.
            if len(names) < 2 or any(part in _NO_NAMES or len(part) < 3 for part in names):  # noqa: PLR2004
                continue
            for part in names[:_MOST_SERVICES]:
                service = kebab_case(part.removesuffix("-service"))
                named.setdefault(service, Named(service, claim(sentence, match, "services[].name", service)))
    return list(named.values())


def _wished(reading: Reading, pattern: re.Pattern[str]) -> Iterator[tuple[Sentence, re.Match[str]]]:
    for sentence in reading.sentences:
        if sentence.section or (sentence.asks and not sentence.requests):
            continue
        for match in pattern.finditer(sentence.plain):
            yield sentence, match


def _interfaces(reading: Reading) -> Iterator[Claim]:
    """Claim interfaces: by name, from the framework, events that are published or consumed."""
    for judged in reading.having("interface", "wanted", "current"):
        yield claim_of(judged, _UNION_PATH, judged.mention.term.name)
    for judged in reading.having("framework"):
        implied = judged.mention.term.implied("interface")
        if implied:
            yield claim_of(judged, _UNION_PATH, implied, "inferred", f"{judged.mention.words} serves HTTP")
    for sentence, match in (*_wished(reading, _EVENTS), *_wished(reading, _EVENTS_VIA)):
        if not _NO_EVENTS.search(sentence.plain[: match.start()]):
            yield claim(sentence, match, _UNION_PATH, "events")
    for sentence, match in _wished(reading, _ARRIVE):
        yield claim(
            sentence,
            match,
            _UNION_PATH,
            "events",
            "inferred",
            f"{sentence.words(match)}: messages are consumed",
        )
    for sentence, match in _wished(reading, _BARE_API):
        yield claim(
            sentence,
            match,
            _UNION_PATH,
            "rest",
            "inferred",
            f"{sentence.words(match)}: HTTP unless told otherwise",
        )


def _interface_facts(claims: list[Claim]) -> tuple[Fact[Interface], ...]:
    """Return one fact an interface; a bare "API" counts only when no interface is named."""
    unique = distinct(claims)
    stated = [each for each in unique if each.provenance == "stated"]
    named = [
        each for each in unique if each in stated or "unless told otherwise" not in each.because or not stated
    ]
    order = {"rest": 0, "grpc": 1, "events": 2}
    facts = [cast("Fact[Interface]", each.fact()) for each in named]
    return tuple(sorted(facts, key=lambda fact: order[fact.value]))


def _text(made: Claim) -> Fact[str]:
    return Fact(str(made.value), made.provenance, made.because)


def _calls(reading: Reading, names: list[str]) -> Iterator[tuple[str, Claim]]:
    """Yield (caller, claim on the called service)."""
    for sentence in reading.sentences:
        if sentence.section or (sentence.asks and not sentence.requests):
            continue
        if names:
            yield from _calls_among(sentence, names)
            continue
        for match in _CALLS_SERVICE.finditer(sentence.plain):
            for called in _SERVICE_IN.finditer(match["rest"]):
                if called["name"] not in _NO_NAMES:
                    yield "", claim(sentence, match, "services[].calls", kebab_case(called["name"]))


def _calls_among(sentence: Sentence, names: list[str]) -> Iterator[tuple[str, Claim]]:
    for piece in re.finditer(r"[^;.]+", sentence.plain):
        text = piece.group()
        verb = _CALLS.search(text)
        if verb is None:
            continue
        callers = [name for name in names if re.search(rf"\b{re.escape(name)}\b", text[: verb.start()])]
        if not callers:
            continue
        for name in names:
            called = re.search(rf"\b{re.escape(name)}\b(?!\s+{_ACTS})", text[verb.end() :])
            if called and name != callers[-1]:
                because = " ".join(sentence.original[piece.start() : piece.end()].split())
                at = sentence.start + piece.start() + verb.end() + called.start()
                made = Claim("services[].calls", name, "stated", because, at=at, sentence=sentence.index)
                yield callers[-1], made


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a text says of its services, not yet told apart."""

    interfaces: list[Claim]
    entities: tuple[Fact[Entity], ...]
    calls: list[tuple[str, Claim]]
    owned: Fact[bool]


def _several(reading: Reading, named: list[Named], parts: _Parts) -> tuple[Service, ...]:
    """Return the named services: each with what is said of it, the first with what is said of none."""
    homes: dict[str, list[Fact[Entity]]] = {each.name: [] for each in named}
    for fact in parts.entities:
        home = next((name for name in homes if singular_word(name) in fact.value.name.lower()), named[0].name)
        homes[home].append(fact)
    of_whom: dict[str, list[Claim]] = {each.name: [] for each in named}
    for each in named:
        if not homes[each.name]:
            taken = {fact.value.name for facts in homes.values() for fact in facts}
            homes[each.name] += _of_name(reading, each, taken=taken, owned=parts.owned)
    for made in parts.interfaces:
        homes_of = [name for name in of_whom if re.search(rf"\b{re.escape(name)}\b", made.because.lower())]
        for name in homes_of or [named[0].name]:
            of_whom[name].append(made)
    called: dict[str, list[Claim]] = {each.name: [] for each in named}
    for caller, made in parts.calls:
        called[caller].append(made)
    return tuple(
        Service(
            name=Fact(each.name, each.claim.provenance, each.claim.because),
            interfaces=_interface_facts(of_whom[each.name]),
            entities=tuple(homes[each.name]),
            calls=tuple(_text(made) for made in distinct(called[each.name])),
        )
        for each in named
    )


def _of_name(
    reading: Reading, service: Named, *, taken: set[str], owned: Fact[bool]
) -> tuple[Fact[Entity], ...]:
    """Infer what a service keeps from its name: "payments" keeps payments."""
    row = known(service.name.replace("-", " "))
    if row is None or row.name in taken or service.claim.sentence is None:
        return ()
    sentence = reading.sentences[service.claim.sentence]
    words = tuple(row_word.lower() for row_word in re.findall(r"[A-Z][a-z0-9]*", row.name))
    because = f"the service is called {service.name}"
    return assembled(reading.passage, [Found(words, "inferred", because, sentence, 0, 0)], owned=owned)
