"""What language models take and how they fare, counted and timed."""

from quillwort.assistant.language_models import Spent
from quillwort.kit.metrics import Counts, Durations, Metrics


class ModelMetrics:
    """Counts what it is told of calls to language models.

    Models are those of the chain, and outcomes those that the gateway has names for.
    """

    def __init__(self, metrics: Metrics) -> None:
        self._attempts = Durations(
            metrics,
            "assistant_model_attempt_duration_seconds",
            "Seconds of calls to a model, by how they ended.",
            ("model", "outcome"),
        )
        self._first_tokens = Durations(
            metrics,
            "assistant_model_first_token_seconds",
            "Seconds from a call to a model until its first token.",
            ("model",),
        )
        self._tokens = Counts(
            metrics,
            "assistant_model_tokens",
            "Tokens: input, of which cached_input were cheaper, and output.",
            ("model", "kind"),
        )
        self._usd = Counts(
            metrics, "assistant_model_usd", "US dollars by the price table.", ("model",)
        )
        self._unpriced = Counts(
            metrics,
            "assistant_model_unpriced",
            "Answers of a model that the price table does not have.",
            ("model",),
        )
        self._lookups = Counts(
            metrics,
            "assistant_answer_cache_lookups",
            "Questions by whether their answer was in the cache: hit, reworded or miss.",
            ("result",),
        )

    def on_attempt(self, model: str, outcome: str, seconds: float) -> None:
        """Count a call to a model."""
        self._attempts.observe(seconds, model, outcome)

    def on_first_token(self, model: str, seconds: float) -> None:
        """Count a model's first token."""
        self._first_tokens.observe(seconds, model)

    def on_spent(self, spent: Spent) -> None:
        """Count what an answer took."""
        if spent.cached:
            return
        for kind, tokens in (
            ("input", spent.input_tokens),
            ("cached_input", spent.cached_input_tokens),
            ("output", spent.output_tokens),
        ):
            self._tokens.add(tokens, spent.model, kind)
        if spent.usd is None:
            self._unpriced.add(1, spent.model)
        else:
            self._usd.add(float(spent.usd), spent.model)

    def on_cache(self, lookup: str) -> None:
        """Count a look into the cache of answers."""
        self._lookups.add(1, lookup)
