"""Every right that callers can have."""

from typing import Final

from quillwort.assistant import documents
from quillwort.domain import collector, specimen

ACCESS: Final = (collector.ACCESS, documents.ACCESS, specimen.ACCESS)
