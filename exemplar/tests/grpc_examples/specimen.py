"""What there is to know of specimens to test them."""

from typing import Final

from google.protobuf.struct_pb2 import Struct, Value
from google.protobuf.timestamp_pb2 import Timestamp

from grpc_examples import collector
from grpc_resource import Refusal, Resource, Walk
from quillwort.v1 import specimen_pb2 as pb
from quillwort.v1 import specimen_pb2_grpc as rpc


def example(number: int) -> pb.Specimen:
    """Return a valid message with every field but references; the number makes it unique."""
    return pb.Specimen(
        catalogue_number=f"AB-{number}",
        taxon="Taxon",
        notes="Notes",
        sheet_count=1,
        elevation_metres=1.5,
        mass_grams="1.500",
        appraised_value="1.50",
        currency="EUR",
        fragile=False,
        collected_on="2026-01-31",
        examined_at=Timestamp(seconds=1769860800),
        accession_key="01890a5d-ac96-774b-bcce-b302099a8057",
        contact_email="somebody@example.com",
        image_url="https://example.com/",
        preservation=pb.SPECIMEN_PRESERVATION_PRESSED,
        attributes=Value(struct_value=Struct(fields={"key": Value(string_value="value")})),
    )


RESOURCE: Final = Resource(
    messages=pb,
    stub=rpc.SpecimenServiceStub,
    name="Specimen",
    plural="Specimens",
    field="specimen",
    items="specimens",
    example=example,
    required={"catalogue_number", "taxon", "collected_on", "collector_id"},
    defaults={
        "sheet_count": 1,
        "currency": "EUR",
        "fragile": False,
        "preservation": pb.SPECIMEN_PRESERVATION_PRESSED,
    },
    nullable=(
        "notes",
        "elevation_metres",
        "mass_grams",
        "appraised_value",
        "examined_at",
        "accession_key",
        "contact_email",
        "image_url",
        "attributes",
    ),
    unique=("catalogue_number",),
    references={"collector_id": collector.RESOURCE},
    dangling=("collector_id",),
    confined=("collector_id",),
    wrong={
        "catalogue_number": "",
        "taxon": "",
        "sheet_count": 0,
        "elevation_metres": -501.0,
        "mass_grams": "x",
        "appraised_value": "x",
        "currency": "",
        "collected_on": "x",
        "examined_at": Timestamp(nanos=-1),
        "accession_key": "x",
        "contact_email": "",
        "image_url": "",
        "preservation": 0,
        "collector_id": "x",
    },
    filters={
        "catalogue_number": "catalogue_number",
        "taxon": "taxon",
        "collected_on_from": "collected_on",
        "collected_on_to": "collected_on",
        "preservation": "preservation",
        "collector_id": "collector_id",
        "status": "status",
    },
    misses={
        "catalogue_number": "x",
        "taxon": "x",
        "collected_on_from": "9999-12-31",
        "collected_on_to": "0001-01-01",
        "preservation": pb.SPECIMEN_PRESERVATION_DRIED,
        "collector_id": "01890a5d-ac96-774b-bcce-b302099a8057",
        "status": pb.SPECIMEN_STATUS_CATALOGUED,
    },
    sorts=("created_at", "catalogue_number", "taxon", "collected_on", "appraised_value"),
    walks=(
        Walk((), "Catalogue", pb.SPECIMEN_STATUS_CATALOGUED),
        Walk(("Catalogue",), "Lend", pb.SPECIMEN_STATUS_ON_LOAN),
        Walk(("Catalogue", "Lend"), "TakeBack", pb.SPECIMEN_STATUS_CATALOGUED),
        Walk((), "Withdraw", pb.SPECIMEN_STATUS_WITHDRAWN),
    ),
    refusals=(
        Refusal(("Catalogue",), "Catalogue"),
        Refusal((), "Lend"),
        Refusal((), "TakeBack"),
        Refusal(("Withdraw",), "Withdraw"),
    ),
)
