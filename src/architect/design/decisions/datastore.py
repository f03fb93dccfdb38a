"""Where the records live: PostgreSQL, MySQL, MongoDB, SQLite or DynamoDB.

The infrastructure figure is one database, sized for the peak; a standby or replicas are the matter of
``database_topology``.
"""

from typing import Final

from architect.design.case import Case
from architect.design.rule import DECISIONS, Explanation, Rule, Wished, computed, offer, wish_at
from architect.design.sizing.cost import item_store_usd, machine_usd
from architect.design.sizing.demand import database_vcpu, demand
from architect.design.words import counted
from architect.model.brief import Brief
from architect.model.decision import Library, Option, Pattern
from architect.model.fact import Figure

FAMILY: Final = ("postgresql", "mysql", "mongodb", "dynamodb")
TITLES: Final = {
    "postgresql": "PostgreSQL",
    "mysql": "MySQL",
    "mongodb": "MongoDB",
    "sqlite": "SQLite",
    "dynamodb": "DynamoDB",
}
LIBRARIES: Final = {
    "postgresql": (
        Library("psycopg", "SQL written out, rows mapped to types, sync and async alike", "asyncpg"),
        Library(
            "psycopg-pool",
            "the same authors' pool: bounds waiting, replaces broken connections",
            "asyncpg's pool",
        ),
        Library("alembic", "runs reviewed SQL migrations in order", "yoyo-migrations"),
        Library("squawk-cli", "finds migrations that would lock a table", "hand review"),
    ),
    "mysql": (Library("asyncmy", "asynchronous MySQL protocol in compiled code", "aiomysql"),),
    "mongodb": (Library("pymongo", "its own asynchronous client", "motor"),),
    "sqlite": (Library("aiosqlite", "a thread for the one writer", "sqlite3"),),
    "dynamodb": (Library("aioboto3", "asynchronous AWS client", "boto3"),),
}
PATTERNS: Final = (
    Pattern("repository", "one protocol for each entity, so that the domain never sees SQL"),
    Pattern(
        "one statement a write",
        "each is its own transaction and names the version it saw; nothing is half done",
    ),
    Pattern("data mapper", "rows become frozen values by written-out code"),
)


def _wished(brief: Brief) -> tuple[Wished, ...]:
    there = (
        Wished(fact.value.product, "integrations", fact)
        for fact in brief.integrations
        if fact.value.kind == "database" and fact.value.product in TITLES
    )
    return (*wish_at("prefer.database")(brief), *there)


def _context(case: Case) -> str:
    needs = case.needs
    return (
        f"{needs.records:,.0f} records in {needs.gigabytes:,g} GB, {needs.reads:,.0f} reads/s and "
        f"{needs.writes:,.0f} writes/s at the peak, {counted(needs.references, 'reference')} of entities."
    )


def _options(case: Case) -> tuple[Option, ...]:
    busy = database_vcpu(case, demand(case)) / case.number("size.utilisation")
    return (
        _relational(case, "postgresql", busy),
        _relational(case, "mysql", busy),
        _mongodb(case, busy),
        _sqlite(case, busy),
        _dynamodb(case),
    )


def _explain(case: Case, choice: str) -> Explanation:
    needs = case.needs
    consequences = ["The same engine in development and production."]
    if choice == "postgresql":
        consequences += [
            "SQL is written out in one file an entity, and each query is explained at this volume.",
            "A bare machine runs an embedded PostgreSQL; production sets DATABASE_URL.",
        ]
    elif choice == "sqlite":
        consequences.append("One machine and one writer: growing beyond it is a move to another engine.")
    return Explanation(
        drivers=(
            f"{needs.writes:,.0f} writes/s",
            f"{needs.gigabytes:,g} GB",
            counted(needs.references, "reference"),
            f"the team knows {', '.join(sorted(needs.knows.intersection(TITLES))) or 'none we heard of'}",
        ),
        consequences=tuple(consequences),
        confirmed_by="query_plans: every query is explained at the brief's volume and must use an index",
        patterns=PATTERNS,
        libraries=LIBRARIES.get(choice, ()),
    )


def _capacity(case: Case, busy: float) -> tuple[str | None, Figure]:
    largest = case.number("size.largest_primary_vcpu")
    figure = computed(
        "database cores", round(busy, 2), "vCPU", "rate x database ms, at the target utilisation"
    )
    return (f"needs {busy:.0f} vCPU and one primary has {largest:.0f}" if busy > largest else None, figure)


def _own(case: Case) -> float:
    if case.choice("deployment") == "compose":
        return case.number("care.local_database")
    return case.number("care.managed_database" if case.provider.managed else "care.own_database")


