"""What lists offer by the brief, and which rows a filter keeps."""

from architect.model.entity import Entity, Field, States, Transition
from architect.model.fact import Fact
from architect.verify.offers import Offer, comparable, offers, sorts

ORDER = Entity(
    name="Order",
    fields=tuple(
        Fact(field, "stated", "")
        for field in (
            Field("customer", "reference", references="Customer"),
            Field("placedOn", "date"),
            Field("total", "integer"),
            Field("note", "text"),
            Field("paid", "boolean"),
        )
    ),
    states=Fact(States(("draft", "sent"), "draft", (Transition("send", ("draft",), "sent"),)), "stated", ""),
    filters=("customer", "placedOn", "total", "note", "paid", "status", "no_such_field"),
    sorts=("total", "note", "customer", "created_at"),
)


def test_ranges_have_two_ends_texts_none_and_states_one_filter():
    assert [(offer.parameter, offer.operator) for offer in offers(ORDER)] == [
        ("customer_id", "="),
        ("placed_on_from", ">="),
        ("placed_on_to", "<="),
        ("total_from", ">="),
        ("total_to", "<="),
        ("paid", "="),
        ("status", "="),
    ]


def test_every_list_can_be_sorted_by_its_creation_and_none_by_what_has_no_order():
    assert sorts(ORDER) == (("created_at", "datetime"), ("total", "integer"))


def test_a_filter_keeps_what_compares():
    late = Offer("placed_on_from", "placed_on", "date", ">=")
    assert late.keeps({"placed_on": "2026-02-01"}, "2026-01-31")
    assert not late.keeps({"placed_on": "2026-01-30"}, "2026-01-31")
    assert not late.keeps({"placed_on": None}, "2026-01-31")


def test_equal_values_compare_equal_however_they_are_written():
    assert comparable("money", "1.5") == comparable("money", "1.50")
    assert comparable("datetime", "2026-01-31T12:00:00Z") == comparable(
        "datetime", "2026-01-31T13:00:00+01:00"
    )
    assert comparable("integer", "10") > comparable("integer", 9)
