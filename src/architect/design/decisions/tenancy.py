"""Whose rows are whose: one owner's, shared tables with an owner column, a schema or a database each."""

from architect.design.case import Case
from architect.design.rule import DECISIONS, Explanation, Rule, computed, offer
from architect.design.words import counted
from architect.model.decision import Option, Pattern
from architect.model.fact import Figure


def _tenants(case: Case) -> float:
    return max(2.0, case.needs.users / case.number("tenant.users"))


def _context(case: Case) -> str:
    if not case.needs.multi_tenant:
        return "One organisation; rows belong to the people who made them."
    regimes = ", ".join(case.needs.regimes) or "no regime"
    return f"Some {_tenants(case):,.0f} tenants under {regimes}, none of which may see another's rows."


def _options(case: Case) -> tuple[Option, ...]:
    return (_single(case), _shared_tables(case), _schemas(case), _databases(case))


def _count(case: Case) -> Figure:
    because = "users at once over people of one tenant, at least 2"
    return computed("tenants", round(_tenants(case)), "", because)


def _not_many(case: Case) -> str | None:
    return None if case.needs.multi_tenant else "there is one tenant"


def _single(case: Case) -> Option:
    return offer(
        case,
        "single",
        "One tenant, rows owned by people",
        gives=("nothing to set up; the owner claim is the person",),
        costs=("a second organisation would need another copy",),
        infeasible="tenants must be kept apart" if case.needs.multi_tenant else None,
    )


def _shared_tables(case: Case) -> Option:
    return offer(
        case,
        "shared_tables",
        "Shared tables, the tenant in every row",
        gives=("one schema, one migration, one pool for all tenants",),
        costs=("one forgotten condition leaks rows: every query is tested with two tenants",),
        hours=case.care("shared_rows") + len(case.needs.regimes) * case.care("regime_shared"),
        figures=(_count(case),),
        infeasible=_not_many(case),
    )


def _schemas(case: Case) -> Option:
    schemas = case.choice("datastore") in {"postgresql", "mysql"}
    return offer(
        case,
        "schema_per_tenant",
        "A schema for each tenant",
        gives=("a tenant can be restored or removed alone",),
        costs=(f"each migration runs {_tenants(case):,.0f} times",),
        hours=case.care("schema_base") + _tenants(case) * case.care("schema_tenant"),
        figures=(_count(case),),
        infeasible=_not_many(case) or (None if schemas else "the store has no schemas"),
    )


def _databases(case: Case) -> Option:
    tenants = _tenants(case)
    return offer(
        case,
        "database_per_tenant",
        "A database for each tenant",
        gives=("nothing is shared: the strongest wall",),
        costs=(f"{tenants:,.0f} databases to pay, upgrade and back up",),
        usd=tenants * case.number("tenant.database_usd"),
        usd_from=f"{tenants:,.0f} of the smallest databases",
        hours=tenants * case.care("database_tenant"),
        figures=(_count(case),),
        infeasible=_not_many(case),
    )


def _explain(case: Case, choice: str) -> Explanation:
    return Explanation(
        drivers=(
            "many tenants" if case.needs.multi_tenant else "one tenant",
            counted(len(case.needs.regimes), "regime"),
        ),
        consequences=(
            "AUTH_OWNER_CLAIM names the claim that owns rows: the person (sub)."
            if choice == "single"
            else "AUTH_OWNER_CLAIM names the tenant's claim; it is never read from a request's body.",
        ),
        confirmed_by="security_access: another owner's rows over every interface",
        patterns=(
            Pattern("row-level ownership", "owner_id comes from the token and is part of every query"),
        ),
    )


DECISIONS.add(
    "tenancy",
    Rule(title="Tenancy", context=_context, options=_options, explain=_explain, reads=("datastore",)),
)
