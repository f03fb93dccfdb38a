"""What a project with a language model is told of the design's choice."""

from decimal import Decimal

import pytest

from architect import app
from architect.build.language_models import SERVED
from architect.design.tables import shipped
from architect.model.project import Project

TEXT = "Lawyers ask questions over 20,000 contracts and get streamed answers; about 3,000 questions a day"


def _built(text: str) -> dict[str, str]:
    project: Project = app.build(app.design(app.brief(text)))
    return {file.path: file.content.decode(errors="replace") for file in project.files}


def _set(files: dict[str, str], name: str) -> str:
    line = next(line for line in files["compose.yaml"].splitlines() if f" {name}:" in line)
    return line.partition(":-")[2].rstrip("}")


@pytest.mark.parametrize(
    ("wish", "chain"),
    [
        ("", "mistral:mistral-large-latest,openai:gpt-4.1"),
        ("; use claude-haiku-4.5", "anthropic:claude-haiku-4-5,mistral:mistral-large-latest"),
    ],
)
def test_the_chain_is_the_designs_model_and_its_fallback(wish: str, chain: str) -> None:
    files = _built(f"{TEXT}; docker compose{wish}")
    assert _set(files, "MODEL_CHAIN") == chain


@pytest.mark.parametrize(
    ("wish", "chain"),
    [
        ("", "mistral:mistral-large-latest,openai:gpt-4.1,anthropic:claude-sonnet-4-5"),
        ("; no OpenAI", "mistral:mistral-large-latest,anthropic:claude-sonnet-4-5"),
        ("; data must stay in the EU", "mistral:mistral-large-latest"),
        ("; our GPU server runs vLLM; the text must not leave our servers", "compatible:llama-3.1-8b"),
    ],
)
def test_a_key_alone_sends_nothing_where_the_brief_forbids_it(wish: str, chain: str) -> None:
    files = _built(f"{TEXT}; docker compose{wish}")
    assert f"\nMODEL_CHAIN={chain}\n" in files[".env.example"]
    (bootstrap,) = (text for path, text in files.items() if path.endswith("bootstrap.py"))
    assert f'"{chain}"' in bootstrap.partition("settings.model.designed(")[2].partition(")")[0]


@pytest.mark.parametrize(("month", "day"), [("1,500", "48.387"), ("310", "10"), ("1,000", "32.258")])
def test_a_days_budget_keeps_that_of_the_longest_month(month: str, day: str) -> None:
    files = _built(f"{TEXT}; docker compose; language-model spend below {month} dollars a month")
    assert _set(files, "MODEL_DAILY_USD") == day
    assert f"MODEL_DAILY_USD={day}`" in files["README.md"]


def test_the_design_counts_the_passages_that_the_service_takes() -> None:
    counted = shipped().number("context.passages")
    assert f"RETRIEVAL_PASSAGES={counted:g}\n" in _built(f"{TEXT}; docker compose")[".env.example"]


def test_no_budget_is_made_up() -> None:
    files = _built(f"{TEXT}; docker compose")
    assert _set(files, "MODEL_DAILY_USD") == "0"
    assert "MODEL_DAILY_USD=" not in files["README.md"]


def test_deployments_install_the_clients_of_models() -> None:
    compose = _built(f"{TEXT}; docker compose")
    assert "requirements/models.txt" in compose["Dockerfile"]
    assert "requirements/models.txt" in _built(f"{TEXT}; on a single virtual machine")["README.md"]
    plain = _built("a REST API to store orders in PostgreSQL; docker compose")
    assert "requirements/runtime.txt" in plain["Dockerfile"]
    assert not any("models" in path for path in plain)


def test_prices_are_those_of_the_design() -> None:
    tables = shipped()
    files = _built(f"{TEXT}; docker compose")
    table = next(text for path, text in files.items() if path.endswith("adapters/models/prices.py"))
    priced = table[table.index("TABLE:") :]
    for name, model in tables.language_models.items():
        served = SERVED[name].partition(":")[2]
        if model.own:
            assert f'"{served}"' not in priced
            continue
        entry = priced[priced.index(f'"{served}"') :].split("Decimal(")[1:3]
        told = [Decimal(part.split('"')[1]) for part in entry]
        assert told == [Decimal(str(model.input_usd)), Decimal(str(model.output_usd))]
    assert tables.models_date in table
