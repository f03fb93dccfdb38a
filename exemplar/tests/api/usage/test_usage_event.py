"""What an answer took, as REST tells it among the answer's events."""

import json
from decimal import Decimal
from typing import Any
from uuid import UUID

from quillwort.adapters.answers.encoding import decoded
from quillwort.assistant.events import Used
from quillwort.assistant.language_models import Spent
from quillwort.assistant.telling import Numbered
from quillwort.entrypoints.rest.assistant.events import written


def told(spent: Spent) -> dict[str, Any]:
    """Return the data of the event."""
    lines = written(UUID(int=7), Numbered(3, Used(spent))).decode().splitlines()
    assert lines[1] == "event: usage"
    data: dict[str, Any] = json.loads(lines[2].removeprefix("data: "))
    return data


def test_an_answer_says_which_question_it_was_written_for() -> None:
    given = Spent("small", 0, 0, 0, Decimal(0), cached=True, written_for="Why?")
    assert (told(given)["cached"], told(given)["written_for"]) == (True, "Why?")
    assert told(Spent("small", 9, 0, 1, Decimal(1)))["written_for"] is None


def test_the_least_money_is_written_out_in_digits() -> None:
    assert told(Spent("small", 1, 0, 0, Decimal("0.0000002")))["usd"] == "0.0000002"


def test_what_was_kept_before_answers_said_so_can_be_read() -> None:
    kept = {"model": "a", "input_tokens": 1, "cached_input_tokens": 0, "output_tokens": 1}
    (used,) = decoded([{"usage": {"spent": {**kept, "usd": None, "cached": False}}}])
    assert used == Used(Spent("a", 1, 0, 1, None))
