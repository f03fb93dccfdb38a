"""What an assistant's documents are like: pages, formats, languages, changes, how soon they are found."""

import re
from collections.abc import Iterator
from typing import Final

from architect.briefing.claims import Claim
from architect.briefing.passage import Sentence
from architect.briefing.reading import READERS, Reading, claim

PAGES: Final = "assistant.pages_per_document"
GIGABYTES: Final = "assistant.gigabytes"
FORMATS: Final = "assistant.formats"
LANGUAGES: Final = "assistant.languages"
CHANGES: Final = "assistant.changes_per_day"
FRESH: Final = "assistant.searchable_within_minutes"

_DOCUMENT: Final = (
    r"(?:documents?|docs|contracts?|articles?|files?|pdfs?|manuals?|policies|papers?|reports?|tickets?"
    r"|letters?|books?|cases?|judge?ments?|rulings?|decisions|transcripts?|guidelines|notes|regulations|laws"
    r"|patents?|minutes|guides|datasheets|specs|specifications|wikis?|wiki pages|records|e-?mails?)"
)
_PAGES_EACH = re.compile(
    rf"(?P<n>#+)[ -]pages?(?: (?:each|apiece|long|on average|per (?:document|{_DOCUMENT})|a piece))"
    rf"|(?:average|typical|mean|usual)\w*(?: {_DOCUMENT})?(?: (?:of|is|are|has|have|runs?(?: to)?|about"
    rf"|around"
    rf"|some))* (?P<m>#+) pages|(?P<k>#+)-page {_DOCUMENT}|{_DOCUMENT} of (?:about |around |some"
    rf" )?(?P<l>#+) pages\b"
)
_PAGES_ALL = re.compile(
    r"(?P<n>#+) pages(?: in (?:all|total)| altogether| of (?:text|documents|contracts|pdfs?))?"
)
_ALL = re.compile(r"\b(?:in (?:all|total)|altogether|of (?:text|documents|contracts|pdfs?))\b")
_TEXT = re.compile(
    r"(?P<n>#+)\s*(?:(?P<mb>mb|megabytes?)|(?P<gb>gb|gigabytes?|gigs?)|(?P<tb>tb|terabytes?)) (?:of"
    r" )?(?:plain |pure "
    rf"|raw )?(?:text\b|{_DOCUMENT})"
)
_SIZES: Final = {"mb": 1e-3, "gb": 1.0, "tb": 1e3}
_FORMAT_WORDS: Final = (
    ("scan", re.compile(r"\b(?:scans?|scanned|ocr)\b")),
    ("pdf", re.compile(r"\bpdfs?\b")),
    ("html", re.compile(r"\b(?:html|web ?pages|confluence|wiki pages|web ?sites?)\b")),
    ("markdown", re.compile(r"\b(?:markdown|\.?md files)\b")),
    ("docx", re.compile(r"\b(?:docx?(?= files)|docx|word (?:documents?|files?)|ms word|microsoft word)\b")),
    ("text", re.compile(r"\b(?:plain text|text files|txt)\b")),
)
_LANGUAGE_WORDS: Final = {
    "english": "en",
    "german": "de",
    "french": "fr",
    "spanish": "es",
    "italian": "it",
    "dutch": "nl",
    "portuguese": "pt",
    "polish": "pl",
    "czech": "cs",
    "swedish": "sv",
    "danish": "da",
    "norwegian": "no",
    "finnish": "fi",
    "japanese": "ja",
    "chinese": "zh",
    "korean": "ko",
    "arabic": "ar",
    "turkish": "tr",
    "russian": "ru",
    "ukrainian": "uk",
    "hindi": "hi",
    "deutsch": "de",
    "englisch": "en",
    "französisch": "fr",
}
_LANGUAGE = re.compile(
    rf"\b(?P<language>{'|'.join(_LANGUAGE_WORDS)})\b(?! (?:team|market|law|customers?|users?|office|company"
    r"|clients?|speakers?))"
)
_GERMAN_END: Final = r"(?:e[mnrs]?|sprachige[mnrs]?)?"
_LANGUAGE_ABROAD: Final = {
    "de": rf"deutsch{_GERMAN_END}|alem[aá]n(?:es|as?)?|allemande?s?",
    "en": rf"englisch{_GERMAN_END}|ingl[eé]s(?:es|as?)?|anglais(?:es?)?",
    "fr": rf"französisch{_GERMAN_END}|franc[eé]s(?:es|as?)?|français(?:es?)?",
    "es": rf"spanisch{_GERMAN_END}|español(?:es|as?)?|espagnole?s?",
    "it": rf"italienisch{_GERMAN_END}|italian[ao]s?|italien(?:ne)?s?",
}
"""Languages as German, Spanish and French call them."""
_DOCUMENT_ABROAD: Final = (
    r"(?:vertr[aä]ge?n?|dokumente?n?|unterlagen|akten?|texte?n?|artikeln?|handbüchern?|urteilen?|briefen?|seiten"
    r"|contratos?|documentos?|textos?|artículos?|manuales?|sentencias?|contrats?|documents?|textes?|articles?"
    r"|manuels?)"
)
_ABROAD: Final = {
    code: re.compile(
        rf"\b(?:(?:{names}) (?:\w+ )?{_DOCUMENT_ABROAD}|{_DOCUMENT_ABROAD} (?:(?:auf|in|en) )?(?:{names})"
        rf"|(?:auf|in|en) (?:{names}))\b"
    )
    for code, names in _LANGUAGE_ABROAD.items()
}
_MANY = re.compile(
    r"\b(?:multi-?lingual|(?:in )?(?:many|several|different|all|#+|various) (?:\w+ )?languages"
    r"|mehrsprachig\w*)\b"
)
_NO_INTERFACE = re.compile(rf"\b(?:written|{_DOCUMENT}|texts?|pages|in|and|or|both|corpus)\b")
_CHANGES = re.compile(
    rf"(?P<n>#+) (?:(?:new|changed|updated|added|more|fresh|incoming)(?:(?: and| or|,) (?:new|changed"
    rf"|updated))? )"
    rf"?{_DOCUMENT}(?: (?:are|is|get|come|arrive|change)\w*(?: \w+)?)? ?(?:/ ?|per |an? |each |every"
    rf" )(?P<each>hour|day"
    r"|week|month)|(?P<m>#+) (?:new|changed|updated) [\w ]{0,24}?(?:daily|(?P<weekly>weekly)"
    r"|(?P<monthly>monthly))"
)
_PER_DAY: Final = {"hour": 24.0, "day": 1.0, "week": 1 / 7, "month": 1 / 30}
_NIGHTLY = re.compile(
    r"\b(?:updated|refreshed|re-?indexed|imported|synced|loaded|ingested)\b[^.;]{0,16}\b(?P<how>nightly"
    r"|every night|over ?night|once a day|daily|weekly|once a week|hourly|every hour)\b"
    r"|\b(?P<before>nightly|daily|weekly|hourly) (?:updates?|re-?index\w*|imports?|refresh\w*|sync\w*"
    r"|ingestion)\b"
)
_MINUTES_OF: Final = {"nightly": 1440.0, "every night": 1440.0, "overnight": 1440.0, "over night": 1440.0}
_MINUTES_OF_MORE: Final = {
    "once a day": 1440.0,
    "daily": 1440.0,
    "weekly": 10_080.0,
    "once a week": 10_080.0,
    "hourly": 60.0,
    "every hour": 60.0,
}
_WITHIN = re.compile(
    r"\b(?:searchable|findable|found|available|indexed|visible|answerable|queryable|included|in the"
    r" (?:index|search))"
    r"\b[^.;#]{0,30}\b(?:within|in|after|no later than|in under|less than) (?:at most |about )?(?P<n>#+) "
    r"(?P<unit>seconds?|minutes?|mins?|hours?|days?)\b"
)
_IN_MINUTES: Final = {"s": 1 / 60, "m": 1.0, "h": 60.0, "d": 1440.0}


