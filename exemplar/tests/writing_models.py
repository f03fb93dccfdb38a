"""Language models that write what a test says, and note what they were asked."""

from collections.abc import AsyncGenerator
from decimal import Decimal

from quillwort.assistant.language_models import NoAnswer, Piece, Prompt, Spent, Written

SPENT = Spent("scripted:one", 100, 0, 20, Decimal("0.0001"))


class WritingModels:
    """The `LanguageModels` with one script: pieces, and at last a failure if one is given."""

    def __init__(self, *script: Piece | NoAnswer | str) -> None:
        self._script = script
        self.prompts: list[Prompt] = []
        self.asked: list[tuple[str, str]] = []
        self.closed = False

    async def answer(self, prompt: Prompt, tenant: str, scope: str) -> AsyncGenerator[Piece, None]:
        """Play the script; a text comes a few characters at a time."""
        self.prompts.append(prompt)
        self.asked.append((tenant, scope))
        try:
            for part in self._script:
                if isinstance(part, NoAnswer):
                    raise part
                if isinstance(part, str):
                    for start in range(0, len(part), 3):
                        yield Written(part[start : start + 3])
                else:
                    yield part
        finally:
            self.closed = True
