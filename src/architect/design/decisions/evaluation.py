"""How it is known that answers are right, and stay right: shipped questions, your own, a judge besides."""

from architect.design.assistant import wants_assistant
from architect.design.case import Case
from architect.design.rule import DECISIONS, Explanation, Rule, charged, computed, known, offer
from architect.design.sizing.corpus import asked
from architect.design.sizing.tokens import question_usd, questions_a_month, writer, wrong_usd
from architect.model.decision import Library, Option, Pattern
from architect.model.fact import Figure


def _context(case: Case) -> str:
    needs = asked(case)
    target = "no target was told" if needs.quality is None else f"{needs.quality:.0%} must be right"
    return (
        f"{questions_a_month(case):,.0f} questions a month; {target}. A change of prompt, model, parser or "
        "corpus may make answers worse without an error."
    )


def _options(case: Case) -> tuple[Option, ...]:
    return (_shipped(case), _judged(case), _judge(case))


def _slipped(case: Case, constant: str) -> tuple[float, Figure]:
    """Return what goes unnoticed a month, in USD, and its figure."""
    seen = case.number(constant)
    share = case.number("regression.a_month") * case.number("regression.loss") * (1 - seen)
    usd = wrong_usd(case, share)
    loss = case.number("regression.loss")
    told = f"{case.number('regression.a_month'):g} a month x {loss:.0%} of answers x {1 - seen:.0%} unnoticed"
    return usd, computed("what slips through", round(usd, 2), "USD/month", told)


def _writing(case: Case) -> float:
    """Return the hours a month of writing judged questions, paid back over a year."""
    hours = case.number("judge.questions") * case.number("judge.minutes") / 60
    return hours / case.number("people.learning_months")


def _unproven(case: Case) -> str | None:
    quality = asked(case).quality
    return None if quality is None else f"cannot show that {quality:.0%} of your answers are right"


def _shipped(case: Case) -> Option:
    usd, slips = _slipped(case, "regression.seen_shipped")
    option = offer(
        case,
        "shipped_questions",
        "Shipped questions, and questions made from your corpus",
        gives=("runs from the first day on, in every build",),
        costs=("knows the search, and not what your people ask",),
        hours=case.care("evaluation_shipped"),
        figures=(known(case, "noticed", "regression.seen_shipped"),),
        infeasible=_unproven(case),
    )
    return charged(option, usd, slips)


def _judged(case: Case) -> Option:
    usd, slips = _slipped(case, "regression.seen_judged")
    option = offer(
        case,
        "judged_questions",
        "Fifty questions of your own, judged by people",
        gives=("your questions, your words", "fits the weight of the fusion and the size of passages"),
        costs=(
            f"{case.number('judge.questions') * case.number('judge.minutes') / 60:.0f} hours to write once",
        ),
        hours=case.care("evaluation_judged") + _writing(case),
        figures=(
            known(case, "noticed", "regression.seen_judged"),
            known(case, "questions", "judge.questions"),
        ),
    )
    return charged(option, usd, slips)


def _judge(case: Case) -> Option:
    usd, slips = _slipped(case, "regression.seen_judge")
    model = writer(case)
    tokens = question_usd(case, model) * case.number("judge.sample") if model else 0.0
    option = offer(
        case,
        "judge_model",
        "Judged questions, and a model that judges a sample of the answers",
        gives=("sees answers go wrong in use, not only in a test",),
        costs=("a judge must be judged: against people, each time it changes",),
        hours=case.care("evaluation_judge") + _writing(case),
        figures=(known(case, "noticed", "regression.seen_judge"), known(case, "sample", "judge.sample")),
        infeasible=None if model else "no model was chosen that could judge",
    )
    paid = computed("judging", round(tokens, 2), "USD/month", "the sample, once more by the chosen model")
    return charged(option, usd + tokens, slips, paid)


def _explain(case: Case, choice: str) -> Explanation:
    needs = asked(case)
    consequences = ["make evaluate: nDCG@10, recall and MRR; two versions by a paired randomisation test."]
    if choice != "shipped_questions":
        consequences.append(
            "A tuner fits alpha, passage size and top-k on one half and reports on the other."
        )
        consequences.append("Questions in evaluation/own/ are measured by the retrieval gate too.")
    if choice == "judge_model":
        consequences.append(
            "The judge sees question, passages and answer: support, abstention, faithfulness."
        )
    if writer(case):
        consequences.append("Weak evidence makes an abstention, and abstentions are counted beside the rest.")
    return Explanation(
        drivers=(
            f"{questions_a_month(case):,.0f} questions a month",
            "no target for right answers" if needs.quality is None else f"{needs.quality:.0%} right answers",
            f"{case.number('people.hour_usd'):g} USD an hour for judging",
        ),
        consequences=tuple(consequences),
        confirmed_by="retrieval: shipped and own questions, each figure with its interval; "
        "tests: the measures themselves",
        patterns=(Pattern("golden set", "questions and passages that a change is measured by"),),
        libraries=(Library("pydantic-evals", "cases, runs and reports of answers", "ragas"),),
    )


DECISIONS.add(
    "evaluation",
    Rule(
        title="Evaluation",
        context=_context,
        options=_options,
        explain=_explain,
        reads=("language_model", "retrieval", "embedding_model", "chunking"),
        applies=wants_assistant,
    ),
)
