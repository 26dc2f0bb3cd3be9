"""The whole application, put together."""

from typing import Any

from channels.testing import HttpCommunicator, WebsocketCommunicator

from gmvboard.asgi import application

HOST = [(b"host", b"localhost")]
PATIENCE_S = 60  # a busy machine is no failure


async def got(path: str) -> Any:
    client = HttpCommunicator(application, "GET", path, headers=HOST)
    answer = await client.get_response(timeout=PATIENCE_S)
    await client.wait(timeout=PATIENCE_S)
    return answer


async def test_pages_and_api_are_django_s() -> None:
    answer = await got("/healthz")
    assert (answer["status"], answer["body"]) == (200, b"ok\n")


async def test_events_go_to_the_door() -> None:
    answer = await got("/api/v1/campaigns/festival/events")
    assert (answer["status"], dict(answer["headers"])[b"allow"]) == (405, b"POST")


async def test_sockets_have_routes_of_their_own() -> None:
    client = WebsocketCommunicator(application, "/nothing", headers=HOST)
    assert await client.connect(timeout=PATIENCE_S) == (False, 1000)
