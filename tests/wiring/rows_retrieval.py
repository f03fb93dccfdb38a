"""Retrieval: the edit that removes each of its features."""

from wiring_harness import Edit, Row

ASSISTANT = "src/quillwort/assistant"
CORPUS = "src/quillwort/adapters/corpus"
LOADERS = "src/quillwort/adapters/loaders"
REST = "src/quillwort/entrypoints/rest"
GRPC = "src/quillwort/entrypoints/grpc/assistant"

ROWS = (
    Row(
        "keywords_find",
        "keywords in the fusion",
        (
            Edit(
                f"{ASSISTANT}/search_service.py",
                "return asked.ranking.fused(keyword, dense, scored.full)",
                "return asked.ranking.fused({}, dense, 0.0)",
            ),
        ),
    ),
    Row(
        "meaning_finds",
        "vectors in the fusion",
        (
            Edit(
                f"{ASSISTANT}/search_service.py",
                "scored.by_number(), dict(nearest)",
                "scored.by_number(), dict(list(nearest.items())[:0])",
            ),
        ),
    ),
    Row(
        "judged_questions",
        "vectors in the ranking of judged questions",
        (
            Edit(
                f"{ASSISTANT}/search_service.py",
                "scored.by_number(), dict(nearest)",
                "scored.by_number(), dict(list(nearest.items())[:0])",
            ),
            Edit(
                f"{ASSISTANT}/search_service.py",
                "if missing and asked.vector:",
                "if missing and not asked.vector:",
            ),
        ),
        says="below",
    ),
    Row(
        "others_documents_hidden",
        "the owner in the condition of searches",
        (
            Edit(
                f"{CORPUS}/postgresql.py",
                "WHERE term = ANY(%(terms)s) AND (%(labels)s::text[] IS NULL OR owner_id = ANY(%(labels)s))",
                "WHERE term = ANY(%(terms)s)",
            ),
            Edit(
                f"{CORPUS}/chunks.py",
                "    AND (%(labels)s::text[] IS NULL OR c.owner_id = ANY(%(labels)s))",
            ),
        ),
    ),
    Row(
        "removed_from_indexes",
        "postings go with the document",
        (Edit(f"{CORPUS}/writing.py", "    await postings.remove(connection, owner_id, gone)\n", ""),),
        says="postings",
    ),
    Row(
        "replaced_in_indexes",
        "the next version takes the place of the one before",
        (
            Edit(
                f"{CORPUS}/writing.py",
                "    await _forget(connection, owner_id, gone)\n    await _stay",
                "    await _stay",
            ),
        ),
        says="still found",
    ),
    Row(
        "unreadable_documents_told",
        "the reason why a document cannot be read",
        (
            Edit(
                f"{ASSISTANT}/ingestion.py",
                "await self._corpus.fail(document, error.reason, error.message)",
                "await self._corpus.index(document, work.embedder.name, (), np.empty((0, 384)))",
            ),
        ),
    ),
    Row(
        "formats_read",
        "the loader of HTML",
        (Edit(f"{LOADERS}/factory.py", "    HTML: html.load,\n"),),
        says="bridges.html",
    ),
    Row(
        "formats_read",
        "the loader of PDF",
        (Edit(f"{LOADERS}/factory.py", "    PDF: pdf.load,\n"),),
        says="harbour.pdf",
    ),
    Row(
        "formats_read",
        "what a page shows is told from the rest",
        (Edit(f"{LOADERS}/html.py", "child.tag not in _DROPPED", "child.tag"),),
        says="does not show",
    ),
    Row(
        "alike_told_once",
        "passages are told apart",
        (
            Edit(
                f"{ASSISTANT}/search_service.py",
                "        return tuple(found[place] for place in different)",
                "        return tuple(found[:limit])",
            ),
        ),
        says="told 3 times",
    ),
    Row(
        "answers_quote",
        "citations in the passages' own words",
        (
            Edit(
                f"{ASSISTANT}/extractive.py",
                "yield Citation(quote.passage, quote.text)",
                "yield Citation(quote.passage, quote.text.upper())",
            ),
        ),
    ),
    Row(
        "weak_evidence_told",
        "evidence is asked for",
        (Edit(f"{ASSISTANT}/extractive.py", "LEAST_NEAR: Final = 0.42", "LEAST_NEAR: Final = -10.0"),),
    ),
    Row(
        "fusion_as_set",
        "the fusion of the settings",
        (Edit(f"{ASSISTANT}/ranking_settings.py", "fusion = self.fusion or designed", "fusion = designed"),),
        says="were not keyword",
    ),
    Row(
        "weight_as_set",
        "the settings reach searches",
        (
            Edit(
                "src/quillwort/bootstrap.py",
                "ranking = settings.retrieval.ranking(FUSION, WINDOW)",
                "ranking = type(settings.retrieval.ranking())(FUSION, window=WINDOW)",
            ),
        ),
        says="RETRIEVAL_ALPHA=1",
    ),
    Row(
        "weight_as_set",
        "the weight of the settings",
        (
            Edit(
                f"{ASSISTANT}/ranking_settings.py",
                "Ranking(fusion, self.alpha, self.candidates",
                "Ranking(fusion, DEFAULT_ALPHA, self.candidates",
            ),
        ),
        says="RETRIEVAL_ALPHA=1",
    ),
    Row(
        "candidates_as_set",
        "candidates of keywords are bounded",
        (Edit(f"{ASSISTANT}/search_service.py", "asked), ranking.candidates)", "asked), 100)"),),
        says="of each half",
    ),
    Row(
        "candidates_as_set",
        "candidates of vectors are bounded",
        (
            Edit(
                f"{ASSISTANT}/search_service.py",
                "candidates = asked.ranking.candidates",
                "candidates = 100",
            ),
        ),
        says="of each half",
    ),
    Row(
        "passages_as_set",
        "passages of an answer are bounded",
        (Edit(f"{ASSISTANT}/search_service.py", "return self._ranking.passages", "return 6"),),
        says="RETRIEVAL_PASSAGES is 1",
    ),
    Row(
        "neighbours_told",
        "searches ask for neighbours",
        (Edit(f"{ASSISTANT}/search_service.py", "reach, self._ranking.window)", "reach)"),),
        says="not drawn from its neighbour",
    ),
    Row(
        "neighbours_told",
        "no neighbours beyond the window",
        (
            Edit(
                f"{CORPUS}/chunks.py",
                "            AND n.position BETWEEN c.position - %(window)s AND c.position + %(window)s) END",
                "            ) END",
            ),
        ),
        says="beyond",
    ),
    Row(
        "neighbours_told",
        "no neighbours under another heading",
        (Edit(f"{CORPUS}/chunks.py", " AND n.headings = c.headings\n", "\n"),),
        says="another heading",
    ),
    Row(
        "scores_told",
        "the rank by keywords",
        (
            Edit(
                f"{REST}/assistant/passages.py",
                '"keyword_rank": hit.fused.keyword_rank,',
                '"keyword_rank": hit.fused.dense_rank and None,',
            ),
        ),
        says="does not tell its keyword_rank",
    ),
    Row(
        "scores_told",
        "the score that the order is of",
        (Edit(f"{REST}/assistant/passages.py", '"fused": hit.fused.score,', '"fused": -hit.fused.score,'),),
        says="not in the order",
    ),
    Row(
        "large_documents_taken",
        "documents have a bound of their own over REST",
        (
            Edit(
                f"{REST}/app.py",
                "BodyLimit(surrounded, settings.max_body_bytes, bodies)",
                "BodyLimit(surrounded, settings.max_body_bytes)",
            ),
        ),
        says="REST document",
    ),
    Row(
        "large_documents_taken",
        "documents come in pieces over gRPC",
        (
            Edit(
                f"{GRPC}/documents.py",
                "content += request.content",
                "content = bytearray(request.content)",
            ),
        ),
        says="gRPC document",
    ),
    Row(
        "huge_documents_refused",
        "bodies are refused by what they announce",
        (Edit(f"{REST}/bounds.py", "if int(announced) > max_bytes:", "if int(announced) > 10**12:"),),
        says="announces",
    ),
    Row(
        "huge_documents_refused",
        "bodies are refused by what has come",
        (Edit(f"{REST}/bounds.py", "if received > max_bytes:", "if received > 10**12:"),),
        says="does not end",
    ),
    Row(
        "huge_documents_refused",
        "streams are refused while they come",
        (Edit(f"{GRPC}/documents.py", "self._check(len(content) + len(request.content))", "pass"),),
        says="gRPC document",
    ),
    Row(
        "grpc_answers_stream",
        "events have the id of their answer and a number",
        (Edit(f"{GRPC}/events.py", "        number += 1\n"),),
    ),
    Row(
        "grpc_answers_kept",
        "answers are read on where they were left",
        (
            Edit(
                f"{GRPC}/answers.py",
                "self._answers.follow(principal, answer_id, request.after)",
                "self._answers.follow(principal, answer_id, 0)",
            ),
        ),
        says="read on",
    ),
    Row(
        "grpc_cancel_stops",
        "a question ends with its call",
        (
            Edit(
                f"{GRPC}/questions.py",
                "await self._questions.ask(principal, request.question)",
                "await __import__('asyncio').shield(self._questions.ask(principal, request.question))",
            ),
        ),
    ),
)
