"""The bill of a month: price list times what the design buys."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Final

from architect.design.case import Case
from architect.design.sizing.assistant_bill import assistant_items
from architect.design.sizing.bill import Item

MANAGED_NODES: Final = ("mongodb", "dynamodb")


@dataclass(frozen=True, slots=True)
class Bought:
    """What the sizing asks for.

    Cores and GiB of all replicas together, vCPU of the database, milliseconds of a request in flight, and
    machines where replicas are machines.
    """

    cores: float
    gibibytes: float
    database_vcpu: float
    in_flight_ms: float
    machines: int


def database_usd(case: Case, vcpu: float) -> tuple[float, str]:
    """Return the price of one database machine of so many vCPU with its storage, and how it was computed."""
    document = case.choice("datastore") == "mongodb"
    return machine_usd(case, vcpu, "document" if document else "database")


def machine_usd(case: Case, vcpu: float, kind: str) -> tuple[float, str]:
    """Return the price of a database machine with its storage, and how it was computed.

    The small machine is a burstable one: it carries a load until full cores would cost more. Options are
    weighed with parts of a core, so that their lines cross once; the bill is made of whole ones.

    Args:
        case: the situation; under Compose the database takes cores of the one machine.
        vcpu: cores at the target utilisation.
        kind: ``database`` or ``document``, as the price list has it.
    """
    storage = case.needs.gigabytes * case.price("database_gigabyte")
    if case.choice("deployment") == "compose":
        machine = max(1.0, vcpu) * case.core_usd()
    else:
        machine = max(case.price(f"{kind}_small"), vcpu * case.price(f"{kind}_vcpu"))
    told = f"{vcpu:.2g} busy vCPU for {machine:,.2f} USD, {case.needs.gigabytes:,g} GB for {storage:,.2f} USD"
    return machine + storage, told


def whole_cores(vcpu: float) -> float:
    """Return the cores that can be bought: parts of one only on the small machine."""
    return vcpu if vcpu <= 1 else float(ceil(vcpu))


def item_store_usd(case: Case) -> tuple[float, str]:
    """Return the price of DynamoDB, which is paid by request, and how it was computed."""
    needs = case.needs
    millions = case.requests_a_month() / 1e6
    writes = millions * (1 - needs.read_share) * (1 + needs.filters) * case.price("write_million")
    reads = millions * needs.read_share * case.price("read_million")
    told = f"{millions:,.1f} million requests/month, writes x {1 + needs.filters} for indexes"
    return writes + reads + needs.gigabytes * case.price("item_gigabyte"), told


def bill(case: Case, bought: Bought) -> Iterator[Item]:
    """Yield the lines of one month's bill; every region pays all of them."""
    regions = case.needs.regions
    for item in _lines(case, bought):
        told = f"{item.because}; x {regions} regions" if regions > 1 else item.because
        yield Item(item.name, item.usd * regions, told)


def _lines(case: Case, bought: Bought) -> Iterator[Item]:
    yield from _compute(case, bought)
    yield from _databases(case, bought)
    yield from _helpers(case)
    if case.needs.assistant:
        yield from assistant_items(case)
    gigabytes = case.requests_a_month() * case.number("traffic.answer_kilobytes") / 1e6
    yield Item(
        "egress",
        gigabytes * case.price("egress_gigabyte"),
        f"{gigabytes:,.0f} GB of answers at {case.price('egress_gigabyte'):g} USD",
    )


