"""A service in operation: the edit that removes what keeps it observable, patient and able to end."""

from wiring_harness import Edit, Row

REST = "src/quillwort/entrypoints/rest"
GRPC = "src/quillwort/entrypoints/grpc"
SQL = "src/quillwort/adapters/postgresql"

ROWS = (
    Row(
        "settings_checked",
        "settings from the environment are validated",
        (
            Edit(
                "src/quillwort/adapters/limits/settings.py",
                "requests: int = Field(default=600, ge=1)",
                "requests: int = Field(default=600)",
            ),
        ),
        says="RATE_LIMIT_REQUESTS",
    ),
    Row(
        "requests_logged",
        "REST logs each request",
        (Edit(f"{REST}/app.py", "return AccessLog(surrounded)", "return surrounded"),),
        says="GET",
    ),
    Row(
        "requests_logged",
        "gRPC logs each call",
        (Edit(f"{GRPC}/server.py", "            AccessLogInterceptor(),\n"),),
        says="gRPC",
    ),
    Row(
        "statements_time_out",
        "statement timeouts",
        (Edit(f"{SQL}/database.py", "-c statement_timeout={settings.statement_timeout_ms} ", ""),),
    ),
    Row(
        "pool_waits_end",
        "the wait for a connection is bounded",
        (
            Edit(
                f"{SQL}/database.py",
                "asyncio.timeout(self._settings.pool_timeout_seconds)",
                "asyncio.timeout(None)",
            ),
        ),
    ),
    Row(
        "slow_bodies_end",
        "request timeouts",
        (
            Edit(
                f"{REST}/app.py",
                "    surrounded = RequestTimeout(surrounded, settings.request_timeout_seconds)\n",
            ),
        ),
    ),
    Row(
        "outage_answered",
        "a lost database is 503 and UNAVAILABLE",
        (
            Edit(
                f"{SQL}/database.py", 'raise Unavailable("The database does not answer.") from error', "raise"
            ),
        ),
    ),
    Row(
        "outage_answered",
        "503 says when to come back",
        (Edit(f"{REST}/problems.py", 'response.headers["Retry-After"] = "1"', "pass"),),
        says="Retry-After",
    ),
    Row(
        "readiness_follows_database",
        "/readyz and gRPC health ping the database",
        (Edit("src/quillwort/bootstrap.py", 'Health({"database": database.ping})', "Health({})"),),
        says="readyz",
    ),
    Row(
        "readiness_follows_database",
        "/livez needs no database",
        (
            Edit(
                f"{REST}/probes.py",
                'return JSONResponse({"status": "ok"})',
                'return JSONResponse({"status": "ok"}, 200 if (await self._health.check()).ready else 503)',
            ),
        ),
        says="livez",
    ),
    Row(
        "readiness_follows_database",
        "gRPC health follows the same checks",
        (
            Edit(
                f"{GRPC}/health_checks.py",
                "ready = not self._draining and await self._source.ready()",
                "ready = not self._draining",
            ),
        ),
        says="gRPC health",
    ),
    Row(
        "log_is_json",
        "JSON logs",
        (
            Edit(
                "src/quillwort/kit/logs.py",
                "return to_json(event, fallback=str)",
                "return repr(event).encode()",
            ),
        ),
    ),
    Row(
        "log_is_json",
        "libraries log through the same formatter",
        (
            Edit(
                "src/quillwort/kit/logs.py",
                "    logging.basicConfig(handlers=[_Forward()], level=max(number, logging.WARNING), force=True)\n",
            ),
        ),
    ),
    Row(
        "drains",
        "REST drains",
        (
            Edit(
                f"{REST}/server.py",
                "        self._server.should_exit = True\n",
                "        for one in list(self._server.server_state.connections):\n            one.transport.abort()\n        self._server.should_exit = True\n",
            ),
        ),
    ),
    Row(
        "drains",
        "gRPC drains",
        (
            Edit(
                f"{GRPC}/server.py", "await self._server.stop(grace_seconds)", "await self._server.stop(None)"
            ),
        ),
        says="gRPC",
    ),
    Row(
        "drains",
        "SIGTERM is handled",
        (
            Edit(
                "src/quillwort/kit/lifecycle.py",
                "for number in (signal.SIGTERM, signal.SIGINT):",
                "for number in (signal.SIGINT,):",
            ),
        ),
    ),
    Row(
        "grace_ends",
        "draining is bounded",
        (
            Edit(
                f"{REST}/server.py",
                "self._server.config.timeout_graceful_shutdown = max(int(grace_seconds), 1)",
                "pass",
            ),
            Edit(
                f"{GRPC}/server.py", "await self._server.stop(grace_seconds)", "await self._server.stop(600)"
            ),
        ),
    ),
)
