"""The worker's launcher: `python -m dashboard.runtime.celery_worker`, with Celery's own options."""

import asyncio
import os
import signal
import sys
import threading
from types import FrameType
from typing import Any

from dashboard.runtime import at_start  # isort: skip  # nothing is to be imported before
from celery.signals import worker_init, worker_ready

from dashboard.runtime.succession import Succession
from gmvboard.celery import app


class Leaving:
    """Has a worker that is told to end (SIGTERM) take tasks until another one does."""

    def __init__(self, succession: Succession) -> None:
        self._succession = succession
        self._theirs: Any = None

    def begin(self, **_: Any) -> None:
        """Tell that tasks are taken; Celery says so again after each broken connection."""
        if self._theirs is None:
            self._theirs = signal.signal(signal.SIGTERM, self._told)
            self._succession.serves()

    def _told(self, number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGTERM, self._theirs)
        threading.Thread(target=self._wait).start()

    def _wait(self) -> None:
        asyncio.run(self._succession.followed())
        os.kill(os.getpid(), signal.SIGTERM)


def main(options: list[str]) -> None:
    """Take tasks until told to end."""
    leaving = Leaving(Succession.from_environment())
    worker_init.connect(lambda **_: at_start.done(), weak=False)  # before children are forked
    worker_ready.connect(leaving.begin)
    app.worker_main(["--quiet", "worker", *options])


if __name__ == "__main__":
    main(sys.argv[1:])
