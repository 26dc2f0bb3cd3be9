import asyncio
import threading
from concurrent.futures import Future

import pytest

from dashboard.accept.landing import Landing


async def test_results_of_a_thread_come_to_those_who_wait() -> None:
    landing = Landing(10)
    futures = [Future[int]() for _ in range(100)]
    waiting = [asyncio.ensure_future(landing.of(future)) for future in futures]
    await asyncio.sleep(0)

    def complete() -> None:
        for number, future in enumerate(futures):
            future.set_result(number)

    thread = threading.Thread(target=complete)
    thread.start()
    assert await asyncio.gather(*waiting) == list(range(100))
    thread.join()


async def test_what_is_there_already_is_returned_and_what_failed_raised() -> None:
    landing = Landing(10)
    done, failed = Future[int](), Future[int]()
    done.set_result(7)
    failed.set_exception(KeyError("no"))
    assert await landing.of(done) == 7
    with pytest.raises(KeyError):
        await landing.of(failed)


async def test_who_has_waited_too_long_is_sent_away_and_left_out() -> None:
    landing = Landing(0)
    future = Future[int]()
    with pytest.raises(TimeoutError):
        await landing.of(future)
    assert future.cancelled()


async def test_one_that_lands_late_is_nobody_s() -> None:
    landing = Landing(0)
    late = Future[int]()
    late.set_running_or_notify_cancel()
    with pytest.raises(TimeoutError):
        await landing.of(late)
    late.set_result(1)
    soon = Future[int]()
    soon.set_result(2)
    assert await landing.of(soon) == 2
