"""Metrics: the edit that removes each of their features."""

from wiring_harness import Edit, Row

ENTRY = "src/quillwort/entrypoints/metrics"
ASSISTANT = "src/quillwort/assistant"

ROWS = (
    Row(
        "requests_counted",
        "requests are timed",
        (Edit(f"{ENTRY}/requests.py", "self._durations.observe(", "_ = ("),),
    ),
    Row(
        "requests_counted",
        "routes by their template",
        (
            Edit(
                f"{ENTRY}/requests.py",
                "route.path if route is not None else UNROUTED",
                'scope["path"] if route is not None else UNROUTED',
            ),
        ),
        says="id from a path|template",
    ),
    Row(
        "labels_bounded",
        "one label for what no route is found for",
        (
            Edit(
                f"{ENTRY}/requests.py",
                "route.path if route is not None else UNROUTED",
                'route.path if route is not None else scope["path"]',
            ),
        ),
    ),
    Row(
        "calls_counted",
        "the interceptor around calls",
        (
            Edit(
                "src/quillwort/bootstrap.py",
                "around=[CallMetrics(parts.call_durations)]",
                "around=[]",
            ),
        ),
    ),
    Row(
        "calls_counted",
        "the port of the metrics",
        (
            Edit(
                "src/quillwort/bootstrap.py",
                "        await stack.enter_async_context(open_port(metrics, settings.metrics_port))\n",
            ),
        ),
        says="nothing is told",
    ),
    Row(
        "answers_counted",
        "the observer of ingestion",
        (
            Edit(
                f"{ASSISTANT}/ingestion.py",
                "self._observer.on_indexed(len(read.chunks), time.perf_counter() - began)",
                "pass",
            ),
        ),
        says="documents",
    ),
    Row(
        "answers_counted",
        "the observer of searches",
        (
            Edit(
                "src/quillwort/bootstrap.py",
                "assistant_metrics, reranker)",
                "__import__('quillwort.assistant.observation').assistant.observation.SILENT, reranker)",
            ),
        ),
        says="search",
    ),
    Row(
        "answers_counted",
        "the observer of answers",
        (
            Edit(
                f"{ASSISTANT}/assistant.py",
                "QuestionService(search, ObservedAnswerer(answerer, observer), runs)",
                "QuestionService(search, answerer, runs)",
            ),
        ),
        says="answer",
    ),
    Row(
        "models_counted",
        "the observer of language models",
        (Edit("src/quillwort/adapters/models/factory.py", "observer or Silent(),", "Silent(),"),),
    ),
)
