"""Stores, searches and servers of models by the words that people use for them."""

import pytest
from scoring import claims

from architect.briefing.readers.assistant import PEAK_SHARE
from architect.briefing.text import read_text
from architect.design.tables import shipped
from architect.model.brief import Integration
from architect.model.plain import plain

IN_A_FILE = [
    "RAG over 20,000 documents in one SQLite file on one server with docker compose",
    "RAG over 20,000 documents, keep the vectors in SQLite, records in PostgreSQL, one server",
    "RAG with SQLite as the vector store, docker compose, 1,000 questions a day",
    "RAG over 20,000 documents, records in PostgreSQL, vectors in one SQLite file",
    "Question answering over 20,000 documents, everything in a single SQLite file",
    "RAG over our contracts with PostgreSQL for the records and SQLite for the vectors",
    "RAG over our contracts, passages, vectors and records in one SQLite file",
    "RAG over our contracts, embeddings in sqlite-vec",
    "RAG on PostgreSQL over 20,000 documents in one SQLite file",
    "RAG over our contracts, vector store: SQLite",
    "RAG over our contracts. No vector database, just SQLite.",
]
FOR_RECORDS = [
    "RAG over our contracts with SQLite as the database and pgvector",
    "RAG over our contracts, users and orders in SQLite, vectors in Qdrant",
    "RAG over our contracts, vectors in Qdrant and records in SQLite",
    "RAG over our contracts, records in SQLite",
    "RAG over our contracts, records in SQLite, no vectors",
    "An order service on SQLite",
    "An order service, everything in one SQLite file",
    "A service that summarises each order with an LLM, orders in SQLite",
]


def stated(text: str, path: str) -> list[object]:
    return [value for value, provenance in claims(plain(read_text(text)), path) if provenance == "stated"]


@pytest.mark.parametrize("text", IN_A_FILE)
def test_sqlite_keeps_the_vectors_of_an_assistant(text: str):
    store = read_text(text).prefer.vector_store

    assert store is not None
    assert (store.value, store.provenance) == ("sqlite", "stated")
    assert "sqlite" in store.because.lower()
    assert stated(text, "prefer.database") in ([], ["postgresql"])


@pytest.mark.parametrize("text", FOR_RECORDS)
def test_sqlite_keeps_records_where_it_is_said_to_or_where_nothing_is_searched(text: str):
    assert stated(text, "prefer.database") == ["sqlite"]
    assert "sqlite" not in stated(text, "prefer.vector_store")


@pytest.mark.parametrize(
    "text",
    [
        "RAG over 20,000 documents in one SQLite file",
        "Question answering over 20,000 documents, everything in a single SQLite file",
        "RAG over our contracts, passages, vectors and records in one SQLite file",
    ],
)
def test_records_that_were_meant_for_the_file_are_told_to_stay_in_postgresql(text: str):
    database = read_text(text).prefer.database

    assert database is not None
    assert (database.value, database.provenance) == ("postgresql", "inferred")
    assert "records stay in PostgreSQL" in database.because


@pytest.mark.parametrize(
    "text",
    [
        "RAG over our contracts, keep the vectors in SQLite",
        "RAG over our contracts, everything in one SQLite file, no PostgreSQL",
    ],
)
def test_no_database_is_inferred_for_vectors_alone_or_against_what_is_avoided(text: str):
    assert read_text(text).prefer.database is None


@pytest.mark.parametrize(
    ("text", "store", "provenance"),
    [
        ("RAG over our documents, vectors in Qdrant", "qdrant", "stated"),
        ("RAG over our documents. We already run Qdrant.", "qdrant", "inferred"),
        ("RAG over our documents, vectors in pgvector", "pgvector", "stated"),
        ("RAG over our documents, vectors in OpenSearch", "opensearch", "stated"),
    ],
)
def test_other_stores_are_read_by_their_names(text: str, store: str, provenance: str):
    assert claims(plain(read_text(text)), "prefer.vector_store") == [(store, provenance)]


