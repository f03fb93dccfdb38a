"""gRPC as its protos and the brief say, learned from the server's own reflection."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from architect.verify import applies
from architect.verify.applies import all_of
from architect.verify.bench import Bench
from architect.verify.checks import Check, run_checks
from architect.verify.gate import gate
from architect.verify.probes import conflicts, grpc_calls, grpc_deadline, lists, protos, rows
from architect.verify.probes.look import over_grpc
from architect.verify.scene import Scene, opened

CHECKS: Final[Mapping[str, Check[Scene]]] = {
    "grpc_operations": Check(grpc_calls.grpc_operations),
    "protos_served": Check(protos.protos_served),
    "grpc_health": Check(grpc_calls.grpc_health),
    "grpc_rows": Check(over_grpc("grpc_rows", rows.life, "store what was sent, and answer what is stored")),
    "grpc_validation": Check(
        over_grpc("grpc_validation", rows.validation, "name every field at fault in BadRequest")
    ),
    "grpc_pagination": Check(
        over_grpc("grpc_pagination", lists.pages, "begin a page after the last row of the one before")
    ),
    "grpc_page_tokens": Check(
        over_grpc("grpc_page_tokens", lists.cursors, "refuse a token that was not given out for this order")
    ),
    "grpc_filters": Check(
        over_grpc("grpc_filters", lists.filters, "put every given filter into the statement's condition"),
        applies.filters,
    ),
    "grpc_sorting": Check(
        over_grpc("grpc_sorting", lists.sorting, "order by the column that was asked for, then by id")
    ),
    "grpc_partial_update": Check(
        over_grpc(
            "grpc_partial_update", rows.partial_update, "change what the update mask names, nothing else"
        )
    ),
    "grpc_masks": Check(grpc_calls.grpc_masks),
    "grpc_enums": Check(grpc_calls.grpc_enums),
    "grpc_versions": Check(
        over_grpc("grpc_versions", conflicts.versions, "compare expected_version with the stored one")
    ),
    "grpc_races": Check(
        over_grpc("grpc_races", conflicts.races, "put the version that was read into the UPDATE's condition")
    ),
    "grpc_transitions": Check(
        over_grpc("grpc_transitions", conflicts.transitions, "hold a transition against the present state"),
        applies.states,
    ),
    "grpc_uniqueness": Check(
        over_grpc(
            "grpc_uniqueness", conflicts.uniqueness, "keep a unique constraint; its breach is ALREADY_EXISTS"
        ),
        applies.unique,
    ),
    "grpc_references": Check(
        over_grpc(
            "grpc_references", conflicts.references, "keep a foreign key; its breach is FAILED_PRECONDITION"
        ),
        applies.references,
    ),
    "grpc_statuses": Check(grpc_calls.grpc_statuses),
    "grpc_request_id": Check(grpc_calls.grpc_request_id),
    "same_rows": Check(grpc_calls.same_rows, applies.rest),
    "deadline_honoured": Check(grpc_deadline.deadline_honoured),
    "deadline_bounded": Check(grpc_deadline.deadline_bounded),
}


@gate(
    "grpc_contract",
    title="gRPC does what its protos and the brief say",
    checks=tuple(CHECKS),
    needs=("service",),
    seconds=120.0,
    applies=all_of(applies.grpc, applies.entities),
)
async def grpc_contract(bench: Bench) -> None:
    """Call everything that reflection lists."""
    await run_checks(bench, CHECKS, partial(opened, settings=grpc_deadline.SETTINGS))
