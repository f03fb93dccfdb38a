"""One line of text, one fact of the assistant, and what must not be read."""

import pytest
from scoring import claims

from architect.briefing.text import read_text
from architect.model.plain import plain

ASSISTANT = "an assistant that answers questions over our contracts. "

STATED = [
    ("It has 12-page contracts", "assistant.pages_per_document", 12),
    ("The contracts have 30 pages each", "assistant.pages_per_document", 30),
    ("There are 14 GB of text", "assistant.gigabytes", 14),
    ("300 MB of plain text", "assistant.gigabytes", 0.3),
    ("200 new documents per day", "assistant.changes_per_day", 200),
    ("700 new contracts a week", "assistant.changes_per_day", 100),
    ("They are searchable within 5 minutes", "assistant.searchable_within_minutes", 5),
    ("Changes are found within 30 seconds", "assistant.searchable_within_minutes", 0.5),
    ("The index is updated nightly", "assistant.searchable_within_minutes", 1440),
    ("First token within 800 ms", "assistant.first_token_milliseconds", 800),
    ("2 seconds to the first token", "assistant.first_token_milliseconds", 2000),
    ("The whole answer in under 10 seconds", "assistant.answer_milliseconds", 10_000),
    ("90% of the answers must be correct", "assistant.quality", 0.9),
    ("accuracy of at least 95%", "assistant.quality", 0.95),
    ("Each department may only see its own documents", "assistant.access", "groups"),
    ("It must respect the permissions of the files", "assistant.access", "groups"),
    ("Every customer asks about their own documents", "assistant.access", "owner"),
    ("Everyone may see everything", "assistant.access", "everyone"),
    ("The documents must not leave the EU", "assistant.data_stays", "eu"),
    ("The text must not leave our servers", "assistant.data_stays", "own_servers"),
    ("No external APIs", "assistant.data_stays", "own_servers"),
    ("We need an on-premises model", "assistant.data_stays", "own_servers"),
    ("The data may go to OpenAI", "assistant.data_stays", "anywhere"),
    ("Use Claude Sonnet 4.5", "prefer.language_model", "claude-sonnet-4.5"),
    ("With GPT-4.1-mini", "prefer.language_model", "gpt-4.1-mini"),
    ("Use Claude Sonnet", "prefer.language_model", "claude-sonnet"),
    ("Use claude-sonnet-4-5", "prefer.language_model", "claude-sonnet-4.5"),
    ("Use Claude 3.5 Sonnet", "prefer.language_model", "claude-3.5-sonnet"),
    ("With GPT-4.1 mini", "prefer.language_model", "gpt-4.1-mini"),
    ("With GPT-4o mini", "prefer.language_model", "gpt-4o-mini"),
    ("Models run in vLLM", "prefer.language_model", "vllm"),
    ("We want Llama", "prefer.language_model", "llama"),
    ("Vectors by text-embedding-3-small", "prefer.embedding_model", "text-embedding-3-small"),
    ("Vectors by mistral-embed", "prefer.embedding_model", "mistral-embed"),
    ("Vectors in pgvector", "prefer.vector_store", "pgvector"),
]

LISTS = [
    ("They are PDFs and Word documents", "assistant.formats", {"pdf", "docx"}),
    ("They are scanned", "assistant.formats", {"scan"}),
    ("Wiki pages in Markdown", "assistant.formats", {"html", "markdown"}),
    ("The documents are in German and English", "assistant.languages", {"de", "en"}),
    ("RAG over 3,000 German manuals", "assistant.languages", {"de"}),
    ("Fragen zu 50.000 deutschen Verträgen", "assistant.languages", {"de"}),
    ("Fragen zu 50 deutschsprachigen Handbüchern für englische Kunden", "assistant.languages", {"de"}),
    ("Responde preguntas sobre 20.000 contratos en español", "assistant.languages", {"es"}),
    ("Il répond aux questions sur 300 contrats français", "assistant.languages", {"fr"}),
    ("The documents are multilingual", "assistant.languages", {"many"}),
]

ABSENT = [
    ("Not GPT-4.1", "prefer.language_model"),
    ("Should we use Claude?", "prefer.language_model"),
    ("Vectors by mistral-embed", "prefer.language_model"),
    ("GPT-4.1 or Claude, you decide", "prefer.language_model"),
    ("First token within 800 ms", "load.latency.milliseconds"),
    ("The whole answer in under 10 seconds", "load.latency.milliseconds"),
    ("Our English team is small", "assistant.languages"),
]

WITHOUT = [
    "an order service; 90% of the answers must be correct; updated nightly; the PDFs are in German",
    "an API with 200 new documents per day, each department may only see its own documents",
    "a shop for rag dolls and tea cloths",
]


@pytest.mark.parametrize(("text", "path", "value"), STATED)
def test_is_stated(text: str, path: str, value: object):
    (got, provenance) = claims(plain(read_text(ASSISTANT + text)), path)[0]

    assert (got, provenance) == (pytest.approx(value) if isinstance(value, float) else value, "stated")


@pytest.mark.parametrize(("text", "path", "values"), LISTS)
def test_lists_are_stated(text: str, path: str, values: set[str]):
    assert {value for value, _ in claims(plain(read_text(ASSISTANT + text)), path)} == values


@pytest.mark.parametrize(("text", "path"), ABSENT)
def test_is_not_read(text: str, path: str):
    assert claims(plain(read_text(ASSISTANT + text)), path) == []


@pytest.mark.parametrize("text", WITHOUT)
def test_nothing_is_read_of_an_assistant_where_none_is_spoken_of(text: str):
    assert not any(path.startswith("assistant.") for path, _ in read_text(text).facts())


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        (
            "How should I structure my Python backend to support a RAG pipeline with vector embeddings?",
            "question",
        ),
        ("Build a RAG service on PostgreSQL", "build"),
    ],
)
def test_rag_alone_means_answering_questions(text: str, intent: str):
    brief = read_text(text)

    assert brief.intent is not None
    assert brief.intent.value == intent
    assert [(fact.value, fact.provenance) for fact in brief.assistant.tasks] == [
        ("question_answering", "inferred")
    ]
    assert brief.unread == ()


def test_pages_of_all_documents_are_shared_out():
    text = "a RAG bot over 300,000 documents, 3 million pages in total"
    fact = read_text(text).assistant.pages_per_document

    assert fact is not None
    assert (fact.value, fact.provenance) == (10, "inferred")


def test_a_stated_task_leaves_nothing_to_infer():
    tasks = read_text("a RAG service for semantic search over our wiki").assistant.tasks

    assert [(fact.value, fact.provenance) for fact in tasks] == [("search", "stated")]
