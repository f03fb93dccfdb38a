"""language_model: answers that a language model writes from the passages, and what holds when it fails."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, Decimal
from typing import Final

from architect.build.block import BLOCKS, Block
from architect.build.contributions.deployment import Egress
from architect.build.contributions.documents import Neighbour, Operation
from architect.build.contributions.environment import Variable, VariableGroup
from architect.build.contributions.packaging import Dependency, ExtraUse, TypeException
from architect.build.contributions.python import Import, Part, Resource, Section
from architect.build.language_models import SERVED
from architect.build.scene import Scene
from architect.build.slots import Contribution
from architect.model.decision import Decision

EXTRA: Final = "models"

_PROVIDERS: Final = ("openai", "anthropic", "mistral", "compatible")
_DAYS: Final = 31
"""Of the longest month, whose budget a day's must keep."""
_ANY_KEY: Final = ("mistral-large", "gpt-4.1", "claude-sonnet-4.5")
"""A model of each provider, by the design's names."""
_LONGEST_LINE: Final = 100
_INDENTED: Final = 8
"""Columns that resources are indented by."""
_LEAST_USD: Final = Decimal("0.001")
"""Of a day: 0 would be no limit."""

_OPERATION = (
    "`MODEL_CHAIN` names the models that write answers; one whose provider has no key is left out, and with"
    " none left the best passages are quoted. They are asked one after another: the next when one fails. A"
    " call reserves the worst that it may cost before it is made, so that the budgets of a day (UTC) hold"
    " however many ask at once; what a killed process had reserved counts as spent. A model without a price"
    " in `adapters/models/prices.py` or `MODEL_PRICES` is bound by tokens alone. The same question of the"
    " same owner about the same passages is paid for once in `MODEL_CACHE_DAYS`. Removing or replacing a"
    " document takes every answer that is kept for this and rests on it, whoever asked, in the same"
    " transaction. What the clients of models need is `requirements/models.txt`; without a key they are not"
    " even imported."
)


def _contribute(scene: Scene) -> Iterator[Contribution]:
    yield ExtraUse(EXTRA, "the clients of language models, without which answers quote")
    for requirement in ("anthropic>=2", "openai>=3", "pydantic-ai-slim>=2.60"):
        yield Dependency(requirement, EXTRA)
    for client in ("anthropic", "openai"):
        reason = "pydantic-ai speaks to it; following it takes a quarter of the time"
        yield TypeException(f"{client}.*", 'follow_imports = "skip"', reason)
    chain = _chain(scene)
    yield _asking(scene, chain)
    yield _providers({model.partition(":")[0] for model in chain})
    yield Operation(90, "Language models", _OPERATION + _spending(scene))
    yield Neighbour(40, "models", '["Language models"]', "prompts, HTTPS")
    yield Egress(91, 443, "HTTPS (language models)")
    yield Section("model", "adapters.models.settings", "ModelSettings")
    yield Section("providers", "adapters.models.settings", "ProviderSettings")
    yield Import("from quillwort.adapters.ledger.postgresql import PostgresqlLedger")
    yield Import("from quillwort.adapters.models.factory import open_gateway")
    yield Import("from quillwort.assistant.gateway.gateway import Gateway")
    yield Resource(
        "models",
        (
            "models = await stack.enter_async_context(",
            "    open_gateway(",
            *_given(_wide(scene, chain)),
            "        settings.providers,",
            "        PostgresqlLedger(database),",
            "        completions,",
            "        model_metrics,",
            *(("        reuse,",) if scene.choices.rewording else ()),
            "    )",
            ")",
        ),
        place=55,
    )
    yield Part("models", "Gateway", "models")
    yield Import("from quillwort.assistant.gateway.usage import UsageService")
    yield Part("usage", "UsageService", "UsageService(models)")


def _chain(scene: Scene) -> tuple[str, ...]:
    """Return the design's model, and the one that it falls back to."""
    decision = scene.design.decision("language_model")
    fallback = (option.name for option in decision.options if _falls_back(decision, option.title))
    return tuple(SERVED[name] for name in (decision.choice, *fallback) if name in SERVED)


def _wide(scene: Scene, chain: Sequence[str]) -> tuple[str, ...]:
    """Return the chain with a model of each other provider behind it, so that any provider's key will do.

    Whom the brief forbids to be asked, as by where the text may go, is not among them.
    """
    options = scene.design.decision("language_model").options
    allowed = {option.name for option in options if not option.forbidden}
    taken = {model.partition(":")[0] for model in chain}
    others = (SERVED[name] for name in _ANY_KEY if name in allowed)
    return (*chain, *(model for model in others if model.partition(":")[0] not in taken))


def _given(chain: Sequence[str]) -> Iterator[str]:
    """Yield the lines that give the gateway its settings, as a formatter leaves them."""
    named = f'"{",".join(chain)}"'
    line = f"        settings.model.designed({named}),"
    if len(line) + _INDENTED <= _LONGEST_LINE:
        yield line
        return
    yield "        settings.model.designed("
    yield f"            {named}"
    yield "        ),"


def _falls_back(decision: Decision, title: str) -> bool:
    told = f"When it fails, {title} is asked"
    return any(consequence.startswith(told) for consequence in decision.consequences)


