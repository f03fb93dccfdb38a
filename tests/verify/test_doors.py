"""Answers of REST and gRPC, told in the same words."""

import grpc
import httpx

from architect.model.entity import Entity, Field, States, Transition
from architect.model.fact import Fact
from architect.verify.doors import outcome_of
from architect.verify.dynamic_grpc import Reply
from architect.verify.grpc_door import decoded, encoded, outcome_of_reply

STATES = States(("draft", "on_loan"), "draft", (Transition("lend", ("draft",), "on_loan"),))
ENTITY = Entity(
    name="LoanItem",
    fields=tuple(
        Fact(field, "stated", "")
        for field in (
            Field("kind", "enum", choices=("book", "map")),
            Field("pages", "integer"),
            Field("note", "text", required=False),
        )
    ),
    states=Fact(STATES, "stated", ""),
)


def test_what_a_problem_names_is_what_bad_request_names():
    problem = {"status": 422, "errors": [{"field": "pages", "message": "must be at least 1"}]}
    rest = outcome_of(httpx.Response(422, json=problem))
    violation = {"field": "loan_item.pages", "description": "must be at least 1"}
    reply = Reply(grpc.StatusCode.INVALID_ARGUMENT, details={"BadRequest": {"field_violations": [violation]}})
    other = outcome_of_reply(reply)
    assert (rest.verdict, rest.fields) == (other.verdict, other.fields) == ("invalid", ("pages",))


def test_a_defect_is_no_refusal():
    assert outcome_of(httpx.Response(500, text="oops")).verdict == "failed"
    assert outcome_of_reply(Reply(grpc.StatusCode.INTERNAL)).verdict == "failed"
    assert outcome_of_reply(Reply(grpc.StatusCode.UNKNOWN)).verdict == "failed"


def test_an_answer_that_is_no_json_has_no_body():
    assert outcome_of(httpx.Response(200, text="<html>")).body == {}


def test_a_message_reads_like_a_body():
    message = {"id": "1", "version": 2, "kind": "LOAN_ITEM_KIND_MAP", "pages": "12"}
    assert decoded(ENTITY, {**message, "status": "LOAN_ITEM_STATUS_ON_LOAN"}) == {
        "id": "1",
        "version": 2,
        "kind": "map",
        "pages": 12,
        "note": None,
        "status": "on_loan",
    }


def test_a_body_becomes_a_message_with_the_names_of_its_enums():
    assert encoded(ENTITY, {"kind": "map", "pages": 12, "status": "draft"}) == {
        "kind": "LOAN_ITEM_KIND_MAP",
        "pages": 12,
        "status": "LOAN_ITEM_STATUS_DRAFT",
    }
