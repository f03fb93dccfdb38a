"""The questions that would change the design, and the unknowns that would not."""

from rich.console import Console
from rich.markup import escape

from architect.model.question import Effect, Question, Questions
from architect.surfaces.cli.render.terminal import columns, heading

EFFECTS_SHOWN = 6


def show_questions(to: Console, computed: Questions) -> None:
    """Print what is worth asking, weightiest first, and what is not."""
    heading(to, "Questions", "only those whose answers change the design, weightiest first")
    if not computed.asked:
        to.print("  none: every unknown's plausible answers give the same design")
    for position, question in enumerate(computed.asked, start=1):
        to.print(f"\n  [bold]{position}. {escape(question.text)}[/]  [dim]{question.path}[/]")
        to.print(f"     because: {escape(question.because)}")
        show_answers(to, question)
    if computed.not_asked:
        heading(to, "Not asked", "no effect on the design")
        table = columns("what", "assumed", "reason")
        for each in computed.not_asked:
            table.add_row(each.path, escape(each.assumed), escape(each.reason))
        to.print(table)


def show_answers(to: Console, question: Question) -> None:
    """Print a question's answers, numbered, each with what it would change."""
    for position, effect in enumerate(question.effects, start=1):
        recommended = (
            "  [magenta](assumed unless you say otherwise)[/]"
            if effect.answer == question.recommended
            else ""
        )
        to.print(
            f"       {position}) {escape(effect.answer)}{recommended}: [dim]{escape(_changes(effect))}[/]"
        )


def _changes(effect: Effect) -> str:
    if not effect.changes:
        return "the design as shown"
    shown = [f"{name.replace('_', ' ')} {old} -> {new}" for name, old, new in effect.changes[:EFFECTS_SHOWN]]
    more = len(effect.changes) - EFFECTS_SHOWN
    return "; ".join(shown) + (f"; and {more} more" if more > 0 else "")
