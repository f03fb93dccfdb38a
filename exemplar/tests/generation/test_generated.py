"""Answers that a language model writes: what is told in each case."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from answers import ALICE, hit
from quillwort.assistant.events import (
    Citation,
    Done,
    Event,
    Failed,
    PassageFound,
    Restart,
    Token,
    Used,
)
from quillwort.assistant.generation.generated import Generated
from quillwort.assistant.generation.redaction import ContactRedaction, NoRedaction
from quillwort.assistant.language_models import NoAnswer, Restarted, Source, Spent
from quillwort.assistant.search_service import Hit
from quillwort.domain.values import Principal
from writing_models import SPENT, WritingModels

QUESTION = "Who pays for repairs?"
REPAIRS = "Cats are welcome. The tenant pays for repairs of up to 200 euros each."
BEYOND = "Everything beyond is paid by the landlord. Rent is due on the first of each month."
HITS = (hit(REPAIRS, key="a", tokens=20), hit(BEYOND, key="b", tokens=20))
QUOTE = "The tenant pays for repairs of up to 200 euros each."
UNAVAILABLE = NoAnswer("unavailable", "No model answers.", retry_after_seconds=3.0)


async def told(
    models: WritingModels,
    hits: Sequence[Hit] = HITS,
    question: str = QUESTION,
    principal: Principal = ALICE,
) -> list[Event]:
    answerer = Generated(models, 1000, NoRedaction())
    return [event async for event in answerer.answer(principal, question, hits)]


def text(events: Sequence[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, Token))


def kinds(events: Sequence[Event]) -> list[type[Event]]:
    return [type(event) for event in events]


async def test_citations_follow_what_they_support_and_markers_that_hold_stay() -> None:
    events = await told(
        WritingModels(
            "Repairs up to 200 euros are paid by the tenant [1]. Beyond, the landlord pays [2].",
            SPENT,
        )
    )
    assert events[:2] == [PassageFound(1, HITS[0]), PassageFound(2, HITS[1])]
    assert events[-2:] == [Used(SPENT), Done("answered")]
    assert text(events) == (
        "Repairs up to 200 euros are paid by the tenant [1]. Beyond, the landlord pays [2]."
    )
    first, second = (place for place, event in enumerate(events) if isinstance(event, Citation))
    assert events[first] == Citation(1, QUOTE)
    assert text(events[:first]) == "Repairs up to 200 euros are paid by the tenant [1]"
    assert events[second] == Citation(2, "Everything beyond is paid by the landlord.")
    assert text(events[:second]).endswith("the landlord pays [2]")


async def test_tokens_are_told_as_they_come() -> None:
    events = await told(WritingModels("The tenant pays for repairs [1].", SPENT))
    assert len([event for event in events if isinstance(event, Token)]) > 5


UNSUPPORTED = [
    "The tenant pays for repairs [3].",  # no such passage
    "The tenant pays for repairs [2].",  # the other passage says that
    "The tenant pays for repairs of up to 300 euros [1].",  # another figure
    "Whales sing beneath frozen oceans [1].",  # nothing says that
    "The tenant pays for repairs.",  # nothing is cited
    "[1] Whales sing beneath frozen oceans.",  # nothing is said yet
    "- [1] Whales sing beneath frozen oceans.",
    "",
]


@pytest.mark.parametrize("written", UNSUPPORTED)
async def test_what_no_passage_supports_is_void_and_passages_are_quoted(written: str) -> None:
    events = await told(WritingModels(written, SPENT))
    void = [Token] * 100 if not written else kinds(events)[2 : kinds(events).index(Failed) - 1]
    assert all(kind is Token for kind in void)
    end = events[kinds(events).index(Failed) - bool(written) :]
    assert end == [
        *([Restart()] if written else []),
        Failed("unsupported", "The passages support nothing of what the language model wrote."),
        Token(QUOTE),
        Citation(1, QUOTE),
        Used(SPENT),
        Done("quoted"),
    ]


async def test_what_is_told_as_an_answer_is_sound_and_nothing_else_is() -> None:
    models = WritingModels("The tenant pays for repairs [1].", SPENT)
    await told(models)
    (prompt,) = models.prompts
    for text in ("The tenant pays for repairs [1].", "Yes [1].", "Cats? [2, 1", " NO_EVIDENCE"):
        assert prompt.sound(text) is (text != "Cats? [2, 1")
    for text in UNSUPPORTED:
        assert not prompt.sound(text)


async def test_one_supported_citation_makes_an_answer_and_the_others_are_not_told() -> None:
    events = await told(WritingModels("The tenant pays for repairs [1, 2, 9].", SPENT))
    assert [event for event in events if isinstance(event, Citation)] == [Citation(1, QUOTE)]
    assert text(events) == "The tenant pays for repairs [1]."
    assert events[-1] == Done("answered")


async def test_a_bare_yes_is_about_the_question() -> None:
    events = await told(
        WritingModels("Yes [1].", SPENT), question="Does the tenant pay for repairs?"
    )
    assert Citation(1, QUOTE) in events
    assert text(events) == "Yes [1]."


async def test_without_evidence_no_model_is_asked() -> None:
    models = WritingModels("The tenant pays [1].", SPENT)
    assert await told(models, [hit("Nothing of that.", 0.1)]) == [Done("no_evidence")]
    assert await told(models, []) == [Done("no_evidence")]
    assert models.prompts == []


@pytest.mark.parametrize("written", ["NO_EVIDENCE", " NO_EVIDENCE\n", "NO_EVIDENCE. Sorry [1]."])
async def test_a_model_that_abstains_is_no_evidence(written: str) -> None:
    events = await told(WritingModels(written, SPENT))
    assert events[2:] == [Used(SPENT), Done("no_evidence")]


async def test_an_answer_that_begins_like_an_abstention_is_one_all_the_same() -> None:
    events = await told(WritingModels("NO tenant but this one pays for repairs [1].", SPENT))
    assert text(events) == "NO tenant but this one pays for repairs [1]."
    assert events[-1] == Done("answered")


async def test_a_restart_voids_what_was_told() -> None:
    events = await told(
        WritingModels(
            "The landlord [", Restarted("scripted:zero"), "The tenant pays for repairs [1].", SPENT
        )
    )
    restart = events.index(Restart())
    assert text(events[:restart]) == "The landlord"
    assert text(events[restart:]) == "The tenant pays for repairs [1]."
    assert events[-1] == Done("answered")


async def test_a_restart_before_anything_was_told_is_none() -> None:
    events = await told(
        WritingModels(Restarted("scripted:zero"), "The tenant pays for repairs [1].", SPENT)
    )
    assert Restart() not in events


async def test_when_no_model_answers_passages_are_quoted() -> None:
    events = await told(WritingModels(UNAVAILABLE))
    assert events[2:] == [
        Failed("unavailable", "No model answers.", 3.0),
        Token(QUOTE),
        Citation(1, QUOTE),
        Done("quoted"),
    ]


async def test_where_no_model_is_configured_quotes_are_the_answer() -> None:
    models = WritingModels(NoAnswer("not_configured", "No language model has a key."))
    assert (await told(models))[2:] == [Token(QUOTE), Citation(1, QUOTE), Done("answered")]


async def test_when_every_restarted_model_fails_passages_are_quoted() -> None:
    spent = Spent("scripted:one", 10, 0, 1, Decimal(0))
    failure = NoAnswer("unavailable", "No model answers.", spent=spent)
    events = await told(WritingModels("The ten", Restarted("scripted:zero"), failure))
    assert kinds(events)[-6:] == [Restart, Failed, Token, Citation, Used, Done]
    assert events[-1] == Done("quoted")


async def test_what_breaks_off_is_incomplete() -> None:
    failure = NoAnswer("incomplete", "It broke off.", spent=SPENT)
    events = await told(WritingModels("The tenant pays [1", failure))
    assert text(events) == "The tenant pays [1"
    assert events[-3:] == [Failed("incomplete", "It broke off."), Used(SPENT), Done("incomplete")]


async def test_closing_an_answer_closes_the_models_call() -> None:
    models = WritingModels("The tenant pays for repairs [1].", SPENT)
    events = Generated(models, 1000, NoRedaction()).answer(ALICE, QUESTION, HITS)
    async for event in events:
        if isinstance(event, Token):
            break
    assert not models.closed
    await events.aclose()
    assert models.closed


async def test_the_budget_is_the_owners_and_the_scope_says_what_the_answer_rests_on() -> None:
    models = WritingModels("The tenant pays for repairs [1].", SPENT)
    changed = (hit(REPAIRS, key="a2", tokens=20), HITS[1])
    admin = Principal("alice", "alice", frozenset({"documents:admin"}))
    bob = Principal("bob", "bob", frozenset({"documents:read"}))
    await told(models)
    await told(models)
    await told(models, changed)
    await told(models, principal=bob)
    await told(models, principal=admin)
    tenants, scopes = zip(*models.asked, strict=True)
    assert tenants == ("alice", "alice", "alice", "bob", "alice")
    assert scopes[0] == scopes[1]
    assert len(set(scopes)) == 4


async def test_an_answer_rests_on_the_versions_of_the_documents_it_is_shown() -> None:
    models = WritingModels("The tenant pays for repairs [1].", SPENT)
    found = [replace(each, version=version) for each, version in zip(HITS, (2, 7), strict=True)]
    await told(models, found)
    [prompt] = models.prompts
    assert prompt.sources == {Source(each.document_id, each.version) for each in found}
    assert len(prompt.sources) == 2


async def test_members_of_other_groups_are_told_nothing_that_was_kept_for_ones_own() -> None:
    models = WritingModels("The tenant pays for repairs [1].", SPENT)
    read = frozenset({"documents:read"})
    for groups in ({"legal"}, {"sales"}, {"legal", "sales"}, set(), {"legal', 'group:sales"}):
        await told(models, principal=Principal("acme", "acme", read, frozenset(groups)))
    await told(models, principal=Principal("acme", "acme", read, frozenset({"sales", "legal"})))
    scopes = [scope for _, scope in models.asked]
    assert len(set(scopes[:5])) == 5
    assert scopes[5] == scopes[2]


async def test_contacts_do_not_leave_and_come_back_in_the_answer() -> None:
    where = "The tenant reports repairs to anna.berg@example.org or +49 30 1234567."
    models = WritingModels(
        "The tenant reports repairs to [EMAIL_1] or [PHONE_1] [1]. Not to [EMAIL_2] [1].", SPENT
    )
    answerer = Generated(models, 1000, ContactRedaction())
    events = [
        event async for event in answerer.answer(ALICE, "Where are repairs reported?", [hit(where)])
    ]
    (prompt,) = models.prompts
    assert "anna" not in prompt.content
    assert "1234567" not in prompt.content
    assert text(events) == f"{where[:-1]} [1]. Not to [EMAIL_2]."
    assert Citation(1, where) in events
