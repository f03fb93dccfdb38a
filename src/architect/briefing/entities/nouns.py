"""Lists of nouns in a sentence: "shipments, checkpoints and carriers", without what surrounds them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from architect.briefing.entities.known import known
from architect.briefing.listed import listed
from architect.briefing.passage import Sentence
from architect.model.naming import singular_word

_TOKEN = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*|[,&/+]|[.;:()!?\n|\"=<>*]|#+| - ")

_JOINS: Final = listed(", and & / + plus or und y e et en as sowie oder ou o")
_DETERMINERS: Final = listed(
    "a an the our their its his her my your all every each any these those some many several various "
    "multiple both own new old existing current active open closed past upcoming future recent different "
    "individual related corresponding digital online physical internal external local incoming outgoing "
    "daily weekly monthly yearly annual simple basic main relevant single whole entire full complete "
    "detailed corresponding respective associated raw live real-time latest public private small large "
    "big important available registered historical hundreds thousands lots plenty few two three four five "
    "six more other der die das den dem des ein eine einen unsere unser unseren ihre el la los las un una "
    "nuestros nuestras sus le les des une nos leurs ses uploaded scanned submitted completed pending "
    "overdue said actual corresponding valid approved"
)
_STOPS: Final = listed(
    "in on of for with by from to at per using over through into onto via as within without under below "
    "above between across during after before about against along around that which who whom whose so "
    "where when while because since if then but than not no nor only just also too etc plus-minus "
    "including include such like e.g i.e via etc is are was were be been being am has have had having do "
    "does did can could will would shall should may might must i we you he she it they them us me this "
    "here there please thanks pls stored storing kept running used using needed wanted made built created "
    "deployed hosted exposed called sent received happened worked handled managed tracked returned very "
    "mostly mainly roughly approximately maybe perhaps later now today each-other together simultaneously "
    "once auf in für mit aus bei von zu über unter ohne pro als nach verwalten speichern erfassen pflegen "
    "anlegen soll sollen werden wird sind ist haben hat con para por sin sobre desde hasta como que se "
    "son es está avec pour par sans sur dans qui que sont est chez du de d del"
)
_VERBS: Final = listed(
    "store stores keep keeps run runs use uses need needs want wants go goes get gets see sees make makes "
    "come comes sit sits stay stays build builds create creates deploy deploys expose exposes talk talks "
    "call calls send sends receive receives happen happens work works handle handles manage manages track "
    "tracks return returns register registers upload uploads submit submits place places book books "
    "assign assigns search searches order orders apply applies approve approves log logs enter enters "
    "scan scans pay pays cost costs sign signs report reports visit visits rent rents buy buys sell sells "
    "report reports review reviews"
)
"""Verbs, most of them nouns too: a noun where an item ends with them, a verb where a word follows."""
_PLURAL_MODIFIERS: Final = listed(
    "sales goods sports news savings works operations logistics systems analytics claims parts arms "
    "customs electronics economics physics series species"
)
_SYSTEMS: Final = listed(
    "api apis service backend system app application module endpoints endpoint management microservice crud"
)
"""What stands behind the last noun of a list without belonging to it: "stock + orders + customers api"."""
_SOFT: Final = listed(
    "request requests record records response responses update updates change changes call calls table "
    "tables model models log logs test tests client clients object objects resource resources event "
    "events process processes state status history"
)
"""Nouns that name nothing by themselves but do with a word before them, or among others."""
_ABSTRACT: Final = listed(
    "data information info details detail thing things stuff everything anything something nothing "
    "content contents access load traffic time money cost costs work state states status performance rest "
    "endpoints endpoint api apis requests request response calls queries query reads writes changes "
    "updates history logs log metrics errors security scaling scale auth authentication authorization "
    "login users people folks way ways day days week weeks month months year years hour hours minute "
    "minutes second seconds number numbers amount amounts name names date dates address addresses email "
    "emails e-mail e-mails phone billing hosting budget deployment database db cache broker queue service "
    "services microservice microservices backend backends frontend app apps application system systems "
    "platform platforms server servers cluster clusters region regions compliance gdpr uptime "
    "availability latency retention testing docs documentation examples example features feature "
    "functionality operations operation crud side sides part parts kind kinds lot bit rest place places "
    "storage persistence business logic management administration tracking reporting analytics monitoring "
    "support sync synchronisation integration integrations migration migrations search searching "
    "interface interfaces mobile web frontends grpc http json python fastapi flask django entities entity "
    "tables table models model resources resource objects object records record dashboards one ones "
    "others basics spreadsheets steam pace eye search functionality filtering sorting pagination "
    "validation balance speed it peak peaks staff workflow workflows process processes developers devs "
    "engineers developer engineer average budget infrastructure teams"
)
"""Nouns that name no thing to store, or say nothing by themselves."""

_LONGEST_ITEM: Final = 4
_MOST_ITEMS: Final = 40


@dataclass(frozen=True, slots=True)
class Item:
    """A noun phrase of a list: its words in lower case, where it stands, whether it is plural."""

    words: tuple[str, ...]
    start: int
    end: int
    plural: bool
    counted: bool

    @property
    def phrase(self) -> str:
        """The words with blanks between."""
        return " ".join(self.words)


def list_at(sentence: Sentence, start: int, end_at: int | None = None) -> tuple[list[Item], int]:
    """Return the noun phrases of a list that begins at ``start``, and where the list ends.

    Example: in "store shipments, checkpoints and carriers in Postgres" from "shipments" on there are three.
    """
    being_read = _List(sentence, start)
    for match in _TOKEN.finditer(sentence.shadow, start, len(sentence.shadow) if end_at is None else end_at):
        if len(being_read.items) >= _MOST_ITEMS or not being_read.takes(match):
            break
    return being_read.finished()


class _List:
    """A list of noun phrases while its words are read."""

    def __init__(self, sentence: Sentence, start: int) -> None:
        self.sentence = sentence
        self.items: list[Item] = []
        self._start = start
        self._end = start
        self._current: list[tuple[str, int, int]] = []
        self._counted = False
        self._is_statement = False

    def takes(self, match: re.Match[str]) -> bool:
        """Take one word or sign; False when the list ends before it."""
        word = match.group()
        if word in _JOINS and (word != "as" or self._current):
            return self._joined(match)
        if word.startswith("#"):
            return self._number(match)
        if self._opens(match):
            return True
        if word in {"each", "every"} or not word[0].isalpha() or word in _STOPS:
            return False
        return len(self._current) < _LONGEST_ITEM and self._word(match)

    def finished(self) -> tuple[list[Item], int]:
        """Return the items and where they end; none when the words turned out to be a statement."""
        if self._is_statement:
            return [], self._start
        self._close()
        return self.items, self.items[-1].end if self.items else self._end

    def _joined(self, match: re.Match[str]) -> bool:
        self._end = match.end()
        return self._close()

    def _number(self, match: re.Match[str]) -> bool:
        self._counted = True
        return not self._current and (not self.items or _counts_things(self.sentence, match.end()))

    def _opens(self, match: re.Match[str]) -> bool:
        """True for what may stand before a noun: an article, an adjective that says nothing."""
        word = match.group()
        several = word == "lots" and not self.sentence.plain.startswith("lots of", match.start())
        if self._current or word not in _DETERMINERS or several or (word in {"each", "every"} and self.items):
            return False
        self._counted = self._counted or word in _ONE_OF
        return True

    def _word(self, match: re.Match[str]) -> bool:
        word = match.group()
        last = self._current[-1][0] if self._current else ""
        after_plural = bool(last) and is_plural(last)
        verb = (
            word in _VERBS
            and not _ends_here(self.sentence, match.end())
            and not _compound(self.sentence, match)
        )
        if verb and (last or not is_plural(word)):
            self._is_statement = after_plural
            return False
        system = word in _SYSTEMS and known(f"{last} {word}") is None
        if last and (system or (word.endswith("ed") and after_plural)):
            return True
        if after_plural and last not in _PLURAL_MODIFIERS and not is_plural(word):
            self._is_statement = True
            return False
        self._current.append((word, match.start(), match.end()))
        self._end = match.end()
        return True

    def _close(self) -> bool:
        """Add the item that ends here; False when there is none yet, which ends a list."""
        if self._current:
            found = tuple(word.removesuffix("'s") for word, _, _ in self._current)
            start, end = self._current[0][1], self._current[-1][2]
            self.items.append(Item(found, start, end, is_plural(found[-1]), counted=self._counted))
            self._current, self._counted = [], False
        return bool(self.items)


_ONE_OF: Final = frozenset({"a", "an", "each", "every", "eine", "ein", "un", "una", "une"})
_NEXT = re.compile(r"[ -](?P<noun>[^\W\d_]+)")


def _compound(sentence: Sentence, match: re.Match[str]) -> bool:
    """True when a word and the next are one thing of the lexicon: "work orders"."""
    following = _NEXT.match(sentence.plain, match.end())
    return following is not None and known(f"{match.group()} {following['noun']}") is not None


_NOUN_ENDS = re.compile(
    r"\s*(?:$|[,.;:()!?&/+\n]|(?:and|or|und|y|et|in|of|on|for|with|by|from|to|at|per|that|which|so|as|plus"
    r"|are|is)\b)"
)


_COUNTED = re.compile(r"\s*(?:\w+ )?(?P<noun>[^\W\d_]+)")


def _counts_things(sentence: Sentence, at: int) -> bool:
    """True when a number inside a list counts another item of it: "3 hotels, 40 rooms"."""
    match = _COUNTED.match(sentence.plain, at)
    return match is not None and is_plural(match["noun"]) and known(match["noun"]) is not None


def _ends_here(sentence: Sentence, at: int) -> bool:
    """True when a noun phrase may end at a place."""
    return _NOUN_ENDS.match(sentence.plain, at) is not None


def is_plural(word: str) -> bool:
    """True when an English noun stands in the plural."""
    return len(word) > 3 and singular_word(word) != word  # noqa: PLR2004 - "bus", "gas", "its"


def abstract(item: Item) -> bool:
    """True when an item names no thing to store."""
    if len(item.words) > 1 and (item.words[-1] in _SOFT or known(item.phrase) is not None):
        return False
    return (
        item.words[-1] in _ABSTRACT
        or item.phrase in _ABSTRACT
        or (item.phrase in _SOFT and known(item.phrase) is None)
    )


def names_in(sentence: Sentence) -> Iterator[Item]:
    """Yield the whole sentence's noun phrases when it is nothing but a list of them."""
    items, end = list_at(sentence, _first_letter(sentence))
    rest = sentence.shadow[end:].strip(" .!,;\n*-")
    if len(items) > 1 and not rest and not sentence.shadow[: items[0].start].strip(" -*\n"):
        yield from items


def _first_letter(sentence: Sentence) -> int:
    match = re.search(r"[^\W_]", sentence.plain)
    return match.start() if match else 0
