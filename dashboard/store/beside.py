"""Breakdowns that no frame shows, read by who asks for them, some minutes at a time."""

import msgspec
import redis

from dashboard.core.rows import unpack
from dashboard.store import tallies

# A minute may name thousands of merchants: some milliseconds of Redis a look.
_MINUTES_A_LOOK = 10


class Beside(msgspec.Struct, frozen=True):
    """Gross of rows such as `merchant:apple` in the minutes that changed; absolute figures.

    They are those of the tallies at `position`, or a little later. `whole`: nothing is left out.
    """

    generation: str
    position: int
    whole: bool
    minutes: dict[int, dict[str, int]]


def changes(client: redis.Redis, campaign_id: int, generation: str, position: int) -> Beside:
    """Return what changed after `position` in `generation`, or the beginning of it.

    From nought where `generation` is not the live one: then the one returned is another, and what
    was read before is void. Raises `redis.RedisError`.
    """
    name, head, _, cursor, minutes, found, _ = tallies.run(
        client,
        "changes",
        tallies.key(campaign_id, ""),
        generation,
        position,
        _MINUTES_A_LOOK,
        "d",
    )
    told = {int(number): _gross(flat) for number, flat in zip(minutes, found, strict=True)}
    return Beside(name.decode(), cursor, cursor == head, told)


def _gross(flat: list[bytes]) -> dict[str, int]:
    pairs = zip(flat[::2], flat[1::2], strict=True)
    return {row.decode(): (unpack(figures) or [0])[0] for row, figures in pairs}
