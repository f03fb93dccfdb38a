"""Decision records in the shape of MADR 4; every record has the same sections in the same order."""

from collections.abc import Iterator

from architect.design.render.tables import bullets, figures
from architect.model.decision import Decision, Option
from architect.model.design import Design


def adr(design: Design) -> tuple[tuple[str, str], ...]:
    """Return (file name, Markdown text) of one record for each decision, numbered in the design's order."""
    return tuple(
        (f"{index:04d}-{decision.name.replace('_', '-')}.md", "\n".join(lines(decision, 1)) + "\n")
        for index, decision in enumerate(design.decisions, start=1)
    )


def lines(decision: Decision, level: int) -> Iterator[str]:
    """Yield the lines of one record whose title is a heading of that level."""
    mark = "#" * level
    yield f"{mark} {decision.title}: {decision.chosen.title}"
    yield ""
    for title, body in (
        ("Context", iter((decision.context,))),
        ("Decision drivers", bullets(decision.drivers)),
        ("Considered options", bullets(_considered(decision))),
        ("Decision", iter((_outcome(decision),))),
        ("Consequences", bullets(decision.consequences)),
        ("Confirmation", bullets(_confirmed(decision.confirmed_by))),
        ("When to decide otherwise", bullets(_turns(decision))),
        ("Patterns", bullets(f"**{each.name}**: {each.why}." for each in decision.patterns)),
        ("Libraries", bullets(_libraries(decision))),
        ("The options in detail", _details(decision, level + 2)),
    ):
        yield f"{mark}# {title}"
        yield ""
        yield from body
        yield ""


def _considered(decision: Decision) -> Iterator[str]:
    for option in decision.options:
        yield f"{option.title} (`{option.name}`)"


def _outcome(decision: Decision) -> str:
    chosen = decision.chosen
    if decision.wish is None:
        because = "it weighs least: what is bought and the hours of care, in money"
        if chosen.infeasible:
            because = "nothing meets the brief, and it comes nearest"
        return f"**{chosen.title}** (`{chosen.name}`), because {because}."
    wish = decision.wish
    asked = f"**{chosen.title}** (`{chosen.name}`), because you asked for it (`{wish.wished}`)."
    if wish.would_have_chosen == chosen.name:
        return f"{asked} The numbers give the same."
    return f"{asked} The numbers alone would give `{wish.would_have_chosen}`; it costs {wish.cost}."


def _turns(decision: Decision) -> Iterator[str]:
    for flip in decision.flips:
        yield f"`{flip.sentence}`"
    if decision.unflipped:
        yield _sentence(decision.unflipped)


def _libraries(decision: Decision) -> Iterator[str]:
    for each in decision.libraries:
        runner_up = f" (runner-up: {each.runner_up})" if each.runner_up else ""
        yield f"**{each.name}**: {each.why}{runner_up}."


def _details(decision: Decision, level: int) -> Iterator[str]:
    for index, option in enumerate(decision.options):
        if index:
            yield ""
        yield from _option(option, level)


def _option(option: Option, level: int) -> Iterator[str]:
    yield f"{'#' * level} {option.title}"
    yield ""
    yield from (f"- Gives: {each}." for each in option.gives)
    yield from (f"- Costs: {each}." for each in option.costs)
    if option.infeasible:
        yield f"- Not here: {option.infeasible}."
    yield f"- Weighs {-option.score:,.0f} USD a month, hours of care included."
    if option.figures:
        yield ""
        yield from figures(option.figures)


def _confirmed(confirmed_by: str) -> Iterator[str]:
    """Yield each gate with what it shows; they stand as ``gate: what; gate: what``."""
    for part in confirmed_by.split("; "):
        gates, _, shows = part.partition(": ")
        yield f"`{gates}`: {_sentence(shows)}" if shows else _sentence(gates)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")
