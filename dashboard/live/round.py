"""A round of telling: one frame to every watcher, in slices, so that the event loop stays awake."""

import asyncio
import logging

from dashboard.live.slot import Slot
from dashboard.live.stamped import Stamped

# A write is 15 to 30 µs: between two slices the loop looks after everything else each 1 to 2 ms.
SLICE = 64
log = logging.getLogger(__name__)


class Round:
    """One campaign's round. A frame that comes while one is under way is told from there on.

    So each watcher is told the newest, who has waited longest first, and nothing queues up.
    """

    def __init__(self) -> None:
        self._queue: list[Slot] = []
        self._done = 0
        self._frame: Stamped

    def begin(self, frame: Stamped, watchers: set[Slot]) -> None:
        """Tell `frame` to all watchers: a slice now, the others as soon as the loop comes by."""
        running = self._done < len(self._queue)
        waiting = self._queue[self._done :]
        self._queue = [*waiting, *watchers.difference(waiting)]
        self._done, self._frame = 0, frame
        if not running:
            self._tell_slice()

    def _tell_slice(self) -> None:
        for slot in self._queue[self._done : self._done + SLICE]:
            try:
                slot.offer(self._frame)
            except Exception as error:  # one that fails must not end the round for all others
                log.warning("frame not told campaign=%s error=%r", slot.campaign, error)
        self._done += SLICE
        if self._done < len(self._queue):
            asyncio.get_running_loop().call_soon(self._tell_slice)
        else:
            self._queue, self._done = [], 0
