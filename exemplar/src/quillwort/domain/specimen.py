"""Specimen: the entity, its inputs and its rules."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final, Literal, Self, TypeAlias, get_args
from uuid import UUID

from quillwort.domain.access import Access
from quillwort.domain.paging import DEFAULT_LIMIT, check_page
from quillwort.domain.rules import EMAIL, URL, Exact, Moment, Plain, Real, Rule, Text, Whole, check
from quillwort.domain.transitions import Transition
from quillwort.domain.values import UNSET, JsonValue, Principal, Unset, kept, new_id

ACCESS: Final = Access("specimens")

SpecimenSort: TypeAlias = Literal[
    "created_at",
    "-created_at",
    "catalogue_number",
    "-catalogue_number",
    "taxon",
    "-taxon",
    "collected_on",
    "-collected_on",
    "appraised_value",
    "-appraised_value",
]
"""The offered orders; `-` is descending."""

SORTS: Final[tuple[SpecimenSort, ...]] = get_args(SpecimenSort)


class SpecimenPreservation(StrEnum):
    """The choices of `preservation`."""

    PRESSED = "pressed"
    DRIED = "dried"
    SPIRIT = "spirit"
    FROZEN = "frozen"


class SpecimenStatus(StrEnum):
    """The states; only transitions change them."""

    DRAFT = "draft"
    CATALOGUED = "catalogued"
    ON_LOAN = "on_loan"
    WITHDRAWN = "withdrawn"


CATALOGUE: Final = Transition(
    "catalogue", frozenset({SpecimenStatus.DRAFT}), SpecimenStatus.CATALOGUED
)
LEND: Final = Transition("lend", frozenset({SpecimenStatus.CATALOGUED}), SpecimenStatus.ON_LOAN)
TAKE_BACK: Final = Transition(
    "take_back", frozenset({SpecimenStatus.ON_LOAN}), SpecimenStatus.CATALOGUED
)
WITHDRAW: Final = Transition(
    "withdraw",
    frozenset({SpecimenStatus.DRAFT, SpecimenStatus.CATALOGUED}),
    SpecimenStatus.WITHDRAWN,
)

RULES: Final[Mapping[str, Rule]] = {
    "catalogue_number": Text(min_length=4, max_length=32, pattern=r"^[A-Z]{2,4}-[0-9]{1,27}$"),
    "taxon": Text(min_length=1, max_length=200),
    "notes": Text(optional=True, max_length=10000),
    "sheet_count": Whole(minimum=1, maximum=999),
    "elevation_metres": Real(optional=True, minimum=-500.0, maximum=9000.0),
    "mass_grams": Exact(optional=True, max_digits=12, decimal_places=3, minimum=Decimal(0)),
    "appraised_value": Exact(optional=True, max_digits=19, decimal_places=2, minimum=Decimal(0)),
    "currency": Text(min_length=3, max_length=3, pattern=r"^[A-Z]{3}$"),
    "fragile": Plain(),
    "collected_on": Plain(),
    "examined_at": Moment(optional=True),
    "accession_key": Plain(optional=True),
    "contact_email": Text(optional=True, max_length=254, pattern=EMAIL),
    "image_url": Text(optional=True, max_length=2048, pattern=URL),
    "preservation": Plain(),
    "collector_id": Plain(),
    "attributes": Plain(optional=True),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSpecimen:
    """What a caller says of a specimen to be made.

    Raises:
        InvalidInput: when a rule is broken.
    """

    catalogue_number: str
    taxon: str
    notes: str | None = None
    sheet_count: int = 1
    elevation_metres: float | None = None
    mass_grams: Decimal | None = None
    appraised_value: Decimal | None = None
    currency: str = "EUR"
    fragile: bool = False
    collected_on: date
    examined_at: datetime | None = None
    accession_key: UUID | None = None
    contact_email: str | None = None
    image_url: str | None = None
    preservation: SpecimenPreservation = SpecimenPreservation.PRESSED
    collector_id: UUID
    attributes: JsonValue = None

    def __post_init__(self) -> None:
        """Hold the rules."""
        check(self, RULES)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecimenChange:
    """What a caller changes; fields left unset stay, None clears an optional one.

    Raises:
        InvalidInput: when a rule is broken.
    """

    catalogue_number: str | Unset = UNSET
    taxon: str | Unset = UNSET
    notes: str | Unset | None = UNSET
    sheet_count: int | Unset = UNSET
    elevation_metres: float | Unset | None = UNSET
    mass_grams: Decimal | Unset | None = UNSET
    appraised_value: Decimal | Unset | None = UNSET
    currency: str | Unset = UNSET
    fragile: bool | Unset = UNSET
    collected_on: date | Unset = UNSET
    examined_at: datetime | Unset | None = UNSET
    accession_key: UUID | Unset | None = UNSET
    contact_email: str | Unset | None = UNSET
    image_url: str | Unset | None = UNSET
    preservation: SpecimenPreservation | Unset = UNSET
    collector_id: UUID | Unset = UNSET
    attributes: JsonValue | Unset = UNSET

    def __post_init__(self) -> None:
        """Hold the rules."""
        check(self, RULES)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecimenQuery:
    """Which specimens a caller wants to see, in which order, how many.

    Filters left None do not filter; bounds are inclusive; all given filters must hold.

    Raises:
        InvalidInput: when `limit` or `sort` is out of bounds.
    """

    catalogue_number: str | None = None
    taxon: str | None = None
    collected_on_from: date | None = None
    collected_on_to: date | None = None
    preservation: SpecimenPreservation | None = None
    collector_id: UUID | None = None
    status: SpecimenStatus | None = None
    sort: SpecimenSort = "-created_at"
    limit: int = DEFAULT_LIMIT
    cursor: str | None = None

    def __post_init__(self) -> None:
        """Hold the bounds."""
        check_page(self.limit, self.sort, SORTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Specimen:
    """A specimen as it is stored."""

    id: UUID
    owner_id: str
    version: int
    created_at: datetime
    updated_at: datetime
    status: SpecimenStatus
    catalogue_number: str
    taxon: str
    notes: str | None
    sheet_count: int
    elevation_metres: float | None
    mass_grams: Decimal | None
    appraised_value: Decimal | None
    currency: str
    fragile: bool
    collected_on: date
    examined_at: datetime | None
    accession_key: UUID | None
    contact_email: str | None
    image_url: str | None
    preservation: SpecimenPreservation
    collector_id: UUID
    attributes: JsonValue

    @classmethod
    def make(cls, principal: Principal, new: NewSpecimen, now: datetime) -> Self:
        """Return a specimen with a fresh id, in its first version."""
        return cls(
            id=new_id(),
            owner_id=principal.owner,
            version=1,
            created_at=now,
            updated_at=now,
            status=SpecimenStatus.DRAFT,
            catalogue_number=new.catalogue_number,
            taxon=new.taxon,
            notes=new.notes,
            sheet_count=new.sheet_count,
            elevation_metres=new.elevation_metres,
            mass_grams=new.mass_grams,
            appraised_value=new.appraised_value,
            currency=new.currency,
            fragile=new.fragile,
            collected_on=new.collected_on,
            examined_at=new.examined_at,
            accession_key=new.accession_key,
            contact_email=new.contact_email,
            image_url=new.image_url,
            preservation=new.preservation,
            collector_id=new.collector_id,
            attributes=new.attributes,
        )

    def changed(self, change: SpecimenChange, now: datetime) -> Self:
        """Return the next version, with the change applied."""
        return replace(
            self,
            version=self.version + 1,
            updated_at=now,
            catalogue_number=kept(change.catalogue_number, self.catalogue_number),
            taxon=kept(change.taxon, self.taxon),
            notes=kept(change.notes, self.notes),
            sheet_count=kept(change.sheet_count, self.sheet_count),
            elevation_metres=kept(change.elevation_metres, self.elevation_metres),
            mass_grams=kept(change.mass_grams, self.mass_grams),
            appraised_value=kept(change.appraised_value, self.appraised_value),
            currency=kept(change.currency, self.currency),
            fragile=kept(change.fragile, self.fragile),
            collected_on=kept(change.collected_on, self.collected_on),
            examined_at=kept(change.examined_at, self.examined_at),
            accession_key=kept(change.accession_key, self.accession_key),
            contact_email=kept(change.contact_email, self.contact_email),
            image_url=kept(change.image_url, self.image_url),
            preservation=kept(change.preservation, self.preservation),
            collector_id=kept(change.collector_id, self.collector_id),
            attributes=kept(change.attributes, self.attributes),
        )

    def moved(self, transition: Transition[SpecimenStatus], now: datetime) -> Self:
        """Return the next version, in the state that the transition leads to.

        Raises:
            TransitionRefused: when the present state does not allow it.
        """
        return replace(
            self,
            version=self.version + 1,
            updated_at=now,
            status=transition.step("specimen", self.status),
        )
