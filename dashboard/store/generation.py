"""A generation of figures: the live one, or a shadow that a rebuild fills beside it.

Laid out at the top of `lua/commit.lua`. Methods raise `redis.RedisError`.
"""

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Literal, cast

import msgpack
import msgspec
import redis

from dashboard.core.identity import order_digest
from dashboard.core.keys import Known
from dashboard.core.orders import Order
from dashboard.core.turnover import Delta, Tally
from dashboard.store.tallies import changes, key, live_name, run

_order_encoder, _order_decoder = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(Order)

Outcome = Literal["ok", "moved", "dirty"]


class Recalled(msgspec.Struct):
    """What a generation remembers of a run of events."""

    position: int
    watermark_ms: int
    seen: list[bytes | None]
    known: dict[str, Known]
    orders: dict[str, Order]


class Generation:
    """One generation of a campaign's figures; `live` or a shadow that a rebuild fills."""

    def __init__(self, client: redis.Redis, campaign_id: int, name: str, live: bool) -> None:
        self.client, self.campaign_id, self.name, self.live = client, campaign_id, name, live
        self.prefix = key(campaign_id, name, "")

    @classmethod
    def current(cls, client: redis.Redis, campaign_id: int) -> "Generation":
        """Return the live generation; an empty Redis gets a fresh one, counted from nought."""
        pointer = key(campaign_id, "live")
        client.set(pointer, secrets.token_hex(6), nx=True)
        name = cast("bytes", client.get(pointer)).decode()
        return cls(client, campaign_id, name, live=True)

    @classmethod
    def shadow(cls, client: redis.Redis, campaign_id: int) -> "Generation":
        """Return a fresh generation that nobody reads yet."""
        return cls(client, campaign_id, secrets.token_hex(6), live=False)

    def position(self) -> int:
        """Return the ledger position counted up to."""
        return int(cast("bytes | None", self.client.hget(self.prefix + "head", "position")) or 0)

    def recall(
        self,
        digests: Collection[bytes],
        values: dict[str, set[str]],
        order_ids: Collection[str],
    ) -> Recalled:
        """Return what is remembered of these events, breakdown values and orders, in one look."""
        pipe = self.client.pipeline(transaction=True)
        pipe.hmget(self.prefix + "head", ["position", "watermark"])
        pipe.hmget(self.prefix + "seen", digests) if digests else pipe.echo("")
        pipe.hmget(self.prefix + "orders", [order_digest(one) for one in order_ids] or [b""])
        asked = [(name, sorted(wanted)) for name, wanted in values.items()]
        for name, wanted in asked:
            pipe.scard(f"{self.prefix}keys:{name}")
            pipe.smismember(f"{self.prefix}keys:{name}", wanted or [""])
        head, seen, orders, *keys = pipe.execute()
        known = {
            name: Known(
                name, size, frozenset(v for v, held in zip(wanted, flags, strict=False) if held)
            )
            for (name, wanted), size, flags in zip(asked, keys[::2], keys[1::2], strict=True)
        }
        remembered = {
            one: _order_decoder.decode(packed)
            for one, packed in zip(order_ids, orders, strict=False)
            if packed
        }
        return Recalled(
            int(head[0] or 0), int(head[1] or 0), seen if digests else [], known, remembered
        )

    def commit(
        self,
        expected: int,
        position: int,
        delta: Delta,
        fresh: Iterable[tuple[bytes, bytes]],
        known: dict[str, Known],
    ) -> Outcome:
        """Add `delta` and go from position `expected` to `position`: all of it or nothing.

        `fresh` are the digests and body checks of the events it counts, `known` the breakdowns with
        the keys met for the first time.
        """
        mode = "live" if self.live else "shadow"
        pointer = key(self.campaign_id, "live")
        # The old format without a type for bytes: Lua's reader knows no other.
        packed = msgpack.packb(_packed(delta, fresh, known), use_bin_type=False)
        where = (self.prefix, pointer, self.name, mode, expected, position, delta.watermark_ms)
        return cast("Outcome", run(self.client, "commit", *where, packed).decode())

    def go_live(self, instead_of: str, position: int) -> bool:
        """Make this generation the live one once it has reached `position`; True if it was done."""
        prefix = key(self.campaign_id, "")
        return bool(run(self.client, "flip", prefix, instead_of, self.name, position))

    def give_up(self) -> None:
        """Have the figures counted anew, from nought, by whoever settles next."""
        pointer = key(self.campaign_id, "live")
        if run(self.client, "renew", pointer, self.name, secrets.token_hex(6)):
            self.discard()

    def discard(self) -> None:
        """Delete every key of this generation, in the background."""
        for found in self.client.scan_iter(match=_glob(self.prefix) + "*", count=1000):
            self.client.unlink(found)

    def tally(self) -> tuple[Tally, int]:
        """Return everything this generation holds, and how many events it has seen.

        Buyers are left out: they are estimates. Only consistent if nobody commits meanwhile: look
        at the position before and after.
        """
        looked = changes(self.client, self.campaign_id, self.name, 0)
        tally = Tally(position=looked.position, watermark_ms=looked.watermark_ms)
        tally.minutes.update(looked.minutes)
        tally.seconds.update({second: list(row) for second, row in looked.seconds.items()})
        tally.pending.update(looked.pending)
        orders = cast("dict[bytes, bytes]", self.client.hgetall(self.prefix + "orders"))
        tally.orders = {one.hex(): _order_decoder.decode(packed) for one, packed in orders.items()}
        for found in self.client.scan_iter(match=_glob(self.prefix) + "keys:*", count=1000):
            members = cast("set[bytes]", self.client.smembers(found))
            tally.keys[found.decode().rpartition(":")[2]] = {one.decode() for one in members}
        return tally, self.client.hlen(self.prefix + "seen")

    def buyer_estimates(self, buyers: dict[int, set[str]]) -> Iterator[tuple[int, int, int]]:
        """Yield each hour with the estimate that `buyers` give, and the one held here."""
        trial = f"{self.prefix}trial"
        held_hours = self.client.scan_iter(match=_glob(self.prefix) + "b:*", count=1000)
        hours = {int(found.rpartition(b":")[2]) for found in held_hours}
        for hour in sorted(hours | buyers.keys()):
            self.client.unlink(trial)
            self.client.pfadd(trial, *buyers.get(hour, ()))
            held = self.client.pfcount(f"{self.prefix}b:{hour}")
            yield hour, self.client.pfcount(trial), held
        self.client.unlink(trial)


