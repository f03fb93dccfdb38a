"""architect.yaml: read with line and column, written with its provenance, described by a schema."""

import json
from pathlib import Path

import jsonschema_rs
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scoring import rows_of

from architect.briefing.document import json_schema, read_document, write_document
from architect.briefing.text import read_text
from architect.model.brief import Brief
from architect.model.errors import InputError
from architect.model.fact import Fact

ROOT = Path(__file__).parents[2]
WHOLE = """\
intent: build
name: order-desk
purpose: Take, price and fulfil customer orders.
load: {requests_per_second: 200, read_share: 0.9, concurrent_users: 3000,
       latency: {percentile: 95, milliseconds: 300}, availability: 99.9}
data: {records: 5000000, gigabytes: 40, retention_days: 365}
deployment: {target: kubernetes, cloud: aws, regions: 1}
team: {developers: 4, knows: [postgresql, rabbitmq]}
budget: {infrastructure_usd_per_month: 800, llm_usd_per_month: 500}
security: {authentication: [jwt], tenancy: multi, personal_data: true, compliance: [gdpr]}
prefer: {framework: fastapi, database: Postgres, cache: redis, broker: kafka, vector_store: qdrant}
avoid: [mongodb]
integrations: [{name: payments, kind: http, product: stripe}]
services:
  - name: orders
    interfaces: [rest, grpc, events]
    entities:
      Customer:
        fields: {email: email, full_name: {kind: string, max_length: 120}}
      Order:
        description: What a customer wants.
        owned: true
        fields:
          number: {kind: string, unique: true}
          customer: -> Customer
          parent: -> Order?
          total: money
          size: {kind: enum, choices: [small, large], default: small}
          note: text?
        states:
          initial: draft
          transitions:
            place: {from: [draft], to: placed}
            cancel: {from: [draft, placed], to: cancelled}
        emits: [OrderPlaced]
        filters: [status, customer, size]
        sorts: [total]
    calls: [inventory]
workflows:
  - name: checkout
    steps: [{service: inventory, action: reserve, compensation: release}, {service: payments, action: charge}]
assistant: {tasks: [question_answering], documents: 2000000, questions_per_day: 5000, streaming: true,
            pages_per_document: 12, gigabytes: 40, formats: [pdf, html], languages: [en, de],
            changes_per_day: 300, searchable_within_minutes: 5, first_token_milliseconds: 800,
            answer_milliseconds: 10000, access: groups, data_stays: eu, quality: 0.9}
"""


def test_every_key_of_the_design_is_read():
    brief = read_document(WHOLE, "architect.yaml")

    assert brief.load.requests_per_second == Fact(200, "stated", "architect.yaml:4")
    assert brief.load.latency.milliseconds == Fact(300, "stated", "architect.yaml:5")
    assert brief.prefer.database == Fact("postgresql", "stated", "architect.yaml:11")
    assert [fact.value for fact in brief.team.knows] == ["postgresql", "rabbitmq"]
    assert brief.integrations[0].value.product == "stripe"
    assert brief.workflows[0].value.steps[0].compensation == "release"
    assert brief.assistant.streaming is not None
    assert brief.assistant.streaming.value is True
    assert [fact.value for fact in brief.assistant.languages] == ["en", "de"]
    assert brief.assistant.data_stays is not None
    assert brief.assistant.data_stays.value == "eu"
    assert brief.number("assistant.pages_per_document") == 12
    assert brief.unread == ()
    known = {path for path, _ in brief.facts()}
    assert {"budget.llm_usd_per_month", "data.gigabytes", "security.tenancy", "avoid"} <= known


def test_entities_short_and_long():
    service = read_document(WHOLE, "architect.yaml").services[0]
    order = next(fact.value for fact in service.entities if fact.value.name == "Order")
    fields = {fact.value.name: fact.value for fact in order.fields}

    assert fields["customer"].references == "Customer"
    assert not fields["parent"].required
    assert not fields["note"].required
    assert fields["currency"].pattern == "^[A-Z]{3}$"
    assert fields["size"].choices == ("small", "large")
    assert order.states is not None
    assert order.states.value.names == ("draft", "placed", "cancelled")
    assert order.sorts == ("created_at", "total")
    assert [fact.value for fact in order.emits] == ["OrderPlaced"]
    assert [fact.value for fact in service.calls] == ["inventory"]


