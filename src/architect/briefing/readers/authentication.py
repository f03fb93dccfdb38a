"""How callers prove who they are: schemes by name, providers that speak one, "no login needed"."""

import re
from collections.abc import Iterator
from typing import Final

from architect.briefing.claims import Claim
from architect.briefing.reading import READERS, Reading, claim, claim_of

PATH: Final = "security.authentication"

_LOGIN: Final = (
    r"(?:log-?ins?|auth(?:entication|entifi\w*|orization)?|sign-?ins?|sign-?ups?|logging in|log in|accounts?"
    r"|passwords?|api keys?|keys|anmeldung|login|authentifizierung|autenticación|autenticacion"
    r"|inicio de sesión|authentification|connexion|autenticazione|autenticação|authenticatie)"
)
_NONE = re.compile(
    r"\b(?:(?:no|without|w/o|zero|ohne|keine?|sin|sans|senza|sem|geen|zonder|don't need|do not need"
    r"|doesn't need|needs no|not need|no need (?:for|of))\s+(?:any\s+|a\s+|une?\s+|need for\s+|user\s+"
    rf"|special\s+|eine\s+)?{_LOGIN}"
    r"|anonymous (?:access|use|users|read|calls?|callers?|clients?)|anonymously|unauthenticated"
    r"|open to (?:everybody|everyone|the public|anyone|all)|publicly accessible"
    r"|auth(?:entication)?\s*[:=]?\s*(?:is )?(?:none|not (?:needed|required|necessary))\b"
    r"|login (?:is )?not (?:needed|required|necessary))"
)
_NOT_NONE = re.compile(r"\b(?:passwords?|keys|accounts?|sign-?ups?)\s*$")
_OPEN_KEYS = re.compile(r"\b(?:no keys|no passwords?)\b")
_FOREIGN_KEY = re.compile(r"\b(?:their|stripe'?s?|openai|provider'?s?|vendor'?s?|our) $")


@READERS.register("authentication")
def read(reading: Reading) -> Iterator[Claim]:
    """Claim schemes: stated by name, inferred from a provider; ``none`` only when the text says so."""
    claims = list(_named(reading))
    yield from claims
    if any(made.provenance == "stated" or "OpenID Connect" in made.because for made in claims):
        return
    for sentence in reading.sentences:
        if sentence.section or (sentence.asks and not sentence.requests):
            continue
        for match in _NONE.finditer(sentence.plain):
            if not _NOT_NONE.search(match.group()) or _OPEN_KEYS.search(match.group()):
                yield claim(sentence, match, PATH, "none")


def _named(reading: Reading) -> Iterator[Claim]:
    for judged in reading.judged:
        term = judged.mention.term
        scheme = term.name if term.has("authentication") else term.implied("authentication")
        if scheme is None or judged.stance not in ("wanted", "current"):
            continue
        before = judged.mention.sentence.plain[: judged.mention.start]
        if scheme == "api_key" and _FOREIGN_KEY.search(before):
            continue
        if term.has("authentication") and judged.stance == "wanted":
            yield claim_of(judged, PATH, scheme)
        elif scheme == "oidc" and (term.implied("sso") or term.name == "sso"):
            because = f"{judged.mention.words}: signing in there is OpenID Connect"
            yield claim_of(judged, PATH, scheme, "inferred", because)
        else:
            because = f"{judged.mention.words} points to {scheme}"
            yield claim_of(judged, PATH, scheme, "inferred", because)
