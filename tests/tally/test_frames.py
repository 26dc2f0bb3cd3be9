"""Frames against columns: what polars reads is what the tally reads."""

import random

import msgspec
import numpy as np
import pytest

from dashboard.core.events import Entry, encode_entries
from dashboard.store.batch import CorruptBatch, PackedBatch
from dashboard.tally.columns import COUNTED, Columns
from dashboard.tally.frames import columns
from dashboard.tally.reading import KINDS, Coded
from tests.worlds import MIDNIGHT_MS, packed

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


def batches(chance: random.Random, converted: bool) -> list[PackedBatch]:
    made = []
    for seq in range(1, 6):
        entries = [anything(chance, number, converted) for number in range(chance.randrange(1, 30))]
        made.append(packed(seq, encode_entries(entries), len(entries), source=seq % 2))
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
    (read, buyers), true = columns(made), Columns([batch.unpacked() for batch in made])
    assert buyers.to_list() == true.text("buyer")
    for name in {*COUNTED, "id", "name", "value"} - {"ids"}:
        assert plain(read._column(name)) == plain(true._column(name)), name
    assert read.ids.packed() == true.ids.packed()
    assert [read.where(row)[0].seq for row in range(len(read))] == [
        true.where(row)[0].seq for row in range(len(true))
    ]


LINE = encode_entries([Entry(id="a", type="counter", at=1)])


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (LINE, "events are missing"),
        (LINE + LINE.replace(b"counter", b"gift"), "cannot be read: .*gift"),
        (LINE + LINE.replace(b'"at":1', b'"at":"x"'), "cannot be read|events without `at`"),
        (LINE + b'{"id":"b","at":1}\n', "events without `type`"),
        (LINE + b'{"type":"counter","at":1}\n', "events without `id`"),
    ],
)
def test_what_no_writer_of_the_ledger_writes_is_noticed(lines: bytes, why: str) -> None:
    with pytest.raises(CorruptBatch, match=f"batches 3 to 3: ({why})"):
        columns([packed(3, lines, 2)])


def test_a_batch_that_was_altered_is_noticed() -> None:
    altered = msgspec.structs.replace(packed(3, LINE, 1), payload=b"nothing")
    with pytest.raises(CorruptBatch, match="batch 3 of campaign 7 does not have its digest"):
        columns([altered])
