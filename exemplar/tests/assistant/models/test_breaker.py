"""When a model is left alone, and when it is asked again."""

from quillwort.assistant.gateway.breaker import Breaker


class _Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def _opened() -> tuple[Breaker, _Clock]:
    clock = _Clock()
    breaker = Breaker(2, 30.0, clock)
    for _ in range(2):
        assert breaker.allows()
        breaker.failed()
    return breaker, clock


def test_so_many_failures_in_a_row_open_it() -> None:
    breaker, clock = _opened()
    assert not breaker.allows()
    clock.now = 10.0
    assert breaker.opens_in() == 20.0
    assert not breaker.allows()


def test_a_success_between_failures_keeps_it_closed() -> None:
    breaker = Breaker(2, 30.0, _Clock())
    for _ in range(3):
        breaker.failed()
        breaker.succeeded()
    assert breaker.allows()
    assert breaker.opens_in() == 0.0


def test_then_one_call_tries_whether_it_is_well_again() -> None:
    breaker, clock = _opened()
    clock.now = 30.0
    assert breaker.allows()
    assert not breaker.allows()
    breaker.succeeded()
    assert breaker.allows()
    assert breaker.allows()


def test_and_leaves_it_open_when_it_is_not() -> None:
    breaker, clock = _opened()
    clock.now = 30.0
    assert breaker.allows()
    breaker.failed()
    assert not breaker.allows()
    assert breaker.opens_in() == 30.0


def test_a_try_that_was_given_up_is_anothers() -> None:
    breaker, clock = _opened()
    clock.now = 30.0
    assert breaker.allows()
    breaker.left()
    assert breaker.allows()
