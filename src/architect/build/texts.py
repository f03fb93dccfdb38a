"""Sentences of the documents that depend on how callers come in."""

from architect.build.choices import Choices


def spoken(choices: Choices) -> str:
    """Return what the service speaks: ``REST and gRPC``."""
    return " and ".join([*(["REST"] if choices.rest else []), *(["gRPC"] if choices.grpc else [])])


def _by(choices: Choices, rest: str, grpc: str, both: str) -> str:
    if choices.rest and choices.grpc:
        return both
    return rest if choices.rest else grpc


def health(choices: Choices) -> str:
    """Return how the process says that it lives and is ready."""
    return _by(
        choices,
        "`/livez` says that the process runs, `/readyz` that its dependencies answer. It turns to no as"
        " soon as SIGTERM asks the process to stop.",
        "gRPC health says whether the dependencies answer, for the server and for each service. It turns"
        " to no as soon as SIGTERM asks the process to stop.",
        "`/livez` says that the process runs, `/readyz` that its dependencies answer; gRPC health says what"
        " `/readyz` says, for the server and for each service. Both turn to no as soon as SIGTERM asks the"
        " process to stop.",
    )


def logs(choices: Choices) -> str:
    """Return what is logged."""
    one = _by(choices, "a request", "a call", "a request or call")
    header = "`X-Request-ID`" if choices.rest else "`x-request-id`"
    return (
        f"JSON lines on standard output: one {one}, with its status, its milliseconds and the `request_id`"
        f" that the caller sent as {header} or got back in it."
    )


def limits(choices: Choices) -> str:
    """Return how the rate limit shows."""
    shown = _by(
        choices,
        "REST tells the rate limit in `RateLimit-*` headers and refuses with 429 and `Retry-After`.",
        "gRPC refuses what is beyond the rate limit with RESOURCE_EXHAUSTED and RetryInfo.",
        "REST tells the rate limit in `RateLimit-*` headers and refuses with 429 and `Retry-After`, gRPC with"
        " RESOURCE_EXHAUSTED and RetryInfo.",
    )
    if choices.counting == "memory":
        return f"{shown} Each process counts for itself."
    return f"{shown} When the counts cannot be kept, requests pass: the limit guards against load."


def changes(choices: Choices) -> str:
    """Return how of two changes at once the second is refused."""
    return _by(
        choices,
        "`ETag` is the row's version; `If-Match` makes a change depend on it and answers 412 when"
        " somebody else was first.",
        "`version` is the row's version; `expected_version` makes a change depend on it and answers"
        " ABORTED when somebody else was first.",
        "`ETag` is the row's version; `If-Match` makes a change depend on it and answers 412 when"
        " somebody else was first. Over gRPC it is the field `version`.",
    )


def field(choices: Choices) -> str:
    """Return where a new field goes."""
    rest = ["`entrypoints/rest/<entity>.py` (the schemas)"] if choices.rest else []
    grpc = (
        ["`proto/` (a new number) with `make proto`", "`entrypoints/grpc/<entity>.py` (the mapping)"]
        if choices.grpc
        else []
    )
    places = [
        "`domain/<entity>.py` (the value, its rule, the inputs)",
        "`adapters/postgresql/<entity>.py` (the column)",
        *rest,
        *grpc,
    ]
    listed = ", ".join(places[:-1]) + (", and " if places[2:] else " and ") + places[-1]
    return f"goes into {listed}; the column comes by a migration of its own in `migrations/versions/`."


def endpoint(choices: Choices) -> str:
    """Return where a new endpoint goes."""
    what = _by(choices, "a route", "an rpc", "a route or an rpc")
    return (
        f"is a method of the entity's service first, then {what} that calls it: entry points translate, and"
        " every rule stands in `domain`."
    )
