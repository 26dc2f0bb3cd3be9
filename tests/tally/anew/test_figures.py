import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.core.events import MONEY_TYPES, Entry, EventType, encode_entries
from dashboard.core.turnover import Tally
from dashboard.tally.anew.books import Books
from tests.worlds import packed

FEW = settings(deadline=None, max_examples=30)
T0 = 1_352_563_200_000


def folded(*runs: list[Entry]) -> Tally:
    """Return the figures of runs of events, each of which is another."""
    books, first = Books(1), 0
    for seq, run in enumerate(runs, 1):
        told = [msgspec.structs.replace(one, id=str(n)) for n, one in enumerate(run, first)]
        books.take([packed(seq, encode_entries(told), len(told))] if told else [])
        first += len(told)
    books.position = 0
    return books.tally()


def of_order(kind: str, at: int, order: str = "o", count: int = 2) -> Entry:
    return Entry(id=f"{kind}{at}", type=kind, at=T0 + at, amount=10, order_id=order, count=count)  # type: ignore[arg-type]


SUBMITTED: EventType = "order.submitted"
PAID: EventType = "payment.succeeded"
FAILED: EventType = "payment.failed"


@FEW
@given(st.permutations([(SUBMITTED, 0), (PAID, 4_000)]))
def test_a_submission_and_its_payment_settle_alike_in_any_order(
    told: list[tuple[EventType, int]],
) -> None:
    tally = folded([of_order(kind, at) for kind, at in told])
    row = tally.minutes[T0 // 60_000]
    assert not any(tally.pending.values())
    assert row["platform:paid_ms:unknown"] == 2 * 4_000
    assert row["platform:paid_n:unknown"] == 2


def test_a_failed_order_is_not_open_and_may_still_be_paid() -> None:
    tally = folded([of_order(SUBMITTED, 0), of_order(FAILED, 1_000), of_order(PAID, 3_000)])
    assert not any(tally.pending.values())
    assert tally.minutes[T0 // 60_000]["channel:paid_ms:unknown"] == 2 * 3_000


@FEW
@given(st.permutations([(SUBMITTED, 0), (FAILED, 1_000), (SUBMITTED, 2_000)]))
def test_an_order_that_failed_and_was_submitted_again_is_open_in_any_order(
    told: list[tuple[EventType, int]],
) -> None:
    tally = folded([of_order(kind, at) for kind, at in told])
    assert {second: n for second, n in tally.pending.items() if n} == {T0 // 1000 + 2: 2}


def test_failures_count_by_platform_and_channel_only() -> None:
    entry = Entry(id="f", type=FAILED, at=T0, count=3, platform="tmall", region="zhejiang")
    row = folded([entry]).minutes[T0 // 60_000]
    assert row == {"failed": 3, "platform:failed:tmall": 3, "channel:failed:unknown": 3}


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


@FEW
@given(entries, st.integers(0, 40))
def test_folding_in_two_runs_gives_what_one_run_gives(run: list[Entry], cut: int) -> None:
    assert folded(run[:cut], run[cut:]) == folded(run)


@FEW
@given(entries)
def test_breakdowns_sum_to_the_whole(run: list[Entry]) -> None:
    for row in folded(run).minutes.values():
        for measure in ("gross", "refunds", "payments"):
            parts = [v for f, v in row.items() if f.startswith(f"platform:{measure}:")]
            assert sum(parts) == row.get(measure, 0)


@FEW
@given(entries.flatmap(lambda run: st.tuples(st.just(run), st.permutations(run))))
def test_turnover_does_not_depend_on_the_order_f23(runs: tuple[list[Entry], list[Entry]]) -> None:
    one, other = (folded(run) for run in runs)
    assert one.seconds == other.seconds
    for minute, row in one.minutes.items():
        money = {f: v for f, v in row.items() if "paid_" not in f}
        assert money == {f: v for f, v in other.minutes[minute].items() if "paid_" not in f}


def test_a_batch_of_which_nothing_is_left_adds_nothing() -> None:
    books = Books(1)
    line = encode_entries([Entry(id="a", type="counter", at=T0)])
    books.take([packed(1, line, 1, left_out=frozenset({0}))])
    assert (books.position, books.events, books.tally().minutes) == (1, 0, {})
