"""Where it runs: targets and clouds by name, "our own server", regions counted or named."""

import re
from collections.abc import Iterator
from typing import Final

from architect.briefing.claims import Claim
from architect.briefing.reading import READERS, Reading, claim, claim_of
from architect.briefing.stance import Judged
from architect.model.fact import Provenance

TARGET: Final = "deployment.target"
CLOUD: Final = "deployment.cloud"
REGIONS: Final = "deployment.regions"

_REGION_NAME = re.compile(
    r"\b(?:(?P<aws>(?:us|eu|ap|sa|ca|me|af|il)-(?:gov-)?(?:north|south|east|west|central|northeast|southeast"
    r"|northwest|southwest)-\d)"
    r"|(?P<gcp>(?:us|europe|asia|australia|southamerica|northamerica|me|africa)-(?:north|south|east|west"
    r"|central|northeast|southeast|northwest|southwest)\d{1,2})"
    r"|(?P<azure>(?:west|north)europe|(?:east|west|central|northcentral|southcentral)us\d?|uksouth|ukwest"
    r"|germanywestcentral|switzerlandnorth|francecentral|swedencentral)"
    r"|(?P<any>(?:us|eu|apac|emea|asia)-(?:north|south|east|west|central))(?!-?\d))\b"
)
_COUNTED = re.compile(
    r"(?P<n>#+)\s+(?:(?:own|cloud|aws|azure|gcp|google|geographic\w*|separate|different|eu|european|us"
    r"|availability|active|google cloud|distinct)\s+){0,2}(?:regions?|regionen|regiones|régions?|regioni"
    r"|regiões|regio's)\b"
)
_LABELLED = re.compile(r"\bregions?\s*(?:[:=|]|count)\s*(?P<n>#+)(?![-\w])")
_SINGLE = re.compile(r"\b(?:single|only one|just one|one single)[- ]region\b|\bsingle region\b")
_MULTI = re.compile(
    r"\bmulti[- ]?region(?:al)?\b|\b(?:several|multiple) regions\b|\bactive[/-]active across\b"
)
_LISTED = re.compile(r"\bregions?\s*[:=]\s*(?P<list>[^.;\n]{3,80})")
_LOST = re.compile(r"\b(?:failure|loss|outage|crash|absence) of (?:an? |the )?$")
_ZONES = re.compile(r"availability zone")
_OWN_SERVER = re.compile(
    r"\b(?:(?:a|one|single|our own|own|my own|dedicated|root|windows|linux|on-?prem(?:ises?)?) (?:dedicated "
    r"|single |physical |root |small |linux |old |on-?prem(?:ises)? )*(?:servers?|box|machine)"
    r"|servers? in (?:the|our) (?:basement|office|closet|rack)|eigene[nrm]? servern?|servidor propio"
    r"|propre serveur|bare-metal|single node)\b(?! side)"
)
_TARGET_WEIGHT: Final = {"kubernetes": 3, "compose": 3, "serverless": 3, "vm": 2}


@READERS.register("deployment")
def read(reading: Reading) -> Iterator[Claim]:
    """Claim target, cloud and number of regions."""
    for judged in reading.judged:
        if judged.stance in ("wanted", "current"):
            yield from _named(judged)
    for sentence, match in reading.matches(_OWN_SERVER):
        yield claim(
            sentence, match, TARGET, "vm", "inferred", f"{sentence.words(match)}: a machine of their own"
        )
    for sentence, match in reading.matches(_COUNTED):
        lost = _LOST.search(sentence.plain[max(0, match.start() - 24) : match.start()])
        if lost is None and not _ZONES.search(match.group()) and sentence.value(match) <= 60:  # noqa: PLR2004 - more than any cloud has
            yield claim(sentence, match, REGIONS, int(sentence.value(match)), weight=2)
    for sentence, match in reading.matches(_LABELLED):
        yield claim(sentence, match, REGIONS, int(sentence.value(match)), weight=2)
    for sentence, match in reading.matches(_SINGLE):
        yield claim(sentence, match, REGIONS, 1, weight=2)
    for sentence, match in reading.matches(_MULTI):
        yield claim(sentence, match, REGIONS, 2, "inferred", f"{sentence.words(match)}: at least two")
    yield from _by_name(reading)


def _named(judged: Judged) -> Iterator[Claim]:
    term = judged.mention.term
    provenance: Provenance = "stated" if judged.stance == "wanted" else "inferred"
    for role in term.roles:
        kind, _, value = role.partition(":")
        if kind == "target":
            target = value or term.name
            yield claim_of(judged, TARGET, target, provenance, weight=_TARGET_WEIGHT[target])
        elif kind == "cloud":
            yield claim_of(judged, CLOUD, term.name, provenance, weight=2)
    cloud = term.implied("cloud")
    if cloud:
        yield claim_of(judged, CLOUD, cloud, "inferred", f"{judged.mention.words} is a service of {cloud}")
    if term.name == "docker" and judged.stance == "wanted":
        yield claim_of(judged, TARGET, "compose", "inferred", "Docker, and no orchestrator is named")


def _by_name(reading: Reading) -> Iterator[Claim]:
    """Claim regions that the text names by the cloud's own names, and the cloud that has them."""
    names: dict[str, Claim] = {}
    stated = False
    for sentence in reading.sentences:
        if sentence.section:
            continue
        for match in _REGION_NAME.finditer(sentence.plain):
            cloud = match.lastgroup or ""
            before = sentence.plain[max(0, match.start() - 40) : match.start()]
            only = re.match(r"\s*(?:only|alone)\b", sentence.plain[match.end() :]) is not None
            stated = stated or only or re.search(r"\bregions?\b", before) is not None
            if cloud != "any":
                yield claim(
                    sentence, match, CLOUD, cloud, "inferred", f"{match.group()} is a region of {cloud}"
                )
            names[match.group()] = claim(sentence, match, REGIONS, 1)
    if names:
        first = next(iter(names.values()))
        listed = ", ".join(names)
        yield Claim(
            REGIONS,
            len(names),
            "stated" if stated else "inferred",
            listed,
            at=first.at,
            weight=1,
            sentence=first.sentence,
        )
