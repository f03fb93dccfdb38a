"""Answers are asked for as fast as the machine carries, and all of them are open at once at any pace."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architect.verify.gates.model_load import STREAMS
from architect.verify.load.pace import ASKED_PER_SECOND, MOST_BUSY, SLOWEST, paced


@given(st.floats(0, 1))
def test_every_answer_is_still_written_when_the_last_is_asked(cpu_seconds: float):
    pace = paced(cpu_seconds)
    assert STREAMS / pace.asked_per_second < pace.writing_seconds


@given(st.floats(0, 1))
def test_no_process_is_busier_than_it_may_be_unless_it_is_too_slow(cpu_seconds: float):
    pace = paced(cpu_seconds)
    busy = cpu_seconds * pace.asked_per_second
    assert busy <= MOST_BUSY * 1.0001 or pace.slower == SLOWEST


def test_a_fast_machine_is_asked_at_the_full_pace():
    assert paced(0.01).asked_per_second == pytest.approx(ASKED_PER_SECOND)
    assert paced(0.07).asked_per_second == pytest.approx(ASKED_PER_SECOND / 2)
