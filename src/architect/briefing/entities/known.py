"""Looking a noun up in the lexicon: by its own name, by other words for it, in singular or plural."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Final

from architect.briefing.entities.notation import fields_of, states_of
from architect.model.entity import Field, States
from architect.model.naming import singular_word, words
from architect.registry import walk

_PACKAGE: Final = "architect.briefing.lexicon.entities"
_FOREIGN_ENDINGS: Final = ("en", "es", "e", "n", "s", "er", "i")


@dataclass(frozen=True, slots=True)
class Known:
    """An entity of the lexicon; the lines are read when they are asked for."""

    name: str
    field_of_business: str
    field_line: str
    state_line: str

    @property
    def fields(self) -> tuple[Field, ...]:
        """Its typed fields."""
        return fields_of(self.field_line)

    @property
    def states(self) -> States | None:
        """Its life, if it has one."""
        return states_of(self.state_line)


@cache
def all_known() -> dict[str, Known]:
    """Return every entity of the lexicon by its name."""
    table: dict[str, Known] = {}
    for module in walk(_PACKAGE):
        business = module.rpartition(".")[2]
        rows: dict[str, tuple[str, str, str]] = import_module(module).ENTITIES
        for name, (field_line, state_line, _) in rows.items():
            table[name] = Known(name, business, field_line, state_line)
    return table


@cache
def _spellings() -> dict[str, str]:
    """Return the entity's name for every word for it; an entity's own name beats others' spellings."""
    table = {" ".join(words(name)): name for name in all_known()}
    for module in walk(_PACKAGE):
        rows: dict[str, tuple[str, str, str]] = import_module(module).ENTITIES
        for name, (_, _, spellings) in rows.items():
            for spelling in spellings.split(","):
                if spelling.strip():
                    table.setdefault(folded(spelling), name)
    return table


@cache
def _other_words() -> dict[str, str]:
    """Return the entity's name for every other word: in another language ``commande`` is no command."""
    own = {" ".join(words(name)) for name in all_known()}
    table: dict[str, str] = {}
    for module in walk(_PACKAGE):
        rows: dict[str, tuple[str, str, str]] = import_module(module).ENTITIES
        for name, (_, _, spellings) in rows.items():
            for spelling in spellings.split(","):
                if spelling.strip() and folded(spelling) not in own:
                    table.setdefault(folded(spelling), name)
    return table


def known(phrase: str) -> Known | None:
    """Return the lexicon's entity for an English noun phrase in either number, or ``None``.

    Example: ``known("purchase orders")`` is the Order.
    """
    table = _spellings()
    key = folded(phrase)
    head, _, last = key.rpartition(" ")
    singular = f"{head} {singular_word(last)}".strip()
    name = table.get(singular) or table.get(key)
    return all_known()[name] if name else None


def known_abroad(word: str) -> Known | None:
    """Return the lexicon's entity for a noun of another language in either number, or ``None``."""
    key = folded(word)
    candidates = [key, *(key.removesuffix(ending) for ending in _FOREIGN_ENDINGS if key.endswith(ending))]
    for table in (_other_words(), _spellings()):
        for candidate in candidates:
            if len(candidate) > 2 and candidate in table:  # noqa: PLR2004 - shorter stems mean anything
                return all_known()[table[candidate]]
    return None


def folded(text: str) -> str:
    """Return a phrase in lower-case ASCII letters with single blanks, accents dropped."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss")).encode("ascii", "ignore").decode()
    return " ".join("".join(char if char.isalnum() else " " for char in plain).split())
