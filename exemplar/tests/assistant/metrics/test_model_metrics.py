"""What language models take moves what Prometheus is told."""

from decimal import Decimal

from prometheus_client.parser import text_string_to_metric_families

from dashboards import asked, told
from quillwort.adapters.metrics.models import ModelMetrics
from quillwort.assistant.language_models import Spent
from quillwort.kit.metrics import Metrics


def samples(metrics: Metrics) -> dict[str, float]:
    """Return every sample of models that is not 0, by its name and labels' values."""
    return {
        " ".join([sample.name, *sample.labels.values()]): sample.value
        for family in text_string_to_metric_families(metrics.told().decode())
        for sample in family.samples
        if sample.name.startswith("assistant_") and sample.value and "_created" not in sample.name
    }


def test_tokens_and_money_are_added_up_by_model() -> None:
    metrics = Metrics()
    models = ModelMetrics(metrics)
    models.on_spent(Spent("small", 100, 80, 20, Decimal("0.125")))
    models.on_spent(Spent("small", 100, 0, 20, Decimal("0.25")))
    models.on_spent(Spent("new", 5, 0, 1, None))
    assert samples(metrics) == {
        "assistant_model_tokens_total input small": 200,
        "assistant_model_tokens_total cached_input small": 80,
        "assistant_model_tokens_total output small": 40,
        "assistant_model_tokens_total input new": 5,
        "assistant_model_tokens_total output new": 1,
        "assistant_model_usd_total small": 0.375,
        "assistant_model_unpriced_total new": 1,
    }


def test_an_answer_from_the_cache_takes_nothing() -> None:
    metrics = Metrics()
    models = ModelMetrics(metrics)
    for lookup in ("hit", "miss", "hit", "reworded"):
        models.on_cache(lookup)
    models.on_spent(Spent("small", 0, 0, 0, Decimal(0), cached=True))
    assert samples(metrics) == {
        "assistant_answer_cache_lookups_total hit": 2,
        "assistant_answer_cache_lookups_total miss": 1,
        "assistant_answer_cache_lookups_total reworded": 1,
    }


def test_attempts_and_first_tokens_are_timed_by_model() -> None:
    metrics = Metrics()
    models = ModelMetrics(metrics)
    models.on_attempt("small", "rate_limited", 0.3)
    models.on_first_token("large", 0.7)
    models.on_attempt("large", "ok", 2.5)
    seen = samples(metrics)
    assert seen["assistant_model_attempt_duration_seconds_count small rate_limited"] == 1
    assert seen["assistant_model_attempt_duration_seconds_sum large ok"] == 2.5
    assert seen["assistant_model_first_token_seconds_sum large"] == 0.7


def test_the_dashboard_asks_for_what_is_told() -> None:
    metrics = Metrics()
    ModelMetrics(metrics)
    assert set(asked("models.json")) <= told(metrics)
