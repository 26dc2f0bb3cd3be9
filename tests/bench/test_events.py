import json

import pytest

from bench import events
from bench.events import Stream, bodies
from dashboard.accept.admission import JSON, admit
from dashboard.core.clock import Clock
from dashboard.store.keys import Facts
from tests.worlds import MIDNIGHT_MS

NOW_S = MIDNIGHT_MS / 1000


@pytest.fixture(scope="module")
def stream() -> Stream:
    return events.payments(20_000, NOW_S)


def test_the_same_seed_gives_the_same_stream(stream: Stream) -> None:
    assert events.payments(20_000, NOW_S).lines == stream.lines
    assert events.payments(20_000, NOW_S, seed=2).lines != stream.lines


def test_the_stream_says_what_a_board_must_show(stream: Stream) -> None:
    unique = {one["id"]: one["amount"] for one in map(json.loads, stream.lines)}
    assert (stream.unique, stream.payments) == (len(unique), len(unique))
    assert stream.gross == sum(unique.values()) == sum(stream.adds)
    assert 0.005 < 1 - stream.unique / len(stream.lines) < 0.02


def test_an_event_is_about_250_bytes(stream: Stream) -> None:
    assert 220 < sum(map(len, stream.lines)) / len(stream.lines) < 280


def test_the_door_takes_every_event() -> None:
    facts = Facts(1, "bench", "CNY", 1_000_000_000, Clock())
    for one in (events.payments(1_000, NOW_S), events.orders(1_000, NOW_S)):
        (body,) = bodies(one, 1_000)
        admitted = admit(facts, 1, body, JSON, MIDNIGHT_MS)
        assert (admitted.incoming.count, admitted.rejected, admitted.held) == (1_000, [], [])


def test_an_order_is_submitted_before_it_is_paid() -> None:
    paid: dict[str, list[str]] = {}
    for one in map(json.loads, events.orders(4_000, NOW_S).lines):
        paid.setdefault(one["order_id"], []).append(one["type"])
    assert {types[0] for types in paid.values()} == {"order.submitted"}
    assert sum("payment.succeeded" in types for types in paid.values()) > 500


def test_bodies_hold_the_whole_stream_in_its_order(stream: Stream) -> None:
    found = [one for body in bodies(stream, 700) for one in json.loads(body)]
    assert found == [json.loads(line) for line in stream.lines]
    assert bodies(stream, 1) == stream.lines