def _compute(case: Case, bought: Bought) -> Iterator[Item]:
    target = case.choice("deployment")
    if target == "serverless":
        millions = case.requests_a_month() / 1e6
        seconds = bought.in_flight_ms / 1000 * case.number("serverless.gigabytes")
        usd = millions * (case.price("function_million") + case.price("gateway_million"))
        usd += millions * 1e6 * seconds * case.price("function_gigabyte_second")
        yield Item(
            "compute", usd, f"{millions:,.1f} million calls through a gateway, {seconds * 1000:.1f} MB-s each"
        )
        yield Item(
            "connection proxy",
            case.price("connection_proxy"),
            "functions open too many connections without one",
        )
        return
    cores, gibibytes, told = _machines(case, bought) if target != "kubernetes" else _nodes(case, bought)
    usd = cores * case.price("vcpu") + gibibytes * case.price("gib")
    priced = (
        f"{cores:.2f} vCPU at {case.price('vcpu'):g} USD, {gibibytes:.1f} GiB at {case.price('gib'):g} USD"
    )
    yield Item("compute", usd, f"{priced}: {told}")
    if target == "kubernetes":
        yield Item("control plane", case.price("control_plane"), "one cluster")
    if target != "compose":
        yield Item("load balancer", case.price("load_balancer"), "one")


def elastic_cores(case: Case, cores: float) -> float:
    """Return the cores that autoscaling pays for on average, of so many at the peak."""
    least = 2 * case.number("size.least_millicores") / 1000
    return cores if cores <= least else least + (cores - least) * case.number("node.elastic")


def _nodes(case: Case, bought: Bought) -> tuple[float, float, str]:
    packing, paid = case.number("node.packing"), elastic_cores(case, bought.cores)
    share = paid / bought.cores / packing
    told = f"{bought.cores:.2f} vCPU at the peak, {paid:.2f} on average, of nodes filled to {packing:.0%}"
    return bought.cores * share, bought.gibibytes * share, told


def _machines(case: Case, bought: Bought) -> tuple[float, float, str]:
    least = case.number("machine.least_vcpu")
    cores = max(least, ceil(bought.cores / bought.machines)) * bought.machines
    gibibytes = max(cores * case.number("machine.gib_per_vcpu"), bought.gibibytes)
    return cores, gibibytes, f"{bought.machines} machines of at least {least:.0f} vCPU"


def _databases(case: Case, bought: Bought) -> Iterator[Item]:
    store = case.choice("datastore")
    if store == "dynamodb":
        usd, told = item_store_usd(case)
    elif store == "sqlite":
        usd = case.needs.gigabytes * case.price("database_gigabyte")
        told = f"{case.needs.gigabytes:,g} GB of disk"
    else:
        usd, told = database_usd(case, whole_cores(bought.database_vcpu))
    count = (
        1
        if store in MANAGED_NODES
        else {"standby": 2, "read_replicas": 3}.get(case.choice("database_topology"), 1)
    )
    yield Item("database", usd * count, f"{count} x ({told})" if count > 1 else told)


def _helpers(case: Case) -> Iterator[Item]:
    broker = case.choice("messaging")
    shared = "redis" in {case.choice("cache"), case.choice("rate_limiting"), broker}
    if shared and not case.needs.runs("redis"):
        yield Item("redis", case.price("redis"), "one node")
    if broker in {"rabbitmq", "kafka"} and not case.needs.runs(broker):
        yield Item(broker, case.price(broker), "smallest of its kind")
    if broker == "nats" and not case.needs.runs(broker):
        yield Item(broker, case.number("nats.cores") * case.core_usd(), "three small servers")
    if case.choice("rate_limiting") == "gateway" and not case.needs.has("gateway"):
        millions = case.requests_a_month() / 1e6
        yield Item(
            "gateway", millions * case.price("gateway_million"), f"{millions:,.1f} million requests/month"
        )
    if case.choice("observability") in {"metrics", "traces"}:
        yield Item("metrics", case.price("metrics"), "backend")
    if case.choice("observability") == "traces":
        millions = case.requests_a_month() / 1e6 * case.number("traces.sampled")
        yield Item(
            "traces", millions * case.price("traces_million"), f"{millions:,.1f} million sampled requests"
        )
    if case.choice("identity") == "oidc" and not case.needs.has("sso", "oidc", "identity"):
        people = case.needs.users * case.number("traffic.monthly_users_per_concurrent")
        paid = max(0.0, people - case.price("free_users"))
        yield Item("sign-in", paid * case.price("user"), f"{paid:,.0f} users a month beyond the free ones")
