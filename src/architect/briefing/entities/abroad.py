"""Entities named in other languages, by the lexicon's words: "Kunden und Termine verwalten"."""

import re
from collections.abc import Iterator
from typing import Final

from architect.briefing.entities.found import NOT_THINGS, Found
from architect.briefing.entities.known import known_abroad
from architect.briefing.entities.topics import name_is_generic
from architect.briefing.passage import Sentence
from architect.model.fact import Provenance

_ABROAD = re.compile(r"[^\W\d_][^\W\d_-]*(?:-[^\W\d_]+)*")
_MANAGE_ABROAD = re.compile(
    r"\b(?:verwalt\w*|speicher\w*|erfass\w*|pfleg\w*|anleg\w*|gestion\w*|gestir|almacen\w*|guardar|registrar"
    r"|administrar|gérer|gestion|stocker|enregistrer|gestire|memorizzare|gerir|armazenar|beheren|opslaan)\b"
    r"|:"
)
_JOINED_ABROAD = re.compile(
    r"\s*(?:,|und|sowie|y|e|et|en|&|,\s*(?:und|y|et))\s*(?:die|der|das|les|los|las|le|la|des|l')?\s*"
)
_FEWEST_LISTED: Final = 2


def abroad(sentence: Sentence) -> Iterator[Found]:
    """Accept runs of known nouns of another language: "Kunden, Fahrzeuge und Termine verwalten"."""
    run: list[tuple[re.Match[str], str]] = []
    runs: list[list[tuple[re.Match[str], str]]] = []
    for match in _ABROAD.finditer(sentence.plain):
        row = known_abroad(match.group()) if len(match.group()) > 3 else None  # noqa: PLR2004 - articles, conjunctions
        german = sentence.language != "de" or sentence.original[match.start()].isupper()
        if row is None or not german or match.group() in NOT_THINGS:
            continue
        if run and _JOINED_ABROAD.fullmatch(sentence.plain, run[-1][0].end(), match.start()):
            run.append((match, row.name))
        else:
            run = [(match, row.name)]
            runs.append(run)
    managed = _MANAGE_ABROAD.search(sentence.plain) is not None
    for each in runs:
        if len(each) >= _FEWEST_LISTED:
            for match, name in each:
                yield _translated(sentence, match, name, "stated" if managed else "inferred")
        elif managed and not name_is_generic(each[0][1]):
            yield _translated(sentence, *each[0], "inferred")


def _translated(sentence: Sentence, match: re.Match[str], name: str, provenance: Provenance) -> Found:
    words = tuple(re.findall(r"[A-Z][a-z0-9]*", name))
    said = sentence.original[match.start() : match.end()]
    return Found(
        tuple(word.lower() for word in words), provenance, said, sentence, match.start(), match.end()
    )
