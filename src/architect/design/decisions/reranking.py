"""Whether what was found is read again and put in order: not at all, by a model of ours, by a provider."""

from architect.design.assistant import retrieves
from architect.design.case import Case
from architect.design.rule import DECISIONS, Explanation, Rule, charged, computed, known, offer
from architect.design.sizing.corpus import asked
from architect.design.sizing.index import search_ms
from architect.design.sizing.streams import peak, question_ms, reranking_ms
from architect.design.sizing.tokens import lost_usd, questions_a_month
from architect.model.decision import Library, Option, Pattern


def _context(case: Case) -> str:
    needs = asked(case)
    used = question_ms(case) + search_ms(case)
    return (
        f"{needs.first_token_ms:,.0f} ms until the first token, {used:,.0f} of them taken by the search; "
        f"{case.number('rerank.candidates'):.0f} passages would be read with each question."
    )


def _options(case: Case) -> tuple[Option, ...]:
    return (_none(case), _cross_encoder(case), _provider(case))


def _none(case: Case) -> Option:
    lost = lost_usd(case, case.number("rerank.gain"))
    option = offer(
        case,
        "none",
        "No reranking",
        gives=("the search's own order, at once",),
        costs=(f"{case.number('rerank.gain'):g} of nDCG@10 less, assumed",),
    )
    return charged(option, lost, computed("worse answers", round(lost, 2), "USD/month", _volume(case)))


def _volume(case: Case) -> str:
    return f"{questions_a_month(case):,.0f} questions a month x {case.number('rerank.gain'):g} of nDCG@10"


def _late(case: Case, way: str) -> str | None:
    needs = asked(case)
    first = question_ms(case) + search_ms(case) + reranking_ms(case, way) + _model_ms(case)
    if first <= needs.first_token_ms:
        return None
    return f"the first token would come after {first:,.0f} ms and {needs.first_token_ms:,.0f} are asked"


def _model_ms(case: Case) -> float:
    """Return the milliseconds that are left to the language model: the slowest provider's."""
    return max(model.first_token_ms for model in case.tables.language_models.values())


def _cross_encoder(case: Case) -> Option:
    milliseconds = reranking_ms(case, "cross_encoder")
    busy = peak(case) * milliseconds / 1000
    return offer(
        case,
        "cross_encoder",
        "A cross-encoder of ours (MiniLM, six layers)",
        gives=("question and passage are read together", "nothing leaves the servers"),
        costs=(f"{milliseconds:,.0f} ms of one core for each question", "a server of its own to run"),
        usd=case.compute_usd(busy),
        usd_from=f"{peak(case):.2g} questions/s x {milliseconds:,.0f} ms = {busy:.2g} cores at the peak",
        hours=case.care("reranker_local"),
        figures=(
            computed(
                "time", round(milliseconds), "ms", "30 pairs of 275 tokens at the measured speed of MiniLM"
            ),
            known(case, "gain", "rerank.gain"),
        ),
        infeasible=_late(case, "cross_encoder"),
    )


def _provider(case: Case) -> Option:
    needs = asked(case)
    usd = questions_a_month(case) / 1000 * case.price("rerank_thousand")
    problem = _late(case, "provider")
    forbidden = not needs.may_reach("anywhere")
    if forbidden:
        problem = "the text may not go to this provider"
    option = offer(
        case,
        "provider",
        "A provider's reranker",
        gives=("the strongest order, in some hundred languages",),
        costs=(
            f"{case.price('rerank_thousand'):g} USD a thousand questions",
            "one more vendor sees each question and its passages",
        ),
        hours=case.care("reranker_provider"),
        figures=(
            known(case, "time", "rerank.provider_milliseconds"),
            known(case, "gain", "rerank.gain"),
        ),
        infeasible=problem,
        forbidden=forbidden,
    )
    told = f"{questions_a_month(case):,.0f} questions a month x {case.price('rerank_thousand'):g} USD / 1,000"
    return charged(option, usd, computed("searches", round(usd, 2), "USD/month", told))


def _explain(case: Case, choice: str) -> Explanation:
    needs = asked(case)
    libraries = {
        "cross_encoder": (Library("vllm", "serves the model behind Cohere's interface", "llama.cpp"),),
        "provider": (Library("httpx2", "one request with a deadline", "cohere"),),
    }
    return Explanation(
        drivers=(
            f"{needs.first_token_ms:,.0f} ms until the first token",
            f"{needs.questions_per_day:,.0f} questions a day",
            f"{reranking_ms(case, 'cross_encoder'):,.0f} ms of one core by a model of ours",
        ),
        consequences=(
            "The port is there, with nothing behind it: RERANK_URL names a server, and scores show it."
            if choice == "none"
            else "When it fails or is late, the search's own order is taken, and scores lack `reranked`.",
        ),
        confirmed_by="retrieval: nDCG@10 with and without it, by a paired randomisation test",
        patterns=(Pattern("ports and adapters", "search, rerank and pack are steps behind ports"),),
        libraries=libraries.get(choice, ()),
    )


DECISIONS.add(
    "reranking",
    Rule(
        title="Reranking",
        context=_context,
        options=_options,
        explain=_explain,
        reads=("retrieval", "embedding_model", "chunking", "vector_store"),
        applies=retrieves,
    ),
)
