"""Reconciling: every figure recomputed from the ledger and compared with what the board shows.

The figures are read while workers wait, a moment; then the ledger is added up to where they stood,
which takes as long as it takes and keeps nobody waiting (`anew/`).
"""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec
import redis

from dashboard.core.identity import order_digest
from dashboard.core.orders import Order, remembered
from dashboard.core.turnover import Tally
from dashboard.store import ledger, tallies, turns
from dashboard.store.generation import Generation
from dashboard.store.trial import Trial
from dashboard.tally.anew.books import Books
from dashboard.tally.anew.refunds import Overrefunded

# Workers wait this long at most for a reader that was killed.
_HOLD_MS = 20_000
_TRIES = 20
# How long the board may take to count what was accepted before the comparison began.
_CATCH_UP_S, _LOOK_S = 10.0, 0.05

_pack, _unpack = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(Order).decode


class Report(msgspec.Struct):
    """What was compared, and each figure that differs, as a line for a person.

    `overrefunded` are orders to which more was refunded than they paid: no difference between board
    and ledger, but something for staff to look at.
    """

    position: int
    events: int
    conflicts: int
    gross: int
    differences: list[str]
    overrefunded: list[Overrefunded]


class Shown(msgspec.Struct):
    """What the board shows, as of one moment; `orders` by digest, packed; `buyers` by hour."""

    tally: Tally
    events: int
    orders: dict[bytes, bytes]
    buyers: dict[int, int]
    first_second: int


class Restless(Exception):
    """The figures did not stand still for as long as it takes to read them."""


def reconcile(
    client: redis.Redis, campaign_id: int, progress: Callable[[int], object] = lambda _: None
) -> Report:
    """Compare a campaign's figures with its ledger.

    `progress` is told how many events were recomputed. Raises `redis.RedisError`,
    `ledger.CorruptBatch` and `Restless`.
    """
    head = ledger.head(campaign_id)
    _wait_for(client, campaign_id, head)
    shown = _look(client, campaign_id)
    trial = Trial(client, campaign_id)
    try:
        books = Books(campaign_id, trial.add)
        books.follow(shown.tally.position, progress)
        true = books.tally()
        differences = list(_differences(true, books, shown, trial.estimates()))
    finally:
        trial.discard()
    if shown.tally.position < head:
        differences.append(f"position: ledger {head}, board {shown.tally.position}")
    gross = sum(row.get("gross", 0) for row in true.minutes.values())
    over = books.refunded_above_paid()
    return Report(true.position, books.events, books.conflicts, gross, differences, over)


def _wait_for(client: redis.Redis, campaign_id: int, head: int) -> None:
    """Give the workers a while to count what the ledger holds already."""
    until = time.monotonic() + _CATCH_UP_S
    while tallies.position(client, campaign_id) < head and time.monotonic() < until:
        time.sleep(_LOOK_S)


def _look(client: redis.Redis, campaign_id: int) -> Shown:
    """Return the figures as of one moment; workers wait meanwhile."""
    for _ in range(_TRIES):
        with turns.turn(client, campaign_id, _HOLD_MS):
            name = tallies.live_name(client, campaign_id)
            generation = Generation(client, campaign_id, name, live=True)
            head = generation.head()
            tally, events = generation.tally()
            orders, buyers = generation.packed_orders(), generation.buyers()
            if generation.head() == head and name == tallies.live_name(client, campaign_id):
                return Shown(tally, events, orders, buyers, head.seconds_from * 60)
    raise Restless(f"campaign {campaign_id}: figures changed while they were read, {_TRIES} times")


def _differences(
    true: Tally, books: Books, shown: Shown, buyers: Mapping[int, int]
) -> Iterator[str]:
    """Yield a line for each figure shown that is not as the ledger has it."""
    board = shown.tally
    if board.watermark_ms != true.watermark_ms:
        yield f"latest event: ledger {true.watermark_ms}, board {board.watermark_ms}"
    if shown.events != books.events:
        yield f"events seen: ledger {books.events}, board {shown.events}"
    for minute in sorted(true.minutes.keys() | board.minutes.keys()):
        figures = true.minutes.get(minute, {}), board.minutes.get(minute, {})
        yield from _compare(f"minute {minute}", *figures)
    yield from _compare(
        "second", *(_seconds(one.seconds, shown.first_second) for one in (true, board))
    )
    yield from _compare("open orders of second", true.pending, board.pending)
    yield from _orders(books, shown.orders, true.watermark_ms)
    for name in true.keys:
        told = (dict.fromkeys(one.keys.get(name, ()), 1) for one in (true, board))
        yield from _compare(f"keys of {name}", *told)
    for hour in sorted(buyers.keys() | shown.buyers.keys()):
        expected, found = buyers.get(hour, 0), shown.buyers.get(hour, 0)
        if expected != found:
            yield f"buyers of hour {hour}: ledger about {expected}, board about {found}"


def _compare(what: str, true: Mapping[Any, Any], shown: Mapping[Any, Any]) -> Iterator[str]:
    if true == shown:
        return
    for name in sorted(true.keys() | shown.keys()):
        ledger_has, board_has = true.get(name) or 0, shown.get(name) or 0
        if ledger_has != board_has:
            yield f"{what} {name}: ledger {ledger_has}, board {board_has}"


def _seconds(seconds: Mapping[int, list[int]], first: int) -> dict[int, tuple[int, ...]]:
    return {number: tuple(row) for number, row in seconds.items() if number >= first and any(row)}


def _orders(books: Books, shown: dict[bytes, bytes], watermark_ms: int) -> Iterator[str]:
    """Yield a line for each order that differs; `shown` is used up."""
    for order_id, order in books.orders():
        digest = order_digest(order_id)
        packed, expected = shown.pop(digest, None), _pack(order)
        if packed != expected:
            board = _unpack(packed) if packed else None
            yield f"order {digest.hex()}: ledger {_unpack(expected)}, board {board}"
    for digest, packed in shown.items():
        if remembered(_unpack(packed), watermark_ms):
            yield f"order {digest.hex()}: ledger None, board {_unpack(packed)}"
