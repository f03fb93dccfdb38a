"""One line of text, one fact: what each reader makes of the language it is for."""

import pytest
from scoring import claims

from architect.briefing.text import read_text
from architect.model.plain import plain

STATED = [
    # requests per second
    ("build a service for 1,200 requests per second", "load.requests_per_second", 1200),
    ("build it for 6k req/min", "load.requests_per_second", 100),
    ("a backend: two hundred requests every second", "load.requests_per_second", 200),
    ("an API with 36,000 calls per hour", "load.requests_per_second", 10),
    ("an API, 20 rps on average, 90 rps at peak", "load.requests_per_second", 90),
    ("an API, QPS: 300", "load.requests_per_second", 300),
    ("ein Dienst mit 1.200 Anfragen pro Sekunde, bitte bauen wir das", "load.requests_per_second", 1200),
    ("necesitamos una API con 150 peticiones por segundo", "load.requests_per_second", 150),
    ("nous voulons une API pour 1 200 requêtes par seconde", "load.requests_per_second", 1200),
    # share of reads
    ("an API, 95% of them reads", "load.read_share", 0.95),
    ("an API, 10% of the calls are writes", "load.read_share", 0.9),
    ("an API, 80/20 read/write", "load.read_share", 0.8),
    ("an API, 9:1 reads to writes", "load.read_share", 0.9),
    # latency
    ("an API with p99 < 50ms", "load.latency.milliseconds", 50),
    ("an API, 95th percentile below 0.2 seconds", "load.latency.milliseconds", 200),
    ("an API that must answer in under a second", "load.latency.milliseconds", 1000),
    ("an API, 99.9% of requests within 100 ms", "load.latency.percentile", 99.9),
    ("an API, p50 20 ms, p95 100 ms, p99 300 ms", "load.latency.milliseconds", 100),
    # availability
    ("an API with four nines", "load.availability", 99.99),
    ("an API, three and a half nines", "load.availability", 99.95),
    ("an API with 99.5 percent uptime", "load.availability", 99.5),
    ("ein Backend, Verfügbarkeit 99,9 %, wir brauchen das", "load.availability", 99.9),
    # people and data
    ("an API for 600 concurrent users", "load.concurrent_users", 600),
    ("a tool, 400 people are online at the same time", "load.concurrent_users", 400),
    ("a tool: 200 users, 30 of them simultaneously", "load.concurrent_users", 30),
    ("a service with 90 million ledger entries", "data.records", 90_000_000),
    ("a service, half a million rows", "data.records", 500_000),
    ("a service with about 3 TB of data", "data.gigabytes", 3000),
    ("a service, records are kept for 7 years", "data.retention_days", 2555),
    ("a service, retention: 90 days", "data.retention_days", 90),
    ("a service that deletes data after 24 months", "data.retention_days", 730),
    # where and who
    ("a service on our EKS cluster", "deployment.target", "kubernetes"),
    ("a service, start it with `docker compose up`", "deployment.target", "compose"),
    ("a service on two VMs at Hetzner", "deployment.cloud", "hetzner"),
    ("a service in two regions", "deployment.regions", 2),
    ("a service, 3 devs", "team.developers", 3),
    ("a service, I'm the only developer", "team.developers", 1),
    ("a service, team of five", "team.developers", 5),
    ("a service, there are four of us coding", "team.developers", 4),
    # money
    ("a service, hosting below $1,500 a month", "budget.infrastructure_usd_per_month", 1500),
    (
        "a service, annual hosting cost shall not exceed USD 36,000",
        "budget.infrastructure_usd_per_month",
        3000,
    ),
    ("a chatbot, the LLM may cost 200 dollars a month", "budget.llm_usd_per_month", 200),
    # security
    ("a service. Each clinic must only see its own patients", "security.tenancy", "multi"),
    ("a service. There is no personal data in it", "security.personal_data", False),
    # products in their roles
    ("a service with Redis as cache", "prefer.cache", "redis"),
    ("a service with Redis Pub/Sub for the updates", "prefer.broker", "redis"),
    ("a service, moving from MySQL to PostgreSQL", "prefer.database", "postgresql"),
    ("a service, we prefer RabbitMQ over Kafka", "prefer.broker", "rabbitmq"),
    ("a service with postgress", "prefer.database", "postgresql"),
    # the language model's part
    ("an assistant over our 250,000 contracts that answers questions", "assistant.documents", 250_000),
    ("a RAG bot for 3,000 questions a day", "assistant.questions_per_day", 3000),
    ("a chatbot whose answers are streamed", "assistant.streaming", True),
]

