"""The decisions with their options, arithmetic and flip points; the sizing."""

from rich.console import Console
from rich.markup import escape

from architect.model.decision import Decision, Option
from architect.model.design import Design
from architect.surfaces.cli.render.terminal import bullets, columns, figure, heading, how, number


def show_decisions(to: Console, design: Design) -> None:
    """Print each decision in a line or two: the choice, the driver, where it would flip."""
    heading(to, "Decisions", "architect design prints the options and the arithmetic of each")
    _in_short(to, design)
    show_warnings(to, design)


def _in_short(to: Console, design: Design) -> None:
    for decision in design.decisions:
        driver = escape(decision.drivers[0]) if decision.drivers else ""
        choice = escape(decision.chosen.title)
        to.print(f"  [bold]{escape(decision.title)}[/]: [green]{choice}[/]  [dim]{driver}[/]")
        if decision.wish and decision.wish.would_have_chosen != decision.choice:
            own = escape(decision.wish.would_have_chosen)
            to.print(f"      wished; own choice would be {own}: {escape(decision.wish.cost)}")
        for sentence in _flips(decision)[:2]:
            to.print(f"      flips: {escape(sentence)}")


def show_design(to: Console, design: Design) -> None:
    """Print the whole design: all decisions in short, each with its options, the sizing with sources."""
    heading(to, "In short", "each decision, its first driver and what would turn it; all of it follows")
    _in_short(to, design)
    for decision in design.decisions:
        _show_decision(to, decision)
    show_sizing(to, design)
    show_warnings(to, design)


def show_sizing(to: Console, design: Design) -> None:
    """Print every figure of the sizing with its source."""
    heading(to, "Sizing", "every number with where it comes from")
    table = columns("figure", "value", "source", "from")
    for each in design.sizing.figures:
        table.add_row(escape(each.name), escape(figure(each)), how(each.source), escape(each.because))
    to.print(table)


def _show_decision(to: Console, decision: Decision) -> None:
    heading(to, f"{decision.title}: {decision.chosen.title}", decision.name)
    to.print(f"  {escape(decision.context)}")
    for option in decision.options:
        _show_option(to, option, chosen=option.name == decision.choice)
    if decision.wish and decision.wish.would_have_chosen != decision.choice:
        to.print(
            f"  wish: {escape(decision.wish.wished)}; own choice would be "
            f"{escape(decision.wish.would_have_chosen)}; it costs: {escape(decision.wish.cost)}"
        )
    bullets(to, decision.drivers, "driver:")
    bullets(to, decision.consequences, "consequence:")
    bullets(to, _flips(decision), "flips:")
    bullets(to, (f"{each.name}: {each.why}" for each in decision.patterns), "pattern:")
    bullets(
        to,
        (
            f"{each.name}: {each.why}" + (f" (runner-up: {each.runner_up})" if each.runner_up else "")
            for each in decision.libraries
        ),
        "library:",
    )
    to.print(f"  confirmed by {escape(decision.confirmed_by)}")


def _show_option(to: Console, option: Option, *, chosen: bool) -> None:
    mark = "[green]*[/]" if chosen else " "
    state = (
        f"  [red]not here: {escape(option.infeasible)}[/]"
        if option.infeasible
        else f"  [dim]score {number(option.score)}[/]"
    )
    to.print(f"  {mark} [bold]{escape(option.title)}[/]{state}")
    if option.gives:
        to.print(f"      gives: {escape('; '.join(option.gives))}")
    if option.costs:
        to.print(f"      costs: {escape('; '.join(option.costs))}")
    for each in option.figures:
        to.print(
            f"      {escape(each.name)}: {escape(figure(each))} ({how(each.source)}: {escape(each.because)})"
        )


def _flips(decision: Decision) -> list[str]:
    """Return where each other option would win, or why none does."""
    if decision.flips:
        return [flip.sentence for flip in decision.flips]
    return [decision.unflipped] if decision.unflipped else []


def show_warnings(to: Console, design: Design) -> None:
    """Print what the design could not meet, or nothing."""
    if design.warnings:
        heading(to, "Warnings")
        bullets(to, design.warnings, "[yellow]![/]")
