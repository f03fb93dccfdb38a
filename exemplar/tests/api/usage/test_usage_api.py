"""What language models took, as callers see it."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import httpx
import pytest

from callers import NamedVerifier, bearer
from quillwort.assistant.gateway.usage import DayUsage, UsageService
from quillwort.entrypoints.rest.app import build_app
from quillwort.entrypoints.rest.assistant.usage import UsageRoutes
from quillwort.entrypoints.rest.settings import HttpSettings
from quillwort.kit.health import Health
from rest_serving import client_of, limiter

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)


class Fixed:
    """Usage of one owner on two days."""

    async def usage(self, owner: str, since: date, /) -> Sequence[DayUsage]:
        """Return the days since."""
        days = [
            DayUsage(date(2026, 3, 2), 1, 0, 2, 0, 0, Decimal("0.0000002")),
            DayUsage(date(2026, 3, 31), 2, 0, 30, 10, 7, Decimal("0.0021")),
        ]
        return [day for day in days if day.day >= since] if owner == "alice" else []


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    app = build_app(
        [UsageRoutes(UsageService(Fixed(), lambda: NOON))],
        verifier=NamedVerifier(),
        limiter=limiter(1000),
        health=Health({}),
        settings=HttpSettings(),
    )
    async with client_of(app) as client:
        yield client


async def test_usage_is_told_by_day(client: httpx.AsyncClient) -> None:
    alice = bearer("alice", "documents:read")
    items = (await client.get("/v1/usage", headers=alice)).json()["items"]
    assert [item["day"] for item in items] == ["2026-03-02", "2026-03-31"]
    assert items[0]["usd"] == "0.0000002"
    assert items[1] == {
        "day": "2026-03-31",
        "requests": 2,
        "cached": 0,
        "input_tokens": 30,
        "cached_input_tokens": 10,
        "output_tokens": 7,
        "usd": "0.0021",
    }
    today = await client.get("/v1/usage", params={"days": 1}, headers=alice)
    assert [item["day"] for item in today.json()["items"]] == ["2026-03-31"]


@pytest.mark.parametrize(
    ("scopes", "days", "status"),
    [
        (["documents:write"], "1", 403),
        (["documents:read"], "0", 422),
        (["documents:read"], "367", 422),
        (["documents:read"], "many", 422),
    ],
)
async def test_usage_needs_the_scope_and_sane_days(
    client: httpx.AsyncClient, scopes: list[str], days: str, status: int
) -> None:
    refused = await client.get("/v1/usage", params={"days": days}, headers=bearer("alice", *scopes))
    assert refused.status_code == status


async def test_what_others_took_is_not_told(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/usage", headers=bearer("bob", "documents:read"))
    assert answer.json() == {"items": []}
