"""Payloads keep what the brief says, and break exactly what they say they break."""

import re
from decimal import Decimal

import pytest

from architect.model.entity import Entity, Field, FieldKind, States, Transition
from architect.model.fact import Fact
from architect.verify.payloads import Payloads, for_grpc, needed, path, scopes, settable, wire_name


def entity(name: str, *fields: Field, states: States | None = None) -> Entity:
    return Entity(
        name=name,
        fields=tuple(Fact(field, "stated", "") for field in fields),
        states=Fact(states, "stated", "") if states else None,
    )


NUMBER = Field(
    "number", "string", unique=True, min_length=4, max_length=32, pattern=r"^[A-Z]{2,4}-[0-9]{1,27}$"
)
CUSTOMER = entity("Customer", Field("email", "email", unique=True))
ORDER = entity(
    "Order",
    NUMBER,
    Field("customer", "reference", references="Customer"),
    Field("quantity", "integer", minimum=1, maximum=999),
    Field("weight", "decimal", max_digits=8, decimal_places=3, minimum=0.5),
    Field("price", "money", minimum=0),
    Field("currency", "string", default="EUR", min_length=3, max_length=3, pattern="^[A-Z]{3}$"),
    Field("channel", "enum", choices=("web", "shop")),
    Field("status", "enum", choices=("draft", "placed")),
    states=States(("draft", "placed"), "draft", (Transition("place", ("draft",), "placed"),)),
)
REFERENCES = {"Customer": "0190a0a0-0000-7000-8000-000000000000"}


def test_a_valid_body_keeps_every_constraint_and_repeats_no_unique_value():
    payloads = Payloads((ORDER, CUSTOMER))
    bodies = [payloads.body(ORDER, REFERENCES) for _ in range(300)]
    for body in bodies:
        assert re.fullmatch(NUMBER.pattern or "", str(body["number"]))
        assert 4 <= len(str(body["number"])) <= 32
        assert isinstance(body["quantity"], int)
        assert 1 <= body["quantity"] <= 999
        assert Decimal(str(body["weight"])) >= Decimal("0.5")
        assert re.fullmatch(r"\d{1,5}\.\d{3}", str(body["weight"]))
        assert body["channel"] in ("web", "shop")
        assert body["customer_id"] == REFERENCES["Customer"]
    assert len({str(body["number"]) for body in bodies}) == len(bodies)


def test_the_state_is_never_in_a_body():
    assert "status" not in Payloads((ORDER,)).body(ORDER, REFERENCES)


def test_references_come_first():
    assert [each.name for each in Payloads((ORDER, CUSTOMER)).order()] == ["Customer", "Order"]
    assert needed(ORDER) == {"Customer"}


def test_a_circle_of_required_references_is_told():
    egg = entity("Egg", Field("hen", "reference", references="Hen"))
    hen = entity("Hen", Field("egg", "reference", references="Egg"))
    with pytest.raises(ValueError, match="circle: Egg, Hen"):
        Payloads((egg, hen)).order()


def test_the_smallest_body_leaves_out_what_has_a_default():
    body = Payloads((ORDER,)).smallest(ORDER, REFERENCES)
    assert "currency" not in body
    assert "number" in body


def test_an_invalid_body_breaks_one_field_alone():
    payloads = Payloads((ORDER,))
    broken = {(each.field, each.rule): each.body for each in payloads.invalid(ORDER, REFERENCES)}
    assert len(str(broken["number", "max_length"]["number"])) == 33
    assert broken["quantity", "maximum"]["quantity"] == 1000
    assert broken["quantity", "minimum"]["quantity"] == 0
    assert "customer_id" not in broken["customer_id", "required"]
    assert broken["channel", "type"]["channel"] not in ("web", "shop")
    assert ("currency", "required") not in broken
    for (field, _), body in broken.items():
        if field != "number":
            assert re.fullmatch(NUMBER.pattern or "", str(body["number"]))


KINDS: tuple[FieldKind, ...] = (
    "string",
    "text",
    "integer",
    "float",
    "date",
    "datetime",
    "uuid",
    "url",
    "json",
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_values(kind: FieldKind):
    thing = entity("Thing", Field("it", kind))
    assert Payloads((thing,)).body(thing, {})["it"] is not None


def test_enums_are_named_as_in_the_protos():
    body = Payloads((ORDER,)).body(ORDER, REFERENCES)
    assert for_grpc(ORDER, {**body, "channel": "web"})["channel"] == "ORDER_CHANNEL_WEB"


def test_names_on_the_wire():
    assert path(entity("OrderLine")) == "/v1/order_lines"
    assert scopes(CUSTOMER) == ["customers:read", "customers:write"]
    assert [wire_name(field) for field in settable(ORDER)][1] == "customer_id"
