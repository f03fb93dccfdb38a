"""Fields and states that a text gives an entity: "each order has a number and a delivery address"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from architect.briefing.entities.kinds import field_named
from architect.briefing.entities.notation import fields_of
from architect.briefing.entities.nouns import is_plural
from architect.briefing.listed import listed
from architect.briefing.passage import Passage, Sentence
from architect.briefing.reserved import mended_field, transition_problem, value_problem
from architect.model.entity import FIELD_KINDS, Field, States, Transition
from architect.model.fact import Fact
from architect.model.naming import plural, singular_word, snake_case, words

_HAVE: Final = (
    r"(?:has|have|having|consists? of|contains?|comes? with|with|includes?|is identified by|carry|carries"
    r"|holds?|stores?|needs?|requires?|records?|gets?|must have|should have|will have|is described by"
    r"|are described by)"
)
_SPLIT = re.compile(
    r",\s*(?:and |or |as well as |plus |und |y |et )?|\s+(?:and|as well as|plus|und|y|et)\s+|\s*[/;&+]\s*"
    r"|\s+\+\s+"
)
_LEADING = re.compile(
    r"^(?:also|both|either|the following|at least|its|their|his|her|an?|the|one|exactly one|some|own|unique"
    r"|optional|optionally|mandatory|required|possibly|maybe|short|long|free|current|ein|eine|un|una|une)\s+"
)
_CUT = re.compile(
    r"\s+(?:that|which|who|so|where|when|because|if|for|while|plus|per|to|on|at|by|from|using|via|are|is|was"
    r"|were|can|must|may|should|will|shall|go|goes)\b.*$|\s*[:.].*$"
)
_WORDS = re.compile(r"[a-z][a-z'-]*(?: (?:of|in) [a-z]+)?(?: [a-z][a-z-]*){0,3}")
_OPTIONAL = re.compile(r"\b(?:optional|optionally|possibly|maybe|if any|if known|if available)\b")
_UNIQUE = re.compile(r"\bunique\b")
_TYPE_SAID = re.compile(r"\((?P<said>[^)]{1,60})\)")
_NO_FIELDS: Final = listed(
    "access more less many few fun nothing everything it them this that others time trouble problems "
    "people plans questions id ids timestamps audit fields field information info data stuff details"
)
_MOST_WORDS: Final = 5
_MOST: Final = 30
_LONGEST_CHOICE: Final = 30
"""Characters of a state or a choice; what is longer is a sentence."""
_MONEY_IN: Final = re.compile(
    r"^(?P<what>[a-z_]+)_in_(?:euros?|eur|usd|dollars?|chf|francs?|pounds?|gbp|cents?)$"
)
_KINDS_SAID: Final = {
    **{kind: kind for kind in FIELD_KINDS if kind not in ("enum", "reference")},
    "timestamp": "datetime",
    "int": "integer",
    "number": "integer",
    "bool": "boolean",
    "yes/no": "boolean",
}
"""What a text may write behind a field to tell its kind: "a score (number)"."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a text gives one entity: fields, things it refers to, states, and that it has a status."""

    fields: tuple[Fact[Field], ...] = ()
    mentions: tuple[str, ...] = ()
    states: Fact[States] | None = None
    has_status: bool = False


@dataclass(frozen=True, slots=True)
class Gift:
    """A place where the text gives fields or states to a noun; ``match`` has the groups noun and list."""

    sentence: Sentence
    match: re.Match[str]
    noun: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Gifts:
    """Everything that a text gives to nouns: lists of fields, and chains of states."""

    fields: tuple[Gift, ...]
    states: tuple[Gift, ...]


def gifts_of(passage: Passage) -> Gifts:
    """Return the places where a text gives fields or states to a noun."""
    fields, states = [], []
    for sentence in passage.sentences:
        if sentence.section in ("out", "later") or (sentence.asks and not sentence.requests):
            continue
        for pattern in (_HAS, _OPENS, _LABELLED, _FOR_EACH, _FIELDS_OF, _OWN):
            found = pattern.finditer(sentence.plain)
            fields += [Gift(sentence, match, match["noun"], own=pattern is _OWN) for match in found]
        states += [Gift(sentence, match, match["noun"]) for match in _CHAIN.finditer(sentence.plain)]
    return Gifts(tuple(fields), tuple(states))


