"""How an answer reaches whoever asked: as events while it is written, or at once when it is done."""

from architect.design.assistant import generates
from architect.design.case import Case
from architect.design.rule import DECISIONS, Explanation, Rule, charged, computed, offer
from architect.design.sizing.corpus import asked
from architect.design.sizing.streams import open_streams, wait
from architect.design.sizing.tokens import questions_a_month, writer
from architect.model.decision import Library, Option, Pattern

MILLISECONDS_A_MINUTE = 60_000


def _context(case: Case) -> str:
    waited = wait(case, writer(case))
    mean, most = open_streams(case, waited.last_ms / 1000)
    return (
        f"The first token comes after {waited.first_ms:,.0f} ms and the last after {waited.last_ms:,.0f}; "
        f"{mean:.2g} answers are being written on average at the peak, {most} at most."
    )


def _options(case: Case) -> tuple[Option, ...]:
    return (_sse(case), _grpc(case), _plain(case))


def _sse(case: Case) -> Option:
    grpc = case.choice("interface_style") == "grpc"
    return _streamed(
        case,
        "sse",
        "Server-sent events",
        gives=("every browser and every HTTP client reads it", "Last-Event-ID: a cut stream goes on"),
        costs=("one direction; proxies must not buffer", "a heartbeat keeps it open"),
        hours=case.care("sse"),
        infeasible="the service has no HTTP interface" if grpc else None,
    )


def _grpc(case: Case) -> Option:
    rest = case.choice("interface_style") == "rest"
    return _streamed(
        case,
        "grpc_stream",
        "gRPC server streaming",
        gives=("typed events, deadlines and cancellation in the protocol",),
        costs=("browsers need a translating proxy",),
        hours=case.care("grpc_stream"),
        infeasible="the service has no gRPC interface" if rest else None,
    )


def _streamed(  # noqa: PLR0913 # an option has that many parts, each named at the call
    case: Case,
    name: str,
    title: str,
    *,
    gives: tuple[str, ...],
    costs: tuple[str, ...],
    hours: float,
    infeasible: str | None,
) -> Option:
    waited = wait(case, writer(case))
    _, most = open_streams(case, waited.last_ms / 1000)
    kilobytes = case.number("stream.kilobytes")
    return offer(
        case,
        name,
        title,
        gives=gives,
        costs=costs,
        hours=hours,
        figures=(
            computed("something to read", round(waited.first_ms), "ms", waited.because),
            computed("open streams", most, "", "questions/s x seconds of an answer, Poisson 99.99%"),
            computed("memory of streams", round(most * kilobytes / 1000, 1), "MB", f"{kilobytes:g} kB each"),
        ),
        infeasible=infeasible,
    )


def _plain(case: Case) -> Option:
    waited = wait(case, writer(case))
    minutes = questions_a_month(case) * (waited.last_ms - waited.first_ms) / MILLISECONDS_A_MINUTE
    usd = minutes / 60 * case.number("people.hour_usd") * case.number("answer.idle_share")
    option = offer(
        case,
        "plain",
        "One answer when it is done",
        gives=("an ordinary request: cached, retried and tested like any other",),
        costs=(f"nothing to read for {waited.last_ms:,.0f} ms",),
        figures=(computed("something to read", round(waited.last_ms), "ms", waited.because),),
        infeasible=_must_stream(case, waited.last_ms),
    )
    told = f"{minutes:,.0f} minutes of waiting a month, {case.number('answer.idle_share'):.0%} of them lost"
    return charged(option, usd, computed("waiting", round(usd, 2), "USD/month", told))


def _must_stream(case: Case, last_ms: float) -> str | None:
    needs, streaming = asked(case), case.brief.assistant.streaming
    if streaming and streaming.value and streaming.provenance == "stated":
        return "answers are to be streamed"
    if needs.streaming and last_ms > needs.first_token_ms:
        return f"nothing to read for {last_ms:,.0f} ms and {needs.first_token_ms:,.0f} are asked"
    return None


def _explain(case: Case, choice: str) -> Explanation:
    needs = asked(case)
    events = "Events are typed: passage, token, citation, usage, error, done."
    cancelled = "When the caller goes away, the call of the model is stopped and settled."
    return Explanation(
        drivers=(
            f"interfaces: {case.choice('interface_style')}",
            f"{needs.first_token_ms:,.0f} ms until the first token",
            "answers are streamed" if needs.streaming else "answers are not streamed",
        ),
        consequences=("An answer that takes longer than its deadline is an error, not a half.",)
        if choice == "plain"
        else (events, cancelled, "After the first token a failure is told: restarted, or left incomplete."),
        confirmed_by="load: first token within 100 ms of the model's, memory of 200 open streams; "
        "model_failure: what the client sees of a stream that is cut",
        patterns=() if choice == "plain" else (Pattern("event stream", "one sequence, two protocols"),),
        libraries=(
            Library("starlette", "events written out, with heartbeats and Last-Event-ID", "sse-starlette"),
        )
        if choice == "sse"
        else (),
    )


DECISIONS.add(
    "streaming_protocol",
    Rule(
        title="Streaming protocol",
        context=_context,
        options=_options,
        explain=_explain,
        reads=(
            "interface_style",
            "language_model",
            "retrieval",
            "embedding_model",
            "chunking",
            "vector_store",
            "reranking",
        ),
        applies=generates,
    ),
)
