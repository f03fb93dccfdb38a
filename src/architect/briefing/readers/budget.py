"""Money a month: "LLM spend below $1,500 a month", "annual hosting cost shall not exceed USD 36,000"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from architect.briefing.claims import Claim
from architect.briefing.passage import Sentence
from architect.briefing.reading import READERS, Reading, claim

INFRASTRUCTURE: Final = "budget.infrastructure_usd_per_month"
LLM: Final = "budget.llm_usd_per_month"

_DOLLARS_FOR_ONE: Final = {"usd": 1.0, "eur": 1.1, "gbp": 1.3, "chf": 1.1}
"""Round exchange rates, named in the reason wherever one is used."""

_SIGN: Final = (
    r"(?P<{0}usd>us\$|\$|usd|us dollars?|dollars?|dólares|dollari|bucks|d[oó]lares)|(?P<{0}eur>€|eur|euros?)"
    r"|(?P<{0}gbp>£|gbp|pounds?|quid)|(?P<{0}chf>chf|sfr\.?|francs|franken)"
)
_MONEY = re.compile(
    rf"(?:(?:{_SIGN.format('a')})\s*(?P<n>#+)(?!#)|(?P<m>#+)\s*(?:{_SIGN.format('b')}))(?!\w)"
)
_MONTH: Final = r"(?:months?|mo|mth|mon|monat|mes|mois|mese|mês|maand)"
_YEAR: Final = r"(?:years?|yr|annum|jahr|año|ans?|anno|ano|jaar)"
_PERIOD_AFTER = re.compile(
    r"\s*(?:(?:usd|eur|dollars?|euros?)\s*)?(?:(?:in total|all in|max(?:imum)?|at most|tops|or so"
    r"|or less)\s*)?(?:/|per\b|an?\b|each\b|every\b|pro\b|im\b|al\b|por\b|par\b"
    rf"|p\.?)?\s*(?:(?P<month>{_MONTH}\b|monthly|mensual\w*|mensuel\w*|monatlich)|(?P<year>{_YEAR}\b|yearly"
    r"|annually|annual|p\.?a\.?\b|jährlich|anual\w*))"
)
_PERIOD_BEFORE = re.compile(
    r"\b(?:(?P<month>monthly|per month|a month|each month|every month|monatlich\w*|mensual\w*|mensuel\w*"
    r"|/mo(?:nth)?)|(?P<year>annual|annually|yearly|per year|per annum|a year|jährlich\w*|jahres\w*|anual\w*"
    r"|annuel\w*))\b"
)
_FOR_MODELS = re.compile(
    r"\b(?:llms?|language models?|models?|openai|gpt[-\w]*|anthropic|claude|tokens?|inference|ai|gen ?ai"
    r"|embeddings?|sprachmodell\w*|ki|ia|completions)\b"
)
_FOR_RUNNING = re.compile(
    r"\b(?:hosting|hosted?|host|infra|infrastructure|infrastruktur|cloud|servers?|run(?:ning)?|operat\w*"
    r"|all in|budget|spend\w*|costs?|pay|bill|droplet|vps|vm|cap|ceiling|cheap\w*|presupuesto|alojamiento"
    r"|hébergement|betrieb\w*|kosten|opex|aws|azure|gcp|heroku|hetzner|monthly|afford|digitalocean|render)\b"
)
_PRICE_OF_SOMETHING = re.compile(
    r"\b(?:salary|salaries|wages?|fees? (?:of|is|are)|subscription|membership|price[ds]?|pric(?:es|ing)"
    r"|revenue|turnover|rent|sells? for|earn\w*|donat\w*|worth|project budget|development budget"
    r"|build budget|raised|funding|funded|invest\w*|penalt\w*|per (?:user|seat|order|call|request"
    r"|customer)|transactions? (?:of|over|above)|orders? (?:of|over|above)|customers? pay|users? pay"
    r"|members? pay|charge[ds]? (?:our|the|customers?|users?|members?)|refunds?|discount|one-off|once)\b"
)


@dataclass(frozen=True, slots=True)
class _Amount:
    sentence: Sentence
    match: re.Match[str]
    currency: str
    value: float


@READERS.register("budget")
def read(reading: Reading) -> Iterator[Claim]:
    """Claim US dollars a month for infrastructure and for language models."""
    for sentence, match in reading.matches(_MONEY):
        currency = next(name for name in _DOLLARS_FOR_ONE if match[f"a{name}"] or match[f"b{name}"])
        amount = _Amount(sentence, match, currency, sentence.value(match, "n" if match["n"] else "m"))
        clause = _clause(sentence, match)
        if not _PRICE_OF_SOMETHING.search(clause) and not (sentence.asks and not sentence.requests):
            yield from _spending(amount, clause)


def _spending(amount: _Amount, clause: str) -> Iterator[Claim]:
    sentence, match = amount.sentence, amount.match
    after = _PERIOD_AFTER.match(sentence.plain, match.end())
    before = _PERIOD_BEFORE.search(clause)
    period = after or before
    path = LLM if _for_models(clause, sentence.plain) else INFRASTRUCTURE
    running = _FOR_RUNNING.search(clause) is not None or _FOR_RUNNING.search(sentence.plain) is not None
    if path == INFRASTRUCTURE and not running:
        return
    yearly = period is not None and period["year"] is not None
    value = amount.value * _DOLLARS_FOR_ONE[amount.currency] / (12 if yearly else 1)
    words = " ".join(sentence.original[match.start() : after.end() if after else match.end()].split())
    if amount.currency != "usd":
        because = (
            f"{words}, taken as {_DOLLARS_FOR_ONE[amount.currency]} US dollars for 1 "
            f"{amount.currency.upper()}"
        )
        yield claim(sentence, match, path, round(value, 2), "inferred", because)
    elif period is None:
        yield claim(
            sentence, match, path, round(value, 2), "inferred", f"{words}, taken as an amount for each month"
        )
    else:
        because = sentence.said if before and not after else words
        yield claim(sentence, match, path, round(value, 2), "stated", because, weight=1)


def _for_models(clause: str, sentence: str) -> bool:
    """True for money that models cost: by the words nearest to it, else by the sentence's."""
    if _FOR_MODELS.search(clause) or _FOR_RUNNING.search(clause):
        return _FOR_MODELS.search(clause) is not None
    return _FOR_MODELS.search(sentence) is not None


def _clause(sentence: Sentence, match: re.Match[str]) -> str:
    """Return the words around an amount, up to the next amount or clause on either side."""
    before = re.split(
        r"[;.:(]\s|,\s(?!\d)|[$€£]\s", sentence.plain[max(0, match.start() - 90) : match.start()]
    )[-1]
    after = re.split(r"[;.)]\s|, (?!\d)|[$€£]\s?\d| and ", sentence.plain[match.end() : match.end() + 60])[0]
    return f"{before} {sentence.plain[match.start() : match.end()]} {after}"