_NOUN: Final = r"(?P<noun>[a-z][\w-]{0,30}(?: [a-z][\w-]{0,30}){0,2}?)"
_LIST: Final = r"(?P<list>[^\n.;!?]{2,400})"
_HAS = re.compile(rf"(?<![\w-]){_NOUN}\s+(?:also |can |each |always |usually )*{_HAVE}\s+{_LIST}")
_OPENS = re.compile(rf"(?<![\w-]){_NOUN}\s*\((?=[a-z][a-z _-]{{0,40}},){_LIST}")
_LABELLED = re.compile(
    rf"(?:^|[^\w\s-]\s*){_NOUN}\s*(?:[:=]|->|fields?\s*:)\s+(?=[a-z][a-z _-]{{0,40}},){_LIST}"
)
_FOR_EACH = re.compile(
    rf"for (?:each|every|an?) {_NOUN},? (?:we|i|they|you)? ?(?:also )?(?:store|keep|record|need|track|save"
    rf"|want|have)\s+{_LIST}"
)
_FIELDS_OF = re.compile(
    rf"(?:fields|attributes|columns) (?:of|for) (?:an? |the |each )?{_NOUN}\s*(?:are|is|include|:)\s*{_LIST}"
)
_OWN = re.compile(
    r"(?:keep|store|record|save|hold|need|process|collect)s? (?:the |their "
    rf"|our )?(?P<list>{_NOUN} [a-z][^\n.;!?]{{2,400}})"
)
_CHAIN = re.compile(
    rf"(?<![\w-]){_NOUN}\s+(?:go|goes|move|moves|pass|passes|run|runs|can be|is|are)\s+(?:through |from "
    r"|through the states |either )?"
    r"(?P<chain>[a-z_][a-z_ -]{1,30}?(?:\s*(?:>|->|=>|→)\s*[a-z_][a-z_ -]{1,30}?){1,12})(?=[.,;)\n]|$)"
)


def named_for(gifts: Gifts, noun: tuple[str, ...], entity: str, others: frozenset[str]) -> Named:
    """Return what a text gives the entity of that noun.

    Args:
        gifts: what the text gives to nouns.
        noun: the entity's words in the singular.
        entity: its name, in front of reserved field names.
        others: nouns (singular, blanks between words) of the service's other entities.
    """
    fields: dict[str, Fact[Field]] = {}
    mentions: list[str] = []
    states: Fact[States] | None = None
    has_status = False
    one = " ".join(noun)
    many = " ".join((*noun[:-1], plural(noun[-1]).replace("_", " ")))
    for gift in gifts.fields:
        if not _given_to(gift, one, many):
            continue
        for piece, said in _pieces(gift, one):
            if piece in ("status", "state"):
                has_status = True
                states = states or _listed_states(said)
            elif _is_other(piece, others - {one}):
                mentions.append(_singular(piece))
            elif len(fields) < _MOST:
                fact = _field(piece, said, entity)
                if fact is not None:
                    fields.setdefault(fact.value.name, fact)
    for gift in gifts.states:
        if _given_to(gift, one, many):
            states = _arrows(gift) or states
    return Named(tuple(fields.values()), tuple(dict.fromkeys(mentions)), states, has_status)


def _given_to(gift: Gift, one: str, many: str) -> bool:
    if gift.own:
        return gift.match["list"].startswith(f"{one} ")
    return any(gift.noun == name or gift.noun.endswith(f" {name}") for name in (one, many))


def _pieces(gift: Gift, one: str) -> Iterator[tuple[str, str]]:
    """Yield (field words, words as said) of a list of fields; it ends at the first piece that is none."""
    text = gift.match["list"]
    if gift.sentence.plain[gift.match.start("list") - 1 : gift.match.start("list")] == "(":
        text = text.partition(")")[0]
    text, notes = _without_parentheses(text)
    start = 0
    stem = gift.own
    for count, piece in enumerate(_SPLIT.split(text)):
        said = piece.strip()
        note = notes.get(said[:40], "")
        words_left = _CUT.sub("", said)
        ended = words_left != said
        while (shorter := _LEADING.sub("", words_left)) != words_left:
            words_left = shorter
        words_left = words_left.strip(" -*\"'")
        if not words_left or not _WORDS.fullmatch(words_left) or len(words_left.split()) > _MOST_WORDS:
            return
        if stem and count == 0:
            words_left = words_left.removeprefix(one).strip() or words_left
        if words_left in _NO_FIELDS or words_left.split()[0] in _NO_FIELDS or words_left.endswith("ing"):
            return
        if (
            count > start
            and is_plural(words_left.split()[-1])
            and not stem
            and words_left.split()[-1] not in _PLURAL_FIELDS
        ):
            return
        yield words_left, f"{said} {note}".strip()
        if ended:
            return


