"""Assistants: the edit that removes each mechanism that answers survive by, and that guards documents."""

from wiring_harness import Edit, Row

ASSISTANT = "src/quillwort/assistant"
GATEWAY = f"{ASSISTANT}/gateway"
GENERATION = f"{ASSISTANT}/generation"
MODELS = "src/quillwort/adapters/models"

FAILING = (
    Row(
        "rate_limit_honoured",
        "Retry-After before the next try",
        (
            Edit(
                f"{MODELS}/failures.py",
                'ModelFailed("rate_limited", "It was asked too often.", error.retry_after)',
                'ModelFailed("rate_limited", "It was asked too often.")',
            ),
        ),
        says="asked again sooner",
    ),
    Row(
        "server_error_falls_back",
        "the next model of the chain",
        (Edit(f"{GATEWAY}/chain.py", "in enumerate(self._links):", "in enumerate(self._links[:1]):"),),
    ),
    Row(
        "rate_limit_honoured",
        "a model that may answer later is asked again",
        (
            Edit(
                f"{GATEWAY}/chain.py",
                "if error.failure not in AGAIN or retry >= self._policy.retries:",
                "if error.failure:",
            ),
        ),
        says="never",
    ),
    Row(
        "stall_before_first_token",
        "patience for the first token",
        (
            Edit(
                f"{GATEWAY}/calls.py",
                "patience = self._policy.first_token_seconds",
                "patience = self._policy.total_seconds",
            ),
        ),
    ),
    Row(
        "stall_after_first_token",
        "patience between tokens",
        (
            Edit(
                f"{GATEWAY}/calls.py",
                "patience = self._policy.between_tokens_seconds",
                "patience = self._policy.total_seconds",
            ),
        ),
    ),
    Row(
        "cut_stream",
        "the provider's own end is asked for",
        (
            Edit(
                f"{MODELS}/client.py",
                "    if not _ended(stream):",
                "    if False:",
            ),
        ),
        says="without its end",
    ),
    Row(
        "malformed_answers",
        "what cannot be read is a failure",
        (Edit(f"{MODELS}/client.py", "raise failed(error, wrote=wrote) from error", "return"),),
    ),
    Row(
        "wrong_schema",
        "an answer is looked at before it is whole",
        (Edit(f"{MODELS}/client.py", "                _check_end(stream, wrote=wrote)\n", ""),),
    ),
    Row(
        "refusal_told",
        "refusals are final",
        (Edit(f"{GATEWAY}/chain.py", 'if error.failure == "refused":', "if False:"),),
    ),
    Row(
        "endless_output_ended",
        "the most tokens of an answer",
        (
            Edit(
                f"{GATEWAY}/calls.py",
                "if self.pieces > most or self.written > most * BYTES_OF_A_LONG_TOKEN:",
                "if most < 0:",
            ),
        ),
    ),
    Row(
        "all_models_down_quotes",
        "failures are told",
        (
            Edit(
                f"{GENERATION}/generated.py",
                "        yield failed\n        yield from quotes",
                "        yield from quotes",
            ),
        ),
    ),
    Row(
        "broken_off_told",
        "answers that break off may end there",
        (Edit(f"{GATEWAY}/chain.py", 'if begun and self._policy.once_begun == "incomplete":', "if False:"),),
    ),
)
COSTS = (
    Row(
        "budget_never_exceeded",
        "calls are reserved before they are made",
        (
            Edit(
                "src/quillwort/adapters/ledger/postgresql.py",
                "reserved.own_tokens + %(input_tokens)s + %(output_tokens)s",
                "0",
            ),
        ),
        says="a day's budget",
    ),
    Row(
        "money_never_exceeded",
        "an owner's dollars of a day",
        (
            Edit(
                "src/quillwort/adapters/ledger/postgresql.py",
                "%(usd_per_owner)s = 0",
                "%(usd_per_owner)s >= 0",
            ),
        ),
        says="MODEL_DAILY_USD_PER_OWNER",
    ),
    Row(
        "money_never_exceeded",
        "everybody's dollars of a day",
        (Edit("src/quillwort/adapters/ledger/postgresql.py", "%(usd_by_all)s = 0", "%(usd_by_all)s >= 0"),),
        says="MODEL_DAILY_USD allows",
    ),
    Row(
        "huge_cost_settled",
        "what the provider counts is settled",
        (
            Edit(
                f"{GATEWAY}/calls.py",
                "            return told\n",
                "            return Usage(input_tokens=1, output_tokens=1)\n",
            ),
        ),
    ),
    Row(
        "context_bounded",
        "a prompt's budget of tokens",
        (
            Edit(
                "src/quillwort/bootstrap.py",
                "models, settings.generation.context_tokens, REDACTORS",
                "models, 10**9, REDACTORS",
            ),
        ),
        says="300 tokens at most",
    ),
    Row(
        "breaker_opens",
        "a breaker for each model",
        (
            Edit(
                f"{GATEWAY}/breaker.py",
                "if self._trying or self._failures >= self._limit:",
                "if self._trying:",
            ),
        ),
    ),
)
LOADED = (
    Row(
        "instructions_cached",
        "instructions are marked for the provider's cache",
        (Edit(f"{MODELS}/client.py", "anthropic_cache_instructions=True", ""),),
    ),
    Row(
        "dawdling_answer_ended",
        "patience for the whole of an answer",
        (
            Edit(
                f"{GATEWAY}/chain.py",
                "deadline = time.monotonic() + self._policy.total_seconds",
                "deadline = time.monotonic() + 1000.0",
            ),
        ),
        says="an answer ends after",
    ),
    Row(
        "answers_take_turns",
        "as many turns as were set",
        (
            Edit(
                f"{GATEWAY}/gateway.py", "asyncio.Semaphore(policy.max_concurrent)", "asyncio.Semaphore(1000)"
            ),
        ),
        says="are written at once",
    ),
    Row(
        "streams_complete",
        "room for every answer",
        (Edit(f"{GATEWAY}/gateway.py", "asyncio.Semaphore(policy.max_concurrent)", "asyncio.Semaphore(50)"),),
    ),
    Row(
        "stream_memory",
        "readers share the events of an answer",
        (
            Edit(
                f"{ASSISTANT}/answer_runs.py",
                '__slots__ = ("ending", "readers", "task", "telling", "timer")',
                '__slots__ = ("ending", "held", "readers", "task", "telling", "timer")',
            ),
            Edit(
                f"{ASSISTANT}/answer_runs.py",
                "        self.ending = False\n",
                '        self.ending = False\n        self.held = b"x" * 3_000_000\n',
            ),
        ),
    ),
)

