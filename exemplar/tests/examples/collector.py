"""What there is to know of collectors to test them."""

from typing import Final

from example import Example, Filter
from quillwort.adapters.postgresql import collector as postgresql
from quillwort.domain.collector import (
    ACCESS,
    RULES,
    Collector,
    CollectorChange,
    CollectorQuery,
    NewCollector,
)
from quillwort.domain.collector_service import CollectorService


def values(number: int) -> dict[str, object]:
    """Return a valid value for every field but references; the number makes it unique."""
    return {"name": "Name", "email": f"somebody{number}@example.com", "active": True}


EXAMPLE: Final = Example(
    kind="collector",
    plural="collectors",
    owned=True,
    access=ACCESS,
    rules=RULES,
    entity=Collector,
    new=NewCollector,
    change=CollectorChange,
    query=CollectorQuery,
    service=CollectorService,
    repository=postgresql.PostgresqlCollectors,
    constraints=postgresql.CONSTRAINTS,
    postgresql_sorts=postgresql.SORTS,
    values=values,
    other={"name": "Other", "email": "other@example.com", "active": False},
    broken={"name": "", "email": "x"},
    required={"name", "email"},
    defaults={"active": True},
    nullable=(),
    unique=("email",),
    references={},
    filters={"email": Filter("email"), "active": Filter("active")},
    sorts=("created_at", "name"),
    walks=(),
)
