"""Values that tests try a field with, as Python source."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trial:
    """What tests of a project need of one field; every value is Python source, nothing means there is none.

    ``value`` is valid and ``numbered`` likewise, different for each ``number``; ``other`` is another valid
    one; ``broken`` breaks a rule. ``wire``, ``wire_numbered`` and ``wrong`` are the same on the wire. By
    ``miss`` a filter finds nothing, by ``above`` and ``below`` the two ends of a range.
    """

    value: str
    numbered: str
    other: str
    wire: str
    wire_numbered: str
    broken: str = ""
    wrong: str = ""
    miss: str = ""
    above: str = ""
    below: str = ""
