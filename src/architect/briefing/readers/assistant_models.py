"""Models wished for by name, and how far the text of documents may travel."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from architect.briefing.claims import Claim
from architect.briefing.passage import Sentence
from architect.briefing.reading import READERS, Reading, claim
from architect.briefing.stance_rules import NOT_SENT
from architect.model.brief import DataStays
from architect.model.fact import Provenance

LANGUAGE_MODEL: Final = "prefer.language_model"
EMBEDDING_MODEL: Final = "prefer.embedding_model"
DATA_STAYS: Final = "assistant.data_stays"

_EMBEDDERS = re.compile(
    r"(?<![\w-])(?P<name>text-embedding-(?:3-(?:small|large)|ada-002)|(?:all-)?minilm(?:-l\d+)?(?:-v\d)?"
    r"|multilingual-e5-(?:small|base|large)|e5-(?:small|base|large)(?:-v\d)?|bge-(?:m3|small|base"
    r"|large)[\w.-]*"
    r"|mistral-embed|nomic-embed-text|voyage-[\w.-]+)(?![\w-])"
)
_MODELS = re.compile(
    r"(?<![\w-])(?P<name>gpt[- ]?[345o](?:[.\w-]*\w)?(?: (?:mini|nano))?|gpt|o[134][- ]mini"
    r"|claude(?:[- ]\d(?:[.-]\d)?)?(?:[- ](?:sonnet|haiku|opus))?"
    r"(?:[- ]\d(?:[.-]\d)?)?|gemini(?:[- ][\d.]+)?(?:[- ](?:flash|pro))?"
    r"|mistral(?:[- ](?:small|medium|large))?|mixtral|llama\.cpp|llama[- ]?\d?(?:\.\d)?(?:[- ]\d+b)?"
    r"|qwen[\d.]*(?:[- ]\d+b)?|gemma[- ]?\d?|phi-\d"
    r"|deepseek[\w.-]*|ollama|vllm|azure openai|openai|anthropic|bedrock)(?![\w-])"
)
_VENDOR: Final = r"(?:azure openai|openai|mistral|cohere|voyage)"
_EMBEDDING: Final = r"(?:embeddings?|embedders?|text-embedding-[\w-]+)"
_VENDORS_EMBEDDINGS = re.compile(
    rf"(?<![\w-])(?:(?P<a>{_VENDOR})(?:'s)? {_EMBEDDING}\b"
    rf"|{_EMBEDDING}(?: models?| api)? (?:are )?(?:from|by|of|via|through|using|with) (?P<b>{_VENDOR})\b"
    rf"|(?P<c>{_VENDOR}) (?:\w+ )?for (?:the |our )?embeddings?\b"
    r"(?P<more> (?:and|as well as) (?:the )?(?:generati\w+|answer\w*|chat\w*|completions?|llms?))?)"
)
"""A vendor that is wished for as the one that embeds; ``more`` where it writes too."""
_NOT_WISHED = re.compile(
    r"\b(?:no|not|without|never|avoid|instead of|rather than|replac\w+|don't (?:want|use)|away from|like"
    r"|such as|e\.g\.|or|whether|either|compare[ds]?|competitors?)\s+(?:to |using |use |the |a |an )*$"
)
_OPTION_AFTER = re.compile(r"\s*(?:,? or\b|/\s*\w|vs\b|\(maybe|later\b|is not|isn't)")
_NAMES: Final = {"minilm": "all-minilm-l6-v2", "all-minilm": "all-minilm-l6-v2", "azure openai": "openai"}
_FAMILY = re.compile(r"^(?P<family>gpt|claude|llama|qwen|gemma)[\s-]?$")
_HYPHEN_IN_VERSION = re.compile(r"(?<=\d)-(?=\d)")
_OPEN = re.compile(r"(?:llama(?!\.cpp)|qwen|gemma|mixtral|phi-)")
_SERVERS: Final = frozenset({"ollama", "vllm", "llama.cpp"})
_ON_EITHER: Final = frozenset({"ollama", "llama.cpp"})
"""Servers that run on cores as well as on a card."""
_PROVIDERS_EMBEDDERS: Final = ("text-embedding-", "mistral", "voyage", "openai", "cohere")
_RUN_BY_US: Final = "local"
_CARD = re.compile(r"\b(?:gpus?|graphics cards?|cuda|nvidia|rtx)\b")
_OUR_MACHINES = re.compile(
    r"\b(?:our|my) (?:own )?(?:\w+ )?(?:gpus?|cards?|hardware|machines?|servers?|data ?cent(?:er|re)|premises"
    r"|workstation)\b"
)

_PLACE_OF_OURS: Final = (
    r"(?:servers?|premises|network|data ?cent(?:er|re)|building|infrastructure|house|company|machines?"
    r"|hardware|firewall|vpc|cluster)"
)
_MUST_NOT: Final = (
    r"(?:(?:must|may|can|shall|should|does|do|is allowed to|are allowed to|allowed to)"
    r"(?:n't| ?not| never)?|can't|won't|will not|will never)"
)
_NOTHING: Final = r"(?:(?:no|none of (?:the|our)) (?:[\w-]+ ){1,3}?|nothing )(?:ever )?(?:leaves?|exits?)"
_KEEP: Final = (
    r"(?<!\bwe )keep(?:ing)? (?:all |everything|it |(?:the|our|its) )*(?:(?:[\w-]+ )?(?:data|documents?"
    r"|texts?|contents?|passages))?"
)
_EU: Final = r"(?:eu|european union|europe|germany|eea)"

_ONLY_OURS = re.compile(
    r"\b(?:no (?:external|third[- ]party|cloud|hosted) (?:ai )?(?:apis?|models?|services?|llms?|providers?)"
    rf"|{_MUST_NOT}"
    r" (?:not |never )?(?:leave|go outside|be sent (?:out|outside|to (?:third|external))|exit)"
    rf"(?: of)? (?:our|the|this) (?:own )?(?:company )?{_PLACE_OF_OURS}"
    rf"|never leaves? (?:our|the) (?:own )?{_PLACE_OF_OURS}"
    rf"|{_NOTHING} (?:our|the|this) (?:own )?{_PLACE_OF_OURS}"
    rf"|(?:stays?|kept|keep it|remain\w*|runs?|run|{_KEEP}) (?:on|in|within|inside) (?:our own|our)"
    rf" {_PLACE_OF_OURS}"
    rf"|(?:data|documents?|texts?|contents?|everything) (?:(?:must|should|has to|have to) )?(?:stays?"
    r"|be kept|remains?) (?:in-house|on[- ]prem(?:ise|ises)?)\b"
    rf"|{_KEEP} (?:in-house|on[- ]prem(?:ise|ises)?)"
    r"|(?:self-?hosted|local|on[- ]prem(?:ise|ises)?|own) (?:language )?(?:llms?|models?)"
    r"|(?:llms?|models?) (?:(?:must|should|have to|has to|shall) )?(?:run|runs|be run|hosted|running) "
    r"(?:locally|on[- ]prem\w*|in-house|on our own|on our servers)|air-?gapped|offline (?:llm|model)"
    r"|without (?:any )?(?:internet|external apis?)|keine (?:externen|fremden) (?:dienste|apis?)"
    r"|keine (?:\w+ )?(?:daten|dokumente|texte) (?:verlassen|verlässt) (?:das|unser|unsere) "
    r"(?:haus|server|netz\w*|firma|unternehmen)"
    r"|(?:verlassen|verlässt) (?:das haus|unsere server) nicht|nicht (?:das haus|unsere server) verlassen"
    r"|(?:das|unser) (?:haus|netz\w*|unternehmen) nicht verlassen)\b"
)
_ONLY_EU = re.compile(
    rf"\b(?:{_MUST_NOT} (?:not |never )?leave (?:the )?{_EU}|never leaves? (?:the )?{_EU}"
    rf"|{_NOTHING} (?:the )?{_EU}"
    rf"|(?:stays?|kept|remain\w*|hosted|processed|stored|{_KEEP}) (?:only )?(?:in|within|inside) (?:the )?"
    rf"{_EU}"
    r"|eu(?:ropean)?[- ](?:only|hosted|based) (?:models?|providers?|llms?)|eu[- ]hosted only"
    r"|eu (?:data )?residency|data residency(?: (?:in|within) (?:the )?|: ?)(?:eu|europe)|innerhalb der eu"
    r"|keine (?:\w+ )?(?:daten|dokumente|texte) (?:verlassen|verlässt) die eu|die eu nicht verlassen"
    r"|(?:verlassen|verlässt) die eu nicht|nicht die eu verlassen)\b"
)
_ANYWHERE = re.compile(
    r"\b(?:(?:text|documents?|data|contents?|they|it) may (?:go|be sent) to (?:a |any )?(?:provider|providers"
    r"|openai|anthropic|the cloud)|(?:any|hosted|cloud|external) (?:llm |model )?(?:apis?|providers?) (?:is"
    r"|are)"
    r" (?:fine|ok|okay|allowed))\b"
)
_NONE_OF = re.compile(r"\b(?:no|none of (?:the|our)|nothing in (?:the|our))\s+(?:[\w-]+\s+)?$")
"""What turns "documents may go to OpenAI" into its opposite."""


@READERS.register("assistant_models")
def read(reading: Reading) -> Iterator[Claim]:
    """Claim models and the reach of the text, from what is wished for and not from what is asked about."""
    for sentence in reading.sentences:
        if sentence.section:
            continue
        yield from _reach(sentence)
        if sentence.asks and not sentence.requests:
            continue
        embedders = [*_vendors(sentence), *_named(sentence, _EMBEDDERS, EMBEDDING_MODEL)]
        models = [_run_by_us(made, sentence) for made in _named(sentence, _MODELS, LANGUAGE_MODEL)]
        yield from embedders
        yield from models
        yield from _kept_beside(sentence, models, embedders)


def _named(sentence: Sentence, pattern: re.Pattern[str], path: str) -> Iterator[Claim]:
    for match in pattern.finditer(sentence.plain):
        before = sentence.plain[max(0, match.start() - 80) : match.start()]
        optional = _OPTION_AFTER.match(sentence.plain, match.end())
        if _refused(before) or optional or _covered(sentence, match, path):
            continue
        yield claim(sentence, match, path, spelled(match["name"]), _provenance(sentence))


def _refused(before: str) -> bool:
    return _NOT_WISHED.search(before) is not None or NOT_SENT.search(before) is not None


def _vendors(sentence: Sentence) -> Iterator[Claim]:
    """Claim the vendor whose embeddings are wished for: its model follows from that."""
    for match in _VENDORS_EMBEDDINGS.finditer(sentence.plain):
        before = sentence.plain[max(0, match.start() - 80) : match.start()]
        optional = _OPTION_AFTER.match(sentence.plain, match.end())
        if _EMBEDDERS.search(match[0]) or optional or _refused(before):
            continue
        name = next(match[group] for group in ("a", "b", "c") if match[group])
        yield claim(sentence, match, EMBEDDING_MODEL, spelled(name), _provenance(sentence))


def _run_by_us(made: Claim, sentence: Sentence) -> Claim:
    """Return a claim on a model, weightier for what we run.

    A server beats a provider's model, since no provider is behind it; an open model's name says more still.
    """
    if _OPEN.match(str(made.value)):
        return replace(made, weight=2)
    if made.value not in _SERVERS:
        return made
    if made.value in _ON_EITHER and _CARD.search(sentence.plain):
        return replace(made, value=_RUN_BY_US, because=f"{made.because}, on a card", weight=1)
    return replace(made, weight=1)


def _kept_beside(sentence: Sentence, models: Sequence[Claim], embedders: Sequence[Claim]) -> Iterator[Claim]:
    """Claim that text stays with us where our machines run the model and no provider's embeds."""
    machines = _OUR_MACHINES.search(sentence.plain)
    elsewhere = any(str(made.value).startswith(_PROVIDERS_EMBEDDERS) for made in embedders)
    if machines and not elsewhere and any(made.weight for made in models):
        yield claim(sentence, machines, DATA_STAYS, "own_servers", "inferred")


