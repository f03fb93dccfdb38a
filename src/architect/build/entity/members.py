"""Names for the values of enums: any text in, a Python and protobuf identifier out."""

import re
import unicodedata
from collections.abc import Sequence


def members(choices: Sequence[str]) -> tuple[str, ...]:
    """Return an identifier in capitals for every choice, each different."""
    taken: list[str] = []
    for number, choice in enumerate(choices, 1):
        name = _identifier(choice) or f"CHOICE_{number}"
        while name in taken:
            name = f"{name}_{number}"
        taken.append(name)
    return tuple(taken)


def member(choice: str, choices: Sequence[str]) -> str:
    """Return the identifier of one of the choices.

    Raises:
        ValueError: it is none of them.
    """
    return members(choices)[list(choices).index(choice)]


def _identifier(choice: str) -> str:
    plain = unicodedata.normalize("NFKD", choice).encode("ascii", "ignore").decode()
    plain = plain.replace("+", " plus ").replace("%", " percent ")
    plain = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", plain)
    name = re.sub(r"[^A-Za-z0-9]+", "_", plain).strip("_").upper()
    return f"VALUE_{name}" if name[:1].isdigit() else name


def prefix(enum: str) -> str:
    """Return what an enum's values begin with, as protobuf's linters write it."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", enum).upper()