@READERS.register("assistant_corpus")
def read(reading: Reading) -> Iterator[Claim]:
    """Claim what is told of the documents, only in texts that want an assistant."""
    if not reading.assistant:
        return
    for sentence in reading.sentences:
        if not sentence.section and not (sentence.asks and not sentence.requests):
            yield from _size(sentence)
            yield from _kinds(sentence)
            yield from _changes(sentence)


def _size(sentence: Sentence) -> Iterator[Claim]:
    each = False
    for match in _PAGES_EACH.finditer(sentence.shadow):
        group = next(name for name in ("n", "m", "k", "l") if match[name])
        each = True
        yield claim(sentence, match, PAGES, sentence.value(match, group), weight=2)
    for match in _TEXT.finditer(sentence.shadow):
        unit = next(name for name in _SIZES if match[name])
        yield claim(sentence, match, GIGABYTES, round(sentence.value(match) * _SIZES[unit], 6))
    if each:
        return
    for match in _PAGES_ALL.finditer(sentence.shadow):
        documents = _documents_beside(sentence, match)
        if documents and _ALL.search(sentence.plain):
            pages = round(sentence.value(match) / documents, 2)
            because = f"{sentence.words(match)} over {documents:,.0f} documents"
            yield claim(sentence, match, PAGES, pages, "inferred", because)


_COUNTED = re.compile(rf"(?P<n>#+) (?:[\w-]+ ){{0,2}}?{_DOCUMENT}\b")


def _documents_beside(sentence: Sentence, pages: re.Match[str]) -> float | None:
    """Return the number of documents that the sentence of a number of pages tells."""
    for match in _COUNTED.finditer(sentence.shadow):
        if match.start("n") != pages.start("n"):
            return sentence.value(match) or None
    return None


def _kinds(sentence: Sentence) -> Iterator[Claim]:
    for name, pattern in _FORMAT_WORDS:
        for match in pattern.finditer(sentence.plain):
            yield claim(sentence, match, FORMATS, name)
    for match in _MANY.finditer(sentence.shadow):
        yield claim(sentence, match, LANGUAGES, "many")
    for match in _LANGUAGE.finditer(sentence.plain):
        before = sentence.plain[max(0, match.start() - 60) : match.start()]
        after = sentence.plain[match.end() : match.end() + 30]
        if _NO_INTERFACE.search(f"{before} {after}"):
            yield claim(sentence, match, LANGUAGES, _LANGUAGE_WORDS[match["language"]])
    for code, pattern in _ABROAD.items():
        for match in pattern.finditer(sentence.plain):
            yield claim(sentence, match, LANGUAGES, code)


def _changes(sentence: Sentence) -> Iterator[Claim]:
    for match in _CHANGES.finditer(sentence.shadow):
        if match["n"]:
            value = sentence.value(match) * _PER_DAY[match["each"]]
        else:
            unit = "week" if match["weekly"] else "month" if match["monthly"] else "day"
            value = sentence.value(match, "m") * _PER_DAY[unit]
        yield claim(sentence, match, CHANGES, round(value, 4))
    for match in _WITHIN.finditer(sentence.shadow):
        minutes = sentence.value(match) * _IN_MINUTES[match["unit"][0]]
        yield claim(sentence, match, FRESH, round(minutes, 4), weight=2)
    for match in _NIGHTLY.finditer(sentence.plain):
        minutes = {**_MINUTES_OF, **_MINUTES_OF_MORE}[match["how"] or match["before"]]
        yield claim(sentence, match, FRESH, minutes, weight=1)
