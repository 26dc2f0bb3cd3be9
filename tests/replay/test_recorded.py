import gzip
import json
from pathlib import Path

import polars
import pytest
import zstandard

from dashboard.replay import recorded
from dashboard.replay.timed import timed

EVENTS = [
    {"id": f"e{n}", "type": "payment.succeeded", "occurred_at": "2012-11-11T00:00:01+08:00"}
    | {"amount": n, "currency": "CNY"}
    for n in range(12_000)
]
NDJSON = "\n".join(map(json.dumps, EVENTS)).encode()


def read(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for chunk in recorded.chunks(path) for line in chunk.lines]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("day.ndjson", NDJSON),
        ("day.JSONL", NDJSON + b"\n\n"),
        ("day.ndjson.gz", gzip.compress(NDJSON)),
        ("day.ndjson.zst", zstandard.compress(NDJSON)),
        ("two.ndjson.zst", zstandard.compress(NDJSON[:5]) + zstandard.compress(NDJSON[5:])),
    ],
)
def test_lines_are_read_whatever_they_are_packed_in(tmp_path: Path, name: str, body: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(body)
    assert read(path) == EVENTS


def test_a_file_comes_in_batches_of_5000_and_tells_how_far_it_is(tmp_path: Path) -> None:
    path = tmp_path / "day.ndjson"
    path.write_bytes(NDJSON)
    chunks = list(recorded.chunks(path))
    assert [len(chunk.lines) for chunk in chunks] == [5000, 5000, 2000]
    assert chunks[-1].read == recorded.size(path) == len(NDJSON)


def test_a_table_has_numbers_where_they_belong_and_no_empty_cells(tmp_path: Path) -> None:
    path = tmp_path / "day.csv"
    path.write_text(
        "id,type,occurred_at,amount,buyer\n"
        "7,payment.succeeded,2012-11-11T00:00:01+08:00,100,42\n"
        "8,payment.succeeded,2012-11-11T00:00:01+08:00,1.5,\n"
    )
    whole, broken = read(path)
    assert whole["id"] == "7" and whole["amount"] == 100 and whole["buyer"] == "42"
    assert broken["amount"] == "1.5" and "buyer" not in broken


def test_parquet_is_read_as_it_is_typed(tmp_path: Path) -> None:
    path = tmp_path / "day.parquet"
    polars.DataFrame(EVENTS).write_parquet(path)
    assert read(path) == EVENTS
    assert recorded.size(path) == len(EVENTS)


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("day.txt", NDJSON, "expected .ndjson"),
        ("day.ndjson.gz", NDJSON, "[Nn]ot a gzip"),
        ("day.ndjson.zst", NDJSON, "zstd"),
        ("day.ndjson.gz", gzip.compress(NDJSON)[:500], "ended before"),
        ("day.csv", b"id,amount\n1,2\n", "line 1: .* no occurred_at"),
        ("day.csv", b"id,type,occurred_at\n1,2,3,4\n", "line 2: expected 3 cells"),
        ("day.csv", b"id,type,occurred_at\n\xff,2,3\n", "utf-8"),
        ("day.parquet", b"PAR?", "."),
    ],
)
def test_a_bad_file_is_refused_by_name(tmp_path: Path, name: str, body: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(body)
    with pytest.raises(recorded.BadFile, match=f"{name}: .*{reason}"):
        list(recorded.chunks(path))


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(recorded.BadFile, match=r"gone\.ndjson: No such file"):
        list(recorded.chunks(tmp_path / "gone.ndjson"))


def test_recorded_events_are_due_at_their_own_times() -> None:
    paid = b'{"type": "payment.succeeded", "occurred_at": "1970-01-01T00:00:02Z", "amount": 5}'
    other = b'{"type": "counter", "occurred_at": "1970-01-01T08:00:03+08:00", "amount": 7}'
    dues = list(timed([paid, b"not JSON", other]))
    assert [(due.at_ms, due.gross) for due in dues] == [(2_000, 5), (2_000, 0), (3_000, 0)]
    assert [due.line for due in dues] == [paid, b"not JSON", other]
