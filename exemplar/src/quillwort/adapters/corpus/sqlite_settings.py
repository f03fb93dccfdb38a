"""CORPUS_*: where the file of documents and their indexes is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pydantic_settings import SettingsConfigDict

from quillwort.kit.settings import Section

DEFAULT: Final = Path(".local/corpus.sqlite3")


class CorpusSettings(Section):
    """Where the file is; beside it stand its log of writes and its shared memory."""

    model_config = SettingsConfigDict(env_prefix="CORPUS_")

    path: Path = DEFAULT

    def unsafe(self) -> Iterator[str]:
        """Yield what production must not run with."""
        if not self.path.is_absolute():
            yield "CORPUS_PATH: production needs an absolute path, on a disk that stays"
