"""A language model that words proposed questions, by pydantic-ai's name of it."""

from collections.abc import AsyncIterator

from pydantic_ai import Agent
from pydantic_ai.exceptions import AgentRunError, UserError

from quillwort.assistant.language_models import NoAnswer, Piece, Prompt, Written


class OneModel:
    """The `LanguageModels` of a single model, without a budget: somebody sits before it."""

    def __init__(self, name: str) -> None:
        self._name = name

    async def answer(self, prompt: Prompt, tenant: str, scope: str) -> AsyncIterator[Piece]:
        """Write an answer in one piece.

        Raises:
            NoAnswer: when the model cannot be asked.
        """
        del tenant, scope
        try:
            agent = Agent(self._name, instructions=prompt.instructions)
            result = await agent.run(prompt.content)
        except (AgentRunError, UserError, ImportError) as error:
            raise NoAnswer("unavailable", str(error)) from error
        yield Written(str(result.output))
