"""Celery's pool of processes, which sees soon that one of them died.

A process that dies closes its end of a pipe a moment before it can be waited for: its parent, woken
by the pipe, finds it alive and looks again at the next turn of a timer, which is 5 s in Celery.
"""

from collections.abc import Callable

from celery.concurrency import prefork
from celery.concurrency.asynpool import AsynPool

_LOOK_S = 0.5


class _Pool(AsynPool):
    @property
    def timers(self) -> dict[Callable[[], None], float]:
        """What the worker's event loop calls, and how often: the dead are replaced."""
        return {self.maintain_pool: _LOOK_S}


class TaskPool(prefork.TaskPool):
    """What `worker_pool` names; see `gmvboard/settings.py`."""

    Pool = _Pool
