"""What is taken for the unknowns of an assistant; only briefs that want one are filled by it."""

from functools import partial
from typing import Final

from architect.design.assistant import wants_assistant
from architect.design.known import Assumption, Known, default, fixed
from architect.model.fact import Fact

SECONDS_PER_HOUR: Final = 3600
LEAST_RATE: Final = 0.001
"""Requests a second of a service that is hardly asked anything: a rate of none cannot be sized."""


def requests_from_questions(known: Known) -> Fact[object] | None:
    """Return the requests of a service that is nothing but an assistant."""
    questions = known.number("assistant.questions_per_day")
    services = known.brief.services
    entities = any(fact.provenance != "assumed" for service in services for fact in service.entities)
    if questions is None or entities or not wants_assistant(known.brief):
        return None
    share, each = known.tables.number("question.peak_share"), known.tables.number("question.requests")
    rate = questions * share / SECONDS_PER_HOUR * each
    because = (
        f"{questions:,g} questions a day, {share:.0%} of them in the busiest hour, {each:g} requests for each"
    )
    return Fact(max(LEAST_RATE, float(f"{rate:.3g}")), "assumed", because)


def _documents_from_gigabytes(known: Known) -> Fact[object] | None:
    gigabytes = known.number("assistant.gigabytes")
    if gigabytes is None:
        return None
    pages = known.number("assistant.pages_per_document")
    pages = pages or float(known.tables.defaults["assistant.pages_per_document"].value)
    because = f"{gigabytes:,g} GB of text at {pages:g} pages of {_page_bytes(known):,.0f} bytes a document"
    return Fact(max(1, round(gigabytes * 1e9 / _page_bytes(known) / pages)), "assumed", because)


def _pages_from_gigabytes(known: Known) -> Fact[object] | None:
    gigabytes, documents = known.number("assistant.gigabytes"), known.number("assistant.documents")
    if gigabytes is None or not documents:
        return None
    pages = max(0.1, gigabytes * 1e9 / _page_bytes(known) / documents)
    return Fact(
        float(f"{pages:.2g}"), "assumed", f"{gigabytes:,g} GB of text over {documents:,.0f} documents"
    )


def _page_bytes(known: Known) -> float:
    return known.tables.number("corpus.tokens_per_page") * known.tables.number("corpus.bytes_per_token")


def _changes_from_documents(known: Known) -> Fact[object] | None:
    documents = known.number("assistant.documents")
    if documents is None:
        return None
    share = known.tables.constants["corpus.change_share"]
    return Fact(
        float(f"{documents * share.value:.3g}"), "assumed", f"{share.value:.1%} a day: {share.because}"
    )


def _where_the_regime_allows(known: Known) -> Fact[object] | None:
    regimes = [fact.value for fact in known.brief.security.compliance]
    if "gdpr" not in regimes:
        return None
    return Fact("eu", "assumed", "GDPR: text about people leaves the EU only by a transfer that is arranged")


ASSISTANT_ASSUMPTIONS: Final[tuple[Assumption, ...]] = (
    fixed("assistant.tasks"),
    Assumption(
        "assistant.documents",
        (_documents_from_gigabytes, partial(default, "assistant.documents")),
        "from the gigabytes of text, else fixed",
    ),
    Assumption(
        "assistant.pages_per_document",
        (_pages_from_gigabytes, partial(default, "assistant.pages_per_document")),
        "from the gigabytes of text, else fixed",
    ),
    fixed("assistant.languages"),
    Assumption("assistant.changes_per_day", (_changes_from_documents,), "a share of the documents"),
    fixed("assistant.searchable_within_minutes"),
    fixed("assistant.questions_per_day"),
    fixed("assistant.streaming"),
    fixed("assistant.first_token_milliseconds"),
    fixed("assistant.access"),
    Assumption(
        "assistant.data_stays",
        (_where_the_regime_allows, partial(default, "assistant.data_stays")),
        "within the EU under its rules, else fixed",
    ),
)
"""The table, in the order in which it is filled."""