@pytest.mark.parametrize(
    ("name", "product"), [("OpenSearch", "opensearch"), ("Elasticsearch", "elasticsearch")]
)
def test_a_search_server_that_runs_already_is_there_for_an_assistant(name: str, product: str):
    brief = read_text(f"RAG over our documents. We already run {name}.")

    assert [fact.value for fact in brief.integrations] == [Integration("search", "http", product)]
    assert brief.unread == ()
    assert read_text(f"An order service. We already run {name}.").integrations == ()


def test_languages_formats_and_pages_are_read_wherever_an_assistant_was_recognised():
    brief = read_text("Question answering over 40,000 PDF documents of 12 pages each")
    assert [fact.value for fact in brief.assistant.formats] == ["pdf"]
    assert brief.assistant.pages_per_document is not None
    assert brief.assistant.pages_per_document.value == 12

    brief = read_text("Question answering over documents in German and Japanese, 40,000 documents")
    assert {fact.value for fact in brief.assistant.languages} == {"de", "ja"}

    brief = read_text("Similarity search over 40,000 scanned letters in Polish; the index is updated nightly")
    assert brief.assistant.documents is not None
    assert [fact.value for fact in brief.assistant.formats] == ["scan"]
    assert [fact.value for fact in brief.assistant.languages] == ["pl"]
    assert brief.assistant.searchable_within_minutes is not None

    brief = read_text(
        "Question answering over manuals; first word within 800 ms, each team sees only its own"
    )
    assert brief.assistant.first_token_milliseconds is not None


@pytest.mark.parametrize(
    "words",
    [
        "by keyword only",
        "keywords only",
        "only by keywords",
        "no vectors",
        "no embeddings",
        "without embeddings",
        "without any vectors",
        "BM25 only",
        "only BM25",
        "by keyword only, no vectors, no embeddings",
    ],
)
def test_keywords_alone_are_wished_for(words: str):
    for text in (f"RAG over 100,000 documents, {words}", f"RAG over 100,000 documents with search {words}."):
        assert claims(plain(read_text(text)), "prefer.retrieval") == [("keyword", "stated")]


@pytest.mark.parametrize(
    "text",
    [
        "RAG over our documents, not by keyword only",
        "RAG over our documents, more than keywords only",
        "RAG over our documents, no vector database",
        "RAG over our documents, no vectors in PostgreSQL, use Qdrant",
        "RAG over our documents, no embeddings leave our servers",
        "RAG over our documents, without an embedding API",
        "RAG over our documents with BM25 and vectors",
        "A shop where products are searched by keyword only",
        "An order service, no vectors",
    ],
)
def test_keywords_alone_are_not_read_into_other_words(text: str):
    assert claims(plain(read_text(text)), "prefer.retrieval") == []


@pytest.mark.parametrize(
    "text",
    [
        "Chat over the 300 pages of our handbook",
        "Employees chat about the policies in our wiki",
        "A service to chat with our 2,000 PDFs",
    ],
)
def test_a_chat_over_documents_is_one_with_an_assistant(text: str):
    brief = read_text(text)
    assert [(fact.value, fact.provenance) for fact in brief.assistant.tasks] == [("chat", "stated")]


@pytest.mark.parametrize(
    "text",
    [
        "Chat over websockets between customers and agents, 200 requests per second",
        "A chat service for teams: rooms and messages",
        "Customers chat with agents about orders",
        "Orders of a shop, maybe later a chat over our handbook",
    ],
)
def test_a_chat_among_people_is_none(text: str):
    assert read_text(text).assistant.tasks == ()


def test_a_search_of_documents_by_keywords_is_a_search():
    brief = read_text("Search over 100,000 documents by keyword only")

    assert [(fact.value, fact.provenance) for fact in brief.assistant.tasks] == [("search", "stated")]
    assert brief.assistant.documents is not None
    assert read_text("A shop where 10,000 products are searched by keyword only").assistant.tasks == ()


