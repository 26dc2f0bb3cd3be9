import pytest

from bench.events import Stream
from bench.latency import batch_at, delays, totals


def test_a_batch_has_arrived_with_the_first_total_that_holds_it() -> None:
    seen = [(10.0, 0), (10.5, 250), (11.0, 300)]
    assert delays([10.1, 10.2, 10.3], [100, 200, 300], seen) == pytest.approx([0.4, 0.3, 0.7])


def test_a_batch_that_was_never_shown_is_an_error() -> None:
    with pytest.raises(IndexError):
        delays([1.0], [100], [(1.0, 99)])


def test_an_event_sent_again_adds_nothing_to_the_totals_due() -> None:
    stream = Stream([b"a", b"a", b"b", b"c", b"d"], 11, 4, 4, [5, 0, 1, 2, 3])
    assert totals(stream, 2) == [5, 8, 11]


def test_batches_grow_with_the_rate_to_a_thousand() -> None:
    assert [batch_at(rate) for rate in (10, 1_000, 10_000, 500_000)] == [1, 50, 500, 1_000]
