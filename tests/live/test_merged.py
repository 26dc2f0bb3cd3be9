import threading

import pytest

from dashboard.live.merged import Merged


def test_what_is_asked_while_it_is_done_is_done_once_more() -> None:
    done: list[str] = []
    doing, go_on = threading.Semaphore(0), threading.Event()

    def deed() -> None:
        done.append(threading.current_thread().name)
        doing.release()
        assert go_on.wait(10)

    merged = Merged(deed, gap_s=0)
    merged.ask()
    assert doing.acquire(timeout=60)
    for _ in range(1000):
        merged.ask()
    go_on.set()
    merged.finish()
    assert done == ["merged", "merged"]


def test_it_is_done_anew_after_it_was_finished() -> None:
    done: list[int] = []
    merged = Merged(lambda: done.append(1), gap_s=0)
    merged.finish()
    for number in (1, 2):
        merged.ask()
        merged.finish()
        assert len(done) == number


def test_a_deed_that_fails_is_logged_and_the_next_is_done(caplog: pytest.LogCaptureFixture) -> None:
    merged = Merged(lambda: [][0], gap_s=0)
    for number in (1, 2):
        merged.ask()
        merged.finish()
        assert caplog.messages == ["not done, unforeseen"] * number


def test_the_interpreter_waits_for_it() -> None:
    seen: list[bool] = []
    merged = Merged(lambda: seen.append(threading.current_thread().daemon), gap_s=0)
    merged.ask()
    merged.finish()
    assert seen == [False]
