"""Reconciling: every figure recomputed from the ledger and compared with what the board shows.

The recomputation is the same fold over the same batches, but with nothing of Redis in it: ids,
orders and keys are remembered in this process.
"""

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

import msgspec
import redis

from dashboard.core.identity import order_digest
from dashboard.core.keys import Known
from dashboard.core.orders import Order, remembered
from dashboard.core.turnover import Tally, breakdowns
from dashboard.store import ledger, tallies, turns
from dashboard.store.generation import Generation
from dashboard.tally.advance import EVENTS_A_COMMIT
from dashboard.tally.count import Recalled, count

# Workers wait this long at most for a comparison that was killed in the middle.
_HOLD_MS = 20_000
_TRIES = 20
# How long the board may take to count what was accepted before the comparison began.
_CATCH_UP_S, _LOOK_S = 10.0, 0.05


class Model:
    """Everything the tally remembers, in memory; the fake beside `Generation`."""

    def __init__(self) -> None:
        self.tally = Tally(keys={name: set() for name in breakdowns()})
        self.seen: dict[bytes, bytes] = {}
        self.conflicts = 0

    def recall(
        self, digests: Collection[bytes], values: dict[str, set[str]], order_ids: Collection[str]
    ) -> Recalled:
        """Return what is remembered of these events, breakdown values and orders."""
        tally = self.tally
        keys = {n: tally.keys[n] for n in values}
        known = {n: Known(n, len(keys[n]), frozenset(keys[n] & values[n])) for n in values}
        orders = {one: tally.orders[one] for one in order_ids if one in tally.orders}
        seen = [self.seen.get(one) for one in digests]
        return Recalled(tally.position, tally.watermark_ms, seen, known, orders)

    def add(self, batches: list[ledger.StoredBatch]) -> None:
        """Count `batches`, which follow the position."""
        counted = count(batches, self)
        self.seen.update(counted.fresh)
        for name, known in counted.known.items():
            self.tally.keys[name].update(known.fresh)
        self.conflicts += len(counted.conflicts)
        self.tally.add(counted.delta, counted.position)


class Report(msgspec.Struct):
    """What was compared, and each figure that differs, as a line for a person."""

    position: int
    events: int
    conflicts: int
    gross: int
    differences: list[str]


def reconcile(
    client: redis.Redis, campaign_id: int, progress: Callable[[int], object] = lambda _: None
) -> Report:
    """Compare a campaign's figures with its ledger; workers wait while they are read, a moment.

    `progress` is told how many events were recomputed. Raises `redis.RedisError` and
    `ledger.CorruptBatch`.
    """
    model = Model()
    head = ledger.head(campaign_id)
    _wait_for(client, campaign_id, head)
    for _ in range(_TRIES):
        _recompute(model, campaign_id, tallies.position(client, campaign_id), progress)
        with turns.turn(client, campaign_id, _HOLD_MS):
            name = tallies.live_name(client, campaign_id)
            generation = Generation(client, campaign_id, name, live=True)
            _recompute(model, campaign_id, generation.position(), progress)
            shown, events = generation.tally()
            differences = list(_differences(model, shown, events, generation))
            if generation.position() == model.tally.position and name == tallies.live_name(
                client, campaign_id
            ):
                break
    if model.tally.position < head:
        differences.append(f"position: ledger {head}, board {model.tally.position}")
    gross = sum(row.get("gross", 0) for row in model.tally.minutes.values())
    return Report(model.tally.position, len(model.seen), model.conflicts, gross, differences)


def _wait_for(client: redis.Redis, campaign_id: int, head: int) -> None:
    """Give the workers a while to count what the ledger holds already."""
    until = time.monotonic() + _CATCH_UP_S
    while tallies.position(client, campaign_id) < head and time.monotonic() < until:
        time.sleep(_LOOK_S)


def _recompute(
    model: Model, campaign_id: int, until: int, progress: Callable[[int], object]
) -> None:
    """Bring `model` up to ledger position `until`."""
    run: list[ledger.StoredBatch] = []
    size = 0
    for batch in ledger.stream_after(campaign_id, model.tally.position, until):
        run.append(batch)
        size += batch.count
        if size >= EVENTS_A_COMMIT:
            model.add(run)
            progress(size)
            run, size = [], 0
    if run:
        model.add(run)
        progress(size)


def _differences(model: Model, shown: Tally, events: int, generation: Generation) -> Iterator[str]:
    """Yield a line for each figure of `shown` that is not as the ledger has it."""
    true = model.tally
    if shown.position != true.position:
        yield f"position: ledger {true.position}, board {shown.position}"
    if shown.watermark_ms != true.watermark_ms:
        yield f"latest event: ledger {true.watermark_ms}, board {shown.watermark_ms}"
    if events != len(model.seen):
        yield f"events seen: ledger {len(model.seen)}, board {events}"
    for minute in sorted(true.minutes.keys() | shown.minutes.keys()):
        yield from _compare(
            f"minute {minute}", true.minutes.get(minute, {}), shown.minutes.get(minute, {})
        )
    first = tallies.seconds_from(generation.client, generation.campaign_id) * 60
    yield from _compare(
        "second",
        {s: tuple(row) for s, row in true.seconds.items() if s >= first and any(row)},
        {s: tuple(row) for s, row in shown.seconds.items() if s >= first and any(row)},
    )
    yield from _compare("open orders of second", true.pending, shown.pending)
    orders = {order_digest(one).hex(): order for one, order in true.orders.items()}
    yield from _compare(
        "order",
        _remembered(orders, true.watermark_ms),
        _remembered(shown.orders, true.watermark_ms),
    )
    for name in true.keys:
        yield from _compare(
            f"keys of {name}",
            dict.fromkeys(true.keys[name], 1),
            dict.fromkeys(shown.keys.get(name, ()), 1),
        )
    for hour, expected, found in generation.buyer_estimates(true.buyers):
        if expected != found:
            yield f"buyers of hour {hour}: ledger about {expected}, board about {found}"


def _compare(what: str, true: Mapping[Any, Any], shown: Mapping[Any, Any]) -> Iterator[str]:
    for name in sorted(true.keys() | shown.keys()):
        ledger_has, board_has = true.get(name) or 0, shown.get(name) or 0
        if ledger_has != board_has:
            yield f"{what} {name}: ledger {ledger_has}, board {board_has}"


def _remembered(orders: dict[str, Order], watermark_ms: int) -> dict[str, Order]:
    return {one: order for one, order in orders.items() if remembered(order, watermark_ms)}
