"""What one decision sees: the needs, the tables, the choices that it declared to need, the money left."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Final, TypeVar, cast

from architect.design.needs import Needs
from architect.design.tables import Provider, Tables
from architect.model.brief import Brief

FALLBACK_PROVIDER: Final = "aws"
SECONDS_PER_MONTH: Final = 730 * 3600

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Case:
    """The situation of one decision; ``spent`` is what earlier choices cost, in USD a month."""

    brief: Brief
    needs: Needs
    tables: Tables
    provider: Provider
    chosen: Mapping[str, str]
    spent: float = 0.0
    memo: dict[object, object] = field(default_factory=dict, compare=False, repr=False)
    """What functions marked ``once`` found out about this case."""

    def number(self, name: str) -> float:
        """Return a constant of the model."""
        return self.tables.constants[name].value

    def choice(self, decision: str, otherwise: str = "") -> str:
        """Return an earlier choice that was declared as needed, or ``otherwise`` before it is made."""
        return self.chosen.get(decision, otherwise)

    def price(self, item: str) -> float:
        """Return the provider's price, or the fallback provider's where it sells none."""
        found = self.provider.prices.get(item)
        return found.usd if found else self.tables.providers[FALLBACK_PROVIDER].prices[item].usd

    def sells(self, item: str) -> bool:
        """Return whether the provider has a price for the item."""
        return item in self.provider.prices

    def cores(self, milliseconds: float) -> float:
        """Return the cores that so many CPU milliseconds of every request keep busy at the peak."""
        return self.needs.rate * milliseconds / 1000

    def compute_usd(self, cores: float) -> float:
        """Return the monthly price of busy cores, bought at the target utilisation with their memory."""
        bought = cores / self.number("size.utilisation")
        return bought * self.core_usd()

    def core_usd(self) -> float:
        """Return the monthly price of one core with its memory."""
        return self.price("vcpu") + self.price("gib") * self.number("machine.gib_per_vcpu")

    def requests_a_month(self) -> float:
        """Return the requests of a month, from the peak and the mean's share of it."""
        return self.needs.rate * self.number("traffic.average_of_peak") * SECONDS_PER_MONTH

    def care(self, item: str, *, product: str = "", family: tuple[str, ...] = ()) -> float:
        """Return hours a month for running ``care.<item>``: fewer for what is known, more for what is new.

        A product is new to a team that is known to know another one of the same family.
        """
        hours = self.number(f"care.{item}")
        knows = self.needs.knows
        if product in knows:
            return hours * self.number("people.known_care")
        if knows and not knows.isdisjoint(family):
            return hours + self.number("people.learning_hours") / self.number("people.learning_months")
        return hours


def provider_of(cloud: str, tables: Tables) -> Provider:
    """Return the price list of a cloud, or the fallback provider's where we have none."""
    return tables.providers.get(cloud, tables.providers[FALLBACK_PROVIDER])


def once(work: Callable[[Case], Result]) -> Callable[[Case], Result]:
    """Work a pure function of a case out once for each case."""

    @wraps(work)
    def worked(case: Case) -> Result:
        found = case.memo.get(work)
        if found is None:
            found = case.memo[work] = work(case)
        return cast("Result", found)

    return worked
