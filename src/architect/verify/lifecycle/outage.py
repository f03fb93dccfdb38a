"""The database goes, and comes back."""

import asyncio
import time
from typing import Final

import httpx

from architect.verify.lifecycle.place import Fault, Place
from architect.verify.proxy import cable

PATIENCE_SECONDS: Final = 15.0
"""Longest time to notice that the database went, and again that it came back."""
POLL_SECONDS: Final = 0.05


async def database_outage(place: Place) -> list[Fault]:
    """Without the database it lives on, says that it is not ready, answers 503, and recovers by itself."""
    async with (
        place.bench.database() as url,
        cable(url) as (line, through),
        place.bench.boot(database_url=through) as service,
        service.client() as client,
    ):
        await line.cut()
        noticed = await _until(client, httpx.codes.SERVICE_UNAVAILABLE)
        faults = await _faults_meanwhile(place, client)
        await line.join()
        recovered = await _until(client, httpx.codes.OK)
    if noticed is None:
        faults.append(Fault("does not notice that the database is gone", "/readyz"))
    else:
        place.note("database gone, noticed after", noticed, "s", "polling /readyz every 50 ms")
    if recovered is None:
        faults.append(Fault("does not recover with the database", "/readyz", service.log.tail()))
    else:
        place.note("database back, ready after", recovered, "s", "polling /readyz every 50 ms")
    return faults


async def _faults_meanwhile(place: Place, client: httpx.AsyncClient) -> list[Fault]:
    faults = []
    alive = await client.get("/livez")
    if alive.status_code != httpx.codes.OK:
        faults.append(
            Fault(f"answers {alive.status_code} without the database, and would be killed", "/livez")
        )
    head = {"Authorization": f"Bearer {place.token('read')}"}
    answer = await client.get(place.collection, headers=head)
    if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
        message = f"answers {answer.status_code} without the database, and 503 is the case"
        faults.append(Fault(message, f"GET {place.collection}", answer.text[:300]))
    return faults


async def _until(client: httpx.AsyncClient, wanted: int) -> float | None:
    """Return the seconds until /readyz answers so, ``None`` when patience ends first."""
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE_SECONDS:
        if (await client.get("/readyz")).status_code == wanted:
            return time.monotonic() - began
        await asyncio.sleep(POLL_SECONDS)
    return None
