"""What a brief asks of an assistant, flat and checked, and which briefs ask for one at all."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from architect.design.checked import number, text, values
from architect.model.brief import Brief

FROM_PASSAGES: Final = frozenset({"question_answering", "chat", "search"})
"""Tasks that look for passages in many documents; the others read one document whole."""
SILENT: Final = frozenset({"search"})
"""Tasks that show passages and write nothing."""
REACHES: Final = ("own_servers", "eu", "anywhere")
"""How far text may travel, the nearest first."""
FAMILIES: Final = {
    "gpt": "openai",
    "openai": "openai",
    "azure_openai": "openai",
    "claude": "anthropic",
    "anthropic": "anthropic",
    "mistral": "mistral",
    "llama": "own",
    "qwen": "own",
    "gemma": "own",
    "ollama": "own",
    "vllm": "own",
    "llama.cpp": "own",
    "local": "own",
}
"""Names of families, vendors and servers, each with the vendor of the models it means."""

_OPEN: Final = re.compile(r"(?:llama|qwen|gemma|mixtral|phi)[-\d]\S*|mixtral")
"""Open models of any version and size."""


def family_of(name: str) -> str:
    """Return the vendor that a family, a vendor, a server or any version of an open model means, or "".

    Example: ``own`` for ``llama-3.3-70b``, for ``ollama`` and for ``llama``; nothing for ``gpt-4.1``.
    """
    return FAMILIES.get(name, "own" if _OPEN.fullmatch(name) else "")


def vendors_of(names: Iterable[str]) -> frozenset[str]:
    """Return the vendors that are meant by any names of theirs; a name that is none stands for itself.

    Example: ``openai`` for ``gpt`` and for ``azure_openai``.
    """
    return frozenset(FAMILIES.get(name, name) for name in names)


@dataclass(frozen=True, slots=True)
class Assistant:
    """Documents, pages of one, gigabytes of their text (None: from the pages), rates a day.

    Times in milliseconds (None: nobody asked), freshness in minutes, ``quality`` a share (None: no target),
    ``budget`` for language models in USD a month (None: no limit).
    """

    tasks: frozenset[str]
    documents: float
    pages_per_document: float
    gigabytes: float | None
    formats: frozenset[str]
    languages: tuple[str, ...]
    changes_per_day: float
    fresh_minutes: float
    questions_per_day: float
    streaming: bool
    first_token_ms: float
    answer_ms: float | None
    access: str
    data_stays: str
    quality: float | None
    budget: float | None

    @property
    def foreign(self) -> bool:
        """Whether the documents are not in English alone."""
        return any(language != "en" for language in self.languages)

    @property
    def mixed(self) -> bool:
        """Whether a question and its passage may be in different languages."""
        return len(self.languages) > 1 or "many" in self.languages

    @property
    def answers(self) -> bool:
        """Whether something is told of what was found, and not the passages alone."""
        return not self.tasks <= SILENT

    @property
    def filtered(self) -> bool:
        """Whether a search must leave out what its caller may not see."""
        return self.access != "everyone"

    def may_reach(self, stays: str) -> bool:
        """Return whether text may go to what keeps it within ``stays``."""
        return REACHES.index(stays) <= REACHES.index(self.data_stays)


def wants_assistant(brief: Brief) -> bool:
    """Return whether the brief asks for an assistant."""
    known = brief.assistant
    return bool(known.tasks or known.documents or known.questions_per_day)


def retrieves(brief: Brief) -> bool:
    """Return whether passages are looked for."""
    return wants_assistant(brief) and not FROM_PASSAGES.isdisjoint(_tasks(brief))


def generates(brief: Brief) -> bool:
    """Return whether anything is written by a model."""
    return wants_assistant(brief) and not _tasks(brief) <= SILENT


def read_assistant(brief: Brief) -> Assistant | None:
    """Return what a complete brief asks of its assistant, or None when it wants none.

    Raises:
        InputError: a number cannot be.
    """
    if not wants_assistant(brief):
        return None
    known = brief.assistant
    return Assistant(
        tasks=_tasks(brief),
        documents=number(brief, "assistant.documents", least=0),
        pages_per_document=number(brief, "assistant.pages_per_document", least=0, above=True),
        gigabytes=_perhaps(brief, "assistant.gigabytes"),
        formats=frozenset(values(known.formats)),
        languages=values(known.languages),
        changes_per_day=number(brief, "assistant.changes_per_day", least=0),
        fresh_minutes=number(brief, "assistant.searchable_within_minutes", least=0, above=True),
        questions_per_day=number(brief, "assistant.questions_per_day", least=0),
        streaming=bool(known.streaming and known.streaming.value),
        first_token_ms=number(brief, "assistant.first_token_milliseconds", least=0, above=True),
        answer_ms=_perhaps(brief, "assistant.answer_milliseconds"),
        access=text(known.access),
        data_stays=text(known.data_stays),
        quality=_perhaps(brief, "assistant.quality", most=1),
        budget=_perhaps(brief, "budget.llm_usd_per_month"),
    )


def _tasks(brief: Brief) -> frozenset[str]:
    return frozenset(values(brief.assistant.tasks)) or frozenset({"question_answering"})


def _perhaps(brief: Brief, path: str, most: float | None = None) -> float | None:
    return None if brief.at(path) is None else number(brief, path, least=0, most=most)
