"""Who runs the language model: its provider, vLLM on a card of ours, or llama.cpp on cores."""

from typing import Final

from architect.design.assistant import generates
from architect.design.case import Case
from architect.design.rule import DECISIONS, Explanation, Rule, Wished, computed, offer, wish_at
from architect.design.sizing.corpus import asked
from architect.design.sizing.serving import Serving, on_cards, on_cores
from architect.design.sizing.streams import open_streams, peak, wait
from architect.design.sizing.tokens import spent, writer
from architect.model.brief import Brief
from architect.model.decision import Library, Option, Pattern

SERVERS: Final = {"vllm": "vllm", "llama.cpp": "llama_cpp", "ollama": "llama_cpp"}
"""Servers that the wish for a model may name; Ollama runs llama.cpp."""


def _wished(brief: Brief) -> tuple[Wished, ...]:
    return tuple(
        Wished(SERVERS[wish.option], wish.path, wish.fact)
        for wish in wish_at("prefer.language_model")(brief)
        if wish.option in SERVERS
    )


def _context(case: Case) -> str:
    tokens, model = spent(case), writer(case)
    mean, most = open_streams(case, wait(case, model).last_ms / 1000)
    return (
        f"{peak(case):.2g} questions/s at the peak, {tokens.read:,.0f} tokens read and {tokens.answer:,.0f} "
        f"written for each: {mean:.2g} streams open on average, {most} at most; model: "
        f"{model.title if model else 'none'}."
    )


def _options(case: Case) -> tuple[Option, ...]:
    return (_none(case), _provider(case), _vllm(case), _llama(case))


def _elsewhere(case: Case, *, own: bool) -> str | None:
    """Return why the chosen model cannot be run by us (``own``) or by a provider."""
    model = writer(case)
    if model is None:
        return "no model was chosen"
    if own and not model.own:
        return f"{model.vendor} alone runs {model.title}"
    if not own and model.own:
        return f"{model.title} is run by ourselves: {asked(case).data_stays}"
    return None


def _none(case: Case) -> Option:
    model = writer(case)
    return offer(
        case,
        "none",
        "Nothing to run",
        gives=("no model is asked",),
        costs=("passages are quoted, not joined",),
        infeasible=None if model is None else f"{model.title} was chosen",
    )


def _provider(case: Case) -> Option:
    model = writer(case)
    return offer(
        case,
        "provider_api",
        "The provider's API",
        gives=("no machine, no drivers; any number of streams",),
        costs=("paid by the token", "its limits, its outages and the end of its models"),
        hours=0.0,
        figures=(
            computed("first token", round(wait(case, model).first_ms), "ms", wait(case, model).because),
            computed(
                "open streams", round(_open(case), 2), "", "Little's law: questions/s x seconds of an answer"
            ),
        ),
        infeasible=_elsewhere(case, own=False),
    )


def _open(case: Case) -> float:
    return open_streams(case, wait(case, writer(case)).last_ms / 1000)[0]


def _vllm(case: Case) -> Option:
    return _served(
        case,
        "vllm",
        "vLLM on a card of 24 GB",
        on_cards(case),
        gives=("many streams share one card: continuous batching", "an API like the provider's"),
        costs=("a card that is paid by the hour", "drivers, memory and model files to look after"),
        hours=case.care("vllm"),
    )


def _llama(case: Case) -> Option:
    return _served(
        case,
        "llama_cpp",
        "llama.cpp on cores",
        on_cores(case),
        gives=("no card: one binary, one file",),
        costs=("reads a prompt in a minute, writes for one at a time",),
        hours=case.care("llama_cpp"),
    )


def _served(  # noqa: PLR0913 # an option has that many parts, each named at the call
    case: Case,
    name: str,
    title: str,
    serving: Serving,
    *,
    gives: tuple[str, ...],
    costs: tuple[str, ...],
    hours: float,
) -> Option:
    late = serving.first_ms > asked(case).first_token_ms
    slow = f"begins after {serving.first_ms:,.0f} ms and {asked(case).first_token_ms:,.0f} are asked"
    return offer(
        case,
        name,
        title,
        gives=gives,
        costs=costs,
        usd=serving.usd,
        usd_from=serving.because,
        hours=hours,
        figures=(
            computed("machines", serving.machines, "", serving.because),
            computed(
                "first token", round(serving.first_ms), "ms", "tokens read / tokens a second of reading"
            ),
        ),
        infeasible=_elsewhere(case, own=True) or serving.infeasible or (slow if late else None),
    )


def _explain(case: Case, choice: str) -> Explanation:
    needs = asked(case)
    libraries = {
        "vllm": (Library("vllm", "continuous batching; serves the API that every client speaks", "sglang"),),
        "llama_cpp": (Library("llama.cpp", "quantised models on any core", "ollama"),),
    }
    same = "Ollama, vLLM and llama.cpp are asked the same way: COMPATIBLE_BASE_URL says where."
    shared = "Timeouts for the first token, between tokens and in all; retries honour Retry-After."
    return Explanation(
        drivers=(
            f"{peak(case):.2g} questions/s at the peak",
            f"{needs.first_token_ms:,.0f} ms until the first token",
            f"text may go to: {needs.data_stays}",
        ),
        consequences=("The gateway's port stays, with nothing behind it.",)
        if choice == "none"
        else (
            *((same,) if choice in libraries else ()),
            shared,
            "Streams at once are limited; one more waits or is told when to come back.",
        ),
        confirmed_by="model_failure: what the client sees of each failure; load: first token and memory of a "
        "stream with a slow model",
        patterns=(Pattern("bulkhead", "a slow model takes its own streams and nobody else's"),),
        libraries=libraries.get(choice, ()),
    )


DECISIONS.add(
    "model_serving",
    Rule(
        title="Model serving",
        context=_context,
        options=_options,
        explain=_explain,
        reads=(
            "language_model",
            "retrieval",
            "embedding_model",
            "chunking",
            "vector_store",
            "reranking",
            "deployment",
        ),
        wished=_wished,
        applies=generates,
    ),
)
