"""The corpus in tokens, passages and bytes: what is cut, embedded and kept."""

from dataclasses import dataclass
from math import ceil
from typing import Final

from architect.design.assistant import Assistant
from architect.design.case import Case, once
from architect.design.tables import EmbeddingModel

FLOAT_BYTES: Final = 4
"""A float32."""
BUILT_IN: Final = "all-minilm-l6-v2"
MILLISECONDS_A_DAY: Final = 86_400_000
MARKS: Final = 2
"""Tokens that begin and end every text for an encoder."""


@dataclass(frozen=True, slots=True)
class Passages:
    """How documents are cut: how many passages, tokens of each with its title, and whether it can be had."""

    count: int
    tokens: float
    infeasible: str | None = None

    @property
    def all_tokens(self) -> float:
        """Tokens of all passages together: what is embedded once."""
        return self.count * self.tokens


def asked(case: Case) -> Assistant:
    """Return what is asked of the assistant; only for briefs that want one.

    Raises:
        LookupError: the brief wants none.
    """
    found = case.needs.assistant
    if found is None:
        message = "a decision of the assistant was made for a brief that wants none"
        raise LookupError(message)
    return found


def embedder(case: Case) -> EmbeddingModel:
    """Return the chosen embedding model; the built-in one for a name without figures or before a choice."""
    models = case.tables.embedding_models
    return models.get(case.choice("embedding_model"), models[BUILT_IN])


def tokens_per_document(case: Case) -> float:
    """Return the tokens of a mean document: from the gigabytes of text where they are known."""
    needs = asked(case)
    if needs.gigabytes is not None and needs.documents:
        return needs.gigabytes * 1e9 / case.number("corpus.bytes_per_token") / needs.documents
    return needs.pages_per_document * case.number("corpus.tokens_per_page")


@once
def passages(case: Case) -> Passages:
    """Return how documents are cut in the chosen way."""
    return passages_by(case, case.choice("chunking", "structure"))


def passages_by(case: Case, way: str) -> Passages:
    """Return how documents are cut in one way."""
    needs, model = asked(case), embedder(case)
    text = tokens_per_document(case)
    title = case.number("chunk.title_tokens")
    room = model.tokens - MARKS - title
    if way == "whole":
        short = f"a document has {text:,.0f} tokens and {model.title} reads {model.tokens:,}"
        return Passages(ceil(needs.documents), text + title, short if text > room else None)
    size = case.number("chunk.large") if way == "large" else min(room, case.number("chunk.small"))
    problem = None
    if size > room:
        problem = f"{model.title} reads {model.tokens:,} tokens and ignores what follows"
    fill = 1 - case.number("chunk.overlap") if way == "window" else case.number("chunk.fill")
    each = max(1, ceil(text / (size * fill)))
    kept = size if way == "window" else min(size, text / each)
    return Passages(ceil(needs.documents * each), kept + title, problem)


def embedding_ms(case: Case, model: EmbeddingModel, tokens: float) -> float:
    """Return the milliseconds of one core that so many tokens take, or of waiting for a provider."""
    if not model.own:
        return case.number("embed.provider_milliseconds")
    return tokens * model.megaflops_per_token / case.number("embed.gigaflops")


def changed_tokens(case: Case) -> float:
    """Return the tokens that are embedded anew on a mean day: changed documents, cut as chosen."""
    needs = asked(case)
    if not needs.documents:
        return 0.0
    return passages(case).all_tokens / needs.documents * needs.changes_per_day


def embedding_usd(case: Case, model: EmbeddingModel, daily: float) -> tuple[float, str]:
    """Return the price of the cores that keep up with changes; those of the night are there anyway."""
    if not model.own:
        return 0.0, "a provider's machines"
    busy = embedding_ms(case, model, daily) / MILLISECONDS_A_DAY
    minutes = asked(case).fresh_minutes
    if minutes >= case.number("corpus.night_minutes") and busy < 1:
        return 0.0, f"{busy:.2g} cores on average, at night"
    cores = busy * case.number("corpus.burst")
    told = f"{cores:.2g} cores: {daily:,.0f} tokens a day in bursts, searchable within {minutes:g} min"
    return case.compute_usd(cores), told
