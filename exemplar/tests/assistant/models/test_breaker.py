"""When a model is left alone, and when it is asked again."""

from quillwort.assistant.gateway.breaker import Breaker


class _Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def begun(breaker: Breaker) -> int:
    """Return the ticket of a call that may be made."""
    ticket = breaker.begin()
    assert ticket is not None
    return ticket


def opened() -> tuple[Breaker, _Clock, int]:
    """Return a breaker that two calls opened, its clock, and a call that began before."""
    clock = _Clock()
    breaker = Breaker(2, 30.0, clock)
    straggler = begun(breaker)
    for _ in range(2):
        breaker.failed(begun(breaker))
    return breaker, clock, straggler


def test_so_many_failures_in_a_row_open_it() -> None:
    breaker, clock, _ = opened()
    assert breaker.begin() is None
    clock.now = 10.0
    assert breaker.opens_in() == 20.0
    assert breaker.begin() is None


def test_a_success_between_failures_keeps_it_closed() -> None:
    breaker = Breaker(2, 30.0, _Clock())
    for _ in range(3):
        breaker.failed(begun(breaker))
        breaker.succeeded(begun(breaker))
    assert breaker.begin() is not None
    assert breaker.opens_in() == 0.0


def test_then_one_call_tries_whether_it_is_well_again() -> None:
    breaker, clock, _ = opened()
    clock.now = 30.0
    trying = begun(breaker)
    assert breaker.begin() is None
    breaker.succeeded(trying)
    assert breaker.begin() is not None
    assert breaker.begin() is not None


def test_and_leaves_it_open_when_it_is_not() -> None:
    breaker, clock, _ = opened()
    clock.now = 30.0
    breaker.failed(begun(breaker))
    assert breaker.begin() is None
    assert breaker.opens_in() == 30.0


def test_a_try_that_was_given_up_is_anothers() -> None:
    breaker, clock, _ = opened()
    clock.now = 30.0
    breaker.left(begun(breaker))
    assert breaker.begin() is not None


def test_how_a_call_ends_that_began_before_it_opened_changes_nothing() -> None:
    breaker, clock, straggler = opened()
    breaker.succeeded(straggler)
    assert breaker.opens_in() == 30.0
    clock.now = 30.0
    trying = begun(breaker)
    for tell in (breaker.left, breaker.failed, breaker.succeeded):
        tell(straggler)
        assert breaker.begin() is None
    breaker.succeeded(trying)
    for _ in range(2):
        breaker.failed(straggler)
    assert breaker.opens_in() == 0.0


def test_a_model_that_asks_to_be_left_alone_is_for_so_long() -> None:
    clock = _Clock()
    breaker = Breaker(2, 30.0, clock)
    straggler = begun(breaker)
    breaker.rest(40.0)
    breaker.rest(5.0)
    breaker.succeeded(straggler)
    assert breaker.opens_in() == 40.0
    clock.now = 39.0
    assert breaker.begin() is None
    clock.now = 40.0
    trying = begun(breaker)
    assert breaker.begin() is None
    breaker.succeeded(trying)
    assert breaker.begin() is not None