def _relational(case: Case, name: str, busy: float) -> Option:
    usd, told = machine_usd(case, busy, "database")
    infeasible, cores = _capacity(case, busy)
    known = case.care("managed_database", product=name, family=FAMILY) - case.number("care.managed_database")
    extra = case.number("care.mysql") if name == "mysql" else 0.0
    outbox = "part.outbox" if name == "postgresql" else "part.two_statements"
    gives = {
        "postgresql": "transactions, constraints and references in the engine; a row and its event in one go",
        "mysql": "transactions and references kept by the engine; as widely run",
    }
    costs = {
        "postgresql": "one primary takes all writes",
        "mysql": "a failed migration cannot be rolled back; no partial or expression indexes",
    }
    return offer(
        case,
        name,
        TITLES[name],
        gives=(gives[name],),
        costs=(costs[name],),
        usd=usd,
        usd_from=told,
        hours=_own(case) + known + extra,
        figures=(
            cores,
            Figure(
                "write with event",
                case.number(outbox),
                "ms",
                "measured",
                case.tables.constants[outbox].because,
            ),
        ),
        infeasible=infeasible,
    )


def _mongodb(case: Case, busy: float) -> Option:
    usd, told = machine_usd(case, busy, "document")
    known = case.care("managed_database", product="mongodb", family=FAMILY) - case.number(
        "care.managed_database"
    )
    return offer(
        case,
        "mongodb",
        TITLES["mongodb"],
        gives=("grows beyond one primary by shards", "three nodes in the price"),
        costs=(
            f"{counted(case.needs.references, 'reference')} to be kept by the application",
            "shapes are kept by the application",
        ),
        usd=usd,
        usd_from=told,
        hours=_own(case)
        + known
        + case.care("mongodb")
        + case.needs.references * case.care("mongodb_reference"),
        figures=(
            computed(
                "database cores", round(busy, 2), "vCPU", "rate x database ms, at the target utilisation"
            ),
        ),
    )


def _sqlite(case: Case, busy: float) -> Option:
    needs = case.needs
    most = case.number("sqlite.writes_per_second")
    problem = None
    if case.choice("deployment") not in {"compose", "vm"}:
        problem = f"needs a disk of its own and {case.choice('deployment')} moves replicas between machines"
    elif case.choice("deployment") == "vm" and needs.availability > 99.5:  # noqa: PLR2004 # see reach.compose
        problem = f"lives on one machine and {needs.availability:g}% needs two"
    elif needs.writes > most:
        problem = f"commits at most {most:,.0f} writes/s and {needs.writes:,.0f} are needed"
    elif needs.regions > 1:
        problem = "lives on one machine and two regions are asked"
    return offer(
        case,
        "sqlite",
        TITLES["sqlite"],
        gives=("no server: a file beside the service", "no round trip"),
        costs=("one writer at a time, one machine", "outgrown by one in three within two years"),
        usd=needs.gigabytes * case.price("database_gigabyte"),
        usd_from=f"{needs.gigabytes:,g} GB of disk",
        hours=case.care("sqlite") + case.care("sqlite_growth"),
        figures=(
            Figure(
                "writes it can take",
                most,
                "writes/s",
                "assumed",
                case.tables.constants["sqlite.writes_per_second"].because,
            ),
            computed("database cores", round(busy, 2), "vCPU", "inside the service's own process"),
        ),
        infeasible=problem,
    )


def _dynamodb(case: Case) -> Option:
    needs = case.needs
    sold = case.sells("write_million")
    usd, told = item_store_usd(case) if sold else (0.0, f"{case.provider.title} does not sell it")
    known = case.care("managed_database", product="dynamodb", family=FAMILY) - case.number(
        "care.managed_database"
    )
    return offer(
        case,
        "dynamodb",
        TITLES["dynamodb"],
        gives=("any rate without a machine to size", "three zones in the price"),
        costs=(
            f"{needs.filters} filters and sorts are secondary indexes, each written with every write",
            f"{counted(needs.references, 'reference')} to be kept by the application",
            "leaves one cloud only by being rewritten",
        ),
        usd=usd,
        usd_from=told,
        hours=case.care("dynamodb")
        + known
        + needs.filters * case.care("dynamodb_filter")
        + needs.references * case.care("dynamodb_reference"),
        infeasible=None if sold else f"{case.provider.title} does not sell it",
    )


DECISIONS.add(
    "datastore",
    Rule(
        title="Data store",
        context=_context,
        options=_options,
        explain=_explain,
        reads=("interface_style", "framework", "deployment"),
        wished=_wished,
    ),
)
