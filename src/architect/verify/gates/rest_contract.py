"""REST as its document says and the brief asked: features one by one, then whatever can be sent."""

from collections.abc import Mapping
from typing import Final

from architect.verify import applies
from architect.verify.applies import all_of
from architect.verify.bench import Bench
from architect.verify.checks import Check, run_checks
from architect.verify.gate import gate
from architect.verify.probes import conflicts, lists, rest_document, rest_problems, rest_transport, rows
from architect.verify.probes.look import over_rest
from architect.verify.probes.rest_fuzz import schemathesis
from architect.verify.scene import Scene, opened

CHECKS: Final[Mapping[str, Check[Scene]]] = {
    "openapi_document": Check(rest_document.openapi_document),
    "operations_under_v1": Check(rest_document.operations_under_v1),
    "parameters_documented": Check(rest_document.parameters_documented),
    "error_shapes": Check(rest_document.error_shapes),
    "examples_valid": Check(rest_document.examples_valid),
    "rest_rows": Check(over_rest("rest_rows", rows.life, "store what was sent, and answer what is stored")),
    "rest_validation": Check(
        over_rest("rest_validation", rows.validation, "hold every constraint of the brief before storing")
    ),
    "rest_pagination": Check(
        over_rest("rest_pagination", lists.pages, "begin a page after the last row of the one before")
    ),
    "rest_cursors": Check(
        over_rest("rest_cursors", lists.cursors, "refuse a cursor that was not given out for this order")
    ),
    "rest_filters": Check(
        over_rest("rest_filters", lists.filters, "put every given filter into the statement's condition"),
        applies.filters,
    ),
    "rest_sorting": Check(
        over_rest("rest_sorting", lists.sorting, "order by the column that was asked for, then by id")
    ),
    "rest_partial_update": Check(
        over_rest("rest_partial_update", rows.partial_update, "tell an absent field from one that is null")
    ),
    "rest_versions": Check(
        over_rest("rest_versions", conflicts.versions, "compare the expected version with the stored one")
    ),
    "rest_races": Check(
        over_rest("rest_races", conflicts.races, "put the version that was read into the UPDATE's condition")
    ),
    "rest_transitions": Check(
        over_rest("rest_transitions", conflicts.transitions, "hold a transition against the present state"),
        applies.states,
    ),
    "rest_uniqueness": Check(
        over_rest(
            "rest_uniqueness", conflicts.uniqueness, "keep a unique constraint and answer its breach with 409"
        ),
        applies.unique,
    ),
    "rest_references": Check(
        over_rest(
            "rest_references", conflicts.references, "keep a foreign key and answer its breach with 409"
        ),
        applies.references,
    ),
    "entity_tags": Check(rest_transport.entity_tags),
    "problem_details": Check(rest_problems.problem_details),
    "wrong_media_type_refused": Check(rest_problems.wrong_media_type_refused),
    "large_body_refused": Check(rest_problems.large_body_refused),
    "methods_answered": Check(rest_problems.methods_answered),
    "security_headers": Check(rest_transport.security_headers),
    "request_id": Check(rest_transport.request_id),
    "health_endpoints": Check(rest_transport.health_endpoints),
    "schemathesis": Check(schemathesis),
}


@gate(
    "rest_contract",
    title="REST does what its document and the brief say",
    checks=tuple(CHECKS),
    needs=("service",),
    seconds=150.0,
    applies=all_of(applies.rest, applies.entities),
)
async def rest_contract(bench: Bench) -> None:
    """Probe each feature, then let schemathesis make requests from the document."""
    await run_checks(bench, CHECKS, opened)
