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
        for kind, pattern, counts in _KINDS:
            named: dict[str, str] = {}
            text = pattern.sub(_replacing(kind, counts, named), text)
            originals.update((name, original) for original, name in named.items())
        return Redacted(text, originals)


def _replacing(
    kind: str, counts: Callable[[str], bool], named: dict[str, str]
) -> Callable[[re.Match[str]], str]:
    def replaced(found: re.Match[str]) -> str:
        if not counts(found[0]):
            return found[0]
        return named.setdefault(found[0], f"[{kind}_{len(named) + 1}]")

    return replaced


def _always(_: str) -> bool:
    return True


def _is_iban(text: str) -> bool:
    """Return whether the check digits are right (ISO 13616: the remainder by 97 is 1)."""
    moved = "".join(text.split())
    moved = moved[4:] + moved[:4]
    return int("".join(str(int(character, 36)) for character in moved)) % 97 == 1


def _is_telephone(text: str) -> bool:
    return sum(character.isdigit() for character in text) in _DIGITS


_DIGITS: Final = range(7, 16)
"""How many a telephone number has: E.164 allows 15, and shorter ones are mostly something else."""

_EMAIL: Final = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
_IBAN: Final = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_TELEPHONE: Final = re.compile(
    r"(?<![\w.,/-])(?:"
    r"(?:\+|\(?0)\d?(?:[ ()/.-]{0,2}\d){5,14}"
    r"|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}"
    r")(?![\w/-])"
)

_KINDS: Final = (
    ("EMAIL", _EMAIL, _always),
    ("IBAN", _IBAN, _is_iban),
    ("PHONE", _TELEPHONE, _is_telephone),
)

REDACTORS: Final[Mapping[str, Redactor]] = {"none": NoRedaction(), "contacts": ContactRedaction()}
"""What ASSISTANT_REDACT chooses from."""
