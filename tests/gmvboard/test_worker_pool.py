from celery.concurrency import get_implementation

from gmvboard.celery import app
from gmvboard.worker_pool import TaskPool


def test_workers_look_twice_a_second_for_processes_that_died_f4() -> None:
    assert get_implementation(app.conf.worker_pool) is TaskPool
    pool = object.__new__(TaskPool.Pool)
    assert pool.timers == {pool.maintain_pool: 0.5}
