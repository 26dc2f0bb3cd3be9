"""Sockets of walls that staff have confirmed: one campaign each, our own page, while it lasts."""

import json
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from dashboard.live import consumers
from dashboard.live.access import guest
from dashboard.store import campaigns, pairings, screens
from dashboard.store.tables import Campaign, Screen
from gmvboard.clock import now_ms
from tests.frames import snapshot
from tests.live.conftest import Pulse, socket
from tests.worlds import festival

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live")]
OWN = "http://localhost:8000"
ADDRESS = "192.0.2.7"


@sync_to_async
def paired(slug: str = "festival", **fields: Any) -> str:
    """The cookie of a wall that was paired with a new campaign."""
    festival(slug, **fields)
    token, pairing = pairings.begin(slug, ADDRESS, now_ms())
    pairings.confirm(pairing.code, "lena", now_ms())
    return f"theme=dark; gmv_wall_{slug}={token}"


async def lets_in(**headers: str) -> bool:
    client = socket(**headers)
    accepted, _ = await client.connect()
    await client.disconnect()
    return bool(accepted)


async def test_a_wall_that_was_paired_is_let_in_as_a_kiosk() -> None:
    cookie = await paired()
    assert await lets_in(origin=OWN, cookie=cookie)
    headers = {b"host": "localhost:8000", b"origin": OWN, b"cookie": cookie}
    scope = {
        "headers": [(name, text.encode()) for name, text in headers.items()],
        "url_route": {"kwargs": {"slug": "festival"}},
        "client": [ADDRESS, 4000],
    }
    found = await guest(scope, sync_to_async(campaigns.by_slug))
    assert found is not None
    assert (found.viewer.kind, found.viewer.address) == ("kiosk", ADDRESS)


@pytest.mark.parametrize("origin", ["", "null", "http://localhost:8001", "https://localhost:8000"])
async def test_its_cookie_counts_for_nothing_with_another_origin_s11(origin: str) -> None:
    cookie = await paired()
    assert not await lets_in(origin=origin, cookie=cookie)
    assert not await lets_in(cookie=cookie)


async def test_a_wall_that_waits_to_be_paired_is_not_let_in_s13() -> None:
    await sync_to_async(festival)()
    token, _ = await sync_to_async(pairings.begin)("festival", ADDRESS, now_ms())
    assert not await lets_in(origin=OWN, cookie=f"gmv_wall_festival={token}")


async def test_a_wall_is_let_in_by_its_own_campaign_alone_s13() -> None:
    token = (await paired()).rpartition("=")[2]
    await paired("other")
    client = socket("/ws/campaigns/other/", origin=OWN, cookie=f"gmv_wall_other={token}")
    assert not (await client.connect())[0]


async def test_a_wall_s_token_opens_no_staff_socket_s13() -> None:
    cookie = await paired()
    await Campaign.objects.aupdate(visibility=Campaign.STAFF)
    assert not await lets_in(origin=OWN, cookie=cookie)
    token = cookie.rpartition("=")[2]
    assert not await lets_in(origin=OWN, cookie=f"sessionid={token}")
    await Campaign.objects.aupdate(visibility=Campaign.TOKEN)
    assert not await lets_in(authorization=f"Bearer {token}")


async def test_a_wall_that_is_revoked_has_its_open_socket_closed_with_4401_f50(
    pulse: Pulse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F50, H20: asked again each minute, here at each look."""
    assert consumers.RECHECK_S <= 60
    monkeypatch.setattr(consumers, "RECHECK_S", 0)
    pulse.snapshot = snapshot()
    client = socket(origin=OWN, cookie=await paired())
    assert (await client.connect())[0]
    assert json.loads(await client.receive_from())["kind"] == "snapshot"
    screen = await Screen.objects.aget()
    await sync_to_async(screens.revoke)(screen.pk, now_ms())
    while (message := await client.receive_output())["type"] != "websocket.close":
        pass
    assert message["code"] == 4401
    await client.disconnect()
