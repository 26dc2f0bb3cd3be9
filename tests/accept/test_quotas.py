from dashboard.accept.quotas import BURST_S, Quotas


def test_a_source_that_was_quiet_may_send_a_burst_and_then_its_rate() -> None:
    quotas = Quotas()
    quotas.spend(1, 100, int(100 * BURST_S), 0.0)
    assert quotas.wait(1, 100, 0.0) == 0
    quotas.spend(1, 100, 300, 0.0)
    assert quotas.wait(1, 100, 0.0) == 3.0
    assert quotas.wait(1, 100, 3.0) == 0
    assert quotas.tokens(1, 100, 1_000.0) == 100 * BURST_S


def test_sources_do_not_pay_for_one_another() -> None:
    quotas = Quotas()
    quotas.spend(1, 1, 1_000, 0.0)
    assert quotas.wait(1, 1, 0.0) > 0
    assert quotas.wait(2, 1, 0.0) == 0


def test_a_rate_that_is_raised_counts_at_once() -> None:
    quotas = Quotas()
    quotas.spend(1, 10, 1_100, 0.0)
    assert quotas.wait(1, 10, 0.0) == 100.0
    assert quotas.wait(1, 1_000, 0.0) == 1.0
