"""What providers ask for a million tokens, in US dollars, unless MODEL_PRICES says otherwise.

Figures are of 2026-11-22, without discounts for batches. `cached_input` and `cache_write` are the
vendors' list prices of 2025; Mistral's are not known here and taken to be those of any input.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from quillwort.adapters.models.names import ModelName
from quillwort.assistant.gateway.prices import Price

DATE: Final = "2026-11-22"

TABLE: Final[Mapping[str, Price]] = {
    # 2.00 in, 8.00 out, seen 2026-03
    "gpt-4.1": Price(Decimal("2.0"), Decimal("8.0"), cached_input=Decimal("0.5")),
    # 0.40 in, 1.60 out, seen 2026-04
    "gpt-4.1-mini": Price(Decimal("0.4"), Decimal("1.6"), cached_input=Decimal("0.1")),
    # 3.00 in, 15.00 out, seen 2026
    "claude-sonnet-4-5": Price(
        Decimal("3.0"), Decimal("15.0"), cached_input=Decimal("0.3"), cache_write=Decimal("3.75")
    ),
    # 1.00 in, 5.00 out, seen 2026
    "claude-haiku-4-5": Price(
        Decimal("1.0"), Decimal("5.0"), cached_input=Decimal("0.1"), cache_write=Decimal("1.25")
    ),
    # 2.00 in, 6.00 out, list 2025
    "mistral-large-latest": Price(Decimal("2.0"), Decimal("6.0")),
    # 0.10 in, 0.30 out, list 2025
    "mistral-small-latest": Price(Decimal("0.1"), Decimal("0.3")),
}


def prices_of(names: Iterable[ModelName], given: Mapping[str, Price]) -> dict[str, Price]:
    """Return what each model costs, by `provider:model`; those without a price are left out.

    Args:
        names: the models.
        given: prices by `provider:model` or by model alone, which go before the table's.
    """
    found: dict[str, Price] = {}
    for name in names:
        places = ((given, str(name)), (given, name.model), (TABLE, name.model))
        price = next((table[key] for table, key in places if key in table), None)
        if price is not None:
            found[str(name)] = price
    return found