def drop_shadows(client: redis.Redis, campaign_id: int) -> None:
    """Delete the generations that are not live: what rebuilds that broke off have left."""
    for head in client.scan_iter(match=_glob(key(campaign_id, "")) + "*:head", count=1000):
        name = head.decode().split(":")[-2]
        if name != live_name(client, campaign_id):
            Generation(client, campaign_id, name, live=False).discard()


def _glob(prefix: str) -> str:
    return "".join(f"\\{char}" if char in "[]*?\\" else char for char in prefix)


def _packed(
    delta: Delta, fresh: Iterable[tuple[bytes, bytes]], known: dict[str, Known]
) -> dict[str, Any]:
    """Return a delta as the commit script reads it: flat lists, figures as text.

    Lua's numbers are floats: text keeps every digit of a sum.
    """
    seconds: dict[str, list[str]] = defaultdict(list)
    for second, figures in delta.seconds.items():
        row = seconds[str(second // 60)]
        for letter, figure in zip("grp", figures, strict=True):
            if figure:
                row += (f"{letter}:{second % 60}", str(figure))
    orders = [(order_digest(one), order) for one, order in delta.orders.items()]
    return {
        "seen": [part for pair in fresh for part in pair],
        "minutes": {
            str(minute): [text for field, sum_ in row.items() for text in (field, str(sum_))]
            for minute, row in delta.minutes.items()
        },
        "seconds": seconds,
        "pending": [text for pair in delta.pending.items() if pair[1] for text in map(str, pair)],
        "orders": [x for one, order in orders for x in (one, _order_encoder.encode(order))],
        "open": [one for one, order in orders if not order.closed_ms],
        "closed": [x for one, order in orders if order.closed_ms for x in (order.closed_ms, one)],
        "keys": {name: one.fresh for name, one in known.items() if one.fresh},
        "buyers": {str(hour): list(buyers) for hour, buyers in delta.buyers.items()},
    }
