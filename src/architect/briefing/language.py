"""Which language a text is in, by its commonest words: enough to read its numbers as it writes them."""

import re
from typing import Final

from architect.briefing.listed import listed

STOP_WORDS: Final[dict[str, frozenset[str]]] = {
    "en": listed(
        "the a an and or of to in is are we i for with our my it that this be on at by as from have has need "
        "needs want should must will can no not you your there per each all use if"
    ),
    "de": listed(
        "der die das und oder ein eine einen einem einer ist sind wir ich für mit unser unsere mein von zu "
        "im "
        "auf als nicht kein keine soll sollen brauchen möchten bitte pro etwa ohne sich den dem des bei wie "
        "was wann wird werden über lohnt gegenüber"
    ),
    "es": listed(
        "el la los las y o un una de del en es son con para por nuestro nuestra mi que se no sin como al "
        "necesitamos quiero queremos necesito cuándo cómo qué está más su lo debe"
    ),
    "fr": listed(
        "le la les et ou un une des du de en est sont avec pour par notre mon ma nos que qui ne pas sans sur "
        "au aux nous je il dans ce cette voulons besoin quelle quel comment doit"
    ),
    "it": listed(
        "il lo la gli le e o un una di del della in è sono con per nostro mio che non senza come al alla "
        "vogliamo voglio dei delle si dal deve"
    ),
    "pt": listed(
        "o a os as e ou um uma de do da dos das em é são com para por nosso meu que não sem como ao "
        "precisamos quero preciso no na nos deve"
    ),
    "nl": listed(
        "de het een en of van in is zijn met voor door onze mijn dat die niet geen zonder als op aan we wij "
        "ik willen wil nodig hebben moet bouwen wordt per"
    ),
}
"""The commonest words of the languages that are read at least in part."""

COMMA_DECIMALS: Final = frozenset({"de", "es", "fr", "it", "pt", "nl"})
"""Languages that write 99,9 and 1.200 where English writes 99.9 and 1,200."""

_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?!\w)")
_FEWEST = 2
_SAMPLE = 8000


def language_of(plain: str, otherwise: str = "en") -> str:
    """Return the language code of a lower-case text; ``otherwise`` when its words do not tell.

    Example: ``language_of("wir brauchen ein backend")`` is ``"de"``.
    """
    words = _WORD.findall(plain[:_SAMPLE])
    counts = {
        language: sum(word in stop_words for word in words) for language, stop_words in STOP_WORDS.items()
    }
    best = max(counts, key=lambda language: (counts[language], language == otherwise))
    if counts[best] < _FEWEST or counts[best] == counts.get(otherwise, 0):
        return otherwise
    return best
