"""What is taken out of a text before it leaves for a model, and put back into what comes back."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without some things; `originals` says what each placeholder, as `[EMAIL_1]`, was."""

    text: str
    originals: Mapping[str, str] = field(default_factory=dict)


class Redactor(Protocol):
    """Takes out what no model is to see.

    Placeholders are `[KIND_n]` in capital letters: prompts keep others from having any, and they
    are put back wherever a model's answer has them. The same text always becomes the same, or
    caches would never be hit.
    """

    def redact(self, text: str) -> Redacted:
        """Return the text with placeholders."""


class NoRedaction:
    """Lets everything out."""

    def redact(self, text: str) -> Redacted:
        """Return the text as it is."""
        return Redacted(text)


class ContactRedaction:
    """Takes out e-mail addresses, IBANs whose check digits are right, and telephone numbers.

    Telephone numbers are those that begin with + or 0 and have 7 to 15 digits, as E.164 allows, and
    North American ones in three groups. Names and postal addresses stay: patterns do not find them.
    """

    def redact(self, text: str) -> Redacted:
        """Return the text with a placeholder for each of them, the same one for the same value."""
        originals: dict[str, str] = {}
        for kind, (pattern, length) in _KINDS.items():
            text, named = _replaced(text, kind, pattern, length)
            originals.update((name, original) for original, name in named.items())
        return Redacted(text, originals)


def _replaced(
    text: str, kind: str, pattern: re.Pattern[str], length: Callable[[str], int]
) -> tuple[str, Mapping[str, str]]:
    """Return the text with placeholders of a kind, and which one each value has.

    What a pattern finds may go on into the next word, or begin before the value: `length` says how
    much of it counts, and what is left is looked through again.
    """
    named: dict[str, str] = {}
    parts: list[str] = []
    place = at = 0
    while found := pattern.search(text, at):
        start, counted = found.start(), length(found[0])
        at = start + max(counted, 1)
        if counted:
            name = named.setdefault(text[start:at], f"[{kind}_{len(named) + 1}]")
            parts += (text[place:start], name)
            place = at
    return "".join((*parts, text[place:])), named


def _iban(text: str) -> int:
    """Return how long the longest IBAN is that the text begins with, or 0.

    It ends where a word does, and its check digits are right (ISO 13616: with the first four
    characters moved to the end, the remainder by 97 is 1).
    """
    longest = remainder = characters = 0
    first = "".join(str(int(character, 36)) for character in text[:4])
    for place, character in enumerate(text[4:], 5):
        if character != " ":
            characters += 1
            value = str(int(character, 36))
            remainder = int(f"{remainder}{value}") % 97
        ends = place == len(text) or text[place] == " "
        if ends and characters >= _LEAST_IBAN and int(f"{remainder}{first}") % 97 == 1:
            longest = place
    return longest


def _telephone(text: str) -> int:
    digits = sum(character.isdigit() for character in text)
    return len(text) if digits in _DIGITS else 0


_LEAST_IBAN: Final = 11
"""Characters after the first four that the shortest has, Norway's."""


_DIGITS: Final = range(7, 16)
"""How many a telephone number has: E.164 allows 15, and shorter ones are mostly something else."""

_EMAIL: Final = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
_IBAN: Final = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_TELEPHONE: Final = re.compile(
    r"(?<![\w/-])(?<!\d[.,])(?:"
    r"(?:\+|\(?0)\d?(?:[ ()/.-]{0,2}\d){5,14}"
    r"|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}"
    r")(?![\w/-])"
)

_KINDS: Final[Mapping[str, tuple[re.Pattern[str], Callable[[str], int]]]] = {
    "EMAIL": (_EMAIL, len),
    "IBAN": (_IBAN, _iban),
    "PHONE": (_TELEPHONE, _telephone),
}

REDACTORS: Final[Mapping[str, Redactor]] = {"none": NoRedaction(), "contacts": ContactRedaction()}
"""What ASSISTANT_REDACT chooses from."""
