"""What stands between a text that gives orders and a model that would follow them."""

from architect.design.assistant import generates
from architect.design.case import Case
from architect.design.rule import DECISIONS, Explanation, Rule, charged, computed, known, offer
from architect.design.sizing.corpus import asked
from architect.design.sizing.tokens import questions_a_month, spent, writer, wrong_usd
from architect.model.decision import Option, Pattern


def _context(case: Case) -> str:
    needs = asked(case)
    return (
        f"{needs.documents:,.0f} documents that others wrote, and {questions_a_month(case):,.0f} questions a "
        "month; any of them may hold orders to the model. The model is given no tools."
    )


def _options(case: Case) -> tuple[Option, ...]:
    return (_data_only(case), _classifier(case), _trusting(case))


def _data_only(case: Case) -> Option:
    left = case.number("injection.delimited")
    return _with_loss(
        case,
        offer(
            case,
            "data_only",
            "Delimited as data, no tools, answers checked against passages",
            gives=(
                "an order in a document has nothing to call and nowhere to send anything",
                "a citation that its passage does not support is not told",
            ),
            costs=("a model may still repeat what a document says, as its own words",),
            hours=case.care("injection_tests"),
            figures=(known(case, "orders that are followed", "injection.delimited"),),
        ),
        left,
    )


def _classifier(case: Case) -> Option:
    model = writer(case)
    tokens = spent(case).read
    usd = tokens * questions_a_month(case) * model.input_usd / 1e6 if model else 0.0
    option = offer(
        case,
        "classifier",
        "The same, and a second model that looks for orders first",
        gives=("most of what still gets through is noticed before the answer is written",),
        costs=("every question is read twice; a passage that speaks of orders is refused by mistake",),
        hours=case.care("injection_tests") + case.care("injection_classifier"),
        figures=(
            known(case, "orders that are followed", "injection.classified"),
            known(case, "time", "injection.classifier_milliseconds"),
        ),
    )
    charged_for = charged(
        option, usd, computed("second reading", round(usd, 2), "USD/month", "all that is read, again")
    )
    return _with_loss(case, charged_for, case.number("injection.classified"))


def _trusting(case: Case) -> Option:
    return _with_loss(
        case,
        offer(
            case,
            "none",
            "Passages as they are, in the prompt",
            gives=("nothing to write",),
            costs=("whoever can send a document writes the answers",),
            figures=(known(case, "orders that are followed", "injection.open"),),
            infeasible=None if asked(case).access == "owner" else "others than the asker write what is read",
        ),
        case.number("injection.open"),
    )


def _with_loss(case: Case, option: Option, followed: float) -> Option:
    share = case.number("injection.hostile") * followed
    harm = wrong_usd(case, share) * case.number("injection.harm")
    because = (
        f"{case.number('injection.hostile'):.2%} of the questions meet an order, {followed:.0%} of these are "
        f"followed, each {case.number('injection.harm'):.0f} times the harm of a wrong answer"
    )
    return charged(option, harm, computed("answers under orders", round(harm, 2), "USD/month", because))


def _explain(case: Case, choice: str) -> Explanation:
    return Explanation(
        drivers=(
            f"{questions_a_month(case):,.0f} questions a month",
            "no tools are given to the model",
            f"access: {asked(case).access}",
        ),
        consequences=(
            "Retrieved and asked text is data: its delimiters cannot be forged; instructions stand apart.",
            "Answers leave as text events or JSON, never as HTML.",
            *(
                ("A passage that is taken for an order is left out, and the answer says that something was.",)
                if choice == "classifier"
                else ()
            ),
        ),
        confirmed_by="model_failure: orders in a document change nothing of what the model is told to do; "
        "tests: forged delimiters",
        patterns=(Pattern("least privilege", "what reads strangers' text can call nothing"),),
    )


DECISIONS.add(
    "prompt_injection",
    Rule(
        title="Stance on prompt injection",
        context=_context,
        options=_options,
        explain=_explain,
        reads=("language_model", "chunking", "retrieval", "embedding_model"),
        applies=generates,
    ),
)
