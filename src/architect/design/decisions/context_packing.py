"""What of the found passages a model is given to read: the best, their neighbours too, or whole documents."""

from architect.design.assistant import generates, retrieves
from architect.design.case import Case
from architect.design.rule import DECISIONS, Explanation, Rule, charged, computed, known, offer
from architect.design.sizing.corpus import passages, tokens_per_document
from architect.design.sizing.tokens import EXTRACTIVE, context_tokens, questions_a_month, writer, wrong_usd
from architect.model.brief import Brief
from architect.model.decision import Option, Pattern

DOCUMENTS = 3
"""Documents that are given whole, when they are: the best passages seldom stand in more."""


def _reads_passages(brief: Brief) -> bool:
    return retrieves(brief) and generates(brief)


def _context(case: Case) -> str:
    model = writer(case)
    read_by = f"{model.title} reads them" if model else "they are quoted"
    return (
        f"{case.number('context.passages'):.0f} passages of {passages(case).tokens:,.0f} tokens for each of "
        f"{questions_a_month(case):,.0f} questions a month; {read_by}."
    )


def _options(case: Case) -> tuple[Option, ...]:
    best, whole = context_tokens(case, passages(case)), tokens_per_document(case) * DOCUMENTS
    return (
        _way(
            case,
            "best",
            "The best passages, within a budget of tokens",
            gives=("the fewest tokens; each citation names the passage it was found by",),
            costs=("what stands before and after a passage is not read",),
            tokens=best,
            loss=case.number("packing.narrow_loss"),
        ),
        _way(
            case,
            "neighbours",
            "The best passages with their neighbours",
            gives=("a sentence that begins in the passage before is read whole",),
            costs=(f"{case.number('packing.window') - 1:.0%} more tokens with each question",),
            tokens=best * case.number("packing.window"),
            loss=0.0,
        ),
        _way(
            case,
            "documents",
            "Whole documents",
            gives=("nothing is torn from its context",),
            costs=("what matters stands in the middle of much that does not, where models overlook it",),
            tokens=whole,
            loss=case.number("packing.middle_loss") if whole > best else 0.0,
        ),
    )


def _way(  # noqa: PLR0913 # an option has that many parts, each named at the call
    case: Case,
    name: str,
    title: str,
    *,
    gives: tuple[str, ...],
    costs: tuple[str, ...],
    tokens: float,
    loss: float,
) -> Option:
    model = writer(case)
    usd = tokens * questions_a_month(case) * model.input_usd / 1e6 if model else 0.0
    lost = wrong_usd(case, loss)
    most = case.number("packing.most_tokens")
    option = offer(
        case,
        name,
        title,
        gives=gives,
        costs=costs,
        figures=(
            computed("context of a question", round(tokens), "tokens", "passages x tokens of each"),
            known(case, "most that is packed", "packing.most_tokens"),
        ),
        infeasible=f"{tokens:,.0f} tokens a question and {most:,.0f} are the most" if tokens > most else None,
    )
    return charged(
        option,
        usd + lost,
        computed("context read", round(usd, 2), "USD/month", model.title if model else "no model reads"),
        computed("worse answers", round(lost, 2), "USD/month", f"{loss:.1%} of the answers, assumed"),
    )


def _explain(case: Case, choice: str) -> Explanation:
    quoted = case.choice("language_model") == EXTRACTIVE
    window = ("A passage brings one neighbour on each side.",) if choice == "neighbours" else ()
    return Explanation(
        drivers=(
            f"{questions_a_month(case):,.0f} questions a month",
            f"{passages(case).tokens:,.0f} tokens a passage",
            f"language model: {case.choice('language_model')}",
        ),
        consequences=(
            "Near repetitions are left out; what does not fit the budget is cut at the end of a sentence.",
            "The order is the search's own, the best first: it is read most surely, and cut last.",
            *window,
            *(("Quotes come from the passages themselves, whatever is packed.",) if quoted else ()),
        ),
        confirmed_by="model_failure: the request the model saw has the passages, delimited; tests: the "
        "budget of tokens is kept",
        patterns=(Pattern("pipes and filters", "search, pack, ask and check are steps with a type each"),),
    )


DECISIONS.add(
    "context_packing",
    Rule(
        title="Context packing",
        context=_context,
        options=_options,
        explain=_explain,
        reads=("language_model", "chunking", "retrieval", "embedding_model"),
        applies=_reads_passages,
    ),
)
