"""Whose rows are whose: one owner's, shared tables with an owner column, a schema or a database each."""

from architect.design.case import Case
from architect.design.rule import DECISIONS, Explanation, Rule, computed, offer
from architect.model.decision import Option, Pattern


def _tenants(case: Case) -> float:
    return max(2.0, case.needs.users / case.number("tenant.users"))


def _context(case: Case) -> str:
    if not case.needs.multi_tenant:
        return "One organisation; rows belong to the people who made them."
    regimes = ", ".join(case.needs.regimes) or "no regime"
    return f"Some {_tenants(case):,.0f} tenants under {regimes}, none of which may see another's rows."


def _options(case: Case) -> tuple[Option, ...]:
    many = case.needs.multi_tenant
    tenants = _tenants(case)
    regimes = len(case.needs.regimes)
    only_one = "tenants must be kept apart" if many else None
    no_tenants = None if many else "there is one tenant"
    relational = case.choice("datastore") in {"postgresql", "mysql"}
    count = computed("tenants", round(tenants), "", "users at once over people of one tenant, at least 2")
    return (
        offer(
            case,
            "single",
            "One tenant, rows owned by people",
            gives=("nothing to set up; the owner claim is the person",),
            costs=("a second organisation would need another copy",),
            infeasible=only_one,
        ),
        offer(
            case,
            "shared_tables",
            "Shared tables, the tenant in every row",
            gives=("one schema, one migration, one pool for all tenants",),
            costs=("one forgotten condition leaks rows: every query is tested with two tenants",),
            hours=case.care("shared_rows") + regimes * case.care("regime_shared"),
            figures=(count,),
            infeasible=no_tenants,
        ),
        offer(
            case,
            "schema_per_tenant",
            "A schema for each tenant",
            gives=("a tenant can be restored or removed alone",),
            costs=(f"each migration runs {tenants:,.0f} times",),
            hours=case.care("schema_base") + tenants * case.care("schema_tenant"),
            figures=(count,),
            infeasible=no_tenants or (None if relational else "the store has no schemas"),
        ),
        offer(
            case,
            "database_per_tenant",
            "A database for each tenant",
            gives=("nothing is shared: the strongest wall",),
            costs=(f"{tenants:,.0f} databases to pay, upgrade and back up",),
            usd=tenants * case.number("tenant.database_usd"),
            usd_from=f"{tenants:,.0f} of the smallest databases",
            hours=tenants * case.care("database_tenant"),
            figures=(count,),
            infeasible=no_tenants,
        ),
    )


def _explain(case: Case, choice: str) -> Explanation:
    return Explanation(
        drivers=(
            "many tenants" if case.needs.multi_tenant else "one tenant",
            f"{len(case.needs.regimes)} regimes",
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
