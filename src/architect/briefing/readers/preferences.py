"""Products wished for and products ruled out, each in the role that the text gives it."""

import re
from collections.abc import Iterator
from typing import Final

from architect.briefing.claims import Claim
from architect.briefing.in_a_file import Kept, kept_in_file
from architect.briefing.passage import around
from architect.briefing.reading import READERS, Reading, claim_of
from architect.briefing.stance import Judged
from architect.model.fact import Provenance

ROLES: Final = ("framework", "database", "cache", "broker", "vector_store")

_AS_BROKER = re.compile(
    r"\b(?:pub ?/? ?-?sub|pubsub|brokers?|queues?|queueing|streams?|messag\w+|events?|bus|fan-?out|celery|rq"
    r"|background jobs?|job|jobs|tasks?|worker|workers|pushing|broadcast\w*|notifications?|warteschlange)\b"
)
_AS_CACHE = re.compile(
    r"\b(?:cach\w*|sessions?|rate[- ]?limit\w*|in front of|hot (?:data|path|keys)|zwischenspeicher"
    r"|leaderboards?|ttl)\b"
)
_AS_DATABASE = re.compile(
    r"\b(?:(?:as|is|primary|main|only) (?:the |our |a )?(?:main |primary |only |data)?(?:database|store"
    r"|storage|db|source of truth)|source of truth|database|datenbank|store\s*[=:]|storage\s*[=:]|db\s*[=:]"
    r"|datastore|persist\w*)\b"
)
_CUES: Final = {"broker": _AS_BROKER, "cache": _AS_CACHE, "database": _AS_DATABASE}
_NAMED_ROLE: Final = {
    "database": re.compile(
        r"\b(?:database|db|datenbank|base de datos|base de données|store|storage|source of truth|data (?:in"
        r"|goes|lives)|persist\w*|readings in|kept in|stored in|event store|datos|ledger|backed by"
        r"|backend is|write (?:them |it )?to)\b"
    ),
    "broker": re.compile(
        r"\b(?:broker|events?|messages?|messaging|queue|bus|streams?|arrive|consume|publish\w*)\b"
    ),
    "cache": re.compile(r"\bcach\w*\b"),
    "framework": re.compile(r"\b(?:framework|api|service|backend|app|in|with)\b"),
    "vector_store": re.compile(r"\b(?:vectors?|embeddings?|semantic|search)\b"),
}
_SECONDARY = re.compile(
    r"\b(?:for (?:search|full[- ]?text|analytics|reporting|history|logs|metrics|the (?:reports|dashboard"
    r"|history|archive))|beside|besides|admin|as (?:a )?read model|in addition|mirror|replica|export|import"
    r"|backup)\b"
)
_ONE_FILE: Final = "sqlite"
_RECORDS_STAY: Final = "postgresql"
_STAY: Final = "the file keeps passages and vectors; records stay in PostgreSQL, all that this version writes"
_NAMES_FOR_TARGETS: Final = {"eks": "kubernetes", "gke": "kubernetes", "aks": "kubernetes"}
_NEAR: Final = 36
_VECTOR_WORDS = re.compile(r"\b(?:vectors?|embeddings?|semantic|similarity|rag|knn)\b")
_REVIEWED = re.compile(
    r"\b(?:review|audit|look over|look at|check|inspect|go through|wrong with|bad about)\b"
)


