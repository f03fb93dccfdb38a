"""Entities of a text: which, with what fields, under which names."""

import pytest

from architect.briefing.entities.archetypes import ARCHETYPES, archetype_of
from architect.briefing.entities.kinds import field_named
from architect.briefing.entities.known import all_known, known, known_abroad
from architect.briefing.reserved import entity_problem, field_problem, transition_problem, value_problem
from architect.briefing.text import read_text
from architect.model.entity import FIELD_KINDS, Entity
from architect.model.naming import plural, snake_case


def entities(text: str) -> dict[str, Entity]:
    return {fact.value.name: fact.value for service in read_text(text).services for fact in service.entities}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "a service to store shipments, checkpoints and carriers in Postgres",
            ["Shipment", "Checkpoint", "Carrier"],
        ),
        ("software to manage patients, appointments and invoices", ["Patient", "Appointment", "Invoice"]),
        ("a backend for customers and orders of an online shop", ["Customer", "Order"]),
        ("a library service. Books, members and loans.", ["Book", "Member", "Loan"]),
        ("Entities: shipment, container, port call. Build a service", ["Shipment", "Container", "PortCall"]),
        ("build a gym backend: members, memberships and lockers, 20 rps", ["Member", "Membership", "Locker"]),
        ("build a service that keeps track of wombats and dental charts", ["Wombat", "DentalChart"]),
        ("Wir wollen Kunden, Fahrzeuge und Termine verwalten", ["Customer", "Vehicle", "Appointment"]),
        ("Queremos gestionar pacientes, citas y facturas", ["Patient", "Appointment", "Invoice"]),
        ("Nous voulons gérer les clients, les commandes et les factures", ["Client", "Order", "Invoice"]),
    ],
)
def test_named_as_things_to_store(text: str, names: list[str]):
    assert list(entities(text)) == names


@pytest.mark.parametrize(
    "text",
    [
        "build a REST API in FastAPI with PostgreSQL",
        "build a service. Out of scope: orders and customers",
        "build a service, three devs, GDPR and HIPAA",
    ],
)
def test_nothing_is_made_up(text: str):
    assert entities(text) == {}


def test_fields_named_with_an_entity_are_typed_and_stated():
    brief = read_text(
        "Build a service to store orders. Each order has a number, a total and a delivery address."
    )
    order = brief.services[0].entities[0].value
    kinds = {fact.value.name: (fact.value.kind, fact.provenance) for fact in order.fields}

    assert kinds == {
        "number": ("string", "stated"),
        "total": ("money", "stated"),
        "currency": ("string", "assumed"),
        "delivery_address": ("text", "stated"),
    }


def test_patients_with_fields_and_what_follows_the_list():
    found = entities(
        "build a clinic backend, patients with name, birth date and notes, appointments, prescriptions"
    )

    assert set(found) == {"Patient", "Appointment", "Prescription"}
    assert {"name", "birth_date", "notes"} <= {fact.value.name for fact in found["Patient"].fields}


def test_states_written_as_a_chain():
    states = entities("store couriers and orders. orders go pending > accepted > delivered")["Order"].states

    assert states is not None
    assert states.provenance == "stated"
    assert states.value.names == ("pending", "accepted", "delivered")


def test_a_reference_without_its_entity_is_an_id():
    order = entities("build a service to manage orders")["Order"]
    field = next(fact.value for fact in order.fields if fact.value.name == "customer_id")

    assert field.kind == "uuid"
    assert "kept elsewhere" in field.description


def test_a_synonym_keeps_its_own_name_and_is_referred_to():
    found = entities("build a service to manage clients and orders")
    reference = next(fact.value for fact in found["Order"].fields if fact.value.kind == "reference")

    assert (reference.name, reference.references) == ("client", "Client")


def test_reserved_names_are_mended_with_the_reason():
    brief = read_text(
        "Build a school service to manage students and classes. A student has a type, a name and a class."
    )
    found = {fact.value.name: fact for fact in brief.services[0].entities}

    assert "reserved" in found["SchoolClass"].because
    assert "reserved" in found["Student"].value.fields[0].because
    assert found["Student"].value.fields[0].value.name == "student_type"


@pytest.mark.parametrize(
    ("noun", "family"),
    [
        ("checkpoint scan", "event"),
        ("dental chart", "document"),
        ("falconer", "person"),
        ("glass factory", "asset"),
        ("soil reading", "measurement"),
        ("ski rental", "booking"),
        ("parish", "organisation"),
        ("water heater", "asset"),
    ],
)
def test_unknown_nouns_fall_to_a_family(noun: str, family: str):
    assert archetype_of(tuple(noun.split())).name == family


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("birth_date", "date"),
        ("date_of_loss", "date"),
        ("email", "email"),
        ("total", "money"),
        ("notes", "text"),
        ("priority", "enum"),
        ("weight", "decimal"),
        ("is_active", "boolean"),
        ("website", "url"),
        ("entry_time", "datetime"),
        ("seats", "integer"),
        ("nickname", "string"),
        ("metadata", "json"),
    ],
)
def test_kinds_by_name(name: str, kind: str):
    assert field_named(name).kind == kind


def test_the_lexicon_is_large_and_every_entity_in_it_can_be_built():
    assert len(all_known()) >= 150
    for entry in all_known().values():
        assert entity_problem(entry.name) is None, entry.name
        assert len(entry.fields) >= 3, entry.name
        assert len({field.kind for field in entry.fields}) >= 2, entry.name
        columns = set()
        for field in entry.fields:
            assert field.kind in FIELD_KINDS
            assert field.kind == "reference" or field_problem(field.name) is None, (entry.name, field.name)
            assert field.references is None or field.references in all_known(), (entry.name, field.references)
            columns.add(f"{field.name}_id" if field.kind == "reference" else field.name)
            assert field.default is None or field.kind != "enum" or field.default in field.choices
            assert all(value_problem(choice) is None for choice in field.choices)
        assert len(columns) == len(entry.fields), entry.name
        states = entry.states
        if states is not None:
            reached = {states.initial, *(step.target for step in states.transitions)}
            assert set(states.names) == reached, entry.name
            assert all(value_problem(state) is None for state in states.names), entry.name
            assert all(transition_problem(step.name) is None for step in states.transitions), entry.name
            assert len({step.name for step in states.transitions}) == len(states.transitions), entry.name


def test_families_can_be_built():
    for archetype in ARCHETYPES:
        assert len(archetype.fields) >= 4
        assert all(field_problem(field.name) is None for field in archetype.fields)
        states = archetype.states
        assert states is None or all(transition_problem(step.name) is None for step in states.transitions)


def test_lookup_knows_other_words_and_both_numbers():
    assert known("purchase orders") == known("Order")
    assert known_abroad("Bestellungen") == known("order")
    assert known_abroad("médecins") == known("doctor")
    assert known("wombat") is None


def test_all_known_entities_together_refer_in_no_circle_and_to_what_is_there():
    names = [" ".join(snake_case(name).split("_")) for name in all_known()][:40]
    text = f"Entities: {', '.join(names)}."
    found = entities(f"Build a service. {text}")
    needs = {
        name: {
            fact.value.references
            for fact in each.fields
            if fact.value.kind == "reference" and fact.value.required
        }
        for name, each in found.items()
    }

    assert len(found) > 30
    assert all(target in found for targets in needs.values() for target in targets)
    assert len({plural(name) for name in found}) == len(found)
    waiting = dict(needs)
    while waiting:
        ready = [name for name, targets in waiting.items() if not targets & waiting.keys()]
        assert ready, waiting
        for name in ready:
            del waiting[name]
