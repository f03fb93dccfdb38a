"""The language models that are written into the chain of models, and what their providers call them."""

from collections.abc import Mapping
from typing import Final

QUOTING: Final = "extractive"
"""What the design calls it that no model writes."""

SERVED: Final[Mapping[str, str]] = {
    # the design's name: the provider, and what the model is called there
    "gpt-4.1": "openai:gpt-4.1",
    "gpt-4.1-mini": "openai:gpt-4.1-mini",
    "claude-sonnet-4.5": "anthropic:claude-sonnet-4-5",
    "claude-haiku-4.5": "anthropic:claude-haiku-4-5",
    "mistral-large": "mistral:mistral-large-latest",
    "mistral-small": "mistral:mistral-small-latest",
    "llama-3.1-8b": "compatible:llama-3.1-8b",
}

PROVIDERS: Final = frozenset({"openai", "anthropic", "mistral", "ollama"})
"""Who is asked for answers or vectors by settings alone."""
