"""MODEL_*: which models are asked, how patiently, at what cost; and the providers' keys."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, TypeAdapter, field_validator
from pydantic_settings import SettingsConfigDict

from quillwort.adapters.models.names import ModelName, parsed
from quillwort.adapters.models.prices import prices_of
from quillwort.assistant.gateway.completions import Bounds
from quillwort.assistant.gateway.ledger import Budgets
from quillwort.assistant.gateway.policy import Policy
from quillwort.assistant.gateway.prices import Price
from quillwort.kit.settings import Section, readable

_URL: Final = r"^(|https?://.+)$"


class _GivenPrice(BaseModel):
    """A price in MODEL_PRICES: US dollars for a million tokens."""

    model_config = ConfigDict(extra="forbid")

    input: Decimal = Field(ge=0)
    output: Decimal = Field(ge=0)
    cached_input: Decimal | None = Field(default=None, ge=0)
    cache_write: Decimal | None = Field(default=None, ge=0)


_PRICES: Final = TypeAdapter(dict[str, _GivenPrice])


class ModelSettings(Section):
    """The chain, patience, bounds and budgets; a budget of 0 is no limit.

    Models whose provider has no key are left out of the chain. Without `chain` the one that the
    service was designed with holds; an empty one has no models.
    """

    model_config = SettingsConfigDict(env_prefix="MODEL_", protected_namespaces=())

    chain: str | None = None
    first_token_timeout_seconds: float = Field(default=10.0, gt=0)
    between_tokens_timeout_seconds: float = Field(default=10.0, gt=0)
    total_timeout_seconds: float = Field(default=90.0, gt=0)
    retries: int = Field(default=2, ge=0, le=10)
    max_concurrent: int = Field(default=256, ge=1)
    max_output_tokens: int = Field(default=1000, ge=1)
    after_first_token: Literal["restart", "incomplete"] = "restart"  # noqa: S105 - tokens of an answer
    cache: Literal["exact", "none"] = "exact"
    cache_days: float = Field(default=7.0, gt=0)
    cache_completions: int = Field(default=10_000, ge=1)
    daily_tokens_per_owner: int = Field(default=0, ge=0)
    daily_usd_per_owner: Decimal = Field(default=Decimal(0), ge=0)
    daily_usd: Decimal = Field(default=Decimal(0), ge=0)
    prices: str = ""
    breaker_failures: int = Field(default=5, ge=1)
    breaker_seconds: float = Field(default=30.0, gt=0)

    @field_validator("chain")
    @classmethod
    def _chain_of_models(cls, chain: str | None) -> str | None:
        parsed(chain or "")
        return chain

    @field_validator("prices")
    @classmethod
    def _readable_prices(cls, prices: str) -> str:
        _given(prices)
        return prices

    def designed(self, chain: str) -> Self:
        """Return these settings with this chain, where they have none of their own."""
        return self.model_copy(update={"chain": chain}) if self.chain is None else self

    @property
    def names(self) -> tuple[ModelName, ...]:
        """The models of the chain, the first to be asked first."""
        return parsed(self.chain or "")

    @property
    def price_table(self) -> dict[str, Price]:
        """What each model of the chain costs, as far as it is known."""
        return prices_of(self.names, _given(self.prices))

    @property
    def budgets(self) -> Budgets:
        """What may be spent in a day."""
        return Budgets(self.daily_tokens_per_owner, self.daily_usd_per_owner, self.daily_usd)

    @property
    def kept(self) -> Bounds:
        """Which completions are kept."""
        return Bounds(self.cache_days, self.cache_completions)

    @property
    def policy(self) -> Policy:
        """How patient the gateway is."""
        return Policy(
            first_token_seconds=self.first_token_timeout_seconds,
            between_tokens_seconds=self.between_tokens_timeout_seconds,
            total_seconds=self.total_timeout_seconds,
            retries=self.retries,
            once_begun=self.after_first_token,
            max_output_tokens=self.max_output_tokens,
            max_concurrent=self.max_concurrent,
            breaker_failures=self.breaker_failures,
            breaker_seconds=self.breaker_seconds,
        )

    def unsafe(self) -> Iterator[str]:
        """Yield what production must not run with."""
        if self.first_token_timeout_seconds > self.total_timeout_seconds:
            yield (
                "MODEL_FIRST_TOKEN_TIMEOUT_SECONDS: an answer must end within"
                " MODEL_TOTAL_TIMEOUT_SECONDS, and may not have begun by then"
            )
        if self.daily_usd or self.daily_usd_per_owner:
            priced = self.price_table
            for name in self.names:
                if str(name) not in priced and name.provider != "compatible":
                    yield f"MODEL_PRICES: {name} has no price, and budgets in money need one"


class ProviderSettings(Section):
    """Keys and addresses of the providers; an empty address is the provider's own."""

    openai_api_key: SecretStr = SecretStr("")
    openai_base_url: str = Field(default="", pattern=_URL)
    anthropic_api_key: SecretStr = SecretStr("")
    anthropic_base_url: str = Field(default="", pattern=_URL)
    mistral_api_key: SecretStr = SecretStr("")
    mistral_base_url: str = Field(default="", pattern=_URL)
    compatible_api_key: SecretStr = SecretStr("")
    compatible_base_url: str = Field(default="", pattern=_URL)

    def key(self, provider: str) -> str:
        """Return a provider's key, or nothing."""
        keys: Mapping[str, SecretStr] = {
            "openai": self.openai_api_key,
            "anthropic": self.anthropic_api_key,
            "mistral": self.mistral_api_key,
            "compatible": self.compatible_api_key,
        }
        return keys[provider].get_secret_value()

    def base_url(self, provider: str) -> str:
        """Return a provider's address, or nothing when there is none."""
        own = {
            "openai": (self.openai_base_url, "https://api.openai.com/v1"),
            "anthropic": (self.anthropic_base_url, "https://api.anthropic.com"),
            "mistral": (self.mistral_base_url, "https://api.mistral.ai/v1"),
            "compatible": (self.compatible_base_url, ""),
        }
        given, default = own[provider]
        return given or default

    def offers(self, name: ModelName) -> bool:
        """Say whether a model can be asked: there is a key, or a compatible server's address."""
        if name.provider == "compatible":
            return bool(self.compatible_base_url)
        return bool(self.key(name.provider))

    def unsafe(self) -> Iterator[str]:
        """Yield what production must not run with."""
        for provider in ("openai", "anthropic", "mistral"):
            if readable(self.base_url(provider)):
                yield f"{provider.upper()}_BASE_URL: the key would travel readable; use https://"


def _given(prices: str) -> dict[str, Price]:
    """Return the prices of MODEL_PRICES.

    Raises:
        ValueError: when it is not JSON, or not of prices.
    """
    if not prices.strip():
        return {}
    return {
        name: Price(price.input, price.output, price.cached_input, price.cache_write)
        for name, price in _PRICES.validate_python(json.loads(prices, parse_float=Decimal)).items()
    }
