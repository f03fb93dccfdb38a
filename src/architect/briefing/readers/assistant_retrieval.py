"""The wish that passages are found by their words alone, without vectors."""

import re
from collections.abc import Iterator
from typing import Final

from architect.briefing.claims import Claim
from architect.briefing.reading import READERS, Reading, claim

RETRIEVAL: Final = "prefer.retrieval"

_KEYWORDS_ALONE = re.compile(
    r"\b(?:key-?words? (?:search )?(?:only|alone)|only (?:by |with |on |via )?key-?words?"
    r"|bm25 (?:search )?(?:only|alone)|(?:only|just|nothing but) bm25"
    r"|(?:no|without(?: any)?) (?:vectors?(?: search)?|embeddings?)(?!\w|\s+(?:search|stores?|databases?|dbs?"
    r"|servers?|services?|apis?|providers?|models?|in|into|to|from|leav\w+|must|may|outside|sent|by)\b))"
)
_NOT_ALONE = re.compile(r"\b(?:not|more than|beyond|better than|rather than|instead of)\s+(?:\w+\s+){0,2}$")


@READERS.register("assistant_retrieval")
def read(reading: Reading) -> Iterator[Claim]:
    """Claim keywords alone, only in texts that search documents."""
    if not reading.searches_documents:
        return
    for sentence in reading.sentences:
        if sentence.section or (sentence.asks and not sentence.requests):
            continue
        for match in _KEYWORDS_ALONE.finditer(sentence.plain):
            if not _NOT_ALONE.search(sentence.plain[max(0, match.start() - 30) : match.start()]):
                yield claim(sentence, match, RETRIEVAL, "keyword")
