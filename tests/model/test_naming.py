"""Names of entities in every convention, and English plurals both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architect.model.naming import (
    kebab_case,
    pascal_case,
    plural,
    plural_word,
    singular,
    singular_word,
    snake_case,
)


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("order", "orders"),
        ("category", "categories"),
        ("address", "addresses"),
        ("status", "statuses"),
        ("diagnosis", "diagnoses"),
        ("person", "people"),
        ("salesperson", "salespeople"),
        ("child", "children"),
        ("box", "boxes"),
        ("journey", "journeys"),
        ("cache", "caches"),
        ("movie", "movies"),
        ("invoice", "invoices"),
        ("course", "courses"),
        ("purchase", "purchases"),
        ("batch", "batches"),
        ("vehicle", "vehicles"),
        ("bus", "buses"),
        ("virus", "viruses"),
        ("leaf", "leaves"),
        ("lens", "lenses"),
        ("tax", "taxes"),
        ("class", "classes"),
        ("house", "houses"),
        ("licence", "licences"),
        ("exercise", "exercises"),
        ("warehouse", "warehouses"),
        ("response", "responses"),
    ],
)
def test_plural_and_back(one: str, many: str) -> None:
    assert plural_word(one) == many
    assert singular_word(many) == one
    assert singular_word(one) == one


def test_conventions() -> None:
    for name in ("OrderLine", "order line", "order-line", "order_line"):
        assert snake_case(name) == "order_line"
        assert kebab_case(name) == "order-line"
        assert pascal_case(name) == "OrderLine"
        assert plural(name) == "order_lines"
    assert singular("OrderLines") == "order_line"
    assert snake_case("HTTPRequest") == "http_request"


@given(st.from_regex(r"[a-z]{2,12}", fullmatch=True))
def test_a_plural_always_differs_from_its_singular(word: str) -> None:
    assert plural_word(word) != word
