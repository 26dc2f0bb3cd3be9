import base64
import json
from datetime import UTC, datetime

import pytest
from prometheus_client import Counter, Gauge
from standardwebhooks.webhooks import Webhook

from dashboard.accept.clocks import Clocks
from dashboard.accept.counters import CLOCK_REFUSED, CLOCK_SKEW
from tests.accept.desk import GRANT, NOW_MS, PAYMENT, SECRETS, Desk, Reply
from tests.counted import counted

BODY = json.dumps(PAYMENT)
NOW_S = NOW_MS // 1000


def signature(secret: bytes = SECRETS[0], at_s: int = NOW_S, body: str = BODY) -> str:
    """Sign as Standard Webhooks' own library does."""
    key = "whsec_" + base64.b64encode(secret).decode()
    # The library reads a moment without a zone as UTC.
    at = datetime.fromtimestamp(at_s, UTC).replace(tzinfo=None)
    return str(Webhook(key).sign("msg-1", at, body))


async def post(
    desk: Desk, signed: str, at: str = str(NOW_S), body: str = BODY, length: int = len(BODY)
) -> Reply:
    return await desk.request(
        body.encode(),
        ("content-type", "application/json"),
        ("content-length", str(length)),
        ("webhook-id", "msg-1"),
        ("webhook-timestamp", at),
        ("webhook-signature", signed),
    )


@pytest.mark.parametrize("secret", SECRETS)
async def test_any_secret_of_the_source_signs_f34(desk: Desk, secret: bytes) -> None:
    assert (await post(desk, signature(secret))).status == 202
    assert desk.ledger.incoming[0].source_id == 70


@pytest.mark.parametrize(
    "signed",
    [
        f"{signature(b'another secret, of another shop.')} {signature()}",
        f"v1a,xyz v2,abc {signature()}",
        f"v1, v1 {signature()}",
    ],
)
async def test_any_of_several_signatures_will_do_f34(desk: Desk, signed: str) -> None:
    assert (await post(desk, signed)).status == 202


@pytest.mark.parametrize(
    "signed",
    [
        "",
        "v1,",
        signature(b"a secret that was taken back...."),
        signature(body=BODY + " "),
        signature().replace("v1,", "v2,"),
        signature()[:-4],
        "v1,é",
        "\xff\xfe",
    ],
)
async def test_a_wrong_signature_is_401_and_nothing_is_stored_f34(desk: Desk, signed: str) -> None:
    assert (await post(desk, signed)).status == 401
    assert desk.ledger.incoming == []


@pytest.mark.parametrize(
    ("seconds", "status"), [(-301, 401), (-300, 202), (0, 202), (300, 202), (301, 401)]
)
async def test_a_signature_holds_for_five_minutes_f34_s2(
    desk: Desk, seconds: int, status: int
) -> None:
    at_s = NOW_S + seconds
    assert (await post(desk, signature(at_s=at_s), str(at_s))).status == status


@pytest.mark.parametrize("at", ["", "now", f"{NOW_S}.0", f"-{NOW_S}", "9" * 5000, "١٣٥٢"])
async def test_a_timestamp_that_is_no_number_is_401(desk: Desk, at: str) -> None:
    reply = await desk.request(
        BODY.encode(),
        ("webhook-id", "msg-1"),
        ("webhook-timestamp", at.encode().decode("latin-1")),
        ("webhook-signature", signature()),
    )
    assert reply.status == 401


async def test_a_signature_is_checked_before_the_body_is_looked_at_s1(desk: Desk) -> None:
    assert (await post(desk, signature(), body="{malformed")).status == 401
    assert (await post(desk, signature(body="{malformed"), body="{malformed")).status == 400


async def test_the_signature_is_of_the_body_as_it_was_sent_s1(desk: Desk) -> None:
    spaced = f"  {BODY}\n"
    assert (await post(desk, signature(body=spaced), body=spaced)).status == 202
    assert (await post(desk, signature(body=spaced), body=BODY)).status == 401


async def test_a_wrong_key_is_not_mended_by_a_signature(desk: Desk) -> None:
    reply = await desk.request(
        BODY.encode(),
        ("authorization", "Bearer wrong"),
        ("webhook-id", "msg-1"),
        ("webhook-timestamp", str(NOW_S)),
        ("webhook-signature", signature()),
    )
    assert reply.status == 401


async def test_who_signs_wrongly_too_often_is_turned_away_s5(desk: Desk) -> None:
    statuses = [(await post(desk, "v1,wrong")).status for _ in range(5)]
    assert statuses == [401, 401, 401, 429, 429]


async def test_a_stranger_locks_out_nobody_who_signs_from_the_same_address(desk: Desk) -> None:
    for _ in range(5):
        await desk.request(b"{}")
        await post(desk, "v1,wrong")
    assert (await post(desk, signature())).status == 202


async def test_strangers_without_a_signature_do_not_cost_a_signed_sender_his_large_bodies(
    desk: Desk,
) -> None:
    for _ in range(5):
        await desk.request(b"{}")
    assert (await post(desk, signature(), length=10**6)).status == 202


async def test_large_bodies_are_not_hashed_where_wrong_signatures_come_from_s5(desk: Desk) -> None:
    statuses = [(await post(desk, "v1,wrong", length=10**6)).status for _ in range(4)]
    assert statuses == [401, 401, 401, 429]
    assert (await post(desk, signature(), length=10**6)).status == 429


def told(metric: Counter | Gauge) -> float:
    return counted(metric, campaign="festival", source="main")


async def test_the_skew_of_a_source_s_clock_is_told_s2(desk: Desk) -> None:
    for skew_s in (-299, 120):
        at_s = NOW_S - skew_s
        assert (await post(desk, signature(at_s=at_s), str(at_s))).status == 202
        assert told(CLOCK_SKEW) == skew_s


async def test_a_clock_too_far_away_is_refused_and_alarmed_once_a_window_f21(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    before, at_s = told(CLOCK_REFUSED), NOW_S - 301
    late = signature(at_s=at_s), str(at_s)
    assert [(await post(desk, *late)).status for _ in range(2)] == [401, 401]
    assert told(CLOCK_REFUSED) - before == 2
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "source=main skew_s=301" in caplog.text
    assert (await post(desk, signature())).status == 202


async def test_a_stranger_s_clock_raises_no_alarm(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    at_s = NOW_S - 301
    forged = signature(b"another secret, of another shop.", at_s)
    assert (await post(desk, forged, str(at_s))).status == 401
    assert caplog.records == []


def test_an_alarm_is_raised_again_after_its_window(caplog: pytest.LogCaptureFixture) -> None:
    now_s = 0.0
    clocks = Clocks(lambda: now_s)
    for now_s in (0.0, 299.0, 300.0):  # noqa: B007
        assert not clocks.agrees(GRANT, 600.0)
    assert len(caplog.records) == 2
