"""`make evaluate`: figures of judged questions, questions that documents propose, settings that fit."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from architect.model.plain import Plain
from architect.model.report import Finding
from architect.verify.bench import Bench
from architect.verify.checks import Notes
from architect.verify.process import Completed

RUN_SECONDS: Final = 60.0
WHERE: Final = "python -m PACKAGE.entrypoints.evaluation"
LEAST: Final = 50
"""Judged questions below which nothing is fitted."""
USAGE: Final = 2
"""The status of a command that was given what it cannot work on."""
PRESENT: Final = {"RETRIEVAL_FUSION": "convex", "RETRIEVAL_ALPHA": "0.1", "RETRIEVAL_PASSAGES": "6"}
"""What is tuned from: keywords that weigh too little to find a code among others that are alike."""
CODES: Final = tuple(f"KX-{1000 + 37 * number}" for number in range(LEAST + 4))
PARTS: Final = "# Spare parts\n\n" + "\n\n".join(
    f"## Shelf {shelf}\n\nThe valve {code} fits the pump of the northern line."
    for shelf, code in enumerate(CODES)
)
"""Every passage means the same: keywords alone tell one from another."""
THINGS: Final = (
    *("violin", "lighthouse", "otter", "volcano", "umbrella", "bakery", "telescope", "cactus", "bicycle"),
    *("pharmacy", "submarine", "chess", "vineyard", "glacier", "trumpet", "passport", "beehive", "carpet"),
    *("dentist", "helicopter", "mushroom", "library", "stadium", "candle", "elephant", "keyboard", "wallet"),
    *("bridge", "tractor", "perfume", "astronaut", "penguin", "waterfall", "microscope", "sandwich", "piano"),
    *("cathedral", "scarf", "kangaroo", "battery", "orchestra", "hammock", "pyramid", "dolphin"),
    *("tornado", "lobster", "compass", "mosque", "avocado", "saxophone", "igloo", "parachute"),
)
CHEST: Final = "# Pictures\n\n" + "\n\n".join(
    f"## Page {page}\n\nThe picture of the {thing} hangs in room {page + 10}."
    for page, thing in enumerate(THINGS)
)
"""Every passage is found by its thing, whatever keywords weigh."""
BY_CHANCE: Final = 8
"""Codes among other questions: chance explains the four of one half (p = 2 / 2^4), and not all eight."""
FARES: Final = """\
# Fares

## Refunds of tickets

The fare is paid back within a week of asking.

## Lost luggage

Ask with form FK-130 at the counter of the harbour.

## Bicycles below deck

Bicycles travel below, as rule RZ-77 says in the first place.

## Scooters below deck

