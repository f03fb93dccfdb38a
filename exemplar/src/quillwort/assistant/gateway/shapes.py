"""Structured answers: what a model is to fill in, and what it is told when that is not valid."""

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from quillwort.assistant.gateway.model import Schema
from quillwort.assistant.language_models import Prompt, Spent

K = TypeVar("K", bound=BaseModel)

_PROBLEMS = 5


@dataclass(frozen=True, slots=True)
class Structured(Generic[K]):
    """A valid object, and what it took."""

    value: K
    spent: Spent


def schema_of(kind: type[BaseModel]) -> Schema:
    """Return what a model is told of an object."""
    described = " ".join((kind.__doc__ or kind.__name__).split())
    return Schema(kind.__name__, described, kind.model_json_schema())


def parsed(kind: type[K], text: str) -> tuple[K | None, str]:
    """Return the object that a text holds, or None and what is wrong with it.

    What is wrong names fields and rules, never what the model wrote: it goes into a prompt.
    """
    try:
        return kind.model_validate_json(text), ""
    except ValidationError as error:
        problems = error.errors(include_url=False, include_input=False, include_context=False)
        return None, "; ".join(
            f"{'.'.join(map(str, problem['loc'])) or 'all of it'}: {problem['msg']}"
            for problem in problems[:_PROBLEMS]
        )


def asked_again(prompt: Prompt, problem: str) -> Prompt:
    """Return the prompt with what was wrong with the answer to it."""
    told = (
        f"An earlier answer to this was not valid. {problem}. Answer again, in the form asked for."
    )
    return replace(prompt, content=f"{prompt.content}\n\n{told}")
