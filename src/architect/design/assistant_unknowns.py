"""What a brief may leave open of its assistant; asked only where one is wanted."""

from typing import Final

from architect.design.assistant import wants_assistant
from architect.design.unknowns import UNKNOWNS, Unknown, numbers
from architect.model.brief import Brief


def unknowns_of(brief: Brief) -> tuple[Unknown, ...]:
    """Return the unknowns that a brief may have: those of an assistant where it wants one."""
    return (*UNKNOWNS, *ASSISTANT_UNKNOWNS) if wants_assistant(brief) else UNKNOWNS


ASSISTANT_UNKNOWNS: Final[tuple[Unknown, ...]] = (
    Unknown(
        "assistant.tasks",
        "What is the assistant for?",
        {
            "answering questions from documents": ("question_answering",),
            "conversations": ("chat",),
            "finding passages": ("search",),
            "summaries": ("summarise",),
            "extracting fields": ("extract",),
            "sorting into classes": ("classify",),
        },
    ),
    Unknown(
        "assistant.documents",
        "Over how many documents?",
        numbers(500, 10_000, 300_000, 5_000_000, 100_000_000),
        unit="documents",
    ),
    Unknown(
        "assistant.pages_per_document",
        "How many pages has a typical document?",
        {"a paragraph": 0.2, **numbers(2, 10, 200, unit=" pages")},
        unit="pages a document",
    ),
    Unknown(
        "assistant.formats",
        "In which formats are they?",
        {
            "plain text or Markdown": ("text", "markdown"),
            "web pages": ("html",),
            "PDF and Word": ("pdf", "docx"),
            "scans": ("scan",),
        },
        unset="all common ones",
    ),
    Unknown(
        "assistant.languages",
        "In which languages are the documents?",
        {
            "English": ("en",),
            "one other language": ("de",),
            "English and another": ("en", "de"),
            "many": ("many",),
        },
    ),
    Unknown(
        "assistant.changes_per_day",
        "How many documents are added or changed a day?",
        numbers(1, 100, 10_000, 1_000_000),
        unit="documents a day",
    ),
    Unknown(
        "assistant.searchable_within_minutes",
        "How soon must a change be found?",
        {"within a minute": 1.0, "within the hour": 60.0, "the next morning": 720.0},
        unit="minutes",
    ),
    Unknown(
        "assistant.questions_per_day",
        "How many questions are asked a day?",
        numbers(50, 500, 5000, 100_000),
        unit="questions a day",
    ),
    Unknown(
        "assistant.streaming",
        "Are answers shown while they are written?",
        {"yes": "true", "no": "false"},
    ),
    Unknown(
        "assistant.first_token_milliseconds",
        "How soon must the first word be there?",
        {"half a second": 500.0, "two seconds": 2000.0, "ten seconds": 10_000.0, "a minute or two": 90_000.0},
        unit="ms",
    ),
    Unknown(
        "assistant.access",
        "Who may see a document?",
        {"everyone who may ask": "everyone", "groups of people": "groups", "its owner alone": "owner"},
    ),
    Unknown(
        "assistant.data_stays",
        "How far may the documents' text travel?",
        {"anywhere": "anywhere", "only within the EU": "eu", "only on our servers": "own_servers"},
    ),
    Unknown(
        "assistant.quality",
        "What share of the answers must be right?",
        {"three in four": 0.75, "85 of 100": 0.85, "95 of 100": 0.95},
        unset="no fixed target",
    ),
    Unknown(
        "budget.llm_usd_per_month",
        "How much may language models cost a month?",
        numbers(20, 200, 1000, 5000, unit=" USD"),
        unit="USD a month for models",
        unset="no fixed limit",
    ),
)
"""Answers wide enough to cover what people really run, as in the table of every brief."""
