"""What running a language model by oneself takes: cards under vLLM, or cores under llama.cpp."""

from dataclasses import dataclass
from math import ceil
from typing import Final

from architect.design.case import Case, once
from architect.design.sizing.corpus import asked
from architect.design.sizing.streams import peak
from architect.design.sizing.tokens import spent

FEW_STREAMS: Final = 1.0
"""llama.cpp on cores writes for one after the other: more than one at a time would wait."""


@dataclass(frozen=True, slots=True)
class Serving:
    """Machines, USD a month, milliseconds to the first token of one question, tokens a second of a stream."""

    machines: int
    usd: float
    first_ms: float
    tokens_per_second: float
    because: str
    infeasible: str | None = None


@once
def on_cards(case: Case) -> Serving:
    """Return what vLLM takes: whole cards at the target utilisation."""
    tokens, rate = spent(case), peak(case)
    reading, writing = case.number("gpu.prompt_tokens"), case.number("gpu.answer_tokens")
    seconds = tokens.read / reading + tokens.answer / writing
    cards = max(1, ceil(rate * seconds / case.number("gpu.utilisation")))
    usd = cards * case.price("gpu")
    told = f"{rate:.2g} questions/s x {seconds:.2f} s of a card / {case.number('gpu.utilisation'):g}"
    return Serving(
        cards, usd, tokens.read / reading * 1000, 25.0, f"{cards} x {case.price('gpu'):,.0f} USD: {told}"
    )


@once
def on_cores(case: Case) -> Serving:
    """Return what llama.cpp takes on one machine without a card."""
    tokens, cores = spent(case), case.number("cpu.cores")
    first = tokens.read / (case.number("cpu.prompt_tokens") * cores) * 1000
    writing = case.number("cpu.answer_tokens")
    seconds = first / 1000 + tokens.answer / writing
    busy = peak(case) * seconds
    problem = None
    if busy > FEW_STREAMS:
        problem = f"{busy:.1f} answers would be written at once and one machine writes one in {seconds:.0f} s"
    usd = cores * case.price("vcpu") + case.number("cpu.gibibytes") * case.price("gib")
    told = f"{cores:.0f} vCPU and {case.number('cpu.gibibytes'):.0f} GiB"
    return Serving(1, usd, first, writing, told, problem)


def cheapest(case: Case) -> Serving:
    """Return the cheaper way to run a model that begins in time; cards where neither does."""
    cards, cores = on_cards(case), on_cores(case)
    fast = cores.first_ms <= asked(case).first_token_ms and cores.infeasible is None
    return cores if fast and cores.usd < cards.usd else cards
