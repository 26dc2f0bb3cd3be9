"""How much one request may hold: bytes and events, declared and sent."""

import json
from typing import Any

import pytest

from dashboard.accept.admission import NDJSON
from dashboard.accept.limits import MAX_BODY, MAX_EVENTS
from tests.accept.desk import PAYMENT, Desk


async def test_a_declared_length_above_the_cap_is_413_before_anything_is_read_f31(
    desk: Desk,
) -> None:
    async def never() -> dict[str, Any]:
        raise AssertionError("the body was read")

    key = ("authorization", "Bearer gmv_in_right")
    kind = ("content-type", "application/json")
    reply = await desk.request(never, key, kind, ("content-length", str(10**9)))
    assert reply.status == 413


@pytest.mark.parametrize("length", ["-1", "1e3", "", "²", "9" * 5000])
async def test_a_length_that_is_no_number_is_refused(desk: Desk, length: str) -> None:
    reply = await desk.post(PAYMENT, ("content-length", length))
    assert reply.status == {"": 202, "9" * 5000: 413}.get(length, 400)


async def test_an_endless_body_is_413_at_the_cap_f31(desk: Desk) -> None:
    given = 0

    async def endless() -> dict[str, Any]:
        nonlocal given
        given += 65_536
        return {"type": "http.request", "body": b"[" * 65_536, "more_body": True}

    key = ("authorization", "Bearer gmv_in_right")
    reply = await desk.request(endless, key, ("content-type", "application/json"))
    assert reply.status == 413
    assert given <= MAX_BODY + 65_536


@pytest.mark.parametrize("kind", ["application/json", NDJSON])
async def test_too_many_events_are_413_s7(desk: Desk, kind: str) -> None:
    separator, ends = (b",", b"[%s]") if kind == "application/json" else (b"\n", b"%s")
    most = separator.join([json.dumps(PAYMENT).encode()] * MAX_EVENTS)
    assert (await desk.post(ends % most, ("content-type", kind))).status == 202
    more = most + separator + json.dumps(PAYMENT).encode()
    assert (await desk.post(ends % more, ("content-type", kind))).status == 413
