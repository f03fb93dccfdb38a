"""Outside systems: by name from the lexicon, and others that the text says to connect with."""

import re
from collections.abc import Iterator
from typing import Final

from architect.briefing.claims import Claim
from architect.briefing.listed import listed
from architect.briefing.passage import Sentence, around
from architect.briefing.reading import READERS, Reading, claim_of
from architect.briefing.stance import Judged
from architect.briefing.terms import term_named
from architect.model.brief import Integration
from architect.model.fact import Provenance

PATH: Final = "integrations"

_CONNECT = re.compile(
    r"\b(?:integrat(?:e|es|ed|ion|ing) (?:with|to|into)|sync(?:s|hroni[sz]es?|ing)? (?:with|to|from)"
    r"|connect(?:s|ed|ion)? (?:to|with)|talks? to|interfaces? (?:to|with)|push(?:es)? (?:\w+ )?(?:to|into)"
    r"|pull(?:s)? (?:\w+ )?from|import(?:s)? (?:\w+ )?from|export(?:s)? (?:\w+ )?(?:to|for|into)"
    r"|anbindung an|schnittstelle zu|integrado con|integración con|intégration (?:avec|à)"
    r"|connecté à)\s+(?:the |our |an? |existing |their )*"
)
_PROPER = re.compile(r"(?P<name>[A-Z][\w&.]{1,30}(?: [A-Z][\w&.]{1,30}){0,2})")
_ORDINARY: Final = listed(
    "API REST HTTP JSON CSV PDF XML FTP SFTP SMTP IMAP SQL SSO LDAP ERP CRM Excel Python Internet The It "
    "We I Each This That AD DB CI CD GitHub GitLab MQTT OPC IoT PLC AI LLM UI SPA Web Android iOS SMS VPN "
    "ID GPS QR POS"
)
_OWN: Final = frozenset({"service", "api", "team", "app", "gateway", "database", "cluster", "frontend"})
_SEARCH_SERVERS: Final = frozenset({"opensearch", "elasticsearch"})
"""Servers that keep vectors too: worth a wish only where one runs already."""
_SIGN_IN: Final = "sso"
_RUNS_ON = re.compile(
    r"\b(?:built on|like|similar to|clone of|alternative to|better than|inspired by|competes? with)\s+(?:a "
    r"|an |the )?$"
)


@READERS.register("integrations")
def read(reading: Reading) -> Iterator[Claim]:
    """Claim outside systems: stated when known, connected to or running, inferred for sign-in."""
    for judged in reading.judged:
        term = judged.mention.term
        if term.has("integration") and judged.stance in ("wanted", "current", "foreign"):
            if judged.stance == "foreign" or _compared(judged):
                continue
            sure = (judged.stance == "wanted" or judged.kept) and not _channel(judged, reading)
            provenance: Provenance = "stated" if sure else "inferred"
            yield claim_of(judged, PATH, Integration(term.purpose, term.kind, term.name), provenance)
        elif term.implied(_SIGN_IN) and judged.stance == "wanted":
            outside = Integration("sign_in", _SIGN_IN, term.implied(_SIGN_IN) or term.name)
            yield claim_of(judged, PATH, outside, "inferred", f"{judged.mention.words}: people sign in there")
        elif term.name in _SEARCH_SERVERS and judged.stance == "current" and reading.searches_documents:
            yield claim_of(judged, PATH, Integration("search", "http", term.name))
    for sentence in reading.sentences:
        if not sentence.section and not sentence.asks:
            yield from _unknown(sentence)


def _compared(judged: Judged) -> bool:
    before = judged.mention.sentence.plain[max(0, judged.mention.start - 30) : judged.mention.start]
    return _RUNS_ON.search(before) is not None


_THROUGH = re.compile(r"\s+(?:\w+\s+){0,3}?(?:through|via|using|over|by means of|über|vía|par)\s+(?:the )?")


def _channel(judged: Judged, reading: Reading) -> bool:
    """True for what is reached through another outside system: "WhatsApp reminders through Twilio"."""
    mention = judged.mention
    through = _THROUGH.match(mention.sentence.plain, mention.end)
    return through is not None and any(
        other.mention.start == through.end() and other.mention.term.has("integration")
        for other in reading.inside(mention.sentence)
    )


def _unknown(sentence: Sentence) -> Iterator[Claim]:
    """Claim a system that no table knows but the text says to connect with, written as a name."""
    for match in _CONNECT.finditer(sentence.plain):
        name = _PROPER.match(sentence.original, match.end())
        if name is None:
            continue
        words = [word.rstrip(".") for word in name["name"].split() if word.rstrip(".") not in _ORDINARY]
        following = re.match(r"\s+([a-z]+)", sentence.plain[name.end() :])
        if not words or term_named(" ".join(words)) or (following and following[1] in _OWN - {"api"}):
            continue
        product = "_".join(words).lower()
        yield Claim(
            PATH,
            Integration(product, "http", product),
            "inferred",
            around(sentence, match.start(), name.end()),
            at=sentence.start + match.start(),
            sentence=sentence.index,
        )
