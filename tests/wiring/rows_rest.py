"""REST: the edit that removes each of its features."""

from wiring_harness import Edit, Row

REST = "src/quillwort/entrypoints/rest"
SQL = "src/quillwort/adapters/postgresql"
DOMAIN = "src/quillwort/domain"
MIGRATION = "migrations/versions/0001_initial.py"

_FOREIGN_KEY = """        CONSTRAINT specimens_collector_id_fkey
            FOREIGN KEY (collector_id, owner_id) REFERENCES collectors (id, owner_id),
"""
_VERSION_HELD = """        if expected_version is not None and expected_version != stored.version:
            raise VersionMismatch("specimen")
"""

DOCUMENT = (
    Row(
        "openapi_document",
        "OpenAPI 3.1",
        (
            Edit(
                f"{REST}/documentation.py",
                "description=app.description, routes",
                'description=app.description, openapi_version="3.0.3", routes',
            ),
        ),
        says=r"3\.0",
    ),
    Row(
        "openapi_document",
        "the document says how to identify oneself",
        (Edit(f"{REST}/documentation.py", 'document["security"] = [{_SCHEME: []}]', "pass"),),
        says="identifies",
    ),
    Row(
        "operations_under_v1",
        "/v1",
        (Edit(f"{REST}/collector.py", '"/v1/collectors', '"/collectors', every=True),),
    ),
    Row(
        "parameters_documented",
        "filters and sorts in the document",
        (Edit(f"{REST}/query.py", 'return {"parameters": parameters}', 'return {"parameters": []}'),),
    ),
    Row(
        "error_shapes",
        "error shapes in the document",
        (
            Edit(
                f"{REST}/problems.py",
                'content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}',
                "content: Any = {}",
            ),
        ),
    ),
    Row(
        "examples_valid",
        "examples in the document",
        (Edit(f"{REST}/specimen.py", '"taxon": "Taxon"', '"taxon": ""'),),
    ),
    Row(
        "schemathesis",
        "answers are as documented",
        (
            Edit(
                f"{REST}/specimen.py",
                '"sheet_count": specimen.sheet_count',
                '"sheet_count": str(specimen.sheet_count)',
            ),
        ),
        says="schema",
    ),
)

ROWS_AND_LISTS = (
    Row(
        "rest_rows",
        "rows are stored as they were sent",
        (Edit(f"{SQL}/specimen.py", '"notes": specimen.notes', '"notes": None'),),
    ),
    Row(
        "rest_validation",
        "validation",
        (
            Edit(
                f"{DOMAIN}/specimen.py",
                '"taxon": Text(min_length=1, max_length=200)',
                '"taxon": Text(min_length=0, max_length=100000)',
            ),
        ),
        says="taxon",
    ),
    Row(
        "rest_pagination",
        "cursor pagination",
        (Edit(f"{SQL}/paging.py", '"<" if descending else ">"', '"<=" if descending else ">="'),),
    ),
    Row(
        "rest_cursors",
        "cursors of another order refused",
        (Edit("src/quillwort/adapters/cursor.py", "if its_sort != sort:", "if False:"),),
    ),
    Row(
        "rest_filters",
        "filters",
        (Edit(f"{SQL}/specimen.py", '"taxon": query.taxon', '"taxon": None'),),
        says="taxon",
    ),
    Row(
        "rest_filters",
        "unknown filters refused",
        (
            Edit(
                f"{REST}/query.py",
                "self._adapter.validate_strings(values)",
                'self._adapter.validate_strings({k: v for k, v in values.items() if k != "no_such_filter"})',
            ),
        ),
        says="does not exist",
    ),
    Row("rest_sorting", "sorting", (Edit(f"{SQL}/paging.py", '"DESC" if descending else "ASC"', '"DESC"'),)),
    Row(
        "rest_partial_update",
        "null clears",
        (
            Edit(
                f"{DOMAIN}/values.py",
                "return old if new is UNSET else new",
                "return old if new is UNSET or new is None else new",
            ),
        ),
        says="None",
    ),
    Row(
        "rest_partial_update",
        "absent stays",
        (
            Edit(
                f"{DOMAIN}/specimen.py",
                "notes=kept(change.notes, self.notes)",
                "notes=kept(change.notes, None)",
            ),
        ),
        says="notes too",
    ),
    Row(
        "rest_partial_update",
        "unknown and read-only fields refused",
        (Edit(f"{REST}/schema.py", 'extra="forbid"', 'extra="ignore"'),),
        says="no_such_field",
    ),
    Row(
        "rest_versions",
        "optimistic concurrency for changes",
        (Edit(f"{DOMAIN}/specimen_service.py", _VERSION_HELD),),
        says="update",
    ),
    Row(
        "rest_versions",
        "optimistic concurrency for deletion",
        (
            Edit(
                f"{SQL}/specimen.py",
                "  AND (%(expected_version)s::bigint IS NULL OR version = %(expected_version)s)",
            ),
        ),
        says="delete",
    ),
    Row(
        "rest_races",
        "no lost updates",
        (
            Edit(
                f"{SQL}/specimen.py",
                "WHERE id = %(id)s AND version = %(expected_version)s",
                "WHERE id = %(id)s",
            ),
        ),
    ),
    Row(
        "rest_transitions",
        "states with transitions",
        (Edit(f"{DOMAIN}/transitions.py", "if status not in self.sources:", "if False:"),),
    ),
    Row(
        "rest_uniqueness",
        "a taken value is a conflict",
        (Edit(f"{SQL}/specimen.py", 'unique={"specimens_catalogue_number_key": "catalogue_number"},'),),
    ),
    Row(
        "rest_uniqueness",
        "uniqueness",
        (
            Edit(
                MIGRATION,
                "        CONSTRAINT specimens_catalogue_number_key UNIQUE (owner_id, catalogue_number),\n",
            ),
        ),
    ),
    Row("rest_references", "references", (Edit(MIGRATION, _FOREIGN_KEY),)),
)

