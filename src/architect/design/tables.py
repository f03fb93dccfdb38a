"""Every constant of the model, each with its unit and source, out of the data files.

``shipped()`` gives the tables that come with the tool; ``load()`` puts a person's own calibration and
prices in their place. Both are read once; everything after that is pure.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from architect.model.brief import DataStays
from architect.model.errors import InputError
from architect.model.fact import Source

Shape = TypeVar("Shape")


@dataclass(frozen=True, slots=True)
class Constant:
    """One number of the model: value, unit, and why it is believed."""

    value: float
    unit: str
    because: str
    source: Source = "assumed"


@dataclass(frozen=True, slots=True)
class Default:
    """What is taken for an unknown of the brief, and why."""

    value: float | int | bool | str
    because: str


@dataclass(frozen=True, slots=True)
class Operation:
    """CPU of the service and work of the database for one request, in milliseconds."""

    cpu_ms: float
    db_ms: float


@dataclass(frozen=True, slots=True)
class Memory:
    """Resident memory in MiB: of one idle process, and of each database connection."""

    base: float
    per_connection: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """What one request costs on one machine; written by measuring.

    ``operations`` has get, list, create, update and grpc_get.
    """

    date: str
    machine: str
    python: str
    source: Source
    because: str
    operations: Mapping[str, Operation]
    rss_mib: Memory


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for one unit, and where the price was read."""

    usd: float
    because: str


@dataclass(frozen=True, slots=True)
class Provider:
    """Price list of one provider; ``managed`` is true where databases and clusters are run for you."""

    title: str
    managed: bool
    prices: Mapping[str, Price]


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """A model that writes: US dollars a million tokens, what it takes, where the text goes.

    ``grade`` names the share of right answers that is assumed of its class (``right.<grade>``);
    ``first_token_ms`` and ``tokens_per_second`` are of one stream; ``stays`` is as in the brief.
    """

    title: str
    vendor: str
    grade: str
    stays: DataStays
    input_usd: float
    output_usd: float
    first_token_ms: float
    tokens_per_second: float
    because: str

    @property
    def own(self) -> bool:
        """Whether its weights are open and the machine is ours."""
        return self.vendor == OWN


@dataclass(frozen=True, slots=True)
class EmbeddingModel:
    """A model that makes vectors: their dimensions, tokens read of a text, US dollars a million tokens.

    ``megaflops_per_token`` is what one token takes where we run it; ``public_ndcg`` is its nDCG@10 on
    public collections; ``languages`` is a code or ``many``.
    """

    title: str
    vendor: str
    stays: DataStays
    dimensions: int
    tokens: int
    languages: str
    usd: float
    megaflops_per_token: float
    public_ndcg: float
    because: str

    @property
    def own(self) -> bool:
        """Whether it runs in the service."""
        return self.vendor == OWN


OWN: Final = "own"
"""Vendor of what is run by oneself."""


@dataclass(frozen=True, slots=True)
class Tables:
    """All constants: of the model, defaults of the brief, calibration of the service, prices."""

    constants: Mapping[str, Constant]
    defaults: Mapping[str, Default]
    calibration: Calibration
    providers: Mapping[str, Provider]
    prices_date: str
    language_models: Mapping[str, LanguageModel]
    embedding_models: Mapping[str, EmbeddingModel]
    models_date: str

    def number(self, name: str) -> float:
        """Return the constant of that name.

        Raises:
            KeyError: there is no such constant.
        """
        return self.constants[name].value


@dataclass(frozen=True, slots=True)
class _Constants:
    date: str
    constants: dict[str, Constant]
    machine: str = ""
    defaults: dict[str, Default] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Prices:
    date: str
    providers: dict[str, Provider] = field(default_factory=dict)
    language_models: dict[str, LanguageModel] = field(default_factory=dict)
    embedding_models: dict[str, EmbeddingModel] = field(default_factory=dict)


REQUIRED_OPERATIONS = ("get", "list", "create", "update", "grpc_get")


@lru_cache(maxsize=1)
def shipped() -> Tables:
    """Return the tables that come with the tool."""
    folder = files("architect.design") / "data"
    assumed = _read(folder / "assumed.yaml", _Constants)
    assistant = _read(folder / "assistant.yaml", _Constants)
    measured = [
        _read(file, _Constants)
        for file in sorted(folder.iterdir(), key=lambda each: each.name)
        if file.name.startswith("measured")
    ]
    prices = _read(folder / "prices.yaml", _Prices)
    models = _read(folder / "models.yaml", _Prices)
    sourced = {
        name: replace(each, source="measured", because=f"{each.because} ({file.machine}, {file.date})")
        for file in measured
        for name, each in file.constants.items()
    }
    return Tables(
        constants={**assumed.constants, **assistant.constants, **sourced},
        defaults={**assumed.defaults, **assistant.defaults},
        calibration=_read(folder / "calibration.json", Calibration),
        providers=prices.providers,
        prices_date=prices.date,
        language_models=models.language_models,
        embedding_models=models.embedding_models,
        models_date=models.date,
    )


def load(*, calibration: Path | None = None, prices: Path | None = None) -> Tables:
    """Return the shipped tables with a person's own files in their place.

    Args:
        calibration: a JSON file of the shape of ``calibration.json``; one that is not there is passed over,
            because the load gate writes it on its first run.
        prices: a YAML file of the shape of ``prices.yaml`` or ``models.yaml``, or of both together; its
            prices are laid over the shipped ones, provider by provider and price by price, its models model
            by model.

    Raises:
        InputError: a file cannot be read, or is not of its shape.
    """
    tables = shipped()
    if calibration is not None and calibration.exists():
        tables = replace(tables, calibration=_calibration(calibration))
    if prices is not None:
        own = _read(prices, _Prices)
        merged = {name: _over(tables.providers.get(name), each) for name, each in own.providers.items()}
        models = own.language_models or own.embedding_models
        tables = replace(
            tables,
            providers={**tables.providers, **merged},
            prices_date=own.date if own.providers else tables.prices_date,
            language_models={**tables.language_models, **own.language_models},
            embedding_models={**tables.embedding_models, **own.embedding_models},
            models_date=own.date if models else tables.models_date,
        )
    return tables


def _calibration(path: Path) -> Calibration:
    found = _read(path, Calibration)
    missing = [name for name in REQUIRED_OPERATIONS if name not in found.operations]
    if missing:
        raise InputError(
            f"operations lack {', '.join(missing)}", where=str(path), mend="delete it to use the shipped one"
        )
    return found


def _over(shipped_one: Provider | None, own: Provider) -> Provider:
    return replace(own, prices={**shipped_one.prices, **own.prices}) if shipped_one else own


def _read(path: Path | Traversable, shape: type[Shape]) -> Shape:
    try:
        text = path.read_text(encoding="utf-8")
        data = json.loads(text) if path.name.endswith(".json") else yaml.load(text, _Loader)  # noqa: S506 # a safe loader
        return TypeAdapter(shape).validate_python(data)
    except OSError as error:
        raise InputError(
            "the file cannot be read", where=str(path), mend=error.strerror or "check the path"
        ) from None
    except (json.JSONDecodeError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(f"not readable: {str(error).splitlines()[0]}", where=str(path)) from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise InputError(
            f"{where}: {first['msg']}", where=str(path), mend="compare with the shipped file"
        ) from None


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # C or Python, both safe
    """Safe loader that leaves dates as they are written."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
