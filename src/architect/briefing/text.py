"""Free text to Brief, by rules: sentences, what they name, claims on each field, one fact a field."""

from dataclasses import replace
from typing import Final

from architect.briefing.assistants_own import without_assistants_own
from architect.briefing.claims import Claim, distinct, settled
from architect.briefing.corrections import corrections
from architect.briefing.passage import passage_of
from architect.briefing.reading import READERS, Reading
from architect.briefing.services import services_of
from architect.briefing.stance import judge
from architect.briefing.terms import mentions_of
from architect.model.brief import Brief
from architect.model.errors import InputError
from architect.model.fact import Fact
from architect.model.naming import kebab_case

LONGEST_BYTES: Final = 64 * 1024
_LISTS: Final = (
    "team.knows",
    "security.authentication",
    "security.compliance",
    "avoid",
    "integrations",
    "assistant.tasks",
    "assistant.formats",
    "assistant.languages",
)
_MOST_UNREAD: Final = 50
_ENOUGH_TO_BUILD: Final = 3
_WHERE: Final = "text"


def read_text(text: str) -> Brief:
    """Return what a text wants; every value carries the words it was read from.

    Sentences that no rule understood stand in ``unread``.

    Raises:
        InputError: the text is empty, binary, or longer than 64 KiB.
    """
    _refuse_unreadable(text)
    passage = passage_of(text)
    reading = Reading(passage, tuple(judge(mentions_of(passage))))
    claims = [made for name in READERS for made in READERS[name](reading)]
    claims += corrections(passage, claims)
    intent = settled(made for made in claims if made.path == "intent")
    if intent is not None and intent.value != "build":
        claims = [_of_something_else(made) for made in claims]
    by_path: dict[str, list[Claim]] = {}
    for made in claims:
        by_path.setdefault(made.path, []).append(made)
    brief = Brief()
    for path, made_of in by_path.items():
        if path in _LISTS:
            brief = brief.put(path, tuple(each.fact() for each in distinct(made_of)))
        else:
            best = settled(made_of)
            brief = brief.put(path, best.fact() if best else None)
    public = [fact.value for fact in brief.security.authentication] == ["none"]
    services, more = services_of(reading, brief.name, public=public)
    services = without_assistants_own(services, brief.assistant)
    if intent is not None and intent.value != "build":
        services = ()
    elif intent is None and (services or len(claims) > _ENOUGH_TO_BUILD):
        brief = brief.put("intent", Fact("build", "inferred", "it describes a system"))
    read = {made.sentence for made in (*claims, *more) if made.path not in ("purpose", "intent")}
    unread = [sentence.said for sentence in passage.sentences if sentence.index not in read]
    return _named(brief.put("services", services).put("unread", tuple(unread[:_MOST_UNREAD])))


_SAID_OF_NOW: Final = ("load.", "data.", "team.", "budget.", "assistant.", "intent", "name", "purpose")


def _of_something_else(made: Claim) -> Claim:
    """Return a claim from a question or a review: products named there are talked about, not wished for."""
    if made.path.startswith(_SAID_OF_NOW) or made.provenance != "stated":
        return made
    return replace(made, provenance="inferred")


def _named(brief: Brief) -> Brief:
    """Return the brief with a name even when its text gives none: that of what it stores."""
    if brief.name is not None or brief.intent is None or brief.intent.value != "build":
        return brief
    entities = [fact.value.name for service in brief.services for fact in service.entities]
    if not entities:
        return brief
    name = Fact(f"{kebab_case(entities[0])}-service", "inferred", "named after what it stores")
    first, *others = brief.services
    first = replace(first, name=first.name or name)
    return brief.put("name", name).put("services", (first, *others))


def _refuse_unreadable(text: str) -> None:
    if not text.strip():
        raise InputError(
            "there is nothing to read", where=_WHERE, mend="say what you need in a sentence or more"
        )
    size = len(text.encode("utf-8", "replace"))
    if size > LONGEST_BYTES:
        what = f"the text is {size:,} bytes long and at most {LONGEST_BYTES:,} are read"
        raise InputError(what, where=_WHERE, mend="give the part that says what is wanted")
    strange = sum(1 for char in text if (char < " " and char not in "\t\n\r\f\v") or char in "\x7f\ufffd")
    if "\0" in text or strange * 10 > len(text):
        raise InputError("the text is binary", where=_WHERE, mend="give text in UTF-8")
