"""gRPC: the edit that removes each of its features."""

from wiring_harness import Edit, Row

GRPC = "src/quillwort/entrypoints/grpc"
SQL = "src/quillwort/adapters/postgresql"
DOMAIN = "src/quillwort/domain"
MIGRATION = "migrations/versions/0001_initial.py"

_FOREIGN_KEY = """        CONSTRAINT specimens_collector_id_fkey
            FOREIGN KEY (collector_id, owner_id) REFERENCES collectors (id, owner_id),
"""

ROWS = (
    Row(
        "grpc_operations",
        "every service is served",
        (
            Edit(
                "src/quillwort/bootstrap.py",
                "            CollectorServicer(parts.services.collectors),\n",
            ),
        ),
        says="CollectorService",
    ),
    Row(
        "protos_served",
        "the protos are the contract",
        (Edit("proto/quillwort/v1/collector.proto", "string page_token = 2;", "string page_token = 9;"),),
        says="differs",
    ),
    Row(
        "protos_served",
        "documented protos",
        (Edit("proto/quillwort/v1/collector.proto", "  // Text of 1 to 200 characters. Required.\n"),),
        says="comment",
    ),
    Row(
        "grpc_health",
        "health",
        (Edit(f"{GRPC}/server.py", "HealthServicer(names, health)", "HealthServicer([], health)"),),
    ),
    Row(
        "grpc_rows",
        "rows are answered as they are stored",
        (Edit(f"{GRPC}/specimen.py", "notes=stored.notes,", "notes=None,"),),
    ),
    Row(
        "grpc_validation",
        "BadRequest names the fields",
        (Edit(f"{GRPC}/statuses.py", "error.code.upper(), *_details(error))", "error.code.upper())"),),
    ),
    Row(
        "grpc_pagination",
        "page tokens",
        (Edit(f"{GRPC}/specimen.py", 'next_page_token=page.next_cursor or ""', 'next_page_token=""'),),
    ),
    Row(
        "grpc_page_tokens",
        "page tokens that were not given out are refused",
        (Edit(f"{GRPC}/messages/reading.py", "return token or None", "return None"),),
    ),
    Row(
        "grpc_filters",
        "filters",
        (Edit(f"{GRPC}/specimen.py", 'taxon=read.optional("taxon", request.taxon, same)', "taxon=None"),),
        says="taxon",
    ),
    Row(
        "grpc_sorting",
        "sorting",
        (Edit(f"{GRPC}/specimen.py", "sort=read.order(request.order_by, SORTS)", 'sort="-created_at"'),),
    ),
    Row(
        "grpc_partial_update",
        "a masked field without a value is cleared",
        (
            Edit(
                f"{GRPC}/messages/reading.py",
                "return self._read(name, raw, read) if self._has(name) else None",
                "return self._read(name, raw, read) if self._has(name) else UNSET",
            ),
        ),
    ),
    Row(
        "grpc_masks",
        "unknown mask paths refused",
        (
            Edit(
                f"{GRPC}/messages/reading.py",
                'unknown = sorted(self._paths - self._offered - {"*"})',
                "unknown: list[str] = []",
            ),
        ),
        says="no_such_field",
    ),
    Row(
        "grpc_masks",
        "a mask holds",
        (
            Edit(
                f"{GRPC}/messages/reading.py",
                'self._paths.isdisjoint((name, "*"))',
                "self._paths.isdisjoint((name,))",
            ),
        ),
        says=r"mask \*",
    ),
    Row(
        "grpc_enums",
        "UNSPECIFIED refused",
        (
            Edit(
                f"{GRPC}/messages/conversion.py",
                "        if value is None:\n            raise ValueError(",
                "        if value is None:\n            return next(iter(self._codes))\n            raise ValueError(",
            ),
        ),
    ),
    Row(
        "grpc_versions",
        "optimistic concurrency",
        (
            Edit(
                f"{GRPC}/messages/reading.py",
                'return request.expected_version if request.HasField("expected_version") else None',
                "return None",
            ),
        ),
    ),
    Row(
        "grpc_races",
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
        "grpc_transitions",
        "transitions",
        (Edit(f"{GRPC}/specimen.py", "self._service.lend(", "self._service.withdraw("),),
        says="lend",
    ),
    Row(
        "grpc_uniqueness",
        "uniqueness",
        (
            Edit(
                MIGRATION,
                "        CONSTRAINT specimens_catalogue_number_key UNIQUE (owner_id, catalogue_number),\n",
            ),
        ),
    ),
    Row("grpc_references", "references", (Edit(MIGRATION, _FOREIGN_KEY),)),
    Row(
        "grpc_statuses",
        "one status for each error",
        (
            Edit(
                f"{GRPC}/statuses.py",
                "errors.VersionMismatch: StatusCode.ABORTED",
                "errors.VersionMismatch: StatusCode.UNKNOWN",
            ),
        ),
        says="ABORTED",
    ),
    Row(
        "grpc_statuses",
        "statuses with details",
        (Edit(f"{GRPC}/statuses.py", "for detail in (info, *details):", "for detail in details:"),),
        says="ErrorInfo",
    ),
    Row(
        "grpc_request_id",
        "the request id is sent back",
        (
            Edit(
                f"{GRPC}/interceptors/access_log.py",
                "call.context.set_trailing_metadata(((REQUEST_ID, identity),))",
                "pass",
            ),
        ),
        says="answered by",
    ),
    Row(
        "grpc_request_id",
        "the interceptor for logs",
        (Edit(f"{GRPC}/server.py", "            AccessLogInterceptor(),\n"),),
    ),
    Row(
        "same_rows",
        "REST and gRPC over one service layer",
        (
            Edit(
                "src/quillwort/bootstrap.py",
                "SpecimenServicer(parts.services.specimens)",
                "SpecimenServicer(_elsewhere(parts))",
            ),
            Edit(
                "src/quillwort/bootstrap.py",
                "def grpc_server(parts: Parts) -> Server:",
                """class _Elsewhere(PostgresqlSpecimens):
    async def get(self, specimen_id, owner):
        found = await super().get(specimen_id, owner)
        return None if found is None or found.version > 1 else found


def _elsewhere(parts: Parts) -> SpecimenService:
    return SpecimenService(_Elsewhere(parts.services.specimens._specimens._database))


def grpc_server(parts: Parts) -> Server:""",
            ),
        ),
        says="gRPC",
    ),
    Row(
        "deadline_honoured",
        "the work of a call ends with its deadline",
        (
            Edit(
                f"{SQL}/database.py",
                "-c client_connection_check_interval={_NOTICE_GONE_MS}",
                "-c client_connection_check_interval=0",
            ),
            Edit(
                f"{SQL}/database.py",
                "await cursor.execute(query, parameters)",
                "await asyncio.shield(asyncio.ensure_future(cursor.execute(query, parameters)))",
            ),
        ),
        says="still waits",
    ),
    Row(
        "deadline_bounded",
        "deadlines",
        (
            Edit(
                f"{GRPC}/server.py",
                "            DeadlineInterceptor(settings.max_deadline_seconds, settings.max_stream_seconds),\n",
            ),
        ),
    ),
)
