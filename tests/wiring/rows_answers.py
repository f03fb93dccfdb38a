"""Answers: the edit that removes each mechanism that makes them true, kept, found again and harmless."""

from wiring_harness import Edit, Row

ASSISTANT = "src/quillwort/assistant"
GATEWAY = f"{ASSISTANT}/gateway"
GENERATION = f"{ASSISTANT}/generation"
STREAM = "src/quillwort/entrypoints/rest/assistant/stream.py"

ANSWERING = (
    Row(
        "answers_with_model",
        "citations in the passages' own words",
        (
            Edit(
                f"{GENERATION}/draft.py",
                "            Citation(number, quote)\n",
                "            Citation(number, quote.upper())\n",
            ),
        ),
        says="does not have",
    ),
    Row(
        "answers_with_model",
        "what answers took",
        (Edit(f"{GENERATION}/generated.py", "yield Used(self._spent)", "yield from ()"),),
        says="usage event",
    ),
    Row(
        "unsupported_told",
        "citations checked by words",
        (
            Edit(
                f"{GENERATION}/support.py",
                "if len(asked & self._words) / len(asked) < LEAST_SUPPORT:",
                "if False:",
            ),
        ),
        says="words that its passage does not have",
    ),
    Row(
        "unsupported_told",
        "citations checked by figures",
        (
            Edit(
                f"{GENERATION}/support.py",
                "if not asked or not counted <= self._figures:",
                "if not asked:",
            ),
        ),
        says="a figure that its passage does not have",
    ),
    Row(
        "abstention_told",
        "models may abstain",
        (
            Edit(
                f"{GENERATION}/draft.py",
                "return self._opening is not None and self._opening.startswith(NO_EVIDENCE)",
                "return False",
            ),
        ),
        says="not told as `no_evidence`",
    ),
    Row(
        "heartbeat_sent",
        "signs of life",
        (Edit(STREAM, "or HEARTBEAT", 'or b""'),),
    ),
    Row(
        "resume_continues",
        "reading on after the last event",
        (
            Edit(
                f"{ASSISTANT}/answer_service.py",
                "self._runs.follow(answer_id, asker, after)",
                "self._runs.follow(answer_id, asker, 0)",
            ),
        ),
        says="misses events",
    ),
    Row(
        "stopped_when_asked",
        "stopping",
        (
            Edit(
                f"{ASSISTANT}/answer_service.py",
                "if not await self._runs.stop(answer_id, asker):",
                "if answer_id:",
            ),
        ),
        says="goes on writing",
    ),
    Row(
        "client_gone_stops_model",
        "answers that nobody reads end",
        (Edit(f"{ASSISTANT}/answer_runs.py", "if not run.readers and not run.telling.ended:", "if False:"),),
    ),
    Row(
        "same_question_asked_once",
        "one call for equal questions",
        (
            Edit(
                f"{GATEWAY}/gateway.py",
                "followed = self._flights.follow(key, lambda: self._made(prompt, tenant, key, look))",
                "followed = self._made(prompt, tenant, key, look)",
            ),
        ),
        says="at once are",
    ),
    Row(
        "same_question_asked_once",
        "completions at hand",
        (Edit(f"{GATEWAY}/gateway.py", "kept = await self._kept(key)", "kept = None"),),
        says="from the cache",
    ),
    Row(
        "broken_answer_never_cached",
        "whole answers alone are kept",
        (
            Edit(
                f"{GATEWAY}/gateway.py",
                "                    texts.append(piece.text)\n                yield piece\n",
                "                    texts.append(piece.text)\n"
                '                    await self._keep(key, prompt, Completion("", "".join(texts)))\n'
                "                yield piece\n",
            ),
        ),
        says="after a broken answer",
    ),
    Row(
        "broken_answer_never_cached",
        "supported answers alone are kept",
        (Edit(f"{GATEWAY}/gateway.py", 'if not prompt.sound("".join(texts)):', "if False:"),),
        says="no passage supports",
    ),
    Row(
        "old_answers_made_anew",
        "the age of what is kept",
        (
            Edit(
                "src/quillwort/adapters/ledger/completions.py",
                " AND created_at > now() - make_interval(secs => %(seconds)s)",
            ),
        ),
        says="from the cache",
    ),
    Row(
        "old_answers_made_anew",
        "the days of the settings",
        (
            Edit(
                "src/quillwort/adapters/models/settings.py",
                "return Bounds(self.cache_days, self.cache_completions)",
                "return Bounds(7.0, self.cache_completions)",
            ),
        ),
        says="from the cache",
    ),
    Row(
        "others_answers_hidden",
        "answers for who asked alone",
        (
            Edit(
                f"{ASSISTANT}/answer_service.py",
                "return None if ACCESS.read(principal) is None else principal.subject",
                "return None",
            ),
            Edit(
                f"{ASSISTANT}/answer_service.py",
                "if kept is None or not await self._readable(principal, kept):",
                "if kept is None:",
            ),
        ),
        says="not hidden",
    ),
    Row(
        "replaced_from_answers",
        "completions go with their documents",
        (
            Edit(
                "migrations/versions/0004_models.py",
                "SELECT key FROM completion_documents WHERE document_id = OLD.id",
                "SELECT key FROM completion_documents WHERE document_id IS NULL",
            ),
        ),
        says="outlives the text",
    ),
    Row(
        "removed_from_answers",
        "documents are looked for before an answer is told again",
        (
            Edit(
                f"{ASSISTANT}/answer_service.py",
                "if kept is None or not await self._readable(principal, kept):",
                "if kept is None:",
            ),
        ),
        says="where 404 is right",
    ),
    Row(
        "feedback_kept",
        "feedback",
        (
            Edit(
                f"{ASSISTANT}/answer_service.py",
                "if not await self._store.rate(answer_id, asker, feedback):",
                "if False:",
            ),
        ),
        says="not kept",
    ),
    Row(
        "others_usage_hidden",
        "usage is asked for the caller's owner",
        (
            Edit(
                "src/quillwort/adapters/ledger/postgresql.py",
                "WHERE (%(owner)s::text IS NULL OR owner_id = %(owner)s) AND day >= %(since)s",
                "WHERE (true OR owner_id = %(owner)s) AND day >= %(since)s",
            ),
        ),
        says="who has asked nothing is told",
    ),
    Row(
        "usage_told",
        "calls are settled",
        (
            Edit(
                f"{GATEWAY}/calls.py",
                "await self._ledger.settle(reservation, spending)",
                "await asyncio.sleep(0)",
            ),
        ),
    ),
)
SAFE = (
    Row(
        "answers_never_html",
        "answers are not taken for another type",
        (
            Edit(
                "src/quillwort/entrypoints/rest/headers.py",
                '    (b"x-content-type-options", b"nosniff"),\n',
            ),
        ),
    ),
    Row(
        "instructions_in_documents_are_data",
        "delimiters that cannot be forged",
        (
            Edit(
                f"{ASSISTANT}/prompts/data.py",
                "visible(text)).translate(_ESCAPED)",
                "visible(text))",
            ),
        ),
        says="can write the delimiter",
    ),
    Row(
        "personal_data_redacted",
        "contacts are taken out",
        (
            Edit(
                f"{GENERATION}/generated.py",
                "redacted = redactor.redact(prompt.content)",
                "redacted = Redacted(prompt.content)",
            ),
        ),
        says="is given the e-mail address",
    ),
)

ROWS = (*ANSWERING, *SAFE)
