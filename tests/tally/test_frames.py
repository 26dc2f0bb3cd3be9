"""Frames against columns: what polars reads is what the tally reads."""

import random

import numpy as np
import pytest

from dashboard.core.events import Entry, encode_entries
from dashboard.store.ledger import CorruptBatch, StoredBatch
from dashboard.tally.columns import COUNTED, Columns
from dashboard.tally.frames import columns
from dashboard.tally.reading import KINDS, Coded
from tests.worlds import MIDNIGHT_MS

TEXTS = ("", "a", "早鸟", "🧧", 'quo"te', "back\\slash", "tab\tnew\nline", "null\0", "‮left")


def anything(chance: random.Random, number: int, converted: bool) -> Entry:
    texts = ("order_id", "buyer", "platform", "category", "region", "channel", "merchant", "name")
    return Entry(
        id=f"{chance.choice(TEXTS)}{number}",
        type=chance.choice(list(KINDS)),  # type: ignore[arg-type]
        at=MIDNIGHT_MS + chance.randrange(-(10**9), 10**9),
        amount=chance.choice([0, 1, 10**15, 2**62]),
        count=chance.choice([1, 2, 10**9]),
        value=chance.choice([0, -5, 10**15]),
        original=("JPY", 500) if converted and chance.random() < 0.5 else None,
        **{name: chance.choice(TEXTS) for name in texts},
    )


def batches(chance: random.Random, converted: bool) -> list[StoredBatch]:
    made = []
    for seq in range(1, 6):
        entries = [anything(chance, number, converted) for number in range(chance.randrange(1, 30))]
        made.append(StoredBatch(seq, seq % 2, 0, len(entries), encode_entries(entries)))
    return made


def plain(column: object) -> object:
    """A column as lists: of a coded one, each element's text."""
    if isinstance(column, Coded):
        return [column.texts[code] for code in column.codes]
    return column.tolist() if isinstance(column, np.ndarray) else column


@pytest.mark.parametrize("converted", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_a_frames_columns_are_those_of_the_tally(seed: int, converted: bool) -> None:
    made = batches(random.Random(seed), converted)
    read, true = columns(made), Columns(made)
    for name in {*COUNTED, "id", "name", "value"} - {"ids"}:
        assert plain(read._column(name)) == plain(true._column(name)), name
    assert read.ids.packed() == true.ids.packed()
    assert [read.where(row)[0].seq for row in range(len(read))] == [
        true.where(row)[0].seq for row in range(len(true))
    ]


def test_events_that_are_missing_are_noticed() -> None:
    line = encode_entries([Entry(id="a", type="counter", at=1)])
    with pytest.raises(CorruptBatch, match="batches 3 to 3: events are missing"):
        columns([StoredBatch(3, 1, 0, 2, line)])
