"""A generation of figures: the live one, or a shadow that a rebuild fills beside it.

Laid out at the top of `lua/commit.lua`. Methods raise `redis.RedisError`.
"""

import secrets
from collections.abc import Collection, Iterator
from itertools import zip_longest
from typing import Any, Literal, cast

import msgpack
import msgspec
import redis

from dashboard.core.orders import Order
from dashboard.core.rows import pack, unpack
from dashboard.core.turnover import Tally
from dashboard.store.change import MINUTE_BYTES, Change, closed_by_minute, packed_order
from dashboard.store.tallies import changes, key, live_name, run

_order_decoder = msgspec.msgpack.Decoder(Order)

Outcome = Literal["ok", "moved", "dirty"]
TOKEN_BYTES = 8
ID_BYTES = 20
# Ids read at one look: 10 MB.
_IDS_A_PAGE = 500_000


class Head(msgspec.Struct, frozen=True):
    """Where a generation stands.

    `token` names its newest commit, of `blobs`, and with it everything that it holds: who knows the
    token knows that nothing else was written since. `events` is how many were counted;
    `seconds_from` the first minute whose seconds are kept.
    """

    position: int = 0
    token: bytes = b""
    blobs: int = 0
    events: int = 0
    watermark_ms: int = 0
    seconds_from: int = 0


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

    def head(self) -> Head:
        """Return where this generation stands."""
        return _head(self.client.hmget(self.prefix + "head", _HEAD))

    def blobs(self, first: int, head: Head) -> Iterator[list[bytes]]:
        """Yield the blobs of ids from number `first` up to `head`, in pages.

        Each is the token of its commit, then 20 bytes an event.
        """
        page = max(1, _IDS_A_PAGE * head.blobs // max(1, head.events))
        for start in range(first, head.blobs, page):
            end = min(start + page, head.blobs) - 1
            yield cast("list[bytes]", self.client.lrange(self.prefix + "ids", start, end))

    def keys(self, held: dict[str, int]) -> tuple[Head, dict[str, list[str]]]:
        """Return the head, and the keys of each breakdown after the first `held`, at one look."""
        pipe = self.client.pipeline(transaction=True)
        pipe.hmget(self.prefix + "head", _HEAD)
        for name, size in held.items():
            pipe.lrange(f"{self.prefix}keys:{name}", size, -1)
        head, *found = pipe.execute()
        return _head(head), {
            name: [key.decode() for key in keys] for name, keys in zip(held, found, strict=True)
        }

    def orders(self, digests: Collection[bytes]) -> dict[bytes, Order]:
        """Return the states of those of the orders that are remembered."""
        if not digests:
            return {}
        found = cast("list[bytes]", self.client.hmget(self.prefix + "orders", list(digests)))
        return {
            digest: _order_decoder.decode(packed[MINUTE_BYTES:])
            for digest, packed in zip(digests, found, strict=True)
            if packed
        }

    def commit(self, head: Head, change: Change, token: bytes) -> Outcome:
        """Add `change` to what is held at `head`: all of it or nothing. `token` will name it."""
        packed = msgpack.packb(self.packed(head, change), use_bin_type=False)
        where = (self.prefix, key(self.campaign_id, "live"), self.name)
        mode = "live" if self.live else "shadow"
        expected = (head.position, head.token)
        new = (change.position, token, change.watermark_ms, change.events, change.ids)
        return cast(
            "Outcome", run(self.client, "commit", *where, mode, *expected, *new, packed).decode()
        )

    def packed(self, head: Head, change: Change) -> dict[str, Any]:
        """Return a change as the commit script reads it, its rows added to those held.

        In the old format without a type for bytes: Lua's reader knows no other.
        """
        kept = {
            key: fields
            for key, fields in change.rows.items()
            if key[:2] != "s:" or int(key[2:]) >= head.seconds_from
        }
        sums = self._added_up(kept)
        pending = sums.get("pending", {})
        settled = [second for second, open_ in pending.items() if not open_]
        for second in settled:
            del pending[second]
        minutes = {key[2:] for key in change.rows if key[:2] in {"m:", "d:"}}
        orders = change.orders.items()
        return {
            "rows": {
                key: [x for pair in fields.items() for x in pair] for key, fields in sums.items()
            },
            "settled": settled,
            "touched": [x for minute in minutes for x in (str(change.position), minute)],
            "orders": [x for one, order in orders for x in (one, packed_order(order))],
            "closed": closed_by_minute(change.orders),
            "keys": {name: keys for name, keys in change.keys.items() if keys},
            "buyers": {str(hour): list(buyers) for hour, buyers in change.buyers.items()},
        }

    def _added_up(self, rows: dict[str, dict[str, list[int]]]) -> dict[str, dict[str, str]]:
        """Return `rows` as text, each added to the one that is held."""
        pipe = self.client.pipeline(transaction=False)
        for name, fields in rows.items():
            pipe.hmget(self.prefix + name, list(fields))
        return {
            name: {
                field: pack(_sum(figures, before))
                for (field, figures), before in zip(fields.items(), held, strict=True)
            }
            for (name, fields), held in zip(rows.items(), pipe.execute(), strict=True)
        }

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
        """Delete every key of this generation, in the background; the live one stays as it is."""
        pointer = key(self.campaign_id, "live")
        if not run(self.client, "retire", pointer, self.name, self.prefix + "head"):
            return
        for found in self.client.scan_iter(match=_glob(self.prefix) + "*", count=1000):
            self.client.unlink(found)

    def tally(self) -> tuple[Tally, int]:
        """Return everything this generation holds, and how many events it has seen.

        Orders and buyers have methods of their own. Only consistent if nobody commits
        meanwhile: look at the head before and after.
        """
        looked = changes(self.client, self.campaign_id, self.name, 0, "mds")
        tally = Tally(position=looked.position, watermark_ms=looked.watermark_ms)
        tally.minutes.update(looked.minutes)
        tally.seconds.update({second: list(row) for second, row in looked.seconds.items()})
        tally.pending.update(looked.pending)
        for found in self.client.scan_iter(match=_glob(self.prefix) + "keys:*", count=1000):
            members = cast("list[bytes]", self.client.lrange(found, 0, -1))
            tally.keys[found.decode().rpartition(":")[2]] = {one.decode() for one in members}
        pages = self.blobs(0, self.head())
        bytes_ = sum(len(blob) - TOKEN_BYTES for page in pages for blob in page)
        return tally, bytes_ // ID_BYTES

    def packed_orders(self) -> dict[bytes, bytes]:
        """Return every order kept, by digest, as MessagePack."""
        orders = cast("dict[bytes, bytes]", self.client.hgetall(self.prefix + "orders"))
        return {digest: packed[MINUTE_BYTES:] for digest, packed in orders.items()}

    def buyers(self) -> dict[int, int]:
        """Return the estimate of buyers of each hour since 1970 UTC."""
        names = self.client.scan_iter(match=_glob(self.prefix) + "b:*", count=1000)
        return {int(name.rpartition(b":")[2]): self.client.pfcount(name) for name in names}


def drop_shadows(client: redis.Redis, campaign_id: int) -> None:
    """Delete the generations that are not live: what rebuilds that broke off have left."""
    for head in client.scan_iter(match=_glob(key(campaign_id, "")) + "*:head", count=1000):
        name = head.decode().split(":")[-2]
        if name != live_name(client, campaign_id):
            Generation(client, campaign_id, name, live=False).discard()


def _glob(prefix: str) -> str:
    return "".join(f"\\{char}" if char in "[]*?\\" else char for char in prefix)


_HEAD = ("position", "token", "blobs", "events", "watermark", "seconds_from")


def _sum(figures: list[int], before: bytes | None) -> list[int]:
    if not before:
        return figures
    return [one + other for one, other in zip_longest(figures, unpack(before), fillvalue=0)]


def _head(found: Any) -> Head:
    position, token, *figures = found
    return Head(int(position or 0), token or b"", *(int(figure or 0) for figure in figures))
