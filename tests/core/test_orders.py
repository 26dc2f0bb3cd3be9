from dashboard.core.orders import REMEMBER_CLOSED_MS, Order, failed, paid, remembered, submitted

T0 = 1_352_563_200_000


def test_a_failure_never_undoes_a_payment() -> None:
    assert failed(Order("paid", 1, 0, T0), T0 + 1, 1).order.state == "paid"


def test_an_order_submitted_again_after_it_failed_is_open_again() -> None:
    step = submitted(Order("failed", 1, T0, T0 + 1_000), T0 + 5_000, 3)
    assert step.order == Order("open", 3, T0 + 5_000)
    assert step.opened == ((T0 + 5_000) // 1000, 3)


def test_an_open_order_submitted_anew_is_open_since_the_latest_submission() -> None:
    step = submitted(Order("open", 1, T0), T0 + 5_000, 9)
    assert step.order == Order("open", 9, T0 + 5_000)
    assert (step.closed, step.opened) == ((T0 // 1000, 1), (T0 // 1000 + 5, 9))


def test_an_order_paid_twice_keeps_its_first_payment() -> None:
    order = Order("paid", 1, T0, T0 + 5)
    assert paid(order, T0 + 9, 1, "", "").order is order


def test_a_closed_order_is_forgotten_after_its_time_and_an_open_one_never() -> None:
    closed, still_open = Order("paid", 1, T0, T0), Order("open", 1, T0)
    assert remembered(closed, T0 + REMEMBER_CLOSED_MS) is closed
    assert remembered(closed, T0 + REMEMBER_CLOSED_MS + 1) is None
    assert remembered(still_open, T0 * 2) is still_open
