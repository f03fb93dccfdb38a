"""The measure of `service_speed.py`: what a service cannot do without, as FastAPI's tutorial writes it.

FastAPI and asyncpg, the exemplar's three statements, a pydantic model in and out. No identity, no limit,
no access log, no owner, no business layer.
"""

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import asyncpg
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

OWNER = "bench"
COLUMNS = """id, owner_id, version, created_at, updated_at, status, catalogue_number, taxon, notes,
       sheet_count, elevation_metres, mass_grams, appraised_value, currency, fragile, collected_on,
       examined_at, accession_key, contact_email, image_url, preservation, collector_id, attributes"""
GET = f"SELECT {COLUMNS} FROM specimens WHERE id = $1 AND ($2::text IS NULL OR owner_id = $2)"  # noqa: S608 - made of constants
LIST = f"""SELECT {COLUMNS} FROM specimens WHERE owner_id = $1
ORDER BY created_at DESC, id DESC LIMIT $2"""  # noqa: S608 - made of constants
INSERT = f"""INSERT INTO specimens ({COLUMNS}) VALUES ({", ".join(f"${n}" for n in range(1, 24))})"""  # noqa: S608 - made of constants


class NewSpecimen(BaseModel):
    """What it takes to make one."""

    catalogue_number: str = Field(min_length=4, max_length=32, pattern=r"^[A-Z]{2,4}-[0-9]{1,27}$")
    taxon: str = Field(min_length=1, max_length=200)
    notes: str | None = Field(default=None, max_length=10000)
    sheet_count: int = Field(default=1, ge=1, le=999)
    elevation_metres: float | None = Field(default=None, ge=-500, le=9000)
    mass_grams: Decimal | None = Field(default=None, max_digits=12, decimal_places=3, ge=0)
    appraised_value: Decimal | None = Field(default=None, max_digits=19, decimal_places=2, ge=0)
    currency: str = Field(default="EUR", pattern=r"^[A-Z]{3}$")
    fragile: bool = False
    collected_on: date
    examined_at: datetime | None = None
    accession_key: UUID | None = None
    contact_email: str | None = Field(default=None, max_length=254)
    image_url: str | None = Field(default=None, max_length=2048)
    preservation: str = "pressed"
    collector_id: UUID
    attributes: Any = None


class Specimen(NewSpecimen):
    """One as it is shown."""

    id: UUID
    owner_id: str
    version: int
    created_at: datetime
    updated_at: datetime
    status: str


class Page(BaseModel):
    """Some of them."""

    items: list[Specimen]
    next_cursor: str | None


async def _set_up(connection: asyncpg.Connection) -> None:
    await connection.set_type_codec("jsonb", encoder=json.dumps, decoder=json.loads, schema="pg_catalog")


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Keep a pool while serving."""
    async with asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=4, max_size=4, init=_set_up) as pool:
        app.state.pool = pool
        yield


app = FastAPI(lifespan=lifespan)


@app.get("/v1/specimens/{specimen_id}", response_model=Specimen)
async def get(specimen_id: UUID) -> dict[str, Any]:
    """Show one."""
    row = await app.state.pool.fetchrow(GET, specimen_id, OWNER)
    if row is None:
        raise HTTPException(404)
    return dict(row)


@app.get("/v1/specimens", response_model=Page)
async def list_specimens(limit: int = 20) -> dict[str, Any]:
    """Show some."""
    rows = await app.state.pool.fetch(LIST, OWNER, limit + 1)
    return {"items": [dict(row) for row in rows[:limit]], "next_cursor": None}


@app.post("/v1/specimens", status_code=201)
async def create(new: NewSpecimen) -> Specimen:
    """Make one."""
    now = datetime.now(UTC)
    specimen = Specimen(
        id=uuid4(),
        owner_id=OWNER,
        version=1,
        created_at=now,
        updated_at=now,
        status="draft",
        **new.model_dump(),
    )
    s = specimen
    await app.state.pool.execute(
        INSERT,
        s.id,
        s.owner_id,
        s.version,
        s.created_at,
        s.updated_at,
        s.status,
        s.catalogue_number,
        s.taxon,
        s.notes,
        s.sheet_count,
        s.elevation_metres,
        s.mass_grams,
        s.appraised_value,
        s.currency,
        s.fragile,
        s.collected_on,
        s.examined_at,
        s.accession_key,
        s.contact_email,
        s.image_url,
        s.preservation,
        s.collector_id,
        s.attributes,
    )
    return specimen
