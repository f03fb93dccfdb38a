"""What `make evaluate` measures, proposes and fits."""

import contextlib
from collections.abc import AsyncIterator, Mapping
from typing import Final

from architect.verify import applies
from architect.verify.bench import Bench
from architect.verify.checks import Check, run_checks
from architect.verify.gate import gate
from architect.verify.probes import evaluation as probes

CHECKS: Final[Mapping[str, Check[Bench]]] = {
    "evaluation_measures": Check(probes.evaluation_measures),
    "questions_proposed": Check(probes.questions_proposed),
    "settings_fitted": Check(probes.settings_fitted),
    "chance_fits_nothing": Check(probes.chance_fits_nothing),
}


@contextlib.asynccontextmanager
async def _placed(bench: Bench) -> AsyncIterator[Bench]:
    yield bench


@gate(
    "evaluation",
    title="Searches are measured, questions proposed and settings fitted",
    checks=tuple(CHECKS),
    seconds=120.0,
    applies=applies.assistant,
)
async def evaluation(bench: Bench) -> None:
    """Run the project's evaluation on documents and judgements whose outcome is known."""
    await run_checks(bench, CHECKS, _placed)
