"""What an assistant keeps itself is no entity of the service's own."""

from architect.briefing.text import read_text


def entities(text: str) -> set[str]:
    return {fact.value.name for service in read_text(text).services for fact in service.entities}


def test_documents_that_are_asked_are_the_assistants():
    text = "Employees upload documents and ask questions about them, answers with citations, REST, PostgreSQL"
    assert entities(text) == set()


def test_what_else_is_kept_stays():
    text = "A REST API to store customers and documents; users ask questions over the documents by RAG"
    assert entities(text) == {"Customer"}


def test_documents_are_an_entity_where_nobody_asks_them():
    assert "Document" in entities("a REST API to store documents and customers in PostgreSQL")