LISTS = [
    ("a service with REST and gRPC", "services[].interfaces", {"rest", "grpc"}),
    ("a service with plain REST; maybe gRPC later", "services[].interfaces", {"rest"}),
    (
        "a service, order events go out over NATS, the public side is REST",
        "services[].interfaces",
        {"rest", "events"},
    ),
    ("a service. No Kafka or Redis please", "avoid", {"kafka", "redis"}),
    (
        "a service. OIDC via Keycloak for staff, API keys for partners",
        "security.authentication",
        {"oidc", "api_key"},
    ),
    ("a service, no login needed", "security.authentication", {"none"}),
    ("a service. HIPAA and PCI DSS apply", "security.compliance", {"hipaa", "pci_dss"}),
    ("a service. Our team knows Django and MySQL", "team.knows", {"django", "mysql"}),
    ("a shop service with Stripe, and it posts to Slack", "integrations[].product", {"stripe", "slack"}),
    (
        "three services: orders, inventory and payments",
        "services[].name",
        {"orders", "inventory", "payments"},
    ),
    (
        "three services: orders, inventory and payments. Orders calls inventory, then payments",
        "services[].calls",
        {"inventory", "payments"},
    ),
    (
        "a bot that classifies tickets with an LLM and summarises them",
        "assistant.tasks",
        {"classify", "summarise"},
    ),
]

ABSENT = [
    ("a service for a town of 140,000 inhabitants", "load.concurrent_users"),
    ("a service for a town of 140,000 inhabitants", "data.records"),
    ("a service with a rate limit of 100 requests per minute per user", "load.requests_per_second"),
    ("a mostly reads service", "load.read_share"),
    ("a service, we poll every 5 seconds", "load.latency.milliseconds"),
    ("a service on a machine with 16 GB of RAM", "data.gigabytes"),
    ("a service. We want to go live in 10 weeks", "data.retention_days"),
    ("a service. Single sign-on via Azure AD", "deployment.cloud"),
    ("a service. Out of scope: Kafka, billing", "prefer.broker"),
    ("a service. Our competitor runs on Cassandra", "prefer.database"),
    ("a service on Postgres or MySQL, you decide", "prefer.database"),
    ("a service. We don't need Kafka at this size", "avoid"),
    ("a service, members pay a fee of 20 dollars a month", "budget.infrastructure_usd_per_month"),
    ("a service. Our lead dev likes tests", "team.developers"),
    ("a service, the rest we leave to you", "services[].interfaces"),
    ("a service, PCI is the payment provider's problem", "security.compliance"),
]


@pytest.mark.parametrize(("text", "path", "value"), STATED)
def test_is_stated(text: str, path: str, value: object):
    (got, provenance) = claims(plain(read_text(text)), path)[0]

    assert (got, provenance) == (pytest.approx(value) if isinstance(value, float) else value, "stated")


@pytest.mark.parametrize(("text", "path", "values"), LISTS)
def test_lists_are_stated(text: str, path: str, values: set[str]):
    got = {value for value, provenance in claims(plain(read_text(text)), path) if provenance == "stated"}

    assert got == values


@pytest.mark.parametrize(("text", "path"), ABSENT)
def test_is_not_stated(text: str, path: str):
    assert [each for each in claims(plain(read_text(text)), path) if each[1] == "stated"] == []


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("review ./svc", "review"),
        ("audit my repo", "review"),
        ("have a look at ./billing and tell me what will break under load", "review"),
        ("schau dir bitte ./lager an", "review"),
        ("should I use Redis or Memcached?", "question"),
        ("how does optimistic locking work", "question"),
        ("is gRPC better than REST between services?", "question"),
        ("Wann lohnt sich Kafka?", "question"),
        ("¿Cuándo conviene una saga?", "question"),
        ("Quelle est la différence entre Kafka et RabbitMQ ?", "question"),
        ("could you build a service for invoices?", "build"),
        ("Leaderboard service, 8000 rps, Redis as cache", "build"),
        ("Wir brauchen ein Backend für Termine", "build"),
        ("Necesitamos un servicio de facturas", "build"),
        ("Nous voulons une API pour une clinique", "build"),
    ],
)
def test_intent(text: str, intent: str):
    found = read_text(text).intent

    assert found is not None
    assert found.value == intent


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        ("a read-heavy service", "load.read_share", 0.9),
        ("80k meters push a reading every 15 min", "load.requests_per_second", 88.8889),
        ("a service with 864,000 requests per day", "load.requests_per_second", 10),
        ("a service, hosting 100 € im Monat", "budget.infrastructure_usd_per_month", 110),
        ("a service. GDPR applies", "security.personal_data", True),
        ("a service in eu-central-1", "deployment.cloud", "aws"),
    ],
)
def test_what_follows_is_inferred_with_its_reason(text: str, path: str, value: object):
    fact = read_text(text).at(path)

    assert fact.provenance == "inferred"
    assert fact.value == (pytest.approx(value) if isinstance(value, float) else value)
    assert fact.because
