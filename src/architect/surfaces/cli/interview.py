"""Questions one at a time on a terminal: a number, an own value, or Enter for the recommended answer."""

from dataclasses import replace

from rich.console import Console
from rich.markup import escape

from architect import app
from architect.model.brief import Brief, Service
from architect.model.errors import InputError
from architect.model.fact import Fact
from architect.model.question import Effect, Question
from architect.surfaces.cli.render.questions import show_answers

MOST_QUESTIONS = 12
"""Each answer can settle or raise others; this bounds the talk."""


def interview(to: Console, known: Brief) -> Brief:
    """Return the brief with what was answered; questions are computed anew after each answer."""
    known = _with_entities(to, known)
    asked: set[str] = set()
    for _ in range(MOST_QUESTIONS):
        question = next((each for each in app.questions(known).asked if each.path not in asked), None)
        if question is None:
            break
        asked.add(question.path)
        if not asked - {question.path}:
            to.print(
                "\n[dim]Enter: the recommended answer; a number: one of those shown; done: all the rest.[/]"
            )
        to.print(f"\n[bold]{escape(question.text)}[/]")
        to.print(f"  because: {escape(question.because)}")
        show_answers(to, question)
        reply = _reply(to, question)
        if reply is None:
            break
        known = known.put(question.path, reply)
    return known


def _with_entities(to: Console, known: Brief) -> Brief:
    """Ask what is kept when the text named nothing: without it there is nothing to build."""
    while not any(service.entities for service in known.services):
        to.print("\n[bold]What does it keep?[/]  [dim]name the things, as in: customers and their orders[/]")
        typed = to.input("  ").strip()
        try:
            found = app.brief(f"A service that stores {typed}.").services
        except InputError:
            found = ()
        entities = tuple(each for service in found for each in service.entities)
        if not entities:
            to.print("  no thing found in that; name one, as in: orders")
        elif known.services:
            first, *rest = known.services
            known = known.put("services", (replace(first, entities=entities), *rest))
        else:
            known = known.put("services", (Service(entities=entities),))
    return known


def _reply(to: Console, question: Question) -> Fact[object] | tuple[Fact[object], ...] | None:
    while True:
        typed = to.input(f"  [{escape(question.recommended)}] ").strip()
        if typed.lower() == "done":
            return None
        chosen = _chosen(question, typed)
        if chosen:
            return _stated(chosen, typed)
        own = _own_words(question, typed)
        if own is not None:
            return own
        most = len(question.effects)
        to.print(f"  not understood: type a number from 1 to {most}, or a value for {question.path}")


def _chosen(question: Question, typed: str) -> Effect | None:
    if not typed:
        return next(each for each in question.effects if each.answer == question.recommended)
    for position, effect in enumerate(question.effects, start=1):
        if typed == str(position) or typed.lower() == effect.answer.lower():
            return effect
    return None


def _stated(effect: Effect, typed: str) -> Fact[object] | tuple[Fact[object], ...]:
    if not typed:
        return effect.fact
    because = f"your answer: {effect.answer}"
    if isinstance(effect.fact, tuple):
        return tuple(Fact(each.value, "stated", because) for each in effect.fact)
    return Fact(effect.fact.value, "stated", because)


def _own_words(question: Question, typed: str) -> Fact[object] | tuple[Fact[object], ...] | None:
    """Read a free answer the way a brief is read; a bare number is a value of the asked path."""
    sample = question.effects[0].fact
    if (
        isinstance(sample, Fact)
        and isinstance(sample.value, int | float)
        and not isinstance(sample.value, bool)
    ):
        try:
            number = float(typed.replace(",", ""))
        except ValueError:
            pass
        else:
            value = int(number) if isinstance(sample.value, int) else number
            return Fact(value, "stated", f"your answer: {typed}") if number >= 0 else None
    try:
        found = app.brief(typed).at(question.path)
    except InputError:
        return None
    return found if isinstance(found, Fact) or (isinstance(found, tuple) and found) else None
