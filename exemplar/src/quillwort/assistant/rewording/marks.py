"""Words that turn what a question asks for: closed lists, which two questions must agree on.

They are English; negations are those of some other languages too, for questions come in any. What
no list has is judged by `guard` without knowing it: a word too many, in another order, or that the
passages tell from the one in its place.
"""

from typing import Final


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


NEGATIONS: Final = _words(
    "no not never none nobody nothing nowhere neither nor without except excluding unless cannot",
    "hardly barely rarely seldom lack lacks lacking fail fails failed stop stops stopped",
    "nicht kein keine keinen keinem keiner keines nie niemals niemand nichts nirgends weder ohne",
    "ne pas jamais aucun aucune rien sans ni sin nunca ningún ninguno ninguna nada nadie",
    "non mai nessun nessuno nessuna niente senza niet geen nooit niemand zonder não nem sem",
    "nenhum nenhuma ninguém",
)
"""Words that say that something is not so, or leave something out."""

NEGATING: Final = ("un", "non", "anti", "dis", "mis")
"""What negates the word that it begins. Words that only look so are refused needlessly, no more."""

PREFIXES: Final = ("in", "im", "il", "ir", "de", "a")
"""What may negate a word: only where the other question has that word without it."""

ONLY_LOOK: Final = _words(
    "under understand understands understood undergo union unions unit units unique unite united",
    "university universal universe until uncle uniform unanimous",
    "discuss discussed distance distances district distribute distributed distribution discount",
    "discounts discover discovered disk disks display displays displayed dispute disputes",
    "distinct mission missions mist miss missing",
)
"""Words that begin like negated ones and are none."""

_COUNTED: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty"
)
NUMBERS: Final = {word: str(number) for number, word in enumerate(_COUNTED.split())} | {
    word: word
    for word in _words(
        "thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen",
        "half quarter third once twice thrice single double triple first second fourth fifth",
        "sixth seventh eighth ninth tenth",
    )
}

ASKING: Final = {
    **{word: word for word in ("who", "whose", "when", "where", "why", "how", "what")},
    "whom": "who",
    "which": "what",
}
"""What is asked for, by the words that ask for it."""

TURNS: Final = _words(
    # where to and from, and in which order
    "to from for by of in out on off at into onto with about against between among through across",
    "before after until till since during while within over under above below up down per via",
    # how much, and of which
    "long much many often far old soon large big high low small short late early fast slow",
    "more less fewer most least maximum minimum max min all any some every each both either only",
    "else other another same different than as and or but if whether also too still yet already",
    # what must be, and when it is
    "must should shall ought need require have has had will would was were did been being",
    "last next previous new current former now today tomorrow yesterday always sometimes",
    # opposites
    "allow permit forbid forbidden prohibit ban enable disable include exclude increase decrease",
    "raise lower accept reject refuse grant deny buy sell lend borrow send receive give take get",
    "start begin end finish open close add remove delete create keep lose win gain safe dangerous",
    "legal good bad better worse best worst right wrong true false yes public private internal",
    "external import export login logout push pull read write upgrade downgrade",
)
"""Words of which another makes another question."""

LITTLE: Final = _words("a an the please do does is are am be can could may might i we it there")
"""Words that a question may have or not."""

OPENERS: Final = _words(
    "explain describe list tell show name find summarize summarise compare define say",
    "you my our your this that these those hello hi thanks",
)
"""Words other than those above that a sentence begins with and that are no name."""

ENDINGS: Final = ("ing", "ed", "es", "s")
STEM: Final = 3
"""Letters that are left of a word whose ending is taken off."""
