"""A worker beside the model's machine, and what befalls it at a failpoint."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import redis

from dashboard.tally import memory
from dashboard.tally.settle import settle
from gmvboard import failpoints


@contextmanager
def at(place: str, act: Callable[[], None]) -> Iterator[None]:
    """Have `act` called, once, where a worker next comes to a failpoint."""

    def hit(name: str, detail: str = "") -> None:
        if name == place:
            failpoints.hit = off
            act()

    off, failpoints.hit = failpoints.hit, hit
    try:
        yield
    finally:
        failpoints.hit = off


class Worker:
    """A worker process: what it remembers of a campaign is its own, and dies with it."""

    def __init__(self, client: redis.Redis, campaign_id: int) -> None:
        self._client, self._campaign_id = client, campaign_id
        self._memories: OrderedDict[int, tuple[str, memory.Memory]] = OrderedDict()

    def settle(self) -> str:
        """Do what a bell asks a worker to do."""
        others, memory._memories = memory._memories, self._memories
        try:
            return settle(self._client, self._campaign_id)
        finally:
            memory._memories = others

    def die(self) -> None:
        """Be killed, and started again."""
        self._memories.clear()
