"""Which entities a text names: things to store, manage or track, lists after a colon, tables by name."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, Literal

from architect.briefing.entities.abroad import abroad
from architect.briefing.entities.found import NOT_THINGS, Found
from architect.briefing.entities.known import known
from architect.briefing.entities.nouns import Item, abstract, is_plural, list_at, names_in
from architect.briefing.entities.topics import topics
from architect.briefing.passage import Passage, Sentence, around
from architect.briefing.stance import stance_at
from architect.briefing.terms import term_named
from architect.model.fact import Provenance
from architect.model.naming import singular_word

_STRONG = re.compile(
    r"\b(?:stor(?:e|es|ing)|sav(?:e|es|ing)|persist(?:s|ing)?|keep(?:s|ing)? (?:a )?(?:track|records?|tabs"
    r"|a list|lists|an inventory|a register) (?:of|on)|track(?:s|ing)?(?! record)|manag(?:e|es|ing)"
    r"|administ(?:er|ers|rate|rates|ering)"
    r"|maintain(?:s|ing)?|register(?:s|ing)?|catalogu?(?:e|es|ing)|crud (?:for|on|over|of)"
    r"|create, read, update (?:and|&) delete|add, edit and (?:delete|remove)|creat(?:e|ing) and (?:edit"
    r"|manag)\w*|the management of|management of|record(?:s|ing)?(?= (?:all|every|the|our|their|each|new"
    r"|which))"
    r"|endpoints for|rest api for managing|apis? (?:that (?:manages|handles|stores)|for (?:managing|storing"
    r"|handling))|database of|register of|registry of|catalogue of|catalog of|inventory of|list of all"
    r"|log(?:s|ging)?(?= (?:all|every|their|our|each)))\s+"
)
_WEAK = re.compile(
    r"\b(?:handl(?:e|es|ing)|process(?:es|ing)?|serv(?:e|es|ing)|hold(?:s|ing)?|keep(?:s|ing)?"
    r"|(?P<needs>needs?|has|have|add|wants?|with)|expos(?:e|es|ing)|offer(?:s|ing)?|provid(?:e|es|ing)"
    r"|show(?:s|ing)?|list(?:s|ing)?|contain(?:s|ing)?|cover(?:s|ing)?|organi[sz](?:e|es|ing)|collect(?:s"
    r"|ing)?|receiv(?:e|es|ing)|import(?:s|ing)?|archiv(?:e|es|ing)"
    r"|(?:board|overview|view|feed|history|map|timeline|collection|queue|list) of|(?:see|sees"
    r"|seeing)(?: only)?(?: its| their| his| her)? own|upload(?:s|ing)?|report(?:s|ing)?|enter(?:s|ing)?"
    r"|submit(?:s|ting)?|(?:backend|back-end|service|api|system|platform|software|app|application|database"
    r"|archive|portal|site|tool) (?:for|of|with|around)|validates? and stores?|books?|schedul(?:e|es"
    r"|ing))\s+"
)
_DECLARED = re.compile(
    r"\b(?:entities|tables|models|resources|domain objects|objects|collections|aggregates|domain model"
    r"|data model|entitäten|entidades|entités|tabellen|tablas)\s*(?:are|is|would be|will be|include|includes"
    r"|[:=]|named|called|sind|son|sont)+\s*"
)
_LISTED_BEFORE = re.compile(
    r"\b(?:are|is|as|to be|must be|should be|will be|shall be|have to be|get|gets|need to be"
    r"|needs to be)\s+(?:the )?(?:only |main )?(?:entities|tables|models|resources|things we store|stored"
    r"|saved|persisted|kept|managed|tracked|recorded)\b|\bto be (?:stored|managed|tracked|kept)\b"
)
_COLON = re.compile(r":\s+(?=[^\W\d_])")
_DASH = re.compile(r" - (?=[^\W\d_])")
_PARENTHESIS = re.compile(r"\((?=[^\W\d_])")
_SYSTEM = re.compile(
    r"\b(?:service|services|backend|api|platform|system|app|application|software|server|portal|site|tool"
    r"|dienst|plattform|anwendung|software|servicio|aplicación|plataforma|sistema|base de datos|application"
    r"|plateforme|système|logiciel|servizio|piattaforma|project|crm|erp|shop|store|register|archive"
    r"|catalogue|catalog|marketplace|saas|product|intake|tracking|management|agency|company|scope|must have"
    r"|must|needs?)\b"
)
_HAS_FIELDS = re.compile(
    r"(?:^|[.;,:(]\s*|\b(?:and|where|so|that)\s+)(?:(?P<each>each|every|an?|one|per|for (?:each"
    r"|every))\s+)?(?P<noun>[^\W\d_][\w-]*(?: [^\W\d_][\w-]*){0,2}?)\s+(?:has|have|needs?|consists? of"
    r"|contains?|comes? with|is made of|carr(?:y|ies)|includes?|is identified by|stores?|with)\s+(?:an?|the"
    r"|its|their|some|name|number|title)?\b"
)
_FEWEST_LISTED: Final = 2
_PURE_LIST: Final = 3
"""Plural nouns in a row that are believed to be things even when the lexicon knows none of them."""
_MOST_TRIGGERS: Final = 12
"""Verbs and signs before lists that are looked behind in one sentence."""


Trust = Literal["any", "likely", "known"]
"""What a list may hold to be believed: anything, what looks like things, or things of the lexicon."""


def entities_in(passage: Passage) -> list[Found]:
    """Return the entities that a text names, each once, in order; inferred ones only when none is stated."""
    found: dict[str, Found] = {}
    for sentence in passage.sentences:
        if sentence.section in ("out", "later") or (sentence.asks and not sentence.requests):
            continue
        for each in _in_sentence(sentence):
            key = " ".join(each.words)
            if key not in found or (found[key].provenance != "stated" and each.provenance == "stated"):
                found[key] = each
    stated = {each.words[-1] for each in found.values() if each.provenance == "stated"}
    if not stated:
        for each in topics(passage, generic=False) if not found else ():
            found.setdefault(" ".join(each.words), each)
        for each in topics(passage, generic=True) if not found else ():
            found.setdefault(" ".join(each.words), each)
    found = {
        key: each
        for key, each in found.items()
        if each.provenance == "stated" or each.words[-1] not in stated
    }
    return sorted(found.values(), key=lambda each: each.sentence.start + each.start)


def _in_sentence(sentence: Sentence) -> Iterator[Found]:
    if sentence.language != "en":
        yield from abroad(sentence)
        return
    if sentence.section == "entities":
        yield from _accepted(sentence, list(_after_label(sentence)), "stated", few=1, trust="any")
        return
    yield from _accepted(sentence, list(names_in(sentence)), "stated", few=_FEWEST_LISTED)
    for match in _DECLARED.finditer(sentence.plain):
        yield from _accepted(sentence, list_at(sentence, match.end())[0], "stated", few=1, trust="any")
    for match in _LISTED_BEFORE.finditer(sentence.plain):
        yield from _before(sentence, match.start())
    for match in islice(_STRONG.finditer(sentence.plain), _MOST_TRIGGERS):
        if stance_at(sentence, match.start(), match.end()) == "wanted":
            yield from _accepted(sentence, list_at(sentence, match.end())[0], "stated", few=1)
    for match in islice(_WEAK.finditer(sentence.plain), _MOST_TRIGGERS):
        items = list_at(sentence, match.end())[0]
        stated = len(items) >= _FEWEST_LISTED and all(item.plural for item in items)
        if match["needs"] and not stated:
            continue
        if stance_at(sentence, match.start(), match.end()) == "wanted":
            yield from _accepted(
                sentence,
                items,
                "stated" if stated else "inferred",
                few=1,
                trust="likely" if stated else "known",
            )
    yield from _after_signs(sentence)
    yield from _telegraphic(sentence)
    yield from _with_fields(sentence)


def _after_label(sentence: Sentence) -> Iterator[Item]:
    colon = sentence.plain.find(":")
    start = colon + 1 if colon >= 0 else 0
    yield from list_at(sentence, start)[0]


def _before(sentence: Sentence, end: int) -> Iterator[Found]:
    """Accept the list that ends where "are the entities" begins."""
    clause = max(sentence.plain.rfind(sign, 0, end) for sign in (":", ";", "(", ". "))
    items, last = list_at(sentence, clause + 1)
    if sentence.plain[last:end].strip(" ,") in ("", "all", "have", "need", "will", "must"):
        declared = re.search(r"entities|tables|models|resources", sentence.plain[end:]) is not None
        yield from _accepted(
            sentence,
            items,
            "stated",
            few=1 if declared else _FEWEST_LISTED,
            trust="any" if declared else "likely",
        )


def _telegraphic(sentence: Sentence) -> Iterator[Found]:
    """Accept plural nouns alone between commas: "clinic backend, appointments, prescriptions, 20 rps"."""
    alone: list[Item] = []
    start = 0
    for match in [*_COMMA.finditer(sentence.plain), None]:
        end = match.start() if match else len(sentence.plain)
        begin = start + len(_AND.match(sentence.plain[start:end]).group())  # type: ignore[union-attr] # may match nothing
        items, _ = list_at(sentence, begin, end)
        whole = [item for item in items if item.end <= end]
        if (
            whole
            and not sentence.plain[whole[-1].end : end].strip(" .!")
            and all(_plain_plural(item) for item in whole)
        ):
            alone += whole
        start = match.end() if match else end
    known_ones = [item for item in alone if known(item.phrase)]
    if len(known_ones) >= _FEWEST_LISTED and 2 * len(known_ones) >= len(alone):
        yield from _accepted(sentence, known_ones, "stated", few=_FEWEST_LISTED)


def _plain_plural(item: Item) -> bool:
    return item.plural and not item.counted and not abstract(item)


_COMMA = re.compile(r",\s|/(?=[a-z])")
_AND = re.compile(r"\s*(?:and\s+)?")


def _after_signs(sentence: Sentence) -> Iterator[Found]:
    """Accept lists after a colon or a dash, and in parentheses after a system's name."""
    for pattern in (_COLON, _DASH):
        for match in islice(pattern.finditer(sentence.plain), _MOST_TRIGGERS):
            items = list_at(sentence, match.end())[0]
            head = sentence.plain[: match.start()]
            short = len(head.split()) <= 6  # noqa: PLR2004 - a topic, not a statement
            things = [item for item in items if item.plural and known(item.phrase)]
            topic = short or len(things) > _FEWEST_LISTED or _SYSTEM.search(head) is not None
            if topic and not _LABELS.search(head):
                yield from _accepted(sentence, items, "stated", few=_FEWEST_LISTED)
    for match in islice(_PARENTHESIS.finditer(sentence.plain), _MOST_TRIGGERS):
        items = list_at(sentence, match.end())[0]
        everything = all(known(item.phrase) for item in items) or (
            len(items) > _FEWEST_LISTED and all(item.plural for item in items)
        )
        if everything and _SYSTEM.search(sentence.plain[max(0, match.start() - 24) : match.start()]):
            yield from _accepted(sentence, items, "inferred", few=_FEWEST_LISTED)


