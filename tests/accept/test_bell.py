import threading

from dashboard.accept.bell import Bell


def test_what_is_asked_while_it_rings_is_rung_once_more() -> None:
    rung: list[int] = []
    ringing, go_on = threading.Semaphore(0), threading.Event()

    def ring(campaign_id: int) -> None:
        rung.append(campaign_id)
        ringing.release()
        assert go_on.wait(10)

    bell = Bell(ring, gap_s=0)
    bell.ask({1})
    assert ringing.acquire(timeout=60)
    for _ in range(100):
        bell.ask({1})
        bell.ask({2})
    go_on.set()
    bell.close()
    assert rung == [1, 1, 2]


def test_closing_waits_for_what_was_asked() -> None:
    rung: list[int] = []
    bell = Bell(rung.append, gap_s=60)
    bell.ask({3})
    bell.close()
    assert rung == [3]


def test_a_bell_that_was_never_asked_closes() -> None:
    rung: list[int] = []
    Bell(rung.append).close()
    assert rung == []
