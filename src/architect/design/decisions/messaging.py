"""How others are told of changes: not at all, by a table, or by a broker."""

from typing import Final

from architect.design.case import Case
from architect.design.rule import DECISIONS, Explanation, Rule, computed, offer, wish_at
from architect.model.decision import Library, Option, Pattern
from architect.model.fact import Figure

FAMILY: Final = ("nats", "rabbitmq", "kafka", "redis")
TITLES: Final = {"nats": "NATS JetStream", "rabbitmq": "RabbitMQ", "kafka": "Kafka", "redis": "Redis streams"}
GIVES: Final = {
    "nats": "one small binary, streams that are kept and read again",
    "rabbitmq": "routing, priorities, dead letters; known by many",
    "kafka": "a log that is kept and read again by many, at any rate",
    "redis": "streams in a store that may be there anyway",
}
COSTS: Final = {
    "nats": "fewer people know it",
    "rabbitmq": "a message is gone once it is read",
    "kafka": "brokers, partitions and groups to look after",
    "redis": "the last second may be lost on a failover",
}
CARE: Final = {"nats": "nats", "rabbitmq": "rabbitmq", "kafka": "kafka", "redis": "redis_streams"}
LIBRARIES: Final = {
    "nats": Library("nats-py", "the vendor's asynchronous client", "faststream"),
    "rabbitmq": Library("aio-pika", "asynchronous AMQP with robust connections", "faststream"),
    "kafka": Library("aiokafka", "asynchronous, pure client", "confluent-kafka"),
    "redis": Library("redis", "the vendor's asynchronous client", "coredis"),
}


def needed(case: Case) -> bool:
    """Return whether anybody must be told of changes."""
    return case.needs.events or case.needs.workflows > 0 or case.brief.prefer.broker is not None


def _rate(case: Case) -> float:
    return case.needs.writes * case.number("events.of_writes")


def _context(case: Case) -> str:
    if not needed(case):
        return "Nobody else has to be told of changes."
    return f"{_rate(case):,.1f} events/s at the peak, {case.needs.workflows} workflows across services."


def _options(case: Case) -> tuple[Option, ...]:
    wanted = needed(case)
    relational = case.choice("datastore") in {"postgresql", "mysql"}
    most = case.number("queue_table.events_per_second")
    unwanted = None if wanted else "nobody has to be told"
    full = f"polling carries {most:,.0f} events/s" if _rate(case) > most else None
    none = offer(
        case,
        "none",
        "None",
        gives=("nothing to run",),
        costs=("others learn of a change by asking",),
        infeasible="events or workflows are asked for" if wanted else None,
    )
    table = offer(
        case,
        "queue_table",
        "Outbox table that consumers poll",
        gives=("no broker: the table is in the database that is there",),
        costs=("consumers poll; all of them read one database",),
        hours=case.care("queue_table"),
        figures=(_figure(case, most),),
        infeasible=unwanted or full or (None if relational else "the store has no rows to lock"),
    )
    return (none, table, *(_broker(case, name, unwanted) for name in FAMILY))


def _figure(case: Case, most: float) -> Figure:
    return computed(
        "load", round(_rate(case) / most, 4), "share", f"{_rate(case):,.1f} events/s of {most:,.0f}"
    )


def _broker(case: Case, name: str, unwanted: str | None) -> Option:
    most = case.number(f"{name}.events_per_second")
    there = case.needs.runs(name)
    usd = (
        0.0 if there else case.number("nats.cores") * case.core_usd() if name == "nats" else case.price(name)
    )
    return offer(
        case,
        name,
        TITLES[name],
        gives=(GIVES[name],),
        costs=(COSTS[name],),
        usd=usd,
        usd_from="there already"
        if there
        else "three small servers"
        if name == "nats"
        else f"list price, {case.provider.title}",
        hours=case.care(CARE[name], product=name, family=FAMILY) * (0.5 if there else 1),
        figures=(_figure(case, most),),
        infeasible=unwanted or (f"carries {most:,.0f} events/s" if _rate(case) > most else None),
    )


def _explain(case: Case, choice: str) -> Explanation:
    broker = choice in FAMILY
    return Explanation(
        drivers=(f"{_rate(case):,.1f} events/s" if needed(case) else "no events, no workflows",),
        consequences=("Events leave through the outbox, at least once; consumers accept duplicates.",)
        if choice != "none"
        else ("Adding events later adds an outbox and a relay; the services stay as they are.",),
        confirmed_by="tests: an event leaves if and only if its row was committed"
        if choice != "none"
        else "tests: nothing publishes",
        patterns=(Pattern("publisher port", "services emit to a protocol; the adapter knows the broker"),)
        if choice != "none"
        else (),
        libraries=(LIBRARIES[choice],) if broker else (),
    )


DECISIONS.add(
    "messaging",
    Rule(
        title="Messaging",
        context=_context,
        options=_options,
        explain=_explain,
        reads=("deployment", "datastore"),
        wished=wish_at("prefer.broker"),
    ),
)