_PLURAL_FIELDS: Final = listed(
    "notes minutes hours days months seconds guests seats rooms copies pages comments remarks "
    "instructions details tags labels points years weeks stars coordinates settings attributes conditions "
    "terms findings allergies symptoms ingredients skills kilometres kilometers kilograms metres meters "
    "grams litres liters miles units pieces goods costs bedrooms people persons passengers beds "
    "preferences dimensions"
)


def _without_parentheses(text: str) -> tuple[str, dict[str, str]]:
    """Return the text without remarks in parentheses, and the remarks by what stands before them."""
    notes: dict[str, str] = {}
    for match in _TYPE_SAID.finditer(text):
        before = _SPLIT.split(text[: match.start()])[-1].strip()
        notes[before[:40]] = match.group()
    return _TYPE_SAID.sub("", text), notes


def _field(piece: str, said: str, entity: str) -> Fact[Field] | None:
    name = _name(piece)
    if not name:
        return None
    in_money = _MONEY_IN.match(name)
    field = field_named(in_money["what"] if in_money else name)
    if in_money:
        field = replace(field_named("amount"), name=in_money["what"])
    note = _TYPE_SAID.search(said)
    choices = _choices(note["said"]) if note else ()
    if choices:
        field = Field(field.name, "enum", choices=choices)
    elif note and note["said"].strip() in _KINDS_SAID:
        field = _of_kind(field, _KINDS_SAID[note["said"].strip()])
    if _OPTIONAL.search(said):
        field = replace(field, required=False)
    if _UNIQUE.search(said) and field.kind in ("string", "email", "uuid", "integer", "url"):
        field = replace(field, unique=True)
    fitting = mended_field(field.name, entity)
    because = said if fitting == field.name else f"{said} ({field.name!r} is reserved, so it is {fitting})"
    return Fact(replace(field, name=fitting), "stated", because)


def _of_kind(field: Field, kind: str) -> Field:
    return replace(fields_of(f"{field.name} {kind}")[0], required=field.required)


def _name(piece: str) -> str:
    """Return the field's name: "date of birth" is ``date_of_birth``, the last noun in the singular."""
    found = [word for word in words(piece.replace("'s", "")) if word not in {"the", "a", "an"}]
    if not found:
        return ""
    if found[-1] not in _PLURAL_FIELDS:
        found[-1] = singular_word(found[-1])
    return snake_case(" ".join(found))


def _choices(said: str) -> tuple[str, ...]:
    values = [
        snake_case(value) for value in re.split(r"\s*(?:,|/|\||\bor\b|\band\b)\s*", said) if value.strip()
    ]
    good = [
        value
        for value in dict.fromkeys(values)
        if value and value_problem(value) is None and len(value) <= _LONGEST_CHOICE
    ]
    return tuple(good) if len(good) > 1 and len(good) == len(values) else ()


def _is_other(piece: str, others: frozenset[str]) -> bool:
    return _singular(piece) in others


def _singular(piece: str) -> str:
    head, _, last = piece.rpartition(" ")
    return f"{head} {singular_word(last)}".strip()


def _arrows(gift: Gift) -> Fact[States] | None:
    """Return states written as a chain: "orders go pending > accepted > delivered"."""
    sentence, match = gift.sentence, gift.match
    names = [
        snake_case(name)
        for name in re.split(r">|->|=>|→|-", match["chain"].replace("->", ">").replace("=>", ">"))
        if name.strip()
    ]
    return _chain(names, " ".join(sentence.original[match.start() : match.end()].split()), linear=True)


def _listed_states(said: str) -> Fact[States] | None:
    """Return states listed behind the status: "a status (draft, sent, paid)"."""
    note = _TYPE_SAID.search(said)
    if note is None:
        return None
    names = list(_choices(note["said"].replace("->", ",").replace(">", ",")))
    return _chain(names, said, linear=">" in note["said"])


def _chain(names: list[str], said: str, *, linear: bool) -> Fact[States] | None:
    states = list(dict.fromkeys(name for name in names if name and value_problem(name) is None))
    if len(states) < 2:  # noqa: PLR2004 - one state is no life
        return None
    transitions = []
    for at, target in enumerate(states[1:], start=1):
        sources = (states[at - 1],) if linear else tuple(states[:at])
        name = f"mark_{target}"
        transitions.append(
            Transition(name if transition_problem(name) is None else f"to_{target}", sources, target)
        )
    value = States(tuple(states), states[0], tuple(transitions))
    return Fact(value, "stated" if linear else "inferred", said)
