from hypothesis import given
from hypothesis import strategies as st

from dashboard.core.events import MONEY_TYPES, Entry, EventType
from dashboard.core.keys import Known
from dashboard.core.orders import REMEMBER_CLOSED_MS, Order, failed, paid, remembered, submitted
from dashboard.core.turnover import Delta, Tally, breakdowns, fold

T0 = 1_352_563_200_000


def folded(*entries: Entry) -> Delta:
    return fold(entries, breakdowns(), {}, 0)


def of_order(kind: str, at: int, order: str = "o", count: int = 2) -> Entry:
    return Entry(id=f"{kind}{at}", type=kind, at=T0 + at, amount=10, order_id=order, count=count)  # type: ignore[arg-type]


SUBMITTED: EventType = "order.submitted"
PAID: EventType = "payment.succeeded"
FAILED: EventType = "payment.failed"


@given(st.permutations([(SUBMITTED, 0), (PAID, 4_000)]))
def test_a_submission_and_its_payment_settle_alike_in_any_order(
    told: list[tuple[EventType, int]],
) -> None:
    delta = folded(*(of_order(kind, at) for kind, at in told))
    row = delta.minutes[T0 // 60_000]
    assert not any(delta.pending.values())
    assert row["platform:paid_ms:unknown"] == 2 * 4_000
    assert row["platform:paid_n:unknown"] == 2


def test_a_failed_order_is_not_open_and_may_still_be_paid() -> None:
    delta = folded(of_order(SUBMITTED, 0), of_order(FAILED, 1_000), of_order(PAID, 3_000))
    assert not any(delta.pending.values())
    assert delta.orders["o"].state == "paid"
    assert delta.minutes[T0 // 60_000]["channel:paid_ms:unknown"] == 2 * 3_000


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


@given(st.permutations([(SUBMITTED, 0), (FAILED, 1_000), (SUBMITTED, 2_000)]))
def test_an_order_that_failed_and_was_submitted_again_is_open_in_any_order(
    told: list[tuple[EventType, int]],
) -> None:
    delta = folded(*(of_order(kind, at) for kind, at in told))
    assert {second: n for second, n in delta.pending.items() if n} == {T0 // 1000 + 2: 2}


def test_an_order_paid_twice_keeps_its_first_payment() -> None:
    order = Order("paid", 1, T0, T0 + 5)
    assert paid(order, T0 + 9, 1, "", "").order is order


def test_a_closed_order_is_forgotten_after_its_time_and_an_open_one_never() -> None:
    closed, still_open = Order("paid", 1, T0, T0), Order("open", 1, T0)
    assert remembered(closed, T0 + REMEMBER_CLOSED_MS) is closed
    assert remembered(closed, T0 + REMEMBER_CLOSED_MS + 1) is None
    assert remembered(still_open, T0 * 2) is still_open


def test_failures_count_by_platform_and_channel_only() -> None:
    entry = Entry(id="f", type=FAILED, at=T0, count=3, platform="tmall", region="zhejiang")
    row = folded(entry).minutes[T0 // 60_000]
    assert row == {"failed": 3, "platform:failed:tmall": 3, "channel:failed:unknown": 3}


def test_events_without_a_value_count_as_unknown_and_reserved_names_as_themselves() -> None:
    known = Known("platform")
    assert known.fields("").gross == "platform:gross:unknown"
    assert known.fields("other").gross == "platform:gross:other"
    assert known.fresh == []


entries = st.lists(
    st.builds(
        Entry,
        id=st.just("x"),
        type=st.sampled_from([*sorted(MONEY_TYPES), SUBMITTED, FAILED, "counter"]),
        at=st.integers(T0, T0 + 600_000),
        amount=st.integers(0, 10**9),
        count=st.integers(1, 9),
        order_id=st.sampled_from(["", "a", "b", "c"]),
        platform=st.sampled_from(["", "tmall", "taobao"]),
    ),
    max_size=40,
)


@given(entries, st.integers(0, 40))
def test_folding_in_two_runs_gives_what_one_run_gives(run: list[Entry], cut: int) -> None:
    whole, halves, known = Tally(), Tally(), breakdowns()
    whole.add(fold(run, breakdowns(), {}, 0), 1)
    for part in (run[:cut], run[cut:]):
        halves.add(fold(part, known, dict(halves.orders), halves.watermark_ms), 1)
    assert halves == whole


@given(entries)
def test_breakdowns_sum_to_the_whole(run: list[Entry]) -> None:
    for row in folded(*run).minutes.values():
        for measure in ("gross", "refunds", "payments"):
            parts = [v for f, v in row.items() if f.startswith(f"platform:{measure}:")]
            assert sum(parts) == row.get(measure, 0)


@given(entries.flatmap(lambda run: st.tuples(st.just(run), st.permutations(run))))
def test_turnover_does_not_depend_on_the_order_f23(runs: tuple[list[Entry], list[Entry]]) -> None:
    one, other = (folded(*run) for run in runs)
    assert one.seconds == other.seconds
    for minute, row in one.minutes.items():
        money = {f: v for f, v in row.items() if "paid_" not in f}
        assert money == {f: v for f, v in other.minutes[minute].items() if "paid_" not in f}
