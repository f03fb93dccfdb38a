"""Questions beside kept answers in memory, as their port says."""

from collections.abc import Sequence

from memory_ledger import MemoryCompletions
from quillwort.assistant.rewording.guard import Question
from quillwort.assistant.rewording.rewordings import Kept


class MemoryWordings:
    """Implements `Wordings`, without bounds."""

    def __init__(self, completions: MemoryCompletions) -> None:
        self._completions = completions
        self.kept: dict[bytes, Question] = {}

    async def of(self, ground: bytes, limit: int) -> Sequence[Kept]:
        """See `Wordings`."""
        latest = [(key, each) for key, each in self.kept.items() if each.ground == ground][::-1]
        return [
            Kept(each.text, each.vector, self._completions.kept[key])
            for key, each in latest[:limit]
            if key in self._completions.kept
        ]

    async def put(self, key: bytes, question: Question) -> None:
        """See `Wordings`."""
        self.kept[key] = question