@pytest.mark.parametrize(
    ("old", "new", "where", "what", "mend"),
    [
        ("read_share", "read_shar", "4:34", "unknown key 'read_shar'", "'read_share'"),
        ("intent: build", "intent: bild", "1:9", "cannot be 'bild'", "'build'"),
        ("target: kubernetes", "target: kuberntes", "7:", "cannot be 'kuberntes'", "'kubernetes'"),
        ("broker: kafka", "broker: kafak", "11:", "unknown product 'kafak'", "'kafka'"),
        ("developers: 4", "developers: four", "8:", "must be a whole number", "whole number"),
        ("read_share: 0.9", "read_share: 9", "4:", "is 9", "at most 1"),
        ("records: 5000000", "records: -1", "6:", "is -1", "at least 0"),
        ("personal_data: true", "personal_data: maybe", "10:", "true or false", "true or false"),
        ("name: order-desk", "name: Order Desk", "2:7", "'Order Desk'", "order-desk"),
        ("total: money", "total: mony", "27:", "unknown kind 'mony'", "'money'"),
        ("customer: -> Customer", "customer: -> Custmer", "25:", "refers to 'Custmer'", "'Customer'"),
        ("parent: -> Order?", "parent: -> Order", "26:", "another Order", "required: false"),
        ("Customer:\n        fields:", "Class:\n        fields:", "18:7", "'Class'", "ClassRecord"),
        ("number: {kind", "type: {kind", "24:11", "'type'", "order_type"),
        ("number: {kind", "created_at: {kind", "24:11", "already", "leave it out"),
        ("note: text?", "status: text?", "29:11", "'status'", "states"),
        ("note: text?", "customer_id: uuid", "29:11", "share the column", "rename"),
        ("grpc, events]", "grpc, rest]", "16:", "twice", "remove one"),
        ("number: {kind: string", "number: {kind: boolean", "24:", "cannot be unique", "remove"),
        ("max_length: 120", "minimum: 120", "19:", "cannot have minimum", "integer"),
        ("max_length: 120", "min_length: 9, max_length: 2", "19:", "above max_length", "swap"),
        ("default: small", "default: smal", "28:", "default", "'small'"),
        ("choices: [small, large], ", "", "28:", "without choices", "choices"),
        ("to: cancelled", "to: unspecified", "31:", "taken by protobuf", "rename"),
        ("place: {from", "get: {from", "33:", "operation", "mark_placed"),
        ("filters: [status", "filters: [statu", "36:", "unknown field 'statu'", "'status'"),
        ("sorts: [total]", "sorts: [note]", "37:", "cannot be among the sorts", "remove"),
        ("avoid: [mongodb]", "avoid: [mongodb, mongo]", "12:", "twice", "remove"),
        ("intent: build", "intent: build\nintent: review", "2:1", "there twice", "keep one"),
        ("intent: build", "intent: &a build", "1:", "anchors and aliases", "write the value out"),
        ("intent: build", "intent: [build", "2:", "", "check"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_how_to_mend_it(
    old: str, new: str, where: str, what: str, mend: str
):
    assert old in WHOLE
    with pytest.raises(InputError) as caught:
        read_document(WHOLE.replace(old, new, 1), "architect.yaml")
    error = caught.value

    assert error.where.startswith(f"architect.yaml:{where}"), error.line()
    assert what in error.what, error.line()
    assert mend in error.mend, error.line()
    assert "\n" not in error.line()


def test_entities_that_would_share_a_table_are_refused():
    source = (
        "services:\n- entities:\n    UrlItem: {fields: {a: string}}\n    URLItem: {fields: {a: string}}\n"
    )

    with pytest.raises(InputError, match=r"x\.yaml:4:5: .*'UrlItem' and 'URLItem'.*'url_items'; rename"):
        read_document(source, "x.yaml")


def test_required_references_in_a_circle_are_refused():
    source = """\
services:
- entities:
    Alpha: {fields: {beta: -> Beta}}
    Beta: {fields: {alpha: -> Alpha}}
"""

    with pytest.raises(InputError, match=r"Alpha -> Beta -> Alpha.*`-> Beta\?`"):
        read_document(source, "x.yaml")


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("", "is empty"),
        ("- a\n- b\n", "not a mapping"),
        ("just words", "not a mapping"),
        ("a: \0", "characters"),
        ("[" * 5000, "deeper"),
        ("{" * 200_000, "deeper"),
        ("# " + "x" * (1024 * 1024), "larger"),
        ("a: &x [1]\nb: [*x, *x]", "anchors"),
        ("? {a: b}\n: c", "not a word"),
    ],
)
def test_what_is_no_document_is_refused(source: str, what: str):
    with pytest.raises(InputError, match=what) as caught:
        read_document(source, "architect.yaml")

    assert "\n" not in caught.value.line()


def test_too_many_entities_and_fields_are_refused():
    many = "".join(f"    E{at}x: {{fields: {{name: string}}}}\n" for at in range(41))
    wide = "".join(f"        f{at}: string\n" for at in range(61))

    with pytest.raises(InputError, match="at most 40"):
        read_document(f"services:\n- entities:\n{many}", "x.yaml")
    with pytest.raises(InputError, match="at most 60"):
        read_document(f"services:\n- entities:\n    Wide:\n      fields:\n{wide}", "x.yaml")


TEXTS = [row["text"] for row in rows_of(ROOT / "tests" / "cases" / "briefing_shown.jsonl")]


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_written_reads_back_to_the_same_wishes(text: str):
    brief = read_text(text)
    again = read_document(write_document(brief), "architect.yaml")

    assert values(again) == values(brief)
    assert [
        (
            fact.value.name,
            [each.value for each in fact.value.fields],
            fact.value.states and fact.value.states.value,
        )
        for service in again.services
        for fact in service.entities
    ] == [
        (
            fact.value.name,
            [each.value for each in fact.value.fields],
            fact.value.states and fact.value.states.value,
        )
        for service in brief.services
        for fact in service.entities
    ]


@pytest.mark.parametrize("text", TEXTS)
def test_a_document_is_a_fixed_point_once_it_was_read(text: str):
    once = write_document(read_document(write_document(read_text(text)), "architect.yaml"))

    assert write_document(read_document(once, "architect.yaml")) == once


def test_what_was_assumed_is_commented_out_and_stays_unknown():
    brief = (
        Brief()
        .put("intent", Fact("build", "stated", "Build it"))
        .put("load.availability", Fact(99.5, "assumed", "usual for internal tools"))
        .put("load.read_share", Fact(0.9, "inferred", "read-heavy"))
        .put("team.developers", Fact(3, "assumed", "a small team"))
    )
    text = write_document(brief)

    assert "  # availability: 99.5  # assumed: usual for internal tools\n" in text
    assert "  read_share: 0.9  # inferred: read-heavy\n" in text
    assert "# team:\n" in text
    again = read_document(text, "architect.yaml")
    assert again.load.availability is None
    assert again.team.developers is None
    assert again.load.read_share is not None
    uncommented = read_document(text.replace("# availability", "availability"), "architect.yaml")
    assert uncommented.load.availability is not None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200), st.text(max_size=80))