ACCESS = (
    Row(
        "assistant_tokens",
        "signatures verified for documents too",
        (
            Edit(
                "src/quillwort/adapters/identity/jwt.py",
                '"verify_iat": False}',
                '"verify_iat": False, "verify_signature": False}',
            ),
        ),
        says="forged",
    ),
    Row(
        "assistant_scopes",
        "scopes of documents",
        (Edit("src/quillwort/domain/access.py", "if scope not in principal.scopes:", "if False:"),),
    ),
    Row(
        "assistant_input",
        "bounds of a question",
        (
            Edit(
                f"{ASSISTANT}/search_service.py",
                "if not text.strip() or len(text) > MAX_QUESTION:",
                "if False:",
            ),
        ),
        says="gRPC",
    ),
    Row(
        "assistant_limited",
        "searches count against the limit",
        (
            Edit(
                "src/quillwort/entrypoints/rest/app.py",
                "    surrounded = RateLimit(surrounded, limiter)\n",
            ),
        ),
        says="REST",
    ),
)

READERS = (
    Row(
        "groups_documents_found",
        "the groups that a token names",
        (
            Edit(
                "src/quillwort/adapters/identity/jwt.py",
                "groups = _groups(claims.get(self._groups_claim, []))",
                "groups: frozenset[str] = frozenset()",
            ),
        ),
    ),
    Row(
        "groups_documents_hidden",
        "the reach of a caller in every read",
        (
            Edit(
                f"{ASSISTANT}/document_access.py",
                "return _own(principal) | {EVERYONE}",
                "return None",
            ),
        ),
        says="by question",
    ),
    Row(
        "groups_documents_hidden",
        "the labels in the condition of lists and reads",
        (
            Edit(
                "src/quillwort/adapters/corpus/documents.py",
                '"labels": "owner_id = one",',
                '"labels": "one IS NOT NULL",',
            ),
        ),
        says="by list",
    ),
    Row(
        "everyones_documents_found",
        "everybody's documents in the reach of all",
        (
            Edit(
                f"{ASSISTANT}/document_access.py",
                "return _own(principal) | {EVERYONE}",
                "return _own(principal) | ({EVERYONE} if self._publish in principal.scopes else set())",
            ),
        ),
        says="by search",
    ),
    Row(
        "readers_refused",
        "the right to send to readers",
        (Edit(f"{ASSISTANT}/document_access.py", "if reach is None or label in reach:", "if label:"),),
        says="group of others",
    ),
    Row(
        "reserved_owners_refused",
        "owners are told apart from groups",
        (Edit("src/quillwort/adapters/identity/jwt.py", "if is_shared(owner):", "if False:"),),
    ),
    Row(
        "default_readers",
        "the readers that were decided",
        (
            Edit(
                f"{ASSISTANT}/assistant.py",
                "DocumentService(corpus, submitted, readers)",
                'DocumentService(corpus, submitted, "everyone")',
            ),
        ),
    ),
)

ROWS = (*FAILING, *COSTS, *LOADED, *ACCESS, *READERS)
