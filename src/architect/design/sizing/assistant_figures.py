"""The assistant in numbers: corpus, index, tokens, money, streams, each with its formula."""

from collections.abc import Iterator
from typing import Final

from architect.design.assistant import FROM_PASSAGES, SILENT
from architect.design.case import Case
from architect.design.rule import computed
from architect.design.sizing.corpus import (
    asked,
    changed_tokens,
    embedder,
    embedding_ms,
    passages,
    tokens_per_document,
)
from architect.design.sizing.index import exact_ms, kept_index, search_ms
from architect.design.sizing.streams import open_streams, peak, wait
from architect.design.sizing.tokens import (
    DAYS_A_MONTH,
    month_usd,
    question_usd,
    questions_a_month,
    spent,
    writer,
)
from architect.model.fact import Fact, Figure, Source

SOURCE_OF: Final[dict[str, Source]] = {"stated": "stated", "inferred": "computed", "assumed": "assumed"}
MILLISECONDS_AN_HOUR: Final = 3_600_000


def assistant_figures(case: Case) -> Iterator[Figure]:
    """Yield the figures of the assistant, the inputs first."""
    needs = asked(case)
    yield from _inputs(case)
    if not needs.tasks.isdisjoint(FROM_PASSAGES):
        yield from _corpus(case)
    yield from _questions(case)
    if not needs.tasks <= SILENT:
        yield from _money(case)


def _inputs(case: Case) -> Iterator[Figure]:
    for path, name, unit in (
        ("assistant.documents", "documents", ""),
        ("assistant.pages_per_document", "pages of a document", "pages"),
        ("assistant.changes_per_day", "documents changed", "documents/day"),
        ("assistant.questions_per_day", "questions", "questions/day"),
        ("assistant.first_token_milliseconds", "first token target", "ms"),
    ):
        fact = case.brief.at(path)
        if isinstance(fact, Fact):
            yield Figure(name, fact.value, unit, SOURCE_OF[fact.provenance], f"{path}: {fact.because}")


def _corpus(case: Case) -> Iterator[Figure]:
    needs, cut, found, model = asked(case), passages(case), kept_index(case), embedder(case)
    text = tokens_per_document(case)
    way = "gigabytes of text" if needs.gigabytes is not None else "pages x tokens of a page"
    yield computed("tokens of a document", round(text), "tokens", way)
    yield computed(
        "passages",
        cut.count,
        "",
        f"{needs.documents:,.0f} documents, cut as chosen into some {cut.tokens:,.0f} tokens with titles",
    )
    if found.vectors:
        hours = embedding_ms(case, model, cut.all_tokens) / MILLISECONDS_AN_HOUR
        told = f"{cut.count:,} passages x {cut.tokens:,.0f} tokens"
        yield computed("tokens embedded once", round(cut.all_tokens), "tokens", told)
        if model.own:
            yield computed("corpus embedded on one core", round(hours, 2), "h", f"{told}, {model.title}")
        else:
            usd = cut.all_tokens * model.usd / 1e6
            yield computed("corpus embedded", round(usd, 2), "USD", f"{told} at {model.usd:g} USD a million")
        yield computed(
            "tokens embedded a day",
            round(changed_tokens(case)),
            "tokens/day",
            "documents changed, cut the same",
        )
        yield computed(
            "exact search", round(exact_ms(case), 1), "ms", "22 ms measured at 100,000 x 384, in proportion"
        )
    for name, size, told in (
        ("text", found.text_bytes, "4 bytes a token and 200 a passage"),
        ("postings", found.postings_bytes, "12 bytes a token"),
        ("vectors", found.vector_bytes, f"{found.vectors:,} x {found.dimensions} x 4 bytes"),
        ("graph", found.graph_bytes, "HNSW: m x (2 + 1/(m-1)) links of 6 bytes + 60 of headers, m = 16"),
    ):
        if size:
            yield computed(f"{name} on disk", round(size / 1e9, 3), "GB", told)
    searched = "vectors and graph" if found.graph_bytes else "vectors"
    yield computed("index in memory", round(found.memory_gib, 3), "GiB", searched)
    yield computed(
        "search", round(search_ms(case), 1), "ms", f"in {case.choice('vector_store')}, both halves"
    )


def _questions(case: Case) -> Iterator[Figure]:
    needs, share = asked(case), case.number("question.peak_share")
    rate = peak(case)
    told = f"{needs.questions_per_day:,.0f} a day x {share:.0%} in the busiest hour / 3,600 s"
    yield computed("questions at the peak", float(f"{rate:.3g}"), "questions/s", told)


def _money(case: Case) -> Iterator[Figure]:
    model, tokens, waited = writer(case), spent(case), wait(case, writer(case))
    mean, most = open_streams(case, waited.last_ms / 1000)
    yield computed("tokens read for a question", round(tokens.read), "tokens", tokens.told)
    yield computed("tokens written", round(tokens.answer), "tokens", "assumed: two paragraphs")
    yield computed("first token", round(waited.first_ms), "ms", waited.because)
    yield computed("whole answer", round(waited.last_ms), "ms", "first token + tokens written / their rate")
    yield computed(
        "streams open at the peak",
        float(f"{mean:.3g}"),
        "",
        "Little's law: questions/s x seconds of an answer",
    )
    yield computed("streams open at most", most, "", "Poisson, 99.99%")
    if model is None:
        return
    dated = f"{model.title}, {model.because}, prices of {case.tables.models_date}"
    usd = month_usd(case, model)
    yield computed("tokens of a question", float(f"{question_usd(case, model):.3g}"), "USD", dated)
    yield computed(
        "language model", round(usd, 2), "USD/month", f"{questions_a_month(case):,.0f} questions; {dated}"
    )
    for name, other in case.tables.language_models.items():
        if not other.own and other is not model:
            told = f"the same tokens by {other.title}, {other.because}"
            yield computed(f"language model by {name}", round(month_usd(case, other), 2), "USD/month", told)
    made = embedder(case)
    if case.choice("retrieval") and not made.own:
        usd = changed_tokens(case) * DAYS_A_MONTH * made.usd / 1e6
        yield computed("embedding by the provider", round(usd, 2), "USD/month", made.because)
