"""What an answer takes, call by call."""

from dataclasses import dataclass, field
from decimal import Decimal

from quillwort.assistant.gateway.ledger import Spending
from quillwort.assistant.gateway.model import Usage
from quillwort.assistant.gateway.prices import Price
from quillwort.assistant.language_models import Spent


@dataclass(slots=True)
class Bill:
    """Grows by every call that is made for one answer."""

    owner: str
    model: str = ""
    calls: int = 0
    _usages: list[Usage] = field(default_factory=list)
    _usd: list[Decimal] = field(default_factory=list)

    def next(self, usage: Usage, price: Price | None) -> Spending:
        """Return what a further call would come to; without a price it costs nothing."""
        usd = Decimal(0) if price is None else price.of(usage)
        return Spending(usage, usd, requests=0 if self.calls else 1)

    def add(self, model: str, usage: Usage, price: Price | None) -> Spending:
        """Add a call, and return what it comes to."""
        spending = self.next(usage, price)
        self.model = model
        self.calls += 1
        self._usages.append(usage)
        if price is not None:
            self._usd.append(spending.usd)
        return spending

    def spent(self) -> Spent:
        """Return all of it."""
        return Spent(
            model=self.model,
            input_tokens=sum(usage.input_tokens for usage in self._usages),
            cached_input_tokens=sum(usage.cached_input_tokens for usage in self._usages),
            output_tokens=sum(usage.output_tokens for usage in self._usages),
            usd=sum(self._usd, Decimal(0)) if self._usd else None,
        )
