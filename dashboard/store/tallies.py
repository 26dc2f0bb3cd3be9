"""The tallies in Redis: derived from the ledger, rebuildable, read at each tick.

All keys of a campaign begin with `gmv:{<id>}:`; the braces are Redis' hash tag, so that one slot
of a cluster holds them together. `live` names the generation that counts; the figures lie below
`gmv:{<id>}:<generation>:`, laid out at the top of `lua/commit.lua`. A rebuild fills another
generation beside the live one and then flips `live`. Functions raise `redis.RedisError`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, cast

import msgspec
import redis

from dashboard.core import rows
from dashboard.core.clock import MINUTE_MS
from dashboard.core.turnover import HOUR_MS

# Minutes told by one look: some 100 kB of reply, a few milliseconds of Redis.
_MINUTES_A_LOOK = 200
_SCRIPTS = {path.stem: path.read_text() for path in Path(__file__).with_name("lua").glob("*.lua")}


class Figures(msgspec.Struct):
    """What changed, whole minutes at a time; absolute figures.

    `generation` is "" where nothing is counted yet. `minutes` and `seconds` are numbered since 1970
    UTC; `pending` (open orders by second of submission) is always whole.
    """

    generation: str = ""
    position: int = 0
    watermark_ms: int = 0
    minutes: dict[int, dict[str, int]] = msgspec.field(default_factory=dict)
    seconds: dict[int, tuple[int, int, int]] = msgspec.field(default_factory=dict)
    pending: dict[int, int] = msgspec.field(default_factory=dict)


def key(campaign_id: int, *parts: str) -> str:
    """Return the Redis key of a campaign's `parts`."""
    return ":".join((f"gmv:{{{campaign_id}}}", *parts))


def run(client: redis.Redis, script: str, *arguments: bytes | str | int) -> Any:
    """Run one of `lua/*.lua`, by its name, and return its reply."""
    return client.register_script(_SCRIPTS[script])(args=list(arguments))


def changes(
    client: redis.Redis,
    campaign_id: int,
    generation: str,
    position: int,
    hashes: Literal["ms", "mds"] = "ms",
) -> Figures:
    """Return the minutes touched after `position` in `generation`, as one consistent state.

    All of them for position 0, or where `generation` is not the live one: then the generation
    returned differs, and what was read before is void. `hashes`: "ms" is what frames tell, "mds"
    has merchants too.
    """
    gathered, after = Figures(), position
    while True:
        name, position, watermark, cursor, minutes, found, pending = run(
            client, "changes", key(campaign_id, ""), generation, after, _MINUTES_A_LOOK, hashes
        )
        live = name.decode()
        if live != generation:
            gathered, generation = Figures(), live
        gathered.generation, gathered.position, gathered.watermark_ms = live, position, watermark
        told = iter(found)
        for minute in map(int, minutes):
            hash_of = dict(zip(hashes, told, strict=False))
            shown, beside = hash_of["m"], hash_of.get("d", [])
            gathered.minutes[minute] = rows.flat(dict(_pairs(shown + beside)))
            gathered.seconds.update(_seconds(minute, hash_of["s"]))
        gathered.pending = {int(second): int(weight) for second, weight in _pairs(pending)}
        after = cursor
        if cursor == position:
            return gathered


def _seconds(minute: int, flat: list[bytes]) -> dict[int, tuple[int, int, int]]:
    found = {}
    for second, packed in _pairs(flat):
        gross, refunds, payments = (*rows.unpack(packed), 0, 0, 0)[:3]
        found[minute * 60 + int(second)] = (gross, refunds, payments)
    return found


def _pairs(flat: list[Any]) -> Iterator[tuple[Any, Any]]:
    return zip(flat[::2], flat[1::2], strict=True)


def live_name(client: redis.Redis, campaign_id: int) -> str:
    """Return the name of the live generation; "" where nothing is counted."""
    return (cast("bytes | None", client.get(key(campaign_id, "live"))) or b"").decode()


def position(client: redis.Redis, campaign_id: int) -> int:
    """Return the ledger position that the live figures stand on; 0 where there are none."""
    head = key(campaign_id, live_name(client, campaign_id), "head")
    return int(cast("bytes | None", client.hget(head, "position")) or 0)


def buyers(client: redis.Redis, campaign_id: int, start_ms: int, end_ms: int) -> int | None:
    """Return the estimate of distinct buyers in the hours that the window touches; None if none."""
    prefix = key(campaign_id, live_name(client, campaign_id), "")
    hours = range(start_ms // HOUR_MS, -(-end_ms // HOUR_MS))
    return client.pfcount(*(f"{prefix}b:{hour}" for hour in hours)) or None


def seconds_from(client: redis.Redis, campaign_id: int) -> int:
    """Return the number of the first minute whose seconds are kept."""
    head = key(campaign_id, live_name(client, campaign_id), "head")
    return int(cast("bytes | None", client.hget(head, "seconds_from")) or 0)


def forget_seconds(client: redis.Redis, campaign_id: int, before_ms: int) -> None:
    """Drop the per-second figures of minutes before `before_ms`; their minutes stay."""
    end, start = before_ms // MINUTE_MS, seconds_from(client, campaign_id)
    name = live_name(client, campaign_id)
    if end <= start or not name:
        return
    touched = cast("list[bytes]", client.zrange(key(campaign_id, name, "touched"), 0, -1))
    gone = [key(campaign_id, name, f"s:{int(m)}") for m in touched if start <= int(m) < end]
    client.hset(key(campaign_id, name, "head"), "seconds_from", str(end))
    if gone:
        client.unlink(*gone)
