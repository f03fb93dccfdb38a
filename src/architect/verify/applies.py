"""Which projects have something for a check to look at; each returns why not, or an empty string."""

import os
from collections.abc import Callable
from typing import Final

from architect.model.entity import Entity
from architect.verify.payloads import needed, settable
from architect.verify.subject import Subject

Applies = Callable[[Subject], str]

QDRANT_URL: Final = "QDRANT_URL"
"""Names a server that services under verification may keep vectors in."""


def all_of(*conditions: Applies) -> Applies:
    """Return a condition that gives the first reason of several."""

    def applies(subject: Subject) -> str:
        return next((reason for condition in conditions if (reason := condition(subject))), "")

    return applies


def served(subject: Subject) -> str:
    """Need every server that the service keeps things in; all but Qdrant come with the environment."""
    stores = subject.design.chosen("vector_store") if subject.design and not assistant(subject) else None
    if stores == "qdrant" and not os.environ.get(QDRANT_URL):
        return f"vectors are searched in Qdrant, and no server is named in {QDRANT_URL}"
    return ""


def rest(subject: Subject) -> str:
    """Need REST."""
    return "" if subject.speaks("rest") else "the service has no REST interface"


def grpc(subject: Subject) -> str:
    """Need gRPC."""
    return "" if subject.speaks("grpc") else "the service has no gRPC interface"


def assistant(subject: Subject) -> str:
    """Need an assistant that searches documents."""
    tasks = {fact.value for fact in subject.brief.assistant.tasks}
    return "" if tasks & {"question_answering", "search", "chat"} else "the brief wants no documents searched"


def documents(subject: Subject) -> str:
    """Need an assistant that searches documents, over REST."""
    return assistant(subject) or rest(subject)


def language_model(subject: Subject) -> str:
    """Need answers that a language model writes."""
    chosen = subject.design.chosen("language_model") if subject.design else None
    return assistant(subject) or ("" if chosen not in (None, "extractive") else "no language model is asked")


def by_words(subject: Subject) -> str:
    """Need searches that go by keywords, alone or with vectors."""
    return "searches go by vectors alone" if _retrieves(subject) == "dense" else ""


def by_meaning(subject: Subject) -> str:
    """Need searches that go by vectors, alone or with keywords."""
    return "searches go by keywords alone" if _retrieves(subject) == "keyword" else ""


def rewording(subject: Subject) -> str:
    """Need kept answers that serve the same question in other words."""
    chosen = subject.design.chosen("answer_cache") if subject.design else None
    return "" if chosen == "semantic_guarded" else "an answer is given again to the same words alone"


def searched_in_postgresql(subject: Subject) -> str:
    """Need the indexes of documents in PostgreSQL, where a search can be held up."""
    chosen = subject.design.chosen("vector_store") if subject.design else None
    return "" if chosen in (None, "pgvector") else "documents are not searched in PostgreSQL"


def entities(subject: Subject) -> str:
    """Need entities: rows of the brief's own."""
    return "" if subject.entities else "the brief names no entity"


def identity(subject: Subject) -> str:
    """Need callers to be told apart."""
    return "" if secured(subject) else "the service identifies nobody"


def callers(subject: Subject) -> str:
    """Need callers that a rate limit can tell apart, though all of ours have one address."""
    return "" if secured(subject) else "callers are told apart by their address alone, and ours have one"


def callers_or_one_door(subject: Subject) -> str:
    """Need callers apart, or one door: behind two, callers of one address would share what is left."""
    return "" if not subject.speaks("rest") else callers(subject)


def ownership(subject: Subject) -> str:
    """Need rows with an owner, and callers to be told apart."""
    return identity(subject) or _some(subject, is_owned, "no entity has an owner")


def states(subject: Subject) -> str:
    """Need an entity with states."""
    return _some(subject, lambda entity: entity.states is not None, "no entity has states")


def unique(subject: Subject) -> str:
    """Need an entity with a unique field."""
    return _some(subject, has_unique, "no field is unique")


def references(subject: Subject) -> str:
    """Need an entity that must refer to another."""
    return _some(subject, lambda entity: bool(needed(entity) - {entity.name}), "no entity refers to another")


def filters(subject: Subject) -> str:
    """Need an entity that can be filtered."""
    return _some(subject, lambda entity: bool(entity.filters), "no filter is offered")


def sorts(subject: Subject) -> str:
    """Need an entity that can be sorted."""
    return _some(subject, lambda entity: bool(entity.sorts), "no sort is offered")


def secured(subject: Subject) -> bool:
    """Whether the service asks who is calling: as decided, else as the brief says."""
    identity = subject.design.chosen("identity") if subject.design else None
    if identity is not None:
        return identity != "none"
    schemes = [fact.value for fact in subject.brief.security.authentication]
    return schemes != ["none"]


def is_owned(entity: Entity) -> bool:
    """Whether rows of the entity belong to somebody."""
    return entity.owned is None or entity.owned.value


def has_unique(entity: Entity) -> bool:
    """Whether the entity has a unique field."""
    return any(field.unique for field in settable(entity))


def _retrieves(subject: Subject) -> str | None:
    return subject.design.chosen("retrieval") if subject.design else None


def _some(subject: Subject, holds: Callable[[Entity], bool], reason: str) -> str:
    return entities(subject) or ("" if any(map(holds, subject.entities)) else reason)