def _covered(sentence: Sentence, match: re.Match[str], path: str) -> bool:
    """True for a name that stands for what embeds: "mistral-embed", "OpenAI embeddings"."""
    if path != LANGUAGE_MODEL:
        return False
    return any(
        found.start() <= match.start() < found.end() or sentence.plain.startswith("-embed", match.end())
        for found in _EMBEDDERS.finditer(sentence.plain)
    ) or any(
        found.start() <= match.start() < found.end() and not found["more"]
        for found in _VENDORS_EMBEDDINGS.finditer(sentence.plain)
    )


def _provenance(sentence: Sentence) -> Provenance:
    return "inferred" if sentence.asks and not sentence.requests else "stated"


def spelled(name: str) -> str:
    """Return a model's name as the tables spell it: "Claude Sonnet 4.5" -> claude-sonnet-4.5."""
    plain = _NAMES.get(name, name)
    family = _FAMILY.match(plain)
    if family:
        return family["family"]
    joined = "-".join(plain.split())
    return _HYPHEN_IN_VERSION.sub(".", joined) if joined.startswith("claude") else joined


def _reach(sentence: Sentence) -> Iterator[Claim]:
    reaches: tuple[tuple[re.Pattern[str], DataStays, int], ...] = (
        (_ONLY_OURS, "own_servers", 3),
        (_ONLY_EU, "eu", 2),
        (_ANYWHERE, "anywhere", 1),
    )
    for pattern, stays, weight in reaches:
        for match in pattern.finditer(sentence.plain):
            if stays == "anywhere" and _NONE_OF.search(sentence.plain, 0, match.start()):
                continue
            yield claim(sentence, match, DATA_STAYS, stays, weight=weight)
