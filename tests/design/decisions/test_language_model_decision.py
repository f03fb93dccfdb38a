import pytest
from assistants import assistant, chosen
from briefs import Value, option

from architect.design.assistant import REACHES
from architect.design.engine import design
from architect.design.tables import shipped


@pytest.mark.parametrize(
    ("values", "choice"),
    [
        ({}, "mistral-large"),
        ({"budget.llm_usd_per_month": 100.0}, "mistral-small"),
        ({"budget.llm_usd_per_month": 5.0}, "extractive"),
        ({"assistant.data_stays": "own_servers"}, "llama-3.1-8b"),
        ({"assistant.data_stays": "eu"}, "mistral-large"),
        ({"assistant.questions_per_day": 10.0}, "extractive"),
        ({"prefer.language_model": "claude"}, "claude-sonnet-4.5"),
        ({"prefer.language_model": "claude-sonnet"}, "claude-sonnet-4.5"),
        ({"prefer.language_model": "claude-haiku"}, "claude-haiku-4.5"),
        ({"prefer.language_model": "ollama"}, "llama-3.1-8b"),
        ({"prefer.language_model": "llama-3"}, "llama-3.1-8b"),
        ({"prefer.language_model": "llama-3.3-70b"}, "llama-3.1-8b"),
        ({"prefer.language_model": "mixtral"}, "llama-3.1-8b"),
        ({"prefer.language_model": "gpt-5"}, "gpt-5"),
        ({"avoid": ("mistral",)}, "gpt-4.1"),
    ],
)
def test_the_choice_follows_the_brief(values: dict[str, Value], choice: str) -> None:
    assert chosen("language_model", values) == choice


def test_a_model_costs_less_than_its_budget_or_cannot_be_had() -> None:
    known = assistant({"budget.llm_usd_per_month": 500.0})
    for each in design(known).decision("language_model").options:
        tokens = next((figure.value for figure in each.figures if figure.name == "tokens"), 0.0)
        assert each.infeasible is not None or tokens <= 500


def test_a_target_that_nothing_meets_is_told() -> None:
    made = design(assistant({"assistant.quality": 0.99}))
    assert any(warning.startswith("Language model: nothing meets the brief") for warning in made.warnings)
    assert all(each.infeasible for each in made.decision("language_model").options)


@pytest.mark.parametrize("stays", ["own_servers", "eu"])
@pytest.mark.parametrize("quality", [0.8, 0.9, 0.99])
def test_no_target_sends_text_where_it_may_not_go(stays: str, quality: float) -> None:
    made = design(assistant({"assistant.data_stays": stays, "assistant.quality": quality}))
    model = shipped().language_models.get(made.decision("language_model").choice)
    assert model is None or model.stays in REACHES[: REACHES.index(stays) + 1]


def test_no_target_takes_a_model_of_a_vendor_to_avoid() -> None:
    values: dict[str, Value] = {"avoid": ("mistral",), "assistant.quality": 0.99}
    assert "mistral" not in chosen("language_model", values)


@pytest.mark.parametrize("avoided", ["openai", "gpt", "azure_openai", "gpt-4.1"])
def test_no_fallback_is_what_the_brief_avoids(avoided: str) -> None:
    consequences = design(assistant({"avoid": (avoided,)})).decision("language_model").consequences
    assert consequences[0].startswith("When it fails, Claude Sonnet 4.5 is asked")


def test_the_fallback_is_of_another_vendor() -> None:
    consequences = design(assistant()).decision("language_model").consequences
    assert "GPT-4.1 is asked, of another vendor" in consequences[0]


def test_a_vendor_that_sees_text_about_people_is_warned_of() -> None:
    told = "assistant.data_stays: mistral sees passages"
    assert any(warning.startswith(told) for warning in design(assistant()).warnings)
    for values in ({"assistant.data_stays": "anywhere"}, {"security.personal_data": False}):
        assert not any(warning.startswith(told) for warning in design(assistant(values)).warnings)


def test_a_price_is_dated_and_sourced() -> None:
    figures = {each.name: each for each in option(assistant(), "language_model", "gpt-4.1").figures}
    assert "seen 2026-03" in figures["tokens"].because
    assert "prices of 2026" in figures["tokens"].because


@pytest.mark.parametrize(
    ("model", "told"),
    [
        ("llama-3", "no figures for llama-3: Llama 3.1 8B, run by yourself stands in for it"),
        ("gpt-5", "no figures for gpt-5: it is charged as GPT-4.1"),
    ],
)
def test_a_wished_model_without_figures_is_told(model: str, told: str) -> None:
    assert any(told in warning for warning in design(assistant({"prefer.language_model": model})).warnings)


@pytest.mark.parametrize(
    "model", ["llama-3.1-8b", "llama", "ollama", "claude", "claude-haiku", "mistral-small", "extractive"]
)
def test_a_wished_model_with_figures_is_not_warned_of(model: str) -> None:
    made = design(assistant({"prefer.language_model": model}))
    assert not any("no figures" in warning for warning in made.warnings)


@pytest.mark.parametrize(("stays", "warned"), [("own_servers", 1), ("eu", 1), ("anywhere", 0)])
def test_a_wished_model_of_unknown_whereabouts_is_told_where_text_may_not_leave(
    stays: str, warned: int
) -> None:
    made = design(assistant({"prefer.language_model": "gpt-4o", "assistant.data_stays": stays}))
    assert sum("where gpt-4o is run is not known" in warning for warning in made.warnings) == warned
