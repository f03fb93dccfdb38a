"""A value together with where it came from: the atom of the Brief and of every number we print."""

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

Provenance = Literal["stated", "inferred", "assumed"]
Source = Literal["stated", "computed", "measured", "assumed"]

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Fact(Generic[T_co]):
    """One value of the brief.

    ``because`` holds the words of the text for a stated value, the reason for an inferred one and
    the reason of the default for an assumed one.
    """

    value: T_co
    provenance: Provenance
    because: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a design or a report, with its unit and where it came from.

    ``because`` names the inputs and the formula (computed), the command and the machine (measured),
    the words (stated) or the default's reason (assumed).
    """

    name: str
    value: float
    unit: str
    source: Source
    because: str
