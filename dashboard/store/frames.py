"""The newest frame of a campaign in Redis, and the snapshot that it brings up to date.

Keys: `gmv:{<id>}:frame`, `gmv:{<id>}:snapshot`; both JSON, as the public contract has them.
"""

from typing import cast

import redis

from dashboard.store.tallies import key


def frame_key(campaign_id: int) -> str:
    """Return the key of the newest frame."""
    return key(campaign_id, "frame")


def snapshot_key(campaign_id: int) -> str:
    """Return the key of the base snapshot: at most some seconds older than the frame."""
    return key(campaign_id, "snapshot")


def put(client: redis.Redis, campaign_id: int, frame: bytes, base: bytes | None) -> None:
    """Make `frame` the newest, and `base` the snapshot where one is given: both or neither."""
    keys = {frame_key(campaign_id): frame}
    if base is not None:
        keys[snapshot_key(campaign_id)] = base
    client.mset(keys)


def get(client: redis.Redis, campaign_id: int) -> tuple[bytes | None, bytes | None]:
    """Return the newest frame and its base, as of one moment; None where there is none."""
    found = client.mget(frame_key(campaign_id), snapshot_key(campaign_id))
    frame, base = cast("list[bytes | None]", found)
    return frame, base


def newest(client: redis.Redis, campaign_id: int) -> bytes | None:
    """Return the newest frame."""
    return cast("bytes | None", client.get(frame_key(campaign_id)))
