"""Hypothesis strategies for briefs of every kind."""

from briefs import CUSTOMER, ORDER, Value, brief
from hypothesis import strategies as st

from architect.model.brief import Brief

RATES = st.floats(0.1, 100_000).map(lambda value: float(f"{value:.3g}"))

VALUES: dict[str, st.SearchStrategy[Value]] = {
    "load.requests_per_second": RATES,
    "load.read_share": st.floats(0, 1).map(lambda value: round(value, 3)),
    "load.concurrent_users": st.integers(0, 200_000),
    "load.latency.milliseconds": st.floats(1, 5000).map(lambda value: round(value, 1)),
    "load.latency.percentile": st.sampled_from([50.0, 90.0, 95.0, 99.0, 99.9]),
    "load.availability": st.sampled_from([90.0, 99.0, 99.5, 99.9, 99.95, 99.99, 99.999]),
    "data.records": st.integers(0, 10**10),
    "data.gigabytes": st.floats(0, 20_000).map(lambda value: round(value, 2)),
    "deployment.target": st.sampled_from(["kubernetes", "compose", "vm", "serverless"]),
    "deployment.cloud": st.sampled_from(["aws", "gcp", "azure", "hetzner", "on_premises", "elsewhere"]),
    "deployment.regions": st.integers(1, 3),
    "team.developers": st.integers(1, 60),
    "team.knows": st.lists(
        st.sampled_from(["postgresql", "mysql", "mongodb", "kubernetes", "redis", "flask"]),
        unique=True,
        max_size=3,
    ),
    "budget.infrastructure_usd_per_month": st.floats(5, 20_000).map(lambda value: round(value, 0)),
    "security.authentication": st.lists(
        st.sampled_from(["jwt", "oidc", "api_key", "mtls", "none"]), unique=True, max_size=2
    ),
    "security.tenancy": st.sampled_from(["single", "multi"]),
    "security.personal_data": st.booleans(),
    "security.compliance": st.lists(st.sampled_from(["gdpr", "hipaa", "pci_dss"]), unique=True, max_size=2),
    "services[].interfaces": st.lists(st.sampled_from(["rest", "grpc", "events"]), unique=True, max_size=3),
    "prefer.framework": st.sampled_from(["fastapi", "litestar", "flask", "django", "tornado"]),
    "prefer.database": st.sampled_from(["postgresql", "mysql", "mongodb", "sqlite", "dynamodb", "cassandra"]),
    "prefer.cache": st.sampled_from(["none", "http", "redis", "memcached"]),
    "prefer.broker": st.sampled_from(["nats", "rabbitmq", "kafka", "redis", "pulsar"]),
    "avoid": st.lists(
        st.sampled_from(["redis", "kafka", "mysql", "kubernetes", "serverless"]), unique=True, max_size=2
    ),
    "integrations": st.lists(
        st.sampled_from(["sso:keycloak", "gateway:kong", "database:mysql", "cache:redis", "grpc:first"]),
        unique=True,
        max_size=2,
    ),
    "workflows": st.lists(st.sampled_from(["checkout", "refund"]), unique=True, max_size=2),
}


@st.composite
def briefs(draw: st.DrawFn, without: tuple[str, ...] = ()) -> Brief:
    """A brief in which any of the values is stated, with entities or without."""
    paths = draw(st.lists(st.sampled_from(sorted(set(VALUES) - set(without))), unique=True, max_size=8))
    values = {path: draw(VALUES[path]) for path in sorted(paths)}
    return brief(values, shop=(CUSTOMER, ORDER)) if draw(st.booleans()) else brief(values)