TRANSPORT = (
    Row(
        "entity_tags",
        "entity tags",
        (Edit(f"{REST}/answer.py", '            headers={"ETag": f\'"{version}"\'},\n'),),
        says="ETag",
    ),
    Row(
        "entity_tags",
        "If-Match",
        (Edit(f"{REST}/answer.py", 'given = request.headers.get("if-match")', "given = None"),),
        says="If-Match",
    ),
    Row(
        "problem_details",
        "problem details for errors of the framework",
        (Edit(f"{REST}/problems.py", "    app.add_exception_handler(HTTPException, _on_http_exception)\n"),),
    ),
    Row(
        "problem_details",
        "the media type of problems",
        (
            Edit(
                f"{REST}/problems.py",
                'MEDIA_TYPE: Final = "application/problem+json"',
                'MEDIA_TYPE: Final = "application/json"',
            ),
        ),
    ),
    Row(
        "wrong_media_type_refused",
        "media types",
        (Edit(f"{REST}/body.py", "if media_type not in self._media_types:", "if False:"),),
    ),
    Row(
        "large_body_refused",
        "request size limit",
        (
            Edit(
                f"{REST}/app.py", "    surrounded = BodyLimit(surrounded, settings.max_body_bytes, bodies)\n"
            ),
        ),
        says="announced",
    ),
    Row(
        "large_body_refused",
        "request size limit without an announced length",
        (Edit(f"{REST}/bounds.py", "if received > max_bytes:", "if False:"),),
        says="not announced",
    ),
    Row(
        "methods_answered",
        "405 with Allow",
        (
            Edit(
                f"{REST}/problems.py",
                'response.headers["Allow"] = ", ".join(sorted(_allowed(request)))',
                'del response.headers["Allow"]',
            ),
        ),
    ),
    Row(
        "security_headers",
        "security headers",
        (Edit(f"{REST}/app.py", "    surrounded = SecurityHeaders(surrounded, documentation.PATH)\n"),),
    ),
    Row(
        "request_id",
        "the request id is sent back",
        (Edit(f"{REST}/access_log.py", "        added.append((REQUEST_ID, identity.encode()))\n"),),
    ),
    Row(
        "request_id",
        "the request id in the log",
        (
            Edit(
                f"{REST}/access_log.py", "structlog.contextvars.bind_contextvars(request_id=identity)", "pass"
            ),
        ),
        says="not in the log",
    ),
    Row(
        "request_id",
        "request ids that could forge a log line are replaced",
        (Edit("src/quillwort/kit/request_id.py", 'r"[A-Za-z0-9._-]{1,128}"', 'r"[\\s\\S]+"'),),
        says="evil",
    ),
    Row(
        "health_endpoints",
        "/livez without a token",
        (Edit(f"{REST}/probes.py", '("/livez", "/readyz")', '("/readyz",)'),),
        says="livez",
    ),
)

ROWS = (*DOCUMENT, *ROWS_AND_LISTS, *TRANSPORT)
