import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import asdict

from dashboard.accept import strict
from dashboard.accept.decode import decode
from dashboard.accept.faults import Fault
from dashboard.accept.headers import JSON, NDJSON
from dashboard.accept.limits import MAX_LINE
from dashboard.accept.problems import Problem
from tests.accept.desk import payment

finite = st.floats(allow_nan=False, allow_infinity=False)
texts = st.text(max_size=8)
scalars = st.none() | st.booleans() | st.integers() | finite | texts
values = scalars | st.lists(scalars, max_size=2) | st.dictionaries(texts, scalars, max_size=2)
fields = st.sampled_from(["id", "amount", "count", "region", "buyer", "note", "occurred_at"])


@st.composite
def events(draw: st.DrawFn) -> str:
    """Draw a payment with fields altered, added and repeated, written by Python's own json."""
    pairs = [*payment().items(), *draw(st.lists(st.tuples(fields, values), max_size=2))]
    ascii_only, colon = draw(st.booleans()), draw(st.sampled_from([":", " : ", ": "]))

    def written(value: Any) -> str:
        return json.dumps(value, ensure_ascii=ascii_only)

    members = [f"{written(name)}{colon}{written(value)}" for name, value in pairs]
    return "{" + ",".join(members) + "}"


@settings(deadline=None)
@given(st.lists(events(), min_size=1, max_size=4))
def test_reading_all_at_once_finds_what_reading_closely_finds(bodies: list[str]) -> None:
    decoded = decode(f"[{','.join(bodies)}]".encode(), JSON)
    closely = [strict.read(body.encode(), index) for index, body in enumerate(bodies)]
    assert [asdict(one) for one in decoded.events] == [asdict(one) for one in closely]


@settings(deadline=None)
@given(st.lists(events(), min_size=1, max_size=4), st.sampled_from(["\n", "\r\n", "\n \n", " "]))
def test_reading_lines_at_once_finds_what_reading_closely_finds(
    bodies: list[str], between: str
) -> None:
    body = between.join(bodies).encode()
    decoded = decode(body, NDJSON)
    lines = [line for line in body.split(b"\n") if line.strip()]
    closely = [strict.read(line, index) for index, line in enumerate(lines)]
    assert [asdict(one) for one in decoded.events] == [asdict(one) for one in closely]


@pytest.mark.parametrize("kind", [JSON, NDJSON])
@pytest.mark.parametrize("before", [0, 3_000, 9_000, 20_000])
@pytest.mark.parametrize("spaces", [MAX_LINE - 200, MAX_LINE + 1, 3 * MAX_LINE])
def test_an_event_too_long_is_found_wherever_it_stands_s7(
    kind: str, before: int, spaces: int
) -> None:
    short = [json.dumps(payment(id=str(n))) for n in range(before // 100)]
    torn = json.dumps(payment()).replace(": 100", ":" + " " * spaces + "100")
    text = "\n".join([*short, torn, *short])
    body = text if kind == NDJSON else f"[{text.replace(chr(10), ',')}]"
    faults = [one for one in decode(body.encode(), kind).events if isinstance(one, Fault)]
    assert [one.index for one in faults] == [len(short)] * (spaces > MAX_LINE)


def test_an_array_is_no_line() -> None:
    line = f"[{json.dumps(payment())}]\n".encode()
    assert all(isinstance(one, Fault) for one in decode(line * 2, NDJSON).events)


@settings(deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_events_faults_or_a_problem_f30(body: bytes) -> None:
    for kind in (JSON, NDJSON):
        try:
            decoded = decode(body, kind)
            sound = len(decoded.events) == len(decoded.pieces) > 0
        except Problem as problem:
            sound = problem.status == 400
        assert sound


@settings(deadline=None)
@given(st.data())
def test_a_torn_document_is_400_f30(data: st.DataObject) -> None:
    body = json.dumps([payment(), payment(id="b", region="浙江")]).encode()
    cut = data.draw(st.integers(0, len(body) - 1))
    with pytest.raises(Problem, match=r"malformed|UTF-8|expected at least one"):
        decode(body[:cut], JSON)


def test_a_fault_has_its_place_among_the_lines_that_are_not_empty() -> None:
    decoded = decode(b'\n\r\n{"id":"a"}\n \n{"id":"b"}\n', NDJSON)
    faults = [one for one in decoded.events if isinstance(one, Fault)]
    assert [(one.index, one.id) for one in faults] == [(0, "a"), (1, "b")]


@pytest.mark.parametrize(
    ("body", "kind"), [(b"\n" * 20_000, NDJSON), (b"[1" + b",1" * 400_000 + b"]", JSON)]
)
def test_what_only_costs_memory_is_413_s7(body: bytes, kind: str) -> None:
    with pytest.raises(Problem) as raised:
        decode(body, kind)
    assert raised.value.status == 413
