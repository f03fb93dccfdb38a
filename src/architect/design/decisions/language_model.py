"""Which model writes the answers: a provider's, one of ours, or none that quotes instead.

Tokens are paid from ``budget.llm_usd_per_month`` and charged beside the infrastructure; a model that would
spend more than that, or that the text may not go to, cannot be had.
"""

from typing import Final

from architect.design.assistant import FAMILIES, family_of, generates, vendors_of
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
from architect.design.sizing.serving import Serving, cheapest
from architect.design.sizing.streams import wait
from architect.design.sizing.tokens import (
    EXTRACTIVE,
    STRONGEST,
    month_usd,
    question_usd,
    questions_a_month,
    spent,
    wrong_usd,
)
from architect.design.tables import LanguageModel
from architect.model.brief import Brief
from architect.model.decision import Library, Option, Pattern
from architect.model.fact import Figure

FLAGSHIPS: Final = {
    "openai": "gpt-4.1",
    "anthropic": "claude-sonnet-4.5",
    "mistral": "mistral-large",
    "own": "llama-3.1-8b",
}
"""What is meant by a vendor, a family or a server without a model's name."""
SERIES: Final = {"claude-sonnet": "claude-sonnet-4.5", "claude-haiku": "claude-haiku-4.5"}
"""What is meant by a series of models without its version."""
READ: Final = frozenset({"question_answering"})
"""Tasks that quoting the best passages answers after a fashion."""


def _wished(brief: Brief) -> tuple[Wished, ...]:
    return tuple(
        Wished(_meant(wish.option), wish.path, wish.fact) for wish in wish_at("prefer.language_model")(brief)
    )


def _meant(name: str) -> str:
    return FLAGSHIPS.get(family_of(name), SERIES.get(name, name))


def _context(case: Case) -> str:
    needs, tokens = asked(case), spent(case)
    limit = (
        "no limit was told" if needs.budget is None else f"at most {needs.budget:,.0f} USD a month for models"
    )
    quality = "" if needs.quality is None else f"; {needs.quality:.0%} of the answers must be right"
    return (
        f"{questions_a_month(case):,.0f} questions a month of {tokens.read:,.0f} tokens in and "
        f"{tokens.answer:,.0f} out; {limit}; text may go to: {needs.data_stays}{quality}."
    )


def _options(case: Case) -> tuple[Option, ...]:
    models = case.tables.language_models
    return (*(_model(case, name, model) for name, model in models.items()), _extractive(case))


def _model(case: Case, name: str, model: LanguageModel) -> Option:
    serving = cheapest(case) if model.own else None
    machine = serving.usd if serving else 0.0
    tokens = month_usd(case, model)
    lost = wrong_usd(case, 1 - _right(case, model.grade))
    option = offer(
        case,
        name,
        model.title,
        gives=_gives(model),
        costs=_costs(case, model),
        usd=machine,
        usd_from=serving.because if serving else "a provider's machines",
        hours=case.care("vllm" if model.own else "model_provider"),
        figures=(
            computed(
                "a question",
                round(question_usd(case, model), 5),
                "USD",
                f"{spent(case).told}; {_price(model)}",
            ),
            computed(
                "first token", round(_first(case, model, serving)), "ms", _first_from(case, model, serving)
            ),
            known(case, "right answers, passages given", f"right.{model.grade}"),
        ),
        infeasible=_problem(case, model, tokens + machine, serving),
        forbidden=_forbidden(case, model) is not None,
    )
    return charged(option, tokens + lost, _tokens(case, tokens, model), _wrong(case, lost, model.grade))


def _gives(model: LanguageModel) -> tuple[str, ...]:
    where = {
        "anywhere": "nothing to run; the vendor's newest hardware",
        "eu": "nothing to run; the text stays in the EU",
        "own_servers": "the text stays on our servers; no price a token",
    }[model.stays]
    able = {"large": "joins several passages and sees what they leave open", "small": "fast and cheap"}
    return (where, able.get(model.grade, "weights that nobody can retire"))