@pytest.mark.parametrize(
    ("words", "model"),
    [
        ("with Ollama and llama 3 on our own GPU", "llama-3"),
        ("with llama 3 served by Ollama on our own GPU", "llama-3"),
        ("with Ollama and Mistral on our own machines", "ollama"),
        ("with Ollama on our own GPU", "local"),
        ("served by llama.cpp on our own hardware", "llama.cpp"),
        ("with vLLM and llama 3.3 70b", "llama-3.3-70b"),
        ("with vLLM", "vllm"),
        ("with Ollama", "ollama"),
    ],
)
def test_a_model_that_is_run_by_oneself_is_no_providers(words: str, model: str):
    assert stated(f"RAG {words}; 2,000 questions a day", "prefer.language_model") == [model]


@pytest.mark.parametrize(
    ("words", "stays"),
    [
        ("with Ollama and llama 3 on our own GPU", [("own_servers", "inferred")]),
        ("served by llama.cpp on our own hardware", [("own_servers", "inferred")]),
        ("with Ollama", []),
        ("with llama 3 on our own GPU and text-embedding-3-small", []),
        ("with llama 3 on our own GPU and OpenAI embeddings", []),
        ("with GPT-4.1, deployed on our own machines", []),
    ],
)
def test_text_stays_where_its_model_is_run(words: str, stays: list[tuple[str, str]]):
    assert claims(plain(read_text(f"RAG {words}")), "assistant.data_stays") == stays


@pytest.mark.parametrize(
    "words",
    [
        "no data sent to OpenAI",
        "the data must not be sent to OpenAI",
        "we must never send any text to OpenAI",
        "no document may go to OpenAI",
        "without sending documents to OpenAI",
        "nothing is shared with OpenAI",
    ],
)
def test_whoever_is_sent_nothing_is_avoided_and_not_wished_for(words: str):
    brief = read_text(f"RAG over 10,000 documents, {words}")

    assert [fact.value for fact in brief.avoid] == ["openai"]
    assert brief.prefer.language_model is None
    assert brief.assistant.data_stays is None
    assert not brief.integrations


@pytest.mark.parametrize(
    "words", ["we send the text to OpenAI", "answers must not be slow and data goes to OpenAI"]
)
def test_whoever_is_sent_text_is_wished_for(words: str):
    assert stated(f"RAG over 10,000 documents, {words}", "prefer.language_model") == ["openai"]


@pytest.mark.parametrize(
    ("words", "stays"),
    [
        ("no data leaves the EU", "eu"),
        ("nothing leaves the EU", "eu"),
        ("no document ever leaves Europe", "eu"),
        ("keep all data in the EU", "eu"),
        ("data residency: EU", "eu"),
        ("EU-hosted only", "eu"),
        ("Daten dürfen die EU nicht verlassen", "eu"),
        ("keine Daten verlassen die EU", "eu"),
        ("no data leaves our servers", "own_servers"),
        ("nothing leaves our network", "own_servers"),
        ("the data can't leave our VPC", "own_servers"),
        ("keep all data on-premise", "own_servers"),
        ("patient data must stay in-house", "own_servers"),
        ("no third-party AI providers", "own_servers"),
        ("keine Daten verlassen unser Haus", "own_servers"),
    ],
)
def test_text_is_kept_where_it_is_said_to_stay(words: str, stays: str):
    assert claims(plain(read_text(f"RAG over 10,000 documents, {words}")), "assistant.data_stays") == [
        (stays, "stated")
    ]


@pytest.mark.parametrize(
    "words",
    ["we keep our PDF files on our servers", "we keep documents in our data centre", "keep it simple"],
)
def test_where_files_are_today_is_no_limit(words: str):
    assert read_text(f"RAG over 10,000 documents, {words}").assistant.data_stays is None


