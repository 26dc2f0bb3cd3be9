"""The snapshot for those without a socket."""

import gzip
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from dashboard.live.polled import Polled
from tests.frames import snapshot
from tests.live.conftest import Pulse
from tests.worlds import festival

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live")]
campaign = sync_to_async(festival)


async def inner(scope: Any, receive: Any, send: Any) -> None:
    """Stands in for Django."""
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def asked(method: str = "GET", slug: str = "festival", **headers: str) -> Any:
    """Status, headers and body of an answer."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    given = {"host": "localhost:8000"} | headers
    scope = {
        "type": "http",
        "method": method,
        "path": f"/api/v1/campaigns/{slug}/snapshot",
        "headers": [(key.replace("_", "-").encode(), text.encode()) for key, text in given.items()],
    }
    await Polled(inner)(scope, None, send)
    found = {key.decode(): value.decode() for key, value in sent[0]["headers"]}
    return sent[0]["status"], found, sent[1]["body"]


async def test_who_polls_a_public_campaign_gets_the_copy(pulse: Pulse) -> None:
    await campaign(visibility="public")
    pulse.snapshot = snapshot(epoch=3, seq=4)
    status, headers, body = await asked()
    assert (status, headers["etag"], body) == (200, 'W/"3-4"', pulse.snapshot)
    assert headers["cache-control"] == "public, max-age=1"
    assert headers["content-length"] == str(len(body))


async def test_who_has_it_already_is_told_so(pulse: Pulse) -> None:
    await campaign(visibility="public")
    pulse.snapshot = snapshot(epoch=3, seq=4)
    for tag in ('"3-4"', 'W/"3-4"', '"1-1", W/"3-4"'):
        assert (await asked(if_none_match=tag))[0] == 304
    assert (await asked(if_none_match='"3-3"'))[0] == 200


async def test_it_is_packed_for_who_takes_it(pulse: Pulse) -> None:
    await campaign(visibility="public")
    pulse.snapshot = snapshot()
    _, headers, body = await asked(accept_encoding="gzip, br")
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == pulse.snapshot


async def test_a_head_has_no_body(pulse: Pulse) -> None:
    await campaign(visibility="public")
    pulse.snapshot = snapshot()
    status, headers, body = await asked("HEAD")
    assert (status, headers["content-length"], body) == (200, str(len(pulse.snapshot)), b"")


@pytest.mark.parametrize("visibility", ["token", "staff"])
async def test_other_campaigns_are_djangos(pulse: Pulse, visibility: str) -> None:
    await campaign(visibility=visibility)
    pulse.snapshot = snapshot()
    assert (await asked())[0] == 204


async def test_so_is_what_is_unknown_or_not_there_or_no_reading(pulse: Pulse) -> None:
    assert (await asked())[0] == 204
    await campaign(visibility="public")
    assert (await asked())[0] == 204  # no snapshot yet
    pulse.snapshot = snapshot()
    assert (await asked("POST"))[0] == 204
    assert (await asked(host="elsewhere.example"))[0] == 204
