"""`provider:model`: which models are asked, and in which order."""

from dataclasses import dataclass
from typing import Final

PROVIDERS: Final = ("openai", "anthropic", "mistral", "compatible")
"""The last is any server that speaks OpenAI's chat completions: vLLM, llama.cpp."""


@dataclass(frozen=True, slots=True)
class ModelName:
    """A model of a provider."""

    provider: str
    model: str

    def __str__(self) -> str:
        """Return `provider:model`."""
        return f"{self.provider}:{self.model}"


def parsed(chain: str) -> tuple[ModelName, ...]:
    """Return the models of a comma separated list.

    Raises:
        ValueError: when one has no provider that is known here, or stands twice.
    """
    names: list[ModelName] = []
    for entry in filter(None, map(str.strip, chain.split(","))):
        provider, _, model = entry.partition(":")
        if provider not in PROVIDERS or not model:
            raise ValueError(
                f"'{entry}' is not provider:model, with one of {', '.join(PROVIDERS)} as provider"
            )
        name = ModelName(provider, model)
        if name in names:
            raise ValueError(f"'{entry}' stands twice")
        names.append(name)
    return tuple(names)