@pytest.mark.parametrize(
    ("words", "path", "milliseconds"),
    [
        ("p95 to first token 200 ms", "assistant.first_token_milliseconds", 200),
        ("p95 < 2s to first token", "assistant.first_token_milliseconds", 2000),
        ("first token p95 800ms", "assistant.first_token_milliseconds", 800),
        ("time to first token (p95) 1.5 s", "assistant.first_token_milliseconds", 1500),
        ("TTFT under 800ms", "assistant.first_token_milliseconds", 800),
        ("first token within 300 ms at p95", "assistant.first_token_milliseconds", 300),
        ("answers complete within 3 seconds", "assistant.answer_milliseconds", 3000),
    ],
)
def test_the_time_of_an_answer_is_not_that_of_a_request(words: str, path: str, milliseconds: int):
    brief = plain(read_text(f"RAG over 10,000 documents, {words}, 500 questions a day"))

    assert claims(brief, path) == [(milliseconds, "stated")]
    assert claims(brief, "load.latency.milliseconds") == []


def test_the_time_until_a_document_is_found_is_not_that_of_a_request():
    brief = plain(read_text("RAG over news; new articles must be searchable within 10 seconds"))

    assert claims(brief, "assistant.searchable_within_minutes") == [(0.1667, "stated")]
    assert claims(brief, "load.latency.milliseconds") == []


@pytest.mark.parametrize(
    "words", ["p95 under 300 ms, first token within 2 s", "first token within 2 s, p95 under 300 ms"]
)
def test_the_time_of_a_request_stands_beside_that_of_an_answer(words: str):
    brief = plain(read_text(f"RAG over 10,000 documents, {words}"))

    assert claims(brief, "load.latency.milliseconds") == [(300, "stated")]
    assert claims(brief, "assistant.first_token_milliseconds") == [(2000, "stated")]


@pytest.mark.parametrize(
    ("words", "embedder", "model"),
    [
        ("OpenAI embeddings", ["openai"], []),
        ("embeddings from OpenAI", ["openai"], []),
        ("Mistral embeddings", ["mistral"], []),
        ("OpenAI for embeddings and Claude for answers", ["openai"], ["claude"]),
        ("OpenAI for embeddings and generation", ["openai"], ["openai"]),
        ("OpenAI text-embedding-3-small embeddings", ["text-embedding-3-small"], []),
        ("OpenAI, embeddings in pgvector", [], ["openai"]),
        ("no OpenAI embeddings", [], []),
    ],
)
def test_a_vendors_embeddings_are_no_wish_for_its_language_model(
    words: str, embedder: list[str], model: list[str]
):
    text = f"RAG over 10,000 documents, {words}"

    assert stated(text, "prefer.embedding_model") == embedder
    assert stated(text, "prefer.language_model") == model


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("RAG with 50 questions/s over 100,000 articles", 1_200_000),
        ("RAG over our contracts, 50 questions per second", 1_200_000),
        ("RAG over our contracts, 3 user questions a minute", 1_200),
        ("Semantic search at 20 queries per second over 1M documents", 480_000),
        ("RAG at 20 QPS over our contracts", 480_000),
    ],
)
def test_questions_of_a_second_are_those_of_the_busiest_hour(text: str, questions: int):
    assert claims(plain(read_text(text)), "assistant.questions_per_day") == [(questions, "inferred")]


def test_the_busiest_hour_is_the_one_of_the_design():
    assert shipped().number("question.peak_share") == PEAK_SHARE


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        (
            "RAG over our contracts, 3,000 questions a day, 5 questions per second at the peak",
            [(3000, "stated")],
        ),
        ("A RAG bot over our contracts. An order service with 500 queries per second", []),
    ],
)
def test_questions_of_a_second_stand_back(text: str, questions: list[tuple[int, str]]):
    assert claims(plain(read_text(text)), "assistant.questions_per_day") == questions


@pytest.mark.parametrize(
    "text",
    [
        "RAG over 10,000 documents. Actually make that 80,000.",
        "RAG over 10,000 contracts, no wait, 80,000; 500 questions a day",
    ],
)
def test_a_corrected_number_of_documents_is_corrected_wherever_it_was_read(text: str):
    brief = read_text(text)

    assert brief.assistant.documents is not None
    assert brief.data.records is not None
    assert (brief.assistant.documents.value, brief.data.records.value) == (80_000, 80_000)