@READERS.register("preferences")
def read(reading: Reading) -> Iterator[Claim]:
    """Claim ``prefer`` and ``avoid``; a product that is avoided is never preferred."""
    avoided = {
        judged.mention.term.name: judged
        for judged in reading.judged
        if judged.stance == "avoided" and _avoidable(judged)
    }
    for name, judged in avoided.items():
        yield claim_of(judged, "avoid", name)
    for judged in reading.judged:
        if judged.stance == "unneeded" and _avoidable(judged) and not judged.mention.sentence.section:
            because = f"{judged.mention.sentence.said} (not needed)"
            yield claim_of(judged, "avoid", judged.mention.term.name, "inferred", because)
    replaced = {judged.mention.term.name for judged in reading.judged if judged.stance == "replaced"}
    seen: dict[str, int] = {}
    for judged in reading.judged:
        name = judged.mention.term.name
        chosen = judged.stance in ("wanted", "current") or (judged.stance == "known" and judged.kept)
        if not chosen or name in avoided:
            continue
        kept = _kept_in_file(judged, reading)
        role = role_of(judged) if kept in {None, "records"} else "vector_store"
        if role is None:
            continue
        if kept == "everything" and _RECORDS_STAY not in avoided:
            mention = judged.mention
            because = f"{around(mention.sentence, mention.start, mention.end)}: {_STAY}"
            yield claim_of(judged, "prefer.database", _RECORDS_STAY, "inferred", because)
        rank = seen.setdefault(role, 0)
        seen[role] += 1
        yield _preference(judged, role, rank, replaced=name in replaced)


def _kept_in_file(judged: Judged, reading: Reading) -> Kept | None:
    """Return what is kept in a database of one file, where documents are searched; else ``None``."""
    if judged.mention.term.name != _ONE_FILE or not reading.searches_documents:
        return None
    return kept_in_file(judged, reading)


def role_of(judged: Judged) -> str | None:
    """Return the field of ``prefer`` that the text means a product for, or ``None``.

    Example: Redis is the cache in "Redis as cache", the broker in "Redis Pub/Sub".
    """
    term = judged.mention.term
    possible = [role for role in term.roles if role in ROLES]
    if not possible:
        return None
    if len(possible) == 1:
        if term.roles[0] == "known":
            return possible[0] if _VECTOR_WORDS.search(judged.mention.sentence.plain) else None
        return possible[0]
    near = _near(judged)
    for words in (near, judged.mention.sentence.plain):
        closest = [(match.start(), role) for role in possible if (match := _CUES[role].search(words))]
        if len(closest) == 1:
            return closest[0][1]
        if closest and words is near:
            return _closest(judged, possible)
    return possible[0]


def _near(judged: Judged) -> str:
    mention = judged.mention
    plain = mention.sentence.plain
    before = re.split(r"[,;:.]", plain[max(0, mention.start - _NEAR) : mention.start])[-1]
    after = re.split(r"[,;.]|\bin front of (?!it)\w+", plain[mention.end : mention.end + _NEAR])
    front = " in front of" if re.match(r"\s+in front of", plain[mention.end :]) else ""
    return f"{before} {after[0]}{front}"


def _closest(judged: Judged, possible: list[str]) -> str:
    """Return the role whose words stand nearest to the mention, those after it first."""
    mention = judged.mention
    plain = mention.sentence.plain
    best, nearest = possible[0], 10_000
    for role in possible:
        for match in _CUES[role].finditer(plain):
            distance = (
                match.start() - mention.end
                if match.start() >= mention.end
                else 2 * (mention.start - match.end())
            )
            if 0 <= distance < nearest:
                best, nearest = role, distance
    return best


def _preference(judged: Judged, role: str, rank: int, *, replaced: bool) -> Claim:
    """Return the claim on one role: the first product named holds unless a later one is said to be it."""
    near = _near(judged)
    weight = 40 - min(rank, 20)
    if _NAMED_ROLE[role].search(near):
        weight += 20
    if judged.kept:
        weight += 25
    if _SECONDARY.search(near):
        weight -= 25
    bare = (judged.stance == "current" and not judged.kept) or judged.stance == "known"
    provenance: Provenance = (
        "inferred" if bare or replaced or _REVIEWED.search(judged.mention.sentence.plain) else "stated"
    )
    because = f"{judged.mention.words} is what is known or in use now" if bare else None
    return claim_of(judged, f"prefer.{role}", judged.mention.term.name, provenance, because, weight)


def _avoidable(judged: Judged) -> bool:
    roles = judged.mention.term.roles
    kinds = {role.partition(":")[0] for role in roles}
    return bool(
        kinds & {*ROLES, "target", "known", "cloud", "integration"}
    ) and judged.mention.term.name not in {"sso", "oauth2", "saml", "bearer", "ldap"}
