"""Who may open a socket: the campaign's visibility, Host and Origin (S11)."""

from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth import get_user_model
from django.test import Client

from dashboard.live.access import guest
from dashboard.store import campaigns
from tests.live.conftest import socket
from tests.worlds import festival

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live")]
TOKEN = "gmv_read_0123456789"
OWN = "http://localhost:8000"

campaign = sync_to_async(festival)


async def lets_in(**headers: str) -> bool:
    client = socket(**headers)
    accepted, _ = await client.connect()
    await client.disconnect()
    return bool(accepted)


@sync_to_async
def cookie(**user: Any) -> str:
    """The cookie of a user who has just logged in."""
    client = Client()
    client.force_login(get_user_model().objects.create_user("someone", **user))
    return f"theme=dark; sessionid={client.cookies['sessionid'].value}"


async def test_a_public_campaign_is_open_to_pages_from_anywhere() -> None:
    await campaign(visibility="public")
    assert await lets_in(origin="https://elsewhere.example")


@pytest.mark.parametrize("visibility", ["token", "staff"])
async def test_other_campaigns_are_closed_to_who_brings_nothing(visibility: str) -> None:
    await campaign(visibility=visibility, read_token=TOKEN)
    assert not await lets_in()


async def test_an_unknown_campaign_is_refused_like_one_that_is_not_allowed() -> None:
    assert await socket().connect() == (False, 1000)


async def test_a_program_with_the_read_token_needs_no_origin() -> None:
    await campaign(read_token=TOKEN)
    assert await lets_in(authorization=f"Bearer {TOKEN}")


@pytest.mark.parametrize("authorization", ["Bearer wrong", "Bearer ", "Basic eDp5", TOKEN, "é"])
async def test_any_other_token_is_refused(authorization: str) -> None:
    await campaign(read_token=TOKEN)
    assert not await lets_in(authorization=authorization)


async def test_a_token_opens_nothing_where_the_campaign_has_none() -> None:
    await campaign()
    assert not await lets_in(authorization="Bearer ")


async def test_the_read_token_does_not_open_a_campaign_for_staff_alone() -> None:
    await campaign(visibility="staff", read_token=TOKEN)
    assert not await lets_in(authorization=f"Bearer {TOKEN}")


@pytest.mark.parametrize("visibility", ["token", "staff"])
async def test_staff_see_every_campaign_from_our_own_page(visibility: str) -> None:
    await campaign(visibility=visibility)
    assert await lets_in(origin=OWN, cookie=await cookie(is_staff=True))


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "null",
        "http://localhost",
        "http://localhost:8001",
        "https://localhost:8000",
        "http://evil.localhost:8000",
        "http://localhost:8000.evil.example",
        "http://localhost:8000/",
        "http://user@localhost:8000",
        "localhost:8000",
        "http://localhost:eight",
        "http://[::1",
    ],
)
async def test_a_cookie_counts_for_nothing_with_another_origin(origin: str) -> None:
    await campaign()
    assert not await lets_in(origin=origin, cookie=await cookie(is_staff=True))


async def test_a_cookie_counts_for_nothing_without_an_origin() -> None:
    await campaign()
    assert not await lets_in(cookie=await cookie(is_staff=True))


async def test_a_cookie_counts_with_an_origin_that_the_settings_name(settings: object) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://wall.example"]  # type: ignore[attr-defined]
    await campaign()
    assert await lets_in(origin="https://wall.example:443", cookie=await cookie(is_staff=True))


@pytest.mark.parametrize("user", [{}, {"is_staff": True, "is_active": False}])
async def test_who_is_not_active_staff_is_refused(user: dict[str, bool]) -> None:
    await campaign()
    assert not await lets_in(origin=OWN, cookie=await cookie(**user))


async def test_a_made_up_session_is_refused() -> None:
    await campaign()
    assert not await lets_in(origin=OWN, cookie="sessionid=0123456789abcdef0123456789abcdef")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "", "localhost@evil"])
async def test_a_host_that_is_not_ours_is_refused(host: str) -> None:
    await campaign(visibility="public")
    assert not await lets_in(host=host)


async def kind(**headers: str) -> str | None:
    """Which budget a caller counts in."""
    scope = {
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "url_route": {"kwargs": {"slug": "festival"}},
        "client": ["192.0.2.1", 4000],
    }
    scope["headers"].append((b"host", b"localhost:8000"))  # type: ignore[attr-defined]
    found = await guest(scope, sync_to_async(campaigns.by_slug))
    return found.viewer.kind if found else None


async def test_a_wall_with_the_token_staff_and_the_public_have_budgets_of_their_own() -> None:
    await campaign(visibility="public", read_token=TOKEN)
    assert await kind() == "public"
    assert await kind(authorization=f"Bearer {TOKEN}") == "kiosk"
    assert await kind(origin=OWN, cookie=await cookie(is_staff=True)) == "staff"
