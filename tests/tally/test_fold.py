from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dashboard.core.dimensions import BY_NAME
from dashboard.core.events import Entry, encode_entries
from dashboard.core.keys import Known
from dashboard.core.rows import COUNTER, fields
from dashboard.store.ledger import StoredBatch
from dashboard.tally.columns import Columns
from dashboard.tally.fold import Rows, fold
from dashboard.tally.reading import KINDS
from tests.worlds import MIDNIGHT_MS, payment

Model = dict[tuple[int, str], int]


def folded(entries: list[Entry], known: dict[str, Known]) -> Rows:
    columns = Columns([StoredBatch(1, 7, 0, len(entries), encode_entries(entries))])
    return fold(columns, np.arange(len(entries)), known)


def unknown() -> dict[str, Known]:
    return {name: Known(name) for name in (*BY_NAME, COUNTER)}


def flat(rows: Rows) -> Model:
    """Return every figure of the minutes by minute and name."""
    return {
        (int(key[2:]), name): figure
        for key, hash_ in rows.items()
        if key[0] in "md"
        for row, figures in hash_.items()
        for name, figure in fields(row, figures)
        if figure
    }


def modelled(entries: list[Entry]) -> Model:
    """Return the same, an event at a time."""
    sums: Model = defaultdict(int)
    told = {"payment.succeeded": ("gross", "payments"), "payment.refunded": ("refunds", "")}
    told |= {"topup.succeeded": ("topups", "topup_count"), "counter": ("", "")}
    told |= {"payment.failed": ("", "failed"), "order.submitted": ("", "submitted")}
    for entry in entries:
        money, times = told[entry.type]
        by = {"": ""} | {name: getattr(entry, name) or "unknown" for name in BY_NAME}
        if entry.type == "counter":
            sums[entry.at // 60_000, f"counter:{entry.name}"] += entry.value
        for name, key in by.items():
            outcome = times in {"failed", "submitted"}
            if name and (
                entry.type == "topup.succeeded" or (outcome and not BY_NAME[name].outcomes)
            ):
                continue
            for measure, figure in ((money, entry.amount), (times, entry.count)):
                field = f"{name}:{measure}:{key}" if name else measure
                sums[entry.at // 60_000, field] += figure if measure else 0
    return {place: figure for place, figure in sums.items() if figure}


entries = st.lists(
    st.builds(
        Entry,
        id=st.just("x"),
        type=st.sampled_from(sorted(KINDS)),
        at=st.integers(MIDNIGHT_MS, MIDNIGHT_MS + 300_000) | st.integers(0, 2 * MIDNIGHT_MS),
        amount=st.integers(0, 10**11) | st.integers(0, 2**63 - 1),
        count=st.integers(1, 9),
        platform=st.sampled_from(["", "tmall", "taobao"]),
        merchant=st.sampled_from(["", "a:b", "other"]),
        name=st.sampled_from(["visits", "parcels"]),
        value=st.integers(-(2**62), 2**62),
    ),
    max_size=30,
)


@given(entries)
def test_columns_add_up_to_what_events_one_by_one_do(run: list[Entry]) -> None:
    assert flat(folded(run, unknown())) == modelled(run)


def test_the_first_keys_in_the_ledgers_order_are_counted_apiece() -> None:
    known = unknown() | {"platform": Known("platform", 998, {"old": None})}
    run = [payment(str(i), 1, platform=p) for i, p in enumerate(["old", "b", "a", "c", "b", ""])]
    rows = folded(run, known)[f"m:{MIDNIGHT_MS // 60_000}"]
    assert known["platform"].fresh == ["b", "a"]
    told = {row: figures[0] for row, figures in rows.items() if row.startswith("platform:")}
    expected = {"old": 1, "b": 2, "a": 1, "other": 1, "unknown": 1}
    assert told == {f"platform:{key}": gross for key, gross in expected.items()}


def test_seconds_hold_gross_refunds_and_payments() -> None:
    rows = folded([payment("a", 5, 61_000), payment("b", 7, 61_999, count=3)], unknown())
    assert rows[f"s:{MIDNIGHT_MS // 60_000 + 1}"] == {"1": [12, 0, 4]}
