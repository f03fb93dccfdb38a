"""What is taken for every unknown that the design needs: one table, each row with its reason.

Left unknown on purpose, because a decision settles them: the deployment target, the authentication scheme,
the interfaces, the products. Left unknown because nothing follows from not knowing: the budget (no limit),
what the team knows (nothing is counted as learning), integrations, workflows.
"""

from collections.abc import Mapping
from dataclasses import is_dataclass, replace
from functools import partial
from typing import Final, TypeVar

from architect.design.assistant import wants_assistant
from architect.design.assistant_assumptions import ASSISTANT_ASSUMPTIONS, requests_from_questions
from architect.design.assistant_unknowns import unknowns_of
from architect.design.case import FALLBACK_PROVIDER, provider_of
from architect.design.known import Assumption, Known, default, fixed
from architect.design.paths import held_at
from architect.design.ratings import with_ratings
from architect.design.tables import Tables, shipped
from architect.model.brief import Brief, Service
from architect.model.fact import Fact

KILOBYTES_PER_GIGABYTE: Final = 1e6

Node = TypeVar("Node")


def complete(brief: Brief, tables: Tables | None = None) -> Brief:
    """Return the brief with every unknown that the design needs filled by an assumed fact.

    Idempotent; a stated, inferred or already assumed value is never touched.
    """
    known = Known(brief, tables or shipped())
    for row in (*ASSISTANT_ASSUMPTIONS, *ASSUMPTIONS) if wants_assistant(brief) else ASSUMPTIONS:
        if not known.has(row.path):
            fact = next((found for guess in row.guesses if (found := guess(known))), None)
            if fact:
                known.filled[row.path] = fact
    whole = _filled(brief, {tuple(path.split(".")): fact for path, fact in known.filled.items()})
    return with_ratings(whole if whole.services else replace(whole, services=(Service(),)))


def without_assumed(brief: Brief) -> Brief:
    """Return the brief with what is assumed in it unknown again."""
    for unknown in unknowns_of(brief):
        held = held_at(brief, unknown.path)
        if isinstance(held, Fact) and held.provenance == "assumed":
            brief = brief.put(unknown.path, None)
        elif isinstance(held, tuple) and any(fact.provenance == "assumed" for fact in held):
            brief = brief.put(unknown.path, tuple(fact for fact in held if fact.provenance != "assumed"))
    return brief


def _filled(node: Node, facts: Mapping[tuple[str, ...], Fact[object]]) -> Node:
    """Return the node with the facts put at their paths, each level copied once."""
    if not facts or not is_dataclass(node) or isinstance(node, type):
        return node
    below: dict[str, dict[tuple[str, ...], Fact[object]]] = {}
    changes: dict[str, object] = {}
    for (head, *rest), fact in facts.items():
        if rest:
            below.setdefault(head, {})[tuple(rest)] = fact
        else:
            changes[head] = (fact,) if isinstance(getattr(node, head), tuple) else fact
    for head, inner in below.items():
        changes[head] = _filled(getattr(node, head), inner)
    return replace(node, **changes)


def _requests_from_users(known: Known) -> Fact[object] | None:
    users = known.number("load.concurrent_users")
    if not users:
        return None
    think, page = (
        known.tables.number("traffic.think_seconds"),
        known.tables.number("traffic.requests_per_page"),
    )
    because = f"{users:,.0f} users at once, {page:g} requests each every {think:g} s (Little's law)"
    return Fact(round(users * page / think, 1), "assumed", because)


def _users_from_requests(known: Known) -> Fact[object] | None:
    rate = known.number("load.requests_per_second")
    if rate is None:
        return None
    think, page = (
        known.tables.number("traffic.think_seconds"),
        known.tables.number("traffic.requests_per_page"),
    )
    because = f"{rate:,g} requests/s, each person {page:g} every {think:g} s (Little's law)"
    return Fact(max(1, round(rate * think / page)), "assumed", because)


def _no_people(known: Known) -> Fact[object] | None:
    schemes = {fact.value for fact in known.brief.security.authentication}
    if not schemes or schemes - {"api_key", "mtls"}:
        return None
    return Fact(0, "assumed", f"only programs sign in with {' and '.join(sorted(schemes))}")