def _daily_usd(scene: Scene) -> str:
    """Return what everybody's answers of a day may cost, so that those of a month stay within the brief's."""
    budget = scene.design.brief.budget.llm_usd_per_month
    if budget is None:
        return "0"
    share = (Decimal(str(budget.value)) / _DAYS).quantize(_LEAST_USD, ROUND_DOWN)
    return f"{max(share, _LEAST_USD):f}".rstrip("0").rstrip(".")


def _spending(scene: Scene) -> str:
    budget = scene.design.brief.budget.llm_usd_per_month
    if budget is None:
        return ""
    return (
        f" Of the {budget.value:,.10g} US dollars a month that the brief allows, a day of the longest month"
        f" has {_daily_usd(scene)}: a deployment is given `MODEL_DAILY_USD={_daily_usd(scene)}`, `make run`"
        " takes it from the environment."
    )


def _cache(scene: Scene) -> str:
    return "none" if scene.design.chosen("answer_cache") == "none" else "exact"


def _tuned(name: str, default: str, meaning: str, value: str | None = None) -> Variable:
    return Variable(name, default, meaning, production="tuned", value=default if value is None else value)


def _asking(scene: Scene, chain: Sequence[str]) -> VariableGroup:
    return VariableGroup(
        80,
        "Language models: which are asked, how patiently, and what may be spent",
        (
            _tuned(
                "MODEL_CHAIN",
                ",".join(_wide(scene, chain)),
                "`provider:model`, comma separated, the first to be asked first; providers: `openai`,"
                " `anthropic`, `mistral`, `compatible` (vLLM, llama.cpp)",
                ",".join(chain),
            ),
            Variable("MODEL_FIRST_TOKEN_TIMEOUT_SECONDS", "10", "how long a model may take to begin"),
            Variable("MODEL_BETWEEN_TOKENS_TIMEOUT_SECONDS", "10", "how long it may pause"),
            Variable("MODEL_TOTAL_TIMEOUT_SECONDS", "90", "how long an answer may take, by all models"),
            Variable("MODEL_RETRIES", "2", "how often a model that has not begun is asked again"),
            Variable("MODEL_MAX_CONCURRENT", "256", "answers that one process writes at once"),
            Variable("MODEL_MAX_OUTPUT_TOKENS", "1000", "how long an answer may be"),
            Variable(
                "MODEL_AFTER_FIRST_TOKEN",
                "restart",
                "when a model breaks off: `restart` with the next, or `incomplete`",
            ),
            _tuned("MODEL_CACHE", "exact", "`exact` keeps whole answers, `none` does not", _cache(scene)),
            Variable("MODEL_CACHE_DAYS", "7", "how long they are kept"),
            Variable("MODEL_CACHE_COMPLETIONS", "10000", "how many are kept"),
            _tuned("MODEL_DAILY_TOKENS_PER_OWNER", "0", "tokens that an owner may use in a day; 0: no limit"),
            _tuned(
                "MODEL_DAILY_USD_PER_OWNER", "0", "US dollars that an owner may use in a day; 0: no limit"
            ),
            _tuned(
                "MODEL_DAILY_USD",
                "0",
                "US dollars for everybody's answers of a day; 0: no limit",
                _daily_usd(scene),
            ),
            Variable(
                "MODEL_PRICES",
                "",
                "other prices, US dollars a million tokens:"
                ' `{"gpt-4.1": {"input": 2, "cached_input": 0.5, "output": 8}}`',
            ),
            Variable("MODEL_BREAKER_FAILURES", "5", "failures in a row after which a model is left alone"),
            Variable("MODEL_BREAKER_SECONDS", "30", "for how long"),
        ),
    )


def _providers(asked: set[str]) -> VariableGroup:
    return VariableGroup(
        81,
        "Providers of language models: keys, and addresses where they are not the providers' own",
        tuple(
            variable for provider in _PROVIDERS for variable in _provider(provider, asked=provider in asked)
        ),
    )


def _provider(provider: str, *, asked: bool) -> Iterator[Variable]:
    key, address = f"{provider.upper()}_API_KEY", f"{provider.upper()}_BASE_URL"
    own = provider == "compatible"
    yield Variable(
        key,
        "",
        "the key, if the server asks for one" if own else f"the key for `{provider}` models",
        production="secret" if asked else "",
        compose=f"${{{key}:-}}",
        optional=True,
    )
    meaning = "where such a server is, with its `/v1`" if own else "empty: the provider's own"
    yield _tuned(address, "", meaning) if own and asked else Variable(address, "", meaning)


BLOCKS.add(
    "language_model",
    Block(
        title="Answers by a language model",
        selected=lambda choices: choices.language_model,
        files=(
            "migrations/versions/0004_models.py",
            "src/quillwort/adapters/ledger/__init__.py",
            "src/quillwort/adapters/ledger/postgresql.py",
            "src/quillwort/adapters/models/*.py",
            "src/quillwort/assistant/gateway/*.py",
            "tests/assistant/models/*.py",
            "tests/completions_suite.py",
            "tests/memory_ledger.py",
            "tests/scripted_gateway.py",
            "tests/scripted_models.py",
        ),
        contribute=_contribute,
    ),
)
