import zlib

import numpy as np
import pytest

from dashboard.core.events import Entry, encode_entries
from dashboard.core.identity import event_digest
from dashboard.store.ledger import StoredBatch
from dashboard.tally.columns import Columns, chunks
from dashboard.tally.ids import Ids
from dashboard.tally.reading import KINDS, PAYMENT
from tests.worlds import MIDNIGHT_MS, event, payment


def batch(seq: int, *entries: Entry, source: int = 7) -> StoredBatch:
    return StoredBatch(seq, source, MIDNIGHT_MS, len(entries), encode_entries(list(entries)))


def test_columns_hold_each_event_in_the_ledgers_order() -> None:
    columns = Columns(
        [
            batch(1, payment("a", 5, platform="tmall"), event("counter", "c", name="n", value=-2)),
            batch(2, payment("b", 7, count=3)),
        ]
    )
    assert columns.amount.tolist() == [5, 0, 7]
    assert columns.kind.tolist() == [PAYMENT, KINDS["counter"], PAYMENT]
    assert (columns.count.tolist(), columns.value.tolist()) == ([1, 1, 3], [0, -2, 0])
    platform = columns.names("platform")
    assert [platform.texts[code] for code in platform.codes] == ["tmall", "", ""]
    assert [columns.where(row)[1] for row in range(3)] == [0, 1, 0]
    assert columns.where(2)[0].seq == 2


def test_ids_are_the_digest_of_source_and_id_and_a_check_over_the_body() -> None:
    both = [batch(1, payment("a")), batch(2, payment("a"), source=8)]
    ids = Columns(both).ids
    line = both[0].lines.rstrip(b"\n")
    packed = event_digest(7, "a") + zlib.crc32(line).to_bytes(4, "big")
    assert ids[:1].packed() == packed
    assert ids[1:].packed()[:16] == event_digest(8, "a")
    again = Ids.unpacked(ids.packed())
    assert all(np.array_equal(getattr(again, f), getattr(ids, f)) for f in ("high", "low", "check"))


def test_a_converted_amount_is_checked_as_it_was_sent() -> None:
    old, new = (payment("a", amount, original=("USD", 5)) for amount in (35, 36))
    ids = Columns([batch(1, old, payment("b"), new)]).ids
    assert ids.check[0] == ids.check[2]
    assert ids.check[1] == zlib.crc32(encode_entries([payment("b")])[:-1])


def test_figures_past_64_bits_are_kept_whole() -> None:
    columns = Columns([batch(1, event("counter", "c", name="n", value=2**70), payment("a"))])
    assert columns.value.tolist() == [2**70, 0]


def test_a_run_longer_than_a_piece_is_one_column() -> None:
    batches = [
        batch(seq, *(payment(f"{seq}-{i}", 1, platform=f"p{i % 3}") for i in range(1_500)))
        for seq in (1, 2, 3)
    ]
    huge = event("counter", "c", name="n", value=2**70)
    columns = Columns([*batches, batch(4, huge, payment("z"))])
    platform = columns.names("platform")
    assert platform.texts == ["p0", "p1", "p2", ""]
    assert platform.codes[:4500].tolist() == [0, 1, 2] * 1_500
    assert columns.value.tolist() == [0] * 4_500 + [2**70, 0]
    assert len(columns) == len(columns.ids) == len(columns.text("id")) == 4_502
    assert (columns.text("id")[4_500], columns.line(4_501)) == (
        "c",
        encode_entries([payment("z")])[:-1],
    )


def test_a_batch_that_does_not_hold_what_it_says_is_refused() -> None:
    with pytest.raises(ValueError, match="batches 1 to 1"):
        Columns([StoredBatch(1, 7, 0, 2, encode_entries([payment("a")]))])


def test_runs_are_cut_at_whole_batches() -> None:
    batches = [batch(seq, *(payment(f"{seq}-{i}") for i in range(3))) for seq in range(1, 6)]
    assert [[one.seq for one in run] for run in chunks(batches, 5)] == [[1, 2], [3, 4], [5]]
