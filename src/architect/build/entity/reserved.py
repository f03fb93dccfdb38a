"""Words that mean something already where a generated name would stand."""

import builtins
from typing import Final

_SQL: Final = (
    "all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate"
    " collation column concurrently constraint create cross current_catalog current_date current_role"
    " current_schema current_time current_timestamp current_user default deferrable desc distinct do else end"
    " except false fetch for foreign freeze from full grant group having ilike in initially inner intersect"
    " into is isnull join lateral leading left like limit localtime localtimestamp natural not notnull null"
    " offset on only or order outer overlaps placing primary references returning right select session_user"
    " similar some symmetric system_user table tablesample then to trailing true union unique user using"
    " variadic verbose when where window with"
)

RESERVED_IN_SQL: Final = frozenset(_SQL.split())
"""PostgreSQL's fully reserved words and those reserved for functions and types (its appendix C)."""

LOCALS: Final = frozenset(dir(builtins)) | {"row"}
"""Names that a local variable would hide."""

RESERVED_FIELDS: Final = frozenset(
    # What lists and methods give a meaning of their own.
    {"sort", "limit", "cursor", "page_size", "page_token", "order_by", "self", "owner"}
    # Types that a field of the same name would hide in its class.
    | {"str", "int", "float", "bool", "bytes", "dict", "list", "tuple", "set", "object"}
    # Methods of every entity, and what `states` describes.
    | {"make", "changed", "moved", "status"}
)
"""Names that no field can have."""

METHODS: Final = frozenset(
    {
        "create",
        "get",
        "list",
        "update",
        "delete",
        "add_to",
        "access",
        "rules",
        "sorts",
        "unset",
        "email",
        "url",
    }
)
"""Names that no transition can have: what every service does, and constants beside it."""

ASSISTANTS_OWN: Final = frozenset(
    {
        "answers",
        "chunks",
        "completion_documents",
        "completions",
        "document_contents",
        "documents",
        "embedding_models",
        "keyword_statistics",
        "model_reservations",
        "model_spending",
        "model_totals",
        "postings",
        "questions",
        "searches",
        "staged_vectors",
        "usages",
        "wordings",
    }
)
"""Tables and collections of the assistant's."""
