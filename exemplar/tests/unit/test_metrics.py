"""What is counted is told, once for each process object and not for the interpreter."""

from prometheus_client.parser import text_string_to_metric_families

from quillwort.kit.metrics import Counts, Durations, Metrics


def value(metrics: Metrics, name: str, **labels: str) -> float | None:
    """Return a sample as it is told."""
    for family in text_string_to_metric_families(metrics.told().decode()):
        for sample in family.samples:
            if sample.name == name and sample.labels == labels:
                return sample.value
    return None


def test_durations_are_told_by_their_labels() -> None:
    metrics = Metrics()
    durations = Durations(metrics, "shop_seconds", "Seconds.", ("till",), (0.1, 1.0))
    for seconds in (0.05, 0.5, 5.0):
        durations.observe(seconds, "first")
    durations.observe(0.5, "second")
    assert value(metrics, "shop_seconds_count", till="first") == 3
    assert value(metrics, "shop_seconds_sum", till="first") == 5.55
    assert value(metrics, "shop_seconds_bucket", till="first", le="0.1") == 1
    assert value(metrics, "shop_seconds_bucket", till="first", le="1.0") == 2
    assert value(metrics, "shop_seconds_count", till="second") == 1


def test_what_has_no_labels_is_told_before_it_happens() -> None:
    metrics = Metrics()
    durations = Durations(metrics, "shop_seconds", "Seconds.", ())
    counts = Counts(metrics, "shop_sales", "Sales.", ())
    assert value(metrics, "shop_seconds_count") == 0
    assert value(metrics, "shop_sales_total") == 0
    durations.observe(1.0)
    counts.add(2)
    assert value(metrics, "shop_seconds_count") == 1
    assert value(metrics, "shop_sales_total") == 2


def test_two_processes_in_one_interpreter_count_apart() -> None:
    first, second = Metrics(), Metrics()
    counts = Counts(first, "shop_sales", "Sales.", ("till",))
    Counts(second, "shop_sales", "Sales.", ("till",))
    counts.add(1, "a")
    assert value(first, "shop_sales_total", till="a") == 1
    assert value(second, "shop_sales_total", till="a") is None


def test_the_process_itself_is_told_of() -> None:
    resident = value(Metrics(), "process_resident_memory_bytes")
    assert resident is not None
    assert resident > 1 << 20