_LABELS = re.compile(
    r"\b(?:stack|auth|hosting|team|regards|regions?|roles?|users?|tech|technologies|constraints|requirements"
    r"|nfrs?|stack|target|platform is|compliance|security|integrations?|languages?|teams|fields|columns"
    r"|attributes|services|microservices|steps|values|states|could|output|input|channels?"
    r"|formats?)\s*(?:\([^)]*\))?$|\b(?:three|two|four|five|#+) services$"
)


def _with_fields(sentence: Sentence) -> Iterator[Found]:
    """Accept what the text gives fields to: "each reservation has a check-in date and a total price"."""
    for match in _HAS_FIELDS.finditer(sentence.plain):
        words = match["noun"].split()
        if words and words[0] in {"each", "every", "a", "an", "the", "one", "all"}:
            words = words[1:]
        if not words or term_named(" ".join(words)):
            continue
        singular = (*words[:-1], singular_word(words[-1]))
        if known(" ".join(singular)) is None or " ".join(singular) in NOT_THINGS:
            continue
        if match["each"] or is_plural(words[-1]):
            start = match.start("noun")
            yield Found(
                singular,
                "inferred",
                around(sentence, start, match.end("noun")),
                sentence,
                start,
                match.end("noun"),
            )


def _accepted(
    sentence: Sentence,
    items: list[Item],
    provenance: Provenance,
    *,
    few: int,
    trust: Trust = "likely",
) -> Iterator[Found]:
    """Yield the items of a list that name things; nothing when fewer than ``few`` do."""
    sure = trust == "any"
    kept = [item for item in items if _names_a_thing(item, trust)]
    doubtful = [item for item in items if item not in kept and not abstract(item)]
    if len(kept) < few or (not sure and len(doubtful) > len(kept)):
        return
    pure = few > 1 and len(kept) >= _PURE_LIST and all(item.plural and len(item.words) == 1 for item in kept)
    if not sure and few > 1 and not pure and not any(known(item.phrase) for item in kept):
        return
    for item in kept:
        singular = (*item.words[:-1], singular_word(item.words[-1]))
        yield Found(
            singular, provenance, around(sentence, item.start, item.end), sentence, item.start, item.end
        )


_KINDS_OF_PAPER: Final = frozenset({"reports", "files"})
"""Words that name nothing to store alone, but do with a word before them: "inspection reports"."""


def _names_a_thing(item: Item, trust: Trust) -> bool:
    if trust == "any" and known(item.phrase) is not None:
        return True
    if abstract(item) or item.phrase in NOT_THINGS or term_named(item.phrase) is not None:
        return False
    alone = len(item.words) == 1 or item.words[-1] not in _KINDS_OF_PAPER
    if item.words[-1] in NOT_THINGS and alone:
        return False
    # Words of one or two letters name no product.
    if any(term_named(word) for word in item.words if len(word) > 2):  # noqa: PLR2004
        return False
    in_lexicon = known(item.phrase) is not None
    if trust == "known":
        return in_lexicon and (item.plural or item.counted)
    return trust == "any" or item.plural or in_lexicon
