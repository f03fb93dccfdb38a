"""Whether answers are kept: not at all, for the same question, or for one that means the same.

The last is never ours to choose: a wrong hit is a wrong answer that looks like a right one.
"""

from typing import Final

from architect.design.assistant import generates
from architect.design.case import Case
from architect.design.rule import (
    DECISIONS,
    Explanation,
    Rule,
    Wished,
    charged,
    computed,
    known,
    offer,
    wish_at,
)
from architect.design.sizing.corpus import asked
from architect.design.sizing.tokens import month_usd, questions_a_month, writer
from architect.model.brief import Brief
from architect.model.decision import Library, Option, Pattern
from architect.model.fact import Figure

SEMANTIC: Final = "semantic_guarded"
_WISH: Final = "prefer.answer_cache"
_BY_CHOICE: Final = f"by choice alone: state {_WISH}: {SEMANTIC}"
_GUARDED: Final = "numbers, negations, names, words that turn a meaning, and the order of words"


def _wished(brief: Brief) -> tuple[Wished, ...]:
    """Return the wish for a cache; `semantic` is taken for the guarded one, the only one there is."""
    return tuple(
        Wished(SEMANTIC if wish.option == "semantic" else wish.option, wish.path, wish.fact)
        for wish in wish_at(_WISH)(brief)
    )


def _context(case: Case) -> str:
    return (
        f"{questions_a_month(case):,.0f} questions a month cost {_month(case):,.2f} USD of tokens; "
        f"{asked(case).changes_per_day:,.0f} changed documents a day; rights: {asked(case).access}."
    )


def _month(case: Case) -> float:
    model = writer(case)
    return month_usd(case, model) if model else 0.0


def _options(case: Case) -> tuple[Option, ...]:
    return (_none(case), _exact(case), _semantic(case))


def _none(case: Case) -> Option:
    return offer(
        case,
        "none",
        "No cache of answers",
        gives=("an answer is never older than the passages",),
        costs=("the same question is paid for again",),
        figures=(computed("tokens", round(_month(case), 2), "USD/month", "all questions"),),
    )


def _exact(case: Case) -> Option:
    share = case.number("answer.exact_hits")
    option = offer(
        case,
        "exact",
        "The same question, the same passages, the same rights",
        gives=("cannot be wrong: everything that an answer rests on is in its key", "a hit is there at once"),
        costs=(f"only the same words hit: {share:.0%} of the questions, assumed",),
        hours=case.care("answers_exact"),
        figures=(known(case, "hits", "answer.exact_hits"),),
    )
    return charged(option, -share * _month(case), _saved(case, share))


def _semantic(case: Case) -> Option:
    share = case.number("answer.guarded_hits")
    unsafe, same = case.number("cache.unsafe_similarity"), case.number("cache.paraphrase_similarity")
    hours, exact = case.care("answers_guarded"), case.number("answer.exact_hits")
    more = (hours - case.care("answers_exact")) * case.number("people.hour_usd")
    option = offer(
        case,
        SEMANTIC,
        "Questions that mean the same, guarded",
        gives=(
            f"{share:.0%} of the questions instead of {exact:.0%}, assumed",
            f"saves more than its care costs from {more / (share - exact):,.0f} USD of tokens a month",
        ),
        costs=(
            f"opposite questions are {unsafe:g} alike and true paraphrases {same:g}: likeness alone is wrong",
            f"guards of passages, rights, prompt and models, of {_GUARDED}: most paraphrases do not pass",
        ),
        hours=hours,
        infeasible=None if any(wish.option == SEMANTIC for wish in _wished(case.brief)) else _BY_CHOICE,
        figures=(
            known(case, "hits", "answer.guarded_hits"),
            known(case, "likeness of opposite questions", "cache.unsafe_similarity"),
            known(case, "likeness of paraphrases", "cache.paraphrase_similarity"),
        ),
    )
    return charged(option, -share * _month(case), _saved(case, share))


def _saved(case: Case, share: float) -> Figure:
    return computed(
        "tokens saved", round(share * _month(case), 2), "USD/month", f"{share:.0%} of all questions"
    )


def _explain(case: Case, choice: str) -> Explanation:
    consequences = {
        "none": ("Questions that arrive while the same one is answered still share its answer.",),
        "exact": (
            "The key holds question, passages with their versions, rights, prompt's version and model.",
            "One of several callers with the same key asks the model; the others wait for its answer.",
        ),
        SEMANTIC: (
            "The same question is found first, by its key; then one that is .95 alike at least.",
            "A hit rests on the same passages in the same order, tenant, rights, prompt and models.",
            f"Both questions agree on {_GUARDED}; the lists of words are English.",
            "The answer says which question it was written for, and hits are counted by kind.",
        ),
    }
    library = Library("psycopg", "the cache is a table in the database that is there", "redis")
    return Explanation(
        drivers=(
            f"{_month(case):,.0f} USD of tokens a month",
            f"{asked(case).changes_per_day:,.0f} changed documents a day",
            f"rights: {asked(case).access}",
        ),
        consequences=consequences.get(choice, ("A hit must rest on the same passages and rights.",)),
        confirmed_by="model_failure: an answer never reaches another caller"
        f"{' or another question' if choice == SEMANTIC else ''}, and one that broke off is never kept",
        patterns=() if choice == "none" else (Pattern("single flight", "one call for all who ask the same"),),
        libraries=() if choice == "none" else (library,),
    )


DECISIONS.add(
    "answer_cache",
    Rule(
        title="Answer cache",
        context=_context,
        options=_options,
        explain=_explain,
        reads=("language_model", "retrieval", "embedding_model", "chunking"),
        wished=_wished,
        applies=generates,
    ),
)
