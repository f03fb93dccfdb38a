"""The Markdown of a report says what was measured beside what was wanted."""

from architect.model.fact import Figure
from architect.model.report import Comparison, Finding, GateResult, Report
from architect.verify.report import markdown, number

LOAD = GateResult(
    gate="load",
    outcome="failed",
    seconds=20.04,
    checks=("open_loop", "closed_loop"),
    findings=(Finding("open_loop", "error", "p95 is above its target", evidence="a ``` fence"),),
    figures=(Figure("memory", 123.4, "MiB", "measured", "VmHWM"),),
    comparisons=(
        Comparison(
            Figure("p95", 412.0, "ms", "measured", "open loop"),
            Figure("p95", 300, "ms", "stated", "p95 under 300 ms"),
            Figure("p95", 12.25, "ms", "computed", "M/M/c | queue"),
            met=False,
        ),
    ),
    method="Poisson arrivals.",
)
REPORT = Report("shop", "/x", "2026-01-01T00:00:00+00:00", "a machine", 61.2, (LOAD,))


def test_a_figure_stands_beside_target_and_prediction_with_their_sources():
    row = next(line for line in markdown(REPORT).splitlines() if line.startswith("| p95"))
    assert row == (
        "| p95 | 412 | 300 | 12.2 | ms | **no** | stated: p95 under 300 ms | computed: M/M/c \\| queue |"
    )


def test_the_verdict_and_the_method_are_told():
    text = markdown(REPORT)
    assert text.startswith("# Verification of shop: not every gate passed\n")
    assert "**load**: Poisson arrivals." in text


def test_evidence_cannot_break_out_of_its_fence():
    assert "````text\na ``` fence\n````" in markdown(REPORT)


def test_numbers_have_no_more_digits_than_say_something():
    assert [number(value) for value in (200, 1234567.0, 1234.5, 12.345, 0.012345)] == [
        "200",
        "1,234,567",
        "1,234",
        "12.3",
        "0.0123",
    ]