def _costs(case: Case, model: LanguageModel) -> tuple[str, ...]:
    if model.own:
        return ("a machine that is paid whether anybody asks or not", "weaker than a provider's model")
    return (
        f"{question_usd(case, model):.4f} USD a question",
        f"{model.vendor} sees each question and its passages",
    )


def _price(model: LanguageModel) -> str:
    if model.own:
        return "the machine is paid instead"
    return f"{model.input_usd:g} and {model.output_usd:g} USD a million tokens ({model.because})"


def _right(case: Case, grade: str) -> float:
    """Return the share of all answers that are right: found, and then well answered."""
    found = case.number("retrieval.found") if case.choice("retrieval") else 1.0
    return found * case.number(f"right.{grade}")


def _first(case: Case, model: LanguageModel, serving: Serving | None) -> float:
    first = wait(case, model).first_ms
    return first - model.first_token_ms + serving.first_ms if serving else first


def _first_from(case: Case, model: LanguageModel, serving: Serving | None) -> str:
    if serving is None:
        return wait(case, model).because
    return f"{wait(case, None).because} + {serving.first_ms:,.0f} in which our machine reads the prompt"


def _problem(case: Case, model: LanguageModel, usd: float, serving: Serving | None) -> str | None:
    needs, first = asked(case), _first(case, model, serving)
    last = wait(case, model).last_ms
    right = _right(case, model.grade)
    checks = (
        (
            needs.budget is not None and usd > needs.budget,
            f"costs {usd:,.0f} USD a month and {needs.budget or 0:,.0f} are given",
        ),
        (
            needs.quality is not None and right < needs.quality,
            f"is taken to be right in {right:.0%} and {needs.quality or 0:.0%} are asked",
        ),
        (
            first > needs.first_token_ms,
            f"begins after {first:,.0f} ms and {needs.first_token_ms:,.0f} are asked",
        ),
        (
            needs.answer_ms is not None and last > needs.answer_ms,
            f"ends after {last:,.0f} ms and {needs.answer_ms or 0:,.0f} are asked",
        ),
    )
    return _forbidden(case, model) or next((told for wrong, told in checks if wrong), None)


def _forbidden(case: Case, model: LanguageModel) -> str | None:
    needs = asked(case)
    if not needs.may_reach(model.stays):
        return f"the text may go to: {needs.data_stays}"
    return "you asked to avoid its vendor" if model.vendor in vendors_of(case.needs.avoid) else None


def _extractive(case: Case) -> Option:
    needs = asked(case)
    right = _right(case, EXTRACTIVE)
    lost = wrong_usd(case, 1 - right)
    problem = None
    if needs.tasks.isdisjoint(READ):
        problem = f"passages alone do not {', '.join(sorted(needs.tasks))}"
    elif needs.quality is not None and right < needs.quality:
        problem = f"is taken to be right in {right:.0%} and {needs.quality:.0%} are asked"
    option = offer(
        case,
        EXTRACTIVE,
        "No model: the best passages, quoted",
        gives=("no key, no price, no outage, nothing invented", "an answer within the time of a search"),
        costs=("nothing is joined or concluded: the reader does it",),
        hours=case.care("model_extractive"),
        figures=(
            computed("first token", round(wait(case, None).first_ms), "ms", wait(case, None).because),
            known(case, "right answers, passages given", "right.extractive"),
        ),
        infeasible=problem,
    )
    return charged(option, lost, _wrong(case, lost, EXTRACTIVE))


def _tokens(case: Case, usd: float, model: LanguageModel) -> Figure:
    dated = f"{questions_a_month(case):,.0f} questions, prices of {case.tables.models_date}: {_price(model)}"
    return computed("tokens", round(usd, 2), "USD/month", dated)


def _wrong(case: Case, usd: float, grade: str) -> Figure:
    told = (
        f"{1 - _right(case, grade):.1%} of {questions_a_month(case):,.0f} answers x "
        f"{case.number('answer.wrong_minutes'):g} min of whoever believes them"
    )
    return computed("wrong answers", round(usd, 2), "USD/month", told)


