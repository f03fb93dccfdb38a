"""Tables are filled whatever refers to what."""

import asyncio
from pathlib import Path

import psycopg
import pytest

from architect.model.entity import Entity, Field
from architect.model.fact import Fact
from architect.verify.environment import environment, scratch
from architect.verify.plans.seeding import OWNERS, Seeder
from architect.verify.postgres import embedded

EXEMPLAR = Path(__file__).parents[2] / "exemplar"
TABLES = """
CREATE TABLE teachers (id uuid PRIMARY KEY, mentor_id uuid REFERENCES teachers);
CREATE TABLE courses (id uuid PRIMARY KEY, teacher_id uuid REFERENCES teachers);
"""

pytestmark = pytest.mark.project


def referring(name: str, field: str, other: str) -> Entity:
    """An entity that may refer to another."""
    reference = Field(field, "reference", required=False, references=other)
    return Entity(name, (Fact(reference, "stated", field),))


def test_a_table_may_refer_to_one_that_is_filled_later_and_to_itself():
    entities = (referring("Course", "teacher", "Teacher"), referring("Teacher", "mentor", "Teacher"))
    rows = 5 * OWNERS

    async def scenario() -> tuple[object, ...] | None:
        python = await environment(EXEMPLAR, lambda _: None)
        with scratch() as directory:
            async with (
                embedded(python, directory) as server,
                server.database() as url,
                await psycopg.AsyncConnection.connect(url, autocommit=True) as link,
            ):
                await link.execute(TABLES.encode())
                await Seeder(entities, rows).fill(link)
                joined = (
                    "SELECT count(*), count(t.id) FROM courses c LEFT JOIN teachers t ON t.id = teacher_id"
                )
                return await (await link.execute(joined.encode())).fetchone()

    assert asyncio.run(scenario()) == (rows, rows * 9 // 10)
