"""DOCUMENT_*: what is taken of a document that a caller sends, whichever way it comes."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from quillwort.assistant.document_access import DefaultReaders
from quillwort.assistant.loading import LoadLimits
from quillwort.kit.settings import Section


class DocumentSettings(Section):
    """How large a document may be, in bytes: at most what is read of one.

    `readers` says for whom one is that names no readers; None leaves it to the design.
    """

    model_config = SettingsConfigDict(env_prefix="DOCUMENT_")

    max_bytes: int = Field(default=LoadLimits().bytes, ge=1, le=LoadLimits().bytes)
    readers: DefaultReaders | None = None

    def for_whom(self, designed: DefaultReaders) -> DefaultReaders:
        """Return for whom a document is that names no readers, where the settings do not say."""
        return self.readers or designed
