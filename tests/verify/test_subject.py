"""A project is verified as it was decided, also where the brief left it open."""

from pathlib import Path

import pytest

from architect import app
from architect.verify.subject import Subject


@pytest.mark.parametrize(
    ("said", "speaks"),
    [("", {"rest"}), (", gRPC only", {"grpc"}), (", REST and gRPC", {"rest", "grpc"})],
)
def test_a_service_speaks_what_was_decided(said: str, speaks: set[str]) -> None:
    design = app.design(app.complete(app.brief(f"A backend that stores vehicles and trips, 50 rps{said}")))
    subject = Subject(Path("/nowhere"), "fleet", "fleet", design.brief, design)

    assert {each for each in ("rest", "grpc") if subject.speaks(each)} == speaks