Scooters travel below as well, as rule RZ-77 says in the second place.
"""
_UNIQUE, _SHARED, _HEADING = "FK-130", "RZ-77", "Refunds of tickets?"


async def evaluation_measures(bench: Bench) -> list[Finding]:
    """Searches and answers are measured by what people judged, and by nothing else."""
    notes = Notes("evaluation_measures", "mark rankings by judgements that hold, and tell those that do not")
    right = _entry(_UNIQUE, "right", "fares.md", f"form {_UNIQUE}")
    wrong = _entry(_UNIQUE, "wrong", "fares.md", "The fare is paid back")
    stale = _entry("Who is paid back?", "stale", "fares.md", "The fare is kept")
    unseen = _entry("Bicycles?", "unseen", "fares.md", "Bicycles travel below", proposed=True)
    given = _given(bench, {"fares.md": FARES}, (right, wrong, stale, unseen))
    done = await _run(bench, *given, "--json", settings={"RETRIEVAL_FUSION": "convex"})
    told = _object(done.output)
    kinds, answers = _means(told.get("kinds")), _means(told.get("answers"))
    seen = done.output[-600:]
    expected = (
        (kinds.get("right") == 1.0, "a question that is answered in full does not have an nDCG@10 of 1"),
        (kinds.get("wrong", 1.0) < 1.0, "a judgement of another passage than the one found counts as found"),
        ("The fare is kept" in str(told.get("stale")), "a judgement that no passage meets is not told"),
        ("stale" not in kinds, "a judgement that no passage meets counts"),
        ("unseen" not in kinds, "a proposed question counts before anybody has judged it"),
        (answers.get("citations that hold") == 1.0, "the citations of answers are not measured"),
    )
    for holds, message in expected:
        notes.expect(holds=done.status == 0 and holds, message=message, where=WHERE, seen=(kinds, seen))
    return notes.findings


async def questions_proposed(bench: Bench) -> list[Finding]:
    """Documents propose questions by their headings and codes, each with the passage that answers it."""
    notes = Notes("questions_proposed", "propose questions by the headings and codes of passages")
    documents, _ = _written(bench, {"fares.md": FARES}, ())
    done = await _run(bench, "propose", "--documents", str(documents))
    asked = {str(each.get("ask")): each for each in _questions(done.output)}
    for question, words, what in (
        (_UNIQUE, "Ask with form FK-130", "a code that stands in one passage"),
        (_HEADING, "The fare is paid back", "a heading"),
    ):
        notes.expect(
            holds=words in _phrase(asked.get(question, {})),
            message=f"{what} proposes no question whose judgement is its passage",
            where=f"{WHERE} propose",
            seen=done.output,
        )
    notes.expect(
        holds=_SHARED not in asked,
        message="a code that stands in two passages is asked for, as if one of them were to be found",
        where=f"{WHERE} propose",
        seen=done.output,
    )
    for question, each in asked.items():
        notes.expect(
            holds=each.get("proposed") is True and _phrase(each) in FARES,
            message=f"{question} is not marked as proposed, or names words that no document has",
            where=f"{WHERE} propose",
            seen=each,
        )
    return notes.findings


async def settings_fitted(bench: Bench) -> list[Finding]:
    """What finds more on the half of the questions that did not choose it is recommended."""
    notes = Notes(
        "settings_fitted", "recommend a weight that is better on the other half, and fewer passages"
    )
    given = _given(bench, {"parts.md": PARTS}, map(_of_part, CODES))
    done = await _run(bench, "tune", *given, settings=PRESENT)
    notes.expect(
        holds=_setting(done, "RETRIEVAL_ALPHA") > float(PRESENT["RETRIEVAL_ALPHA"]),
        message="questions that keywords alone answer do not make keywords weigh more",
        where=f"{WHERE} tune",
        seen=done.output,
    )
    given = _given(bench, {"pictures.md": CHEST}, map(_of_picture, THINGS))
    done = await _run(bench, "tune", *given, settings=PRESENT)
    notes.expect(
        holds=0 < _setting(done, "RETRIEVAL_PASSAGES") < int(PRESENT["RETRIEVAL_PASSAGES"]),
        message="fewer passages find as much, and are not recommended",
        where=f"{WHERE} tune",
        seen=done.output,
    )
    return notes.findings


async def chance_fits_nothing(bench: Bench) -> list[Finding]:
    """Nothing is recommended that chance may explain, or for which there are too few questions."""
    notes = Notes("chance_fits_nothing", "keep the present setting unless a test on the other half says else")
    questions = (*map(_of_picture, THINGS), *map(_of_part, CODES[:BY_CHANCE]))
    documents = {"parts.md": PARTS, "pictures.md": CHEST}
    done = await _run(bench, "tune", *_given(bench, documents, questions), settings=PRESENT)
    notes.expect(
        holds=_setting(done, "RETRIEVAL_ALPHA") == float(PRESENT["RETRIEVAL_ALPHA"]),
        message=f"a weight is recommended that {BY_CHANCE // 2} of {len(questions) // 2} questions speak for",
        where=f"{WHERE} tune",
        seen=done.output,
    )
    few = _given(bench, {"parts.md": PARTS}, map(_of_part, CODES[: LEAST - 1]))
    done = await _run(bench, "tune", *few, settings=PRESENT)
    notes.expect(
        holds=done.status == USAGE and str(LEAST) in done.output and "RETRIEVAL_" not in done.output,
        message=f"settings are fitted to {LEAST - 1} questions, or nobody is told how many are needed",
        where=f"{WHERE} tune",
        seen=done.output,
    )
    return notes.findings


async def _run(bench: Bench, *arguments: str, settings: Mapping[str, str] | None = None) -> Completed:
    module = f"{bench.subject.package}.entrypoints.evaluation"
    return await bench.run("-m", module, *arguments, within=RUN_SECONDS, settings=settings)


def _given(bench: Bench, documents: Mapping[str, str], questions: Iterable[str]) -> tuple[str, ...]:
    folder, file = _written(bench, documents, questions)
    return "--documents", str(folder), "--questions", str(file)


def _written(bench: Bench, documents: Mapping[str, str], questions: Iterable[str]) -> tuple[Path, Path]:
    place = bench.scratch("evaluation")
    folder, file = place / "documents", place / "questions.toml"
    folder.mkdir()
    for name, text in documents.items():
        (folder / name).write_text(text, encoding="utf-8")
    file.write_text("\n".join(questions), encoding="utf-8")
    return folder, file


def _of_part(code: str) -> str:
    return _entry(code, "code", "parts.md", f"valve {code} fits")


def _of_picture(thing: str) -> str:
    return _entry(f"Where is the picture of the {thing}?", "thing", "pictures.md", f"of the {thing} hangs")


def _entry(ask: str, kind: str, document: str, phrase: str, *, proposed: bool = False) -> str:
    return (
        f'[[questions]]\nask = "{ask}"\nkind = "{kind}"\nproposed = {str(proposed).lower()}\n'
        f'found = [{{ document = "{document}", phrase = "{phrase}" }}]\n'
    )


def _object(text: str) -> dict[str, Plain]:
    """Return the JSON object that a text ends with; nothing where there is none."""
    try:
        read = json.loads(text[max(text.find("{"), 0) :])
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _means(figures: Plain) -> dict[str, float]:
    """Return the mean of each figure of a report."""
    means = {}
    for name, one in figures.items() if isinstance(figures, dict) else ():
        mean = one.get("mean") if isinstance(one, dict) else None
        if isinstance(mean, int | float):
            means[name] = float(mean)
    return means


def _questions(text: str) -> list[dict[str, Plain]]:
    """Return the questions of a TOML file; none where it is no such file."""
    try:
        read = tomllib.loads(text).get("questions")
    except tomllib.TOMLDecodeError:
        return []
    return [each for each in read if isinstance(each, dict)] if isinstance(read, list) else []


def _phrase(question: Mapping[str, Plain]) -> str:
    """Return the words of a question's first judgement."""
    found = question.get("found")
    first = found[0] if isinstance(found, list) and found else None
    return str(first.get("phrase")) if isinstance(first, dict) else ""


def _setting(done: Completed, name: str) -> float:
    """Return a setting that is recommended; -1 where none is."""
    lines = [line for line in done.output.splitlines() if line.startswith(f"{name}=")]
    return float(lines[-1].partition("=")[2]) if done.status == 0 and lines else -1.0
