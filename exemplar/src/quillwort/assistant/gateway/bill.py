"""What an answer takes, call by call."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from quillwort.assistant.gateway.ledger import Spending
from quillwort.assistant.gateway.model import Usage
from quillwort.assistant.gateway.prices import Price
from quillwort.assistant.language_models import Spent


@dataclass(frozen=True, slots=True)
class _Call:
    """What one call took; `usd` is None without a price."""

    model: str
    usage: Usage
    usd: Decimal | None


@dataclass(slots=True)
class Bill:
    """Grows by every call that is made for one answer."""

    owner: str
    model: str = ""
    _calls: list[_Call] = field(default_factory=list)

    @property
    def calls(self) -> int:
        """How many were made."""
        return len(self._calls)

    def next(self, usage: Usage, price: Price | None) -> Spending:
        """Return what a further call would come to; without a price it costs nothing."""
        usd = Decimal(0) if price is None else price.of(usage)
        return Spending(usage, usd, requests=0 if self.calls else 1)

    def add(self, model: str, usage: Usage, price: Price | None) -> Spending:
        """Add a call, and return what it comes to."""
        spending = self.next(usage, price)
        self.model = model
        self._calls.append(_Call(model, usage, None if price is None else spending.usd))
        return spending

    def spent(self) -> Spent:
        """Return all of it, in the name of the model that was asked last."""
        return _spent(self.model, self._calls)

    def by_model(self) -> tuple[Spent, ...]:
        """Return what each model took, the first that was asked first."""
        models = dict.fromkeys(call.model for call in self._calls)
        return tuple(
            _spent(model, [call for call in self._calls if call.model == model]) for model in models
        )


def _spent(model: str, calls: Sequence[_Call]) -> Spent:
    usages = [call.usage for call in calls]
    priced = [call.usd for call in calls if call.usd is not None]
    return Spent(
        model=model,
        input_tokens=sum(usage.input_tokens for usage in usages),
        cached_input_tokens=sum(usage.cached_input_tokens for usage in usages),
        output_tokens=sum(usage.output_tokens for usage in usages),
        usd=sum(priced, Decimal(0)) if priced else None,
    )
