"""A person sees of every decision what would turn it, wholly, or why nothing would."""

import io

import pytest
from rich.console import Console

from architect import app
from architect.surfaces.cli.render.design import show_design

WISHES = ("PostgreSQL", "prefer MongoDB", "avoid Redis", "gRPC only")


@pytest.mark.parametrize("wish", WISHES)
def test_every_decision_shows_its_flip_points(wish: str) -> None:
    design = app.design(
        app.complete(app.brief(f"A service to store orders, 200 requests per second, {wish}"))
    )
    page = io.StringIO()

    show_design(Console(file=page, width=400), design)

    for decision in design.decisions:
        told = [flip.sentence for flip in decision.flips] or [decision.unflipped]
        assert all(told), decision.name
        for sentence in told:
            assert sentence in page.getvalue()


def test_some_flip_point_holds_only_without_a_wish() -> None:
    designs = [app.design(app.complete(app.brief(f"A service to store orders, {wish}"))) for wish in WISHES]

    assert any(flip.without for each in designs for one in each.decisions for flip in one.flips)


def test_a_design_begins_with_every_decision_in_short() -> None:
    design = app.design(app.complete(app.brief("How should I structure a RAG pipeline?")))
    page = io.StringIO()

    show_design(Console(file=page, width=400), design)

    beginning = page.getvalue().split("gives:")[0]
    for decision in design.decisions:
        assert f"{decision.title}: {decision.chosen.title}" in beginning