def _availability_of_one_machine(known: Known) -> Fact[object] | None:
    target = known.brief.deployment.target
    if target is None or target.value != "compose":
        return None
    constant = known.tables.constants["reach.compose"]
    return Fact(constant.value, "assumed", f"what Compose on one machine can reach: {constant.because}")


def _availability_of_budget(known: Known) -> Fact[object] | None:
    budget = known.number("budget.infrastructure_usd_per_month")
    if budget is None:
        return None
    cloud = known.brief.deployment.cloud
    prices = provider_of(cloud.value if cloud else FALLBACK_PROVIDER, known.tables).prices
    vcpu, ratio = known.tables.number("machine.least_vcpu"), known.tables.number("machine.gib_per_vcpu")
    machine = vcpu * (prices["vcpu"].usd + ratio * prices["gib"].usd)
    pair = 2 * (machine + prices["database_small"].usd) + prices["load_balancer"].usd
    if budget >= pair:
        return None
    because = (
        f"{budget:,.0f} USD do not pay two machines, two databases and a load balancer ({pair:,.0f} USD)"
    )
    return Fact(known.tables.number("reach.compose"), "assumed", because)


def _records_from_gigabytes(known: Known) -> Fact[object] | None:
    gigabytes = known.number("data.gigabytes")
    if not gigabytes:
        return None
    kilobytes = kilobytes_per_record(known.tables)
    return Fact(
        max(1, round(gigabytes * KILOBYTES_PER_GIGABYTE / kilobytes)),
        "assumed",
        f"{gigabytes:,g} GB at {kilobytes:.2g} kB a record with details and indexes",
    )


def _records_from_requests(known: Known) -> Fact[object] | None:
    rate = known.number("load.requests_per_second")
    if rate is None:
        return None
    each = known.tables.number("size.records_per_request")
    return Fact(
        max(1000, round(rate * each)), "assumed", f"{each:,.0f} records for each request/s at the peak"
    )


def _gigabytes_from_records(known: Known) -> Fact[object] | None:
    records = known.number("data.records")
    if records is None:
        return None
    kilobytes = kilobytes_per_record(known.tables)
    return Fact(
        float(f"{max(0.1, records * kilobytes / KILOBYTES_PER_GIGABYTE):.3g}"),
        "assumed",
        f"{records:,.0f} records at {kilobytes:.2g} kB with details and indexes",
    )


def kilobytes_per_record(tables: Tables) -> float:
    """Return what one record takes on disk: the row, its details, its indexes (kB)."""
    return (
        tables.number("size.row_kilobytes")
        * tables.number("size.versions_per_record")
        * tables.number("size.index_factor")
    )


ASSUMPTIONS: Final[tuple[Assumption, ...]] = (
    Assumption(
        "load.requests_per_second",
        (_requests_from_users, requests_from_questions, partial(default, "load.requests_per_second")),
        "from the users at once by Little's law, from the questions where nothing else is served, else fixed",
    ),
    Assumption(
        "load.concurrent_users",
        (_no_people, _users_from_requests),
        "none where only keys or certificates are asked for, else from the request rate by Little's law",
    ),
    fixed("load.read_share"),
    fixed("load.latency.percentile"),
    fixed("load.latency.milliseconds"),
    Assumption(
        "load.availability",
        (_availability_of_one_machine, _availability_of_budget, partial(default, "load.availability")),
        "what one machine reaches where Compose is asked for or no more is paid for, else fixed",
    ),
    Assumption(
        "data.records",
        (_records_from_gigabytes, _records_from_requests),
        "from the gigabytes, else from the request rate",
    ),
    Assumption("data.gigabytes", (_gigabytes_from_records,), "from the records"),
    fixed("data.retention_days"),
    fixed("deployment.cloud"),
    fixed("deployment.regions"),
    fixed("team.developers"),
    fixed("security.tenancy"),
    fixed("security.personal_data"),
)
"""The table, in the order in which it is filled: later rows may read earlier ones."""
