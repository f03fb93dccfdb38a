"""How passages are found: by keywords, by vectors, or by both, and how both are joined.

Decided first of the assistant's decisions: whether there are vectors at all follows from it.
"""

from typing import Final

from architect.design.assistant import retrieves
from architect.design.case import Case
from architect.design.rule import DECISIONS, Explanation, Rule, charged, computed, known, offer, wish_at
from architect.design.sizing.corpus import asked, passages
from architect.design.sizing.index import keyword_ms
from architect.design.sizing.tokens import lost_usd, questions_a_month, wrong_usd
from architect.design.words import counted
from architect.model.decision import Library, Option, Pattern
from architect.model.fact import Figure

MEASURED_ON: Final = "472 RAG questions over 2,128 chunks"


def _context(case: Case) -> str:
    needs = asked(case)
    languages = ", ".join(needs.languages)
    return (
        f"{counted(needs.questions_per_day, 'question')} a day over {counted(needs.documents, 'document')} "
        f"({languages}); what is not found cannot be answered. Measured on {MEASURED_ON}."
    )


def _options(case: Case) -> tuple[Option, ...]:
    return (
        _way(
            case,
            "hybrid_convex",
            "Keywords and vectors, scores added (convex combination)",
            "retrieval.convex",
            "retrieval.answered_convex",
            gives=(
                "names, numbers and clauses by their words, the rest by meaning",
                "a weight that is fitted on your own judgements from 50 on",
            ),
            costs=("two halves to keep in step with each change",),
            hours=case.care("hybrid"),
        ),
        _way(
            case,
            "hybrid_rrf",
            "Keywords and vectors, ranks added (reciprocal rank fusion)",
            "retrieval.rrf",
            "retrieval.answered_rrf",
            gives=("no scores to compare: nothing to fit",),
            costs=("ranks forget by how much the first one led: it fell below keywords alone",),
            hours=case.care("hybrid"),
        ),
        _way(
            case,
            "keyword",
            "Keywords alone (BM25)",
            "retrieval.keyword",
            "retrieval.answered_keyword",
            gives=("no model, no vectors: an index of words", "every hit can be shown by its words"),
            costs=("a question in other words than the passage finds nothing",),
            hours=case.care("keyword"),
        ),
        _way(
            case,
            "dense",
            "Vectors alone",
            "retrieval.dense",
            "retrieval.answered_dense",
            gives=("one index", "finds what is said in other words"),
            costs=("loses names, numbers and rare words",),
            hours=case.care("dense"),
        ),
    )


def _way(  # noqa: PLR0913 # an option has that many parts, each named at the call
    case: Case,
    name: str,
    title: str,
    constant: str,
    answered: str,
    *,
    gives: tuple[str, ...],
    costs: tuple[str, ...],
    hours: float,
) -> Option:
    best = max(case.number("retrieval.convex"), case.number(constant))
    lost = lost_usd(case, best - case.number(constant))
    foreign = case.number("retrieval.foreign") if name == "keyword" and asked(case).mixed else 0.0
    if foreign:
        costs = (*costs, f"{foreign:.0%} of the questions are in another language than their passage")
        lost += wrong_usd(case, foreign)
    figures: tuple[Figure, ...] = (known(case, "nDCG@10", constant),)
    # What is no evidence is not told, and one half alone knows evidence worse than both.
    unanswered = case.number("retrieval.answered_convex") - case.number(answered)
    if asked(case).answers:
        figures = (*figures, known(case, "answered", answered))
        lost += wrong_usd(case, unanswered)
        if unanswered:
            costs = (*costs, f"leaves {unanswered:.0%} more of the questions unanswered than scores added")
    told = f"{questions_a_month(case):,.0f} questions a month, against the best of these"
    option = offer(
        case,
        name,
        title,
        gives=gives,
        costs=costs,
        hours=hours,
        figures=figures,
        infeasible=None if name == "dense" else _slow(case),
    )
    return charged(option, lost, computed("worse answers", round(lost, 2), "USD/month", told))


def _slow(case: Case) -> str | None:
    """Return why keywords cannot be had: their search takes half of the time to the first token, or more."""
    milliseconds, allowed = keyword_ms(case), asked(case).first_token_ms
    if milliseconds <= allowed / 2:
        return None
    return f"postings of {passages(case).count:,} passages take {milliseconds:,.0f} of {allowed:,.0f} ms"


def _explain(case: Case, choice: str) -> Explanation:
    needs, sentences = asked(case), case.number("retrieval.sentences")
    engine = case.number("search.fts_milliseconds")
    consequences = {
        "hybrid_convex": (
            "Score = alpha x sure x BM25 over its best + (1 - alpha) x cosine, min-max over both top-100s.",
            "Sure = the root of the best BM25 over that of a passage with all that is asked.",
            "Alpha is .5 until 50 judgements of your own say otherwise: `make evaluate ARGS=tune`.",
            f"Scored by its best sentence too: {sentences:g}, for more vectors.",
        ),
        "hybrid_rrf": ("Score = sum of 1 / (60 + rank) over both halves.",),
        "keyword": ("No question is embedded. Documents are: RETRIEVAL_FUSION=convex alone adds vectors.",),
        "dense": ("Keywords are kept all the same: RETRIEVAL_FUSION=convex adds them when they are missed.",),
    }
    keywords = (
        f"BM25 runs over a postings table of its own: ranking by the engine's full-text search takes "
        f"{engine:g} ms at 100,000 passages and ranks worse."
    )
    beyond = () if choice == "dense" else (keywords,)
    libraries = () if choice == "keyword" else (Library("numpy", "scores both halves in one pass", "scipy"),)
    return Explanation(
        drivers=(
            f"nDCG@10 {_measured(case)}, on {MEASURED_ON}",
            f"{needs.questions_per_day:,.0f} questions a day",
            f"documents in {', '.join(needs.languages)}",
        ),
        consequences=(*consequences.get(choice, ()), *beyond, *_rights(case)),
        confirmed_by="retrieval: nDCG@10 with its confidence interval, the query that only keywords find, "
        "the one that only meaning finds",
        patterns=(Pattern("ports and adapters", "keywords, vectors and fusion are replaced one by one"),),
        libraries=libraries,
    )


def _measured(case: Case) -> str:
    named = (("keywords", "keyword"), ("scores added", "convex"), ("ranks added", "rrf"))
    return ", ".join(f"{case.number(f'retrieval.{name}'):g} for {told}" for told, name in named)


def _rights(case: Case) -> tuple[str, ...]:
    if not asked(case).filtered:
        return ()
    return ("Rights are part of the search itself: a passage that its caller may not see is never scored.",)


DECISIONS.add(
    "retrieval",
    Rule(
        title="Retrieval",
        context=_context,
        options=_options,
        explain=_explain,
        wished=wish_at("prefer.retrieval"),
        applies=retrieves,
    ),
)
