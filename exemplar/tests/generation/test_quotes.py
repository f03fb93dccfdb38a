"""Quotes stand in the passages that they name, as their readers are told both."""

from hypothesis import given
from hypothesis import strategies as st

from answers import ALICE, hit
from quillwort.assistant.events import Citation, Event, PassageFound
from quillwort.assistant.extractive import Extractive
from quillwort.assistant.generation.generated import Generated
from quillwort.assistant.generation.redaction import NoRedaction
from quillwort.assistant.language_models import NoAnswer
from quillwort.assistant.search_service import Hit
from writing_models import SPENT, WritingModels

SENTENCES = [
    "The tenant pays for repairs of up to 200 euros each month.",
    "Everything beyond is paid by the landlord alone.",
    "Broken windows are replaced by the caretaker every spring",
    "The caretaker replaces the keys of the tenant every second spring …",
    "Alpha clause of the landlord begins here",
    "… are welcome.",
]
TEXTS = st.lists(
    st.tuples(st.sampled_from(SENTENCES), st.sampled_from([" ", "\n", " … ", ""])),
    min_size=1,
    max_size=5,
).map(lambda parts: "".join(f"{sentence}{space}" for sentence, space in parts))


@st.composite
def passages(draw: st.DrawFn) -> Hit:
    """A passage, with its neighbours or without."""
    before, text, after = draw(TEXTS), draw(TEXTS), draw(TEXTS)
    context = draw(st.sampled_from(["", text, f"{before}\n\n{text}\n\n{after}"]))
    tokens = draw(st.integers(1, 200))
    return hit(text, tokens=tokens, context=context)


def badly_quoted(events: list[Event]) -> list[Event]:
    """Return the citations that do not stand in their passage."""
    told = {each.number: each.hit.in_context for each in events if isinstance(each, PassageFound)}
    return [
        each
        for each in events
        if isinstance(each, Citation) and not (each.quote and each.quote in told[each.passage])
    ]


@given(st.lists(passages(), min_size=1, max_size=4), st.integers(60, 1000))
async def test_what_a_model_wrote_is_cited_with_words_of_the_passage(
    hits: list[Hit], budget: int
) -> None:
    numbers = "".join(f"[{number}]" for number in range(1, len(hits) + 1))
    written = " ".join(f"{sentence.rstrip('.')} {numbers}." for sentence in SENTENCES)
    answerer = Generated(WritingModels(written, SPENT), budget, NoRedaction())
    assert not badly_quoted([event async for event in answerer.answer(ALICE, "Who pays?", hits)])


@given(st.lists(passages(), min_size=1, max_size=4))
async def test_what_is_quoted_instead_stands_there_too(hits: list[Hit]) -> None:
    away = Generated(WritingModels(NoAnswer("unavailable", "Away.")), 1000, NoRedaction())
    for answerer in (away, Extractive()):
        events = [event async for event in answerer.answer(ALICE, "Who pays for repairs?", hits)]
        assert not badly_quoted(events)


async def test_a_quote_goes_over_nothing_that_was_left_out() -> None:
    shared, last = SENTENCES[:2]
    hits = [hit(shared), hit(f"## Beta\n{shared} {last}")]
    models = WritingModels(f"{last.rstrip('.')} [2].", SPENT)
    answerer = Generated(models, 1000, NoRedaction())
    events = [event async for event in answerer.answer(ALICE, "Who pays?", hits)]
    assert [event for event in events if isinstance(event, Citation)] == [Citation(2, last)]


async def test_a_quote_may_come_from_the_neighbours_that_were_told() -> None:
    found = hit(SENTENCES[4], context=f"{SENTENCES[4]}\n\n{SENTENCES[2]}")
    answerer = Generated(WritingModels(f"{SENTENCES[2]} [1].", SPENT), 1000, NoRedaction())
    events = [event async for event in answerer.answer(ALICE, "Who?", [found])]
    assert Citation(1, SENTENCES[2]) in events
    assert not badly_quoted(events)
