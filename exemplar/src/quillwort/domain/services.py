"""Everything that callers can do with what the business keeps."""

from dataclasses import dataclass

from quillwort.domain.collector_service import CollectorService
from quillwort.domain.specimen_service import SpecimenService


@dataclass(frozen=True, slots=True)
class Services:
    """One service an entity."""

    collectors: CollectorService
    specimens: SpecimenService
