"""The ledger in PostgreSQL: one row for each owner and day, and one for each call under way."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from quillwort.adapters.postgresql.database import Constraints, Database, Row
from quillwort.assistant.gateway.ledger import Budgets, Reservation, Spending
from quillwort.assistant.gateway.usage import DayUsage

LOCK: Final = "SELECT pg_advisory_xact_lock(hashtextextended(%(lock)s, 0))"
"""Who reserves waits for whoever shares a budget with them, and then sees what those reserved."""

RESERVE: Final = """\
INSERT INTO model_reservations (
    id, owner_id, day, requests, input_tokens, output_tokens, usd, expires_at
)
SELECT
    %(id)s, %(owner)s, %(day)s, %(requests)s, %(input_tokens)s, %(output_tokens)s, %(usd)s,
    now() + make_interval(secs => %(seconds)s)
FROM (
    SELECT
        coalesce(sum(input_tokens + output_tokens) FILTER (WHERE owner_id = %(owner)s), 0)
            AS own_tokens,
        coalesce(sum(usd) FILTER (WHERE owner_id = %(owner)s), 0) AS own_usd,
        coalesce(sum(usd), 0) AS usd
    FROM model_reservations
    WHERE day = %(day)s
) AS reserved
LEFT JOIN model_spending AS own ON own.owner_id = %(owner)s AND own.day = %(day)s
LEFT JOIN model_totals AS everybody ON everybody.day = %(day)s
WHERE
    (
        %(tokens_per_owner)s = 0 OR reserved.own_tokens + %(input_tokens)s + %(output_tokens)s
            + coalesce(own.input_tokens + own.output_tokens, 0) <= %(tokens_per_owner)s
    )
    AND (
        %(usd_per_owner)s = 0
        OR reserved.own_usd + coalesce(own.usd, 0) + %(usd)s <= %(usd_per_owner)s
    )
    AND (
        %(usd_by_all)s = 0
        OR reserved.usd + coalesce(everybody.usd, 0) + %(usd)s <= %(usd_by_all)s
    )"""

SETTLE: Final = """\
WITH released AS (
    DELETE FROM model_reservations WHERE id = %(id)s RETURNING owner_id, day
), totals AS (
    INSERT INTO model_totals AS kept (day, usd) SELECT day, %(usd)s FROM released
    ON CONFLICT (day) DO UPDATE SET usd = kept.usd + excluded.usd
)
INSERT INTO model_spending AS kept (
    owner_id, day, requests, cached, input_tokens, cached_input_tokens, output_tokens, usd
)
SELECT
    owner_id, day, %(requests)s, 0, %(input_tokens)s, %(cached_input_tokens)s, %(output_tokens)s,
    %(usd)s
FROM released
ON CONFLICT (owner_id, day) DO UPDATE SET
    requests = kept.requests + excluded.requests,
    input_tokens = kept.input_tokens + excluded.input_tokens,
    cached_input_tokens = kept.cached_input_tokens + excluded.cached_input_tokens,
    output_tokens = kept.output_tokens + excluded.output_tokens,
    usd = kept.usd + excluded.usd"""

COUNT_CACHED: Final = """\
INSERT INTO model_spending AS kept (
    owner_id, day, requests, cached, input_tokens, cached_input_tokens, output_tokens, usd
) VALUES (%(owner)s, %(day)s, 1, 1, 0, 0, 0, 0)
ON CONFLICT (owner_id, day) DO UPDATE SET
    requests = kept.requests + 1,
    cached = kept.cached + 1"""

USAGE: Final = """\
SELECT day, sum(requests)::bigint, sum(cached)::bigint, sum(input_tokens)::bigint,
    sum(cached_input_tokens)::bigint, sum(output_tokens)::bigint, sum(usd)
FROM (
    SELECT owner_id, day, requests, cached, input_tokens, cached_input_tokens, output_tokens, usd
    FROM model_spending
    UNION ALL
    SELECT owner_id, day, requests, 0, input_tokens, 0, output_tokens, usd
    FROM model_reservations
    WHERE expires_at <= now()
) AS spent
WHERE (%(owner)s::text IS NULL OR owner_id = %(owner)s) AND day >= %(since)s
GROUP BY day
ORDER BY day"""

_NO_CONSTRAINTS: Final = Constraints("spending")


class PostgresqlLedger:
    """Implements `Ledger`: what several processes spend adds up."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def reserve(self, reservation: Reservation, budgets: Budgets) -> bool:
        """Reserve, if every budget has room; see `Ledger`.

        Raises:
            Unavailable: when the database does not answer.
        """
        parameters = {
            "id": reservation.id,
            "owner": reservation.owner,
            "day": reservation.day,
            "requests": reservation.worst.requests,
            "input_tokens": reservation.worst.usage.input_tokens,
            "output_tokens": reservation.worst.usage.output_tokens,
            "usd": reservation.worst.usd,
            "seconds": reservation.seconds,
            "tokens_per_owner": budgets.tokens_per_owner,
            "usd_per_owner": budgets.usd_per_owner,
            "usd_by_all": budgets.usd,
        }
        # One budget for everybody makes everybody wait for one another, else owners for themselves.
        lock = "models" if budgets.usd else f"models {reservation.owner}"
        async with self._database.connection() as connection, connection.transaction():
            await connection.execute(LOCK, {"lock": lock})
            return (await connection.execute(RESERVE, parameters)).rowcount == 1

    async def settle(self, reservation: Reservation, spending: Spending) -> None:
        """Replace a reservation by what was spent; see `Ledger`.

        Raises:
            Unavailable: when the database does not answer.
        """
        await self._database.count(
            SETTLE,
            {
                "id": reservation.id,
                "requests": spending.requests,
                "input_tokens": spending.usage.input_tokens,
                "cached_input_tokens": spending.usage.cached_input_tokens,
                "output_tokens": spending.usage.output_tokens,
                "usd": spending.usd,
            },
            _NO_CONSTRAINTS,
        )

    async def count_cached(self, owner: str, day: date) -> None:
        """Count an answer that was at hand; see `Ledger`.

        Raises:
            Unavailable: when the database does not answer.
        """
        await self._database.count(COUNT_CACHED, {"owner": owner, "day": day}, _NO_CONSTRAINTS)

    async def usage(self, owner: str | None, since: date) -> Sequence[DayUsage]:
        """Return what an owner used, by day; see `Ledger`.

        Raises:
            Unavailable: when the database does not answer.
        """
        return await self._database.many(USAGE, {"owner": owner, "since": since}, _day)


def _day(row: Row) -> DayUsage:
    day, requests, cached, input_tokens, cached_input_tokens, output_tokens, usd = row
    return DayUsage(day, requests, cached, input_tokens, cached_input_tokens, output_tokens, usd)