def test_any_words_survive_the_document(purpose: str, because: str):
    brief = (
        Brief()
        .put("purpose", Fact(purpose, "stated", because))
        .put("intent", Fact("build", "inferred", because))
    )
    written = write_document(brief)

    again = read_document(written, "architect.yaml")
    assert again.purpose is not None
    assert again.purpose.value == purpose


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_document_is_read_or_refused(source: str):
    refused = InputError("")
    try:
        read_document(source, "architect.yaml")
    except InputError as error:
        refused = error

    assert "\n" not in refused.line()


def test_the_published_schema_is_current():
    published = ROOT / "docs" / "reference" / "architect.schema.json"

    assert json.loads(published.read_text(encoding="utf-8")) == json_schema(), (
        "write it anew: python -m architect.briefing.file.shape > docs/reference/architect.schema.json"
    )


def test_the_schema_accepts_what_is_read_and_refuses_what_is_not():
    schema = json_schema()
    jsonschema_rs.validate(schema, yaml.safe_load(WHOLE))
    for wrong in (
        {"intnet": "build"},
        {"load": {"read_share": 9}},
        {"services": [{"entities": {"A": {"fields": {"x": "mony"}}}}]},
    ):
        with pytest.raises(jsonschema_rs.ValidationError):
            jsonschema_rs.validate(schema, wrong)


def values(brief: Brief) -> list[tuple[str, object]]:
    return [(path, fact.value) for path, fact in brief.facts()]


def test_a_way_of_retrieval_is_one_of_those_there_are():
    assert read_document("prefer: {retrieval: keyword}", "x.yaml").prefer.retrieval == Fact(
        "keyword", "stated", "x.yaml:1"
    )
    with pytest.raises(InputError, match=r"prefer\.retrieval|keyword"):
        read_document("prefer: {retrieval: elastic}", "x.yaml")
