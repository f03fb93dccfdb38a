"""How documents are cut into passages: along their structure, in windows, large, or not at all."""

from typing import Final

from architect.design.assistant import retrieves
from architect.design.case import Case
from architect.design.rule import DECISIONS, Explanation, Rule, charged, computed, offer
from architect.design.sizing.corpus import FLOAT_BYTES, asked, embedder, passages_by, tokens_per_document
from architect.design.sizing.tokens import STRONGEST, context_tokens, questions_a_month, wrong_usd
from architect.design.words import counted
from architect.model.decision import Library, Option, Pattern

LAID_OUT: Final = frozenset({"pdf", "docx", "html", "scan"})
"""Formats in which headings, tables and columns carry meaning that a window cuts through."""
PARSERS: Final = {
    "pdf": Library("pypdf", "text and pages of PDF without a foreign library", "pymupdf"),
    "html": Library("selectolax", "HTML by its structure, in compiled code", "beautifulsoup4"),
    "markdown": Library("markdown-it-py", "Markdown's blocks with their lines", "mistune"),
    "docx": Library("python-docx", "paragraphs, headings and tables of Word", "docx2python"),
}


def _context(case: Case) -> str:
    needs, model = asked(case), embedder(case)
    formats = ", ".join(sorted(needs.formats)) or "formats that nobody named"
    return (
        f"{counted(needs.documents, 'document')} of some {tokens_per_document(case):,.0f} tokens in "
        f"{formats}; {model.title} reads {model.tokens:,} tokens at once."
    )


def _options(case: Case) -> tuple[Option, ...]:
    return (
        _way(
            case,
            "structure",
            "Along headings, paragraphs and tables",
            gives=("a passage is about one thing, and its citation names a section",),
            costs=("a parser for each format",),
            hours=case.care("chunk_structure"),
            loss=0.0,
        ),
        _way(
            case,
            "window",
            "Windows of so many tokens that overlap",
            gives=("works on any text, whatever it is",),
            costs=(f"{case.number('chunk.overlap'):.0%} is kept twice; clauses, lists and tables are cut",),
            hours=case.care("chunk_window"),
            loss=case.number("chunk.window_loss") + _layout(case),
        ),
        _way(
            case,
            "large",
            "Sections of some 800 tokens",
            gives=("fewer vectors, more context around what is found",),
            costs=("a vector stands for several subjects; a citation is a page",),
            hours=case.care("chunk_structure"),
            loss=case.number("chunk.large_loss"),
        ),
        _way(
            case,
            "whole",
            "Documents as they are",
            gives=("one vector a document; nothing is torn apart",),
            costs=("a vector stands for all that a document says",),
            hours=0.0,
            loss=_whole_loss(case),
        ),
    )


def _layout(case: Case) -> float:
    return 0.0 if asked(case).formats.isdisjoint(LAID_OUT) else case.number("chunk.format_loss")


def _whole_loss(case: Case) -> float:
    """Return the loss of whole documents: none while one is no longer than a passage."""
    return 0.0 if tokens_per_document(case) <= case.number("chunk.small") else case.number("chunk.whole_loss")


def _way(  # noqa: PLR0913 # an option has that many parts, each named at the call
    case: Case,
    name: str,
    title: str,
    *,
    gives: tuple[str, ...],
    costs: tuple[str, ...],
    hours: float,
    loss: float,
) -> Option:
    cut = passages_by(case, name)
    kept = (
        cut.count * embedder(case).dimensions * FLOAT_BYTES / 1e9
        if case.choice("retrieval") != "keyword"
        else 0
    )
    context = context_tokens(case, cut)
    reading = context * questions_a_month(case) * case.tables.language_models[STRONGEST].input_usd / 1e6
    lost = wrong_usd(case, loss)
    memory = kept / case.number("vector.gib_per_vcpu") * case.price("database_vcpu")
    option = offer(
        case,
        name,
        title,
        gives=gives,
        costs=costs,
        usd=0.0,
        usd_from="counted with the vector store",
        hours=hours,
        figures=(
            computed("passages", cut.count, "", f"of {cut.tokens:,.0f} tokens with their titles"),
            computed(
                "vectors", round(kept, 3), "GB", f"{embedder(case).dimensions} float32 for each passage"
            ),
            computed(
                "context of a question",
                round(context),
                "tokens",
                f"{case.number('context.passages'):.0f} passages",
            ),
        ),
        infeasible=cut.infeasible,
    )
    return charged(
        option,
        reading + lost + memory,
        computed("context read", round(reading, 2), "USD/month", f"by {STRONGEST}, for every question"),
        computed("vectors in memory", round(memory, 2), "USD/month", "at the database's price of memory"),
        computed("worse answers", round(lost, 2), "USD/month", f"{loss:.1%} of the answers, assumed"),
    )


def _explain(case: Case, choice: str) -> Explanation:
    needs = asked(case)
    consequences = {
        "structure": (
            "The title path stands in front of each passage and is embedded with it.",
            "A passage has a stable identifier and a hash: what did not change is not embedded again.",
        ),
        "window": ("A window carries the document's title and its place in it.",),
        "large": ("Citations name a section; quotations are checked within it.",),
        "whole": ("A document that outgrows the embedder is refused, and said to be.",),
    }
    scanned = ("A page without text is reported for its document; the rest of the batch goes on.",)
    return Explanation(
        drivers=(
            f"{tokens_per_document(case):,.0f} tokens a document",
            f"{embedder(case).tokens:,} tokens that the embedder reads, counted by its own tokenizer",
            f"formats: {', '.join(sorted(needs.formats)) or 'not named'}",
        ),
        consequences=(*consequences.get(choice, ()), *(scanned if needs.formats & {"pdf", "scan"} else ())),
        confirmed_by="retrieval: citations name the passage they rest on; tests: broken and empty files",
        patterns=(Pattern("pipes and filters", "load, cut, embed and store are steps that resume"),),
        libraries=tuple(
            PARSERS[name] for name in sorted(needs.formats or {"pdf", "html", "markdown"}) if name in PARSERS
        ),
    )


DECISIONS.add(
    "chunking",
    Rule(
        title="Chunking",
        context=_context,
        options=_options,
        explain=_explain,
        reads=("embedding_model", "retrieval"),
        applies=retrieves,
    ),
)