def _explain(case: Case, choice: str) -> Explanation:
    needs = asked(case)
    model = case.tables.language_models.get(choice)
    answering = (
        "While no model can be asked, the best passages are quoted, and the answer says so.",
        "A tenant's budget is reserved before a call and settled after it, in tokens and in money.",
        "What was retrieved is data in the prompt: it can call nothing and change no instruction.",
    )
    quoting = ("A model's key turns generated answers on: one setting, the same interface.",)
    return Explanation(
        drivers=(
            f"text may go to: {needs.data_stays}",
            "no limit for models" if needs.budget is None else f"{needs.budget:,.0f} USD a month for models",
            f"{questions_a_month(case):,.0f} questions a month",
        ),
        consequences=quoting if choice == EXTRACTIVE else (*_fallbacks(case, choice), *answering),
        confirmed_by="model_failure: 429, 500, stalls, cut and endless streams, wrong answers' shapes, and a "
        "budget that is never exceeded",
        patterns=(
            Pattern("circuit breaker", "a model that fails is left alone for a while"),
            Pattern("fallback chain", "the next model, then quotations: an answer or a plain refusal"),
        ),
        libraries=()
        if choice == EXTRACTIVE
        else (Library("pydantic-ai-slim", "one client for every vendor, typed answers", "litellm"),),
        warnings=(*_stood_in(case, choice, model), *_beyond(case, choice, model), *_seen(case, model)),
    )


def _stood_in(case: Case, choice: str, model: LanguageModel | None) -> tuple[str, ...]:
    """Return the warning that the wished model has no figures, and whose are taken."""
    wish = case.brief.prefer.language_model
    if (
        wish is None
        or wish.value in {**FAMILIES, **SERIES}
        or (wish.value == choice and (model or choice == EXTRACTIVE))
    ):
        return ()
    if model is None:
        strongest = case.tables.language_models[STRONGEST].title
        taken = f"it is charged as {strongest}; put it into your prices.yaml"
    else:
        taken = (
            f"{model.title} stands in for it, in MODEL_CHAIN too; put it into your prices.yaml under a name "
            "of your own"
        )
    return (f"prefer.language_model: no figures for {wish.value}: {taken}",)


def _beyond(case: Case, choice: str, model: LanguageModel | None) -> tuple[str, ...]:
    """Return the warning that text would go to a model of which nobody knows that it may."""
    stays = asked(case).data_stays
    if model is not None or choice == EXTRACTIVE or asked(case).may_reach("anywhere"):
        return ()
    unknown = f"the text may go to: {stays}, and where {choice} is run is not known"
    return (f"prefer.language_model asks for {choice}: {unknown}",)


def _seen(case: Case, model: LanguageModel | None) -> tuple[str, ...]:
    """Return the warning that a vendor sees text about people and nobody said that it may."""
    stated = case.brief.assistant.data_stays
    if (
        model is None
        or model.own
        or not case.needs.personal_data
        or (stated and stated.provenance == "stated")
    ):
        return ()
    return (f"assistant.data_stays: {model.vendor} sees passages that may name people; say so if it may not",)


def _fallbacks(case: Case, choice: str) -> tuple[str, ...]:
    """Return the next models that could be had, of other vendors first."""
    models = case.tables.language_models
    chosen = models.get(choice)
    if chosen is None:
        return ()
    others = [
        name
        for name, model in models.items()
        if model.vendor != chosen.vendor
        and not model.own
        and name not in case.needs.avoid
        and _forbidden(case, model) is None
        and month_usd(case, model) <= (asked(case).budget or month_usd(case, model))
    ]
    if not others:
        return ("No second vendor may or can be asked: after this model come quotations.",)
    nearest = max(
        others, key=lambda name: (case.number(f"right.{models[name].grade}"), -month_usd(case, models[name]))
    )
    return (f"When it fails, {models[nearest].title} is asked, of another vendor, then passages are quoted.",)


DECISIONS.add(
    "language_model",
    Rule(
        title="Language model",
        context=_context,
        options=_options,
        explain=_explain,
        reads=("retrieval", "embedding_model", "chunking", "vector_store", "reranking", "deployment"),
        wished=_wished,
        applies=generates,
    ),
)
