"""Everything that callers can use, and every right they can have."""

from dataclasses import dataclass
from typing import Final

from quillwort.domain import collector, specimen
from quillwort.domain.collector_service import CollectorService
from quillwort.domain.specimen_service import SpecimenService

ACCESS: Final = (collector.ACCESS, specimen.ACCESS)


@dataclass(frozen=True, slots=True)
class Services:
    """One service an entity."""

    collectors: CollectorService
    specimens: SpecimenService
