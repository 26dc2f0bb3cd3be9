"""Whose key opens which campaign's door, and what a stranger is told."""

import pytest

from tests.accept.desk import OTHER_KEY, PAYMENT, Desk


async def test_a_key_of_another_campaign_is_403_s6(desk: Desk) -> None:
    reply = await desk.post(PAYMENT, key=OTHER_KEY)
    assert reply.status == 403
    assert desk.ledger.incoming == []


async def test_a_key_for_a_campaign_that_does_not_exist_is_404(desk: Desk) -> None:
    given = ("authorization", f"Bearer {OTHER_KEY}")
    reply = await desk.request(b"", given, path="/api/v1/campaigns/none/events")
    assert reply.status == 404


async def test_a_stranger_cannot_tell_which_campaigns_exist(desk: Desk) -> None:
    there = await desk.request(b"", ("authorization", "Bearer wrong"))
    none = await desk.request(b"", path="/api/v1/campaigns/none/events")
    assert (there.status, there.body, there.headers) == (none.status, none.body, none.headers)
    assert there.status == 401
    assert there.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("given", ["Bearer", "Bearer ", "Basic gmv_in_right", "Bearer é", "\xff"])
async def test_what_is_no_key_is_401(desk: Desk, given: str) -> None:
    assert (await desk.request(b"{}", ("authorization", given))).status == 401


async def test_strangers_cost_no_storage_and_are_slowed_down_s5(desk: Desk) -> None:
    statuses = [(await desk.post(PAYMENT, key="wrong")).status for _ in range(200)]
    assert statuses == [401] * 3 + [429] * 197
    assert desk.ledger.incoming == []
    assert desk.loads == 1
    assert (await desk.post(PAYMENT)).status == 202  # a key counts, whoever knocks beside it


async def test_a_stranger_turned_away_is_told_when_to_return(desk: Desk) -> None:
    replies = [await desk.post(PAYMENT, key="wrong") for _ in range(4)]
    assert int(replies[-1].headers["retry-after"]) > 5
