"""Which models are asked, and what production refuses."""

import subprocess
import sys
from decimal import Decimal

import pytest
from pydantic import ValidationError

from memory_ledger import MemoryCompletions, MemoryLedger
from quillwort.adapters.models import factory
from quillwort.adapters.models.factory import open_gateway
from quillwort.adapters.models.names import ModelName
from quillwort.adapters.models.prices import TABLE
from quillwort.adapters.models.settings import ModelSettings, ProviderSettings
from quillwort.kit.settings import SettingsError

CHAIN = "openai:gpt-4.1,anthropic:claude-sonnet-4-5,mistral:mistral-small-latest,compatible:llama"


async def _models(providers: ProviderSettings) -> tuple[str, ...]:
    settings, ledger, completions = ModelSettings(chain=CHAIN), MemoryLedger(), MemoryCompletions()
    async with open_gateway(settings, providers, ledger, completions) as gateway:
        return gateway.models


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ({}, ()),
        ({"openai_api_key": "k"}, ("openai:gpt-4.1",)),
        (
            {"anthropic_api_key": "k", "mistral_api_key": "k"},
            ("anthropic:claude-sonnet-4-5", "mistral:mistral-small-latest"),
        ),
        ({"compatible_base_url": "http://llama:8000/v1"}, ("compatible:llama",)),
        ({"compatible_api_key": "k"}, ()),
    ],
)
async def test_models_without_a_key_are_left_out(
    given: dict[str, str], left: tuple[str, ...]
) -> None:
    assert await _models(ProviderSettings(**given)) == left


@pytest.mark.parametrize(
    ("set_", "names"),
    [
        (None, ["openai:gpt-4.1"]),
        ("", []),
        ("mistral:mistral-small-latest", ["mistral:mistral-small-latest"]),
    ],
)
def test_the_designed_chain_holds_where_none_is_set(
    monkeypatch: pytest.MonkeyPatch, set_: str | None, names: list[str]
) -> None:
    monkeypatch.delenv("MODEL_CHAIN", raising=False)
    if set_ is not None:
        monkeypatch.setenv("MODEL_CHAIN", set_)
    assert list(map(str, ModelSettings().designed("openai:gpt-4.1").names)) == names


async def test_a_model_needs_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(factory.importlib.util, "find_spec", lambda _: None)
    assert await _models(ProviderSettings()) == ()
    with pytest.raises(SettingsError, match=r"requirements/models\.txt"):
        await _models(ProviderSettings(openai_api_key="k"))


def test_a_service_without_a_key_imports_no_client_of_models() -> None:
    code = (
        "import sys, quillwort.bootstrap, quillwort.adapters.models.pydantic_ai_model\n"
        "sys.exit(str({'pydantic_ai', 'openai', 'anthropic'} & set(sys.modules)))"
    )
    done = subprocess.run(  # noqa: S603 - this interpreter, with our own text
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.stderr.strip() == "set()"


@pytest.mark.parametrize("chain", ["gpt-4.1", "google:gemini", "openai:", "openai:a,openai:a"])
def test_a_chain_that_means_nothing_is_refused(chain: str) -> None:
    with pytest.raises(ValidationError, match="chain"):
        ModelSettings(chain=chain)


def test_prices_given_go_before_the_table() -> None:
    settings = ModelSettings(
        chain="openai:gpt-4.1,compatible:llama,anthropic:new",
        prices='{"gpt-4.1": {"input": 1.5, "output": 6},'
        ' "compatible:llama": {"input": 0, "output": 0}}',
    )
    prices = settings.price_table
    assert prices["openai:gpt-4.1"].input == Decimal("1.5")
    assert prices["compatible:llama"].output == 0
    assert "anthropic:new" not in prices
    assert ModelSettings(chain="openai:gpt-4.1").price_table["openai:gpt-4.1"] == TABLE["gpt-4.1"]


@pytest.mark.parametrize(
    "prices", ["{", "[]", '{"m": {"input": 1}}', '{"m": {"input": -1, "output": 1}}']
)
def test_prices_that_are_none_are_refused(prices: str) -> None:
    with pytest.raises(ValidationError, match="prices"):
        ModelSettings(prices=prices)


def test_production_refuses_a_budget_of_money_without_prices() -> None:
    assert not [*ModelSettings(chain="openai:new").unsafe()]
    assert [*ModelSettings(chain="openai:new", daily_usd=Decimal(5)).unsafe()] == [
        "MODEL_PRICES: openai:new has no price, and budgets in money need one"
    ]


def test_production_refuses_to_send_a_key_readable() -> None:
    assert not [*ProviderSettings(openai_base_url="http://127.0.0.1:1/v1").unsafe()]
    assert [*ProviderSettings(mistral_base_url="http://proxy/v1").unsafe()] == [
        "MISTRAL_BASE_URL: the key would travel readable; use https://"
    ]


def test_keys_are_not_shown() -> None:
    providers = ProviderSettings(openai_api_key="sk-secret")
    assert "sk-secret" not in repr(providers)
    assert providers.key("openai") == "sk-secret"
    assert providers.offers(ModelName("openai", "any"))
