"""A decimal that is left out is answered with the digits that it is read back with."""

from designs import design, entity

from architect.build.engine import build
from architect.model.entity import Field


def test_a_default_has_the_decimal_places_of_its_column():
    grade = entity("Grade", Field("weight", "decimal", max_digits=9, decimal_places=6, default=100))
    whole = entity("Seat", Field("number", "decimal", max_digits=9, decimal_places=0, default=7))

    files = {file.path: file.content for file in build(design("school", grade, whole), "").files}

    assert b'weight: Decimal = Decimal("100.000000")' in files["src/school/domain/grade.py"]
    assert b"number: Decimal = Decimal(7)" in files["src/school/domain/seat.py"]
