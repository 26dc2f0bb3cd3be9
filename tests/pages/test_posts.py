"""The staff page of posts: what it tells, and what staff do by it (S24)."""

import json
from typing import Any, NoReturn

import msgspec
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client

from dashboard.alerts import desk, news
from dashboard.alerts.samples import sample
from dashboard.alerts.service import Service
from dashboard.core.lengths import Limit
from dashboard.store import posts
from dashboard.store.tables import Milestone, OperatorAlarm, Post, PostNote
from gmvboard.clock import now_ms
from tests.pages.test_screens import config
from tests.store.posts import feed, post
from tests.worlds import festival

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("uncollected", "services")]
PAGE = "/staff/festival/posts/"
ALL = ("view_post", "approve_post", "stop_posting")


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one service that feeds here have."""

    def never(*_: Any) -> NoReturn:
        raise AssertionError("nothing is sent by the desk")

    one = Service(name="mastodon", title="Mastodon", fields=(), limit=Limit(40), post=never)
    for where in (desk, news):
        monkeypatch.setattr(where, "services", lambda: {"mastodon": one})


def browser(*may: str, **options: Any) -> Client:
    """A browser of somebody of the staff with these permissions."""
    user = get_user_model().objects.create_user("lena", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=may))
    client = Client(**options)
    client.force_login(user)
    return client


def waiting(state: str = Post.PROPOSED, **fields: Any) -> Post:
    return post(state, created_ms=now_ms(), expires_ms=now_ms() + 900_000, **fields)


def send(client: Client, where: str, **body: Any) -> Any:
    return client.post(f"{PAGE}{where}", json.dumps(body), "application/json")


def acts(one: Post) -> list[str]:
    """The addresses of everything that staff may do."""
    named = ["approve", "edit", "edit-and-approve", "hold", "withdraw", "found", "again", "leave"]
    mine = [f"{one.pk}/{act}" for act in named]
    return [*mine, f"{one.pk}/measure", "stop", f"feeds/{one.feed_id}/stop"]


def test_every_act_is_done_by_post_alone_s24() -> None:
    one, client = waiting(), browser(*ALL)
    for where in acts(one):
        for method in (client.get, client.put, client.delete, client.head):
            assert method(f"{PAGE}{where}").status_code == 405, where
    assert PostNote.objects.count() == 0


def test_without_the_permission_every_act_is_refused_s24() -> None:
    one, client = waiting(), browser("view_post", "change_post")
    for where in acts(one):
        answer = send(client, where, stopped=True)
        assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert PostNote.objects.count() == 0


def test_whoever_is_not_logged_in_does_nothing_s24() -> None:
    one = waiting()
    for where in acts(one):
        assert send(Client(), where, stopped=True).status_code == 401
    assert PostNote.objects.count() == 0


def test_every_act_needs_the_token_of_the_page_s22_s24() -> None:
    one, client = waiting(), browser(*ALL, enforce_csrf_checks=True)
    for where in acts(one):
        answer = client.post(f"{PAGE}{where}", headers={"accept": "application/json"})
        assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    token = config(client.get(PAGE).content.decode())["token"]
    headers = {"x-csrftoken": token}
    body = json.dumps({"seen": one.text})
    answer = client.post(f"{PAGE}{one.pk}/approve", body, "application/json", headers=headers)
    assert answer.status_code == 200


def test_what_was_done_is_told_anew_with_who_did_it_s24() -> None:
    one, client = waiting(), browser(*ALL)
    state = send(client, f"{one.pk}/approve", seen=one.text).json()
    assert [(each["state"], each["used"]) for each in state["posts"]] == [("approved", 12)]
    (note,) = state["posts"][0]["notes"]
    assert (note["by"], note["action"]) == ("lena", "approved")
    kept = PostNote.objects.get()
    assert (kept.before, kept.after) == ({"state": "proposed"}, {"state": "approved"})


@pytest.mark.parametrize(
    ("act", "body", "status", "why"),
    [
        ("approve", {"seen": "other words"}, 409, "changed"),
        ("hold", {}, 409, "state"),
        ("edit", {"seen": "¥10 billion.", "text": "x" * 41}, 422, "too_long"),
        ("withdraw", {"reason": ""}, 422, "reason"),
    ],
)
def test_what_cannot_be_done_is_a_problem_that_says_why(
    act: str, body: dict[str, str], status: int, why: str
) -> None:
    one, client = waiting(), browser(*ALL)
    answer = send(client, f"{one.pk}/{act}", **body)
    told = answer.json()
    assert (answer.status_code, told["why"], told["state"]) == (status, why, "proposed")
    assert told["detail"]


@pytest.mark.parametrize("body", ['{"seen": 1}', "[]", "{", '{"other": ""}', '"' + "x" * 70_000])
def test_a_body_that_is_none_of_ours_is_a_bad_request(body: str) -> None:
    client = browser(*ALL)
    answer = client.post(f"{PAGE}{waiting().pk}/approve", body, "application/json")
    assert answer.status_code == 400


def test_posts_of_another_campaign_are_not_there() -> None:
    one, client = waiting(), browser(*ALL)
    theirs = waiting(to=feed(festival("other")[0]))
    assert send(client, f"{theirs.pk}/approve", seen=theirs.text).status_code == 404
    assert send(client, f"feeds/{theirs.feed_id}/stop", stopped=True).status_code == 404
    shown = client.get(f"{PAGE}state").json()["posts"]
    assert [each["id"] for each in shown] == [one.pk]


def test_the_switches_say_how_they_stand_and_that_they_stood_so_already_s24() -> None:
    one, client = waiting(), browser(*ALL)
    state = send(client, "stop", stopped=True).json()
    assert (state["stopped"], state["stops"][0]["by"]) == (True, "lena")
    assert send(client, "stop", stopped=True).json()["why"] == "already"
    state = send(client, f"feeds/{one.feed_id}/stop", stopped=True).json()
    assert state["feeds"][0]["stopped"] is True
    assert send(client, "stop", stopped=False).json()["stopped"] is False


def test_a_text_is_measured_as_its_service_counts() -> None:
    one, client = waiting(), browser(*ALL)
    assert send(client, f"{one.pk}/measure", text="x" * 41).json() == {"used": 41, "most": 40}
    assert send(client, f"{one.pk + 1}/measure", text="x").status_code == 404


def test_whoever_may_not_see_posts_sees_none() -> None:
    waiting()
    client = browser()
    assert client.get(PAGE).status_code == 403
    assert client.get(f"{PAGE}state").status_code == 403
    assert Client().get(PAGE).status_code == 302


def test_the_page_knows_what_its_reader_may_do() -> None:
    waiting()
    told = config(browser("view_post", "stop_posting").get(f"{PAGE}?lang=zh").content.decode())
    assert (told["may_approve"], told["may_stop"]) == (False, True)
    assert (told["lang"], told["socket"]) == ("zh-hans", "/ws/staff/festival/posts/")


def test_the_state_tells_what_fell_and_what_operators_are_told_of() -> None:
    one, client = waiting(), browser(*ALL)
    campaign = one.feed.campaign
    assert campaign is not None
    Milestone.objects.create(campaign=campaign, key="10b", amount=10**12, crossed_ms=5, fired_ms=6)
    Milestone.objects.create(campaign=campaign, key="20b", amount=2 * 10**12)
    OperatorAlarm.objects.create(campaign=campaign, key="backlog", raised_ms=7)
    state = client.get(f"{PAGE}state").json()
    assert [(each["key"], each["fired_ms"]) for each in state["milestones"]] == [("10b", 6)]
    assert [(each["key"], each["cleared_ms"]) for each in state["alarms"]] == [("backlog", None)]


def test_a_feed_whose_service_is_gone_is_shown_by_its_name() -> None:
    client = browser(*ALL)
    feed(service="gone")
    (shown,) = client.get(f"{PAGE}state").json()["feeds"]
    assert (shown["title"], shown["pictures"]) == ("gone", False)


def test_the_picture_of_a_post_is_for_who_may_see_it() -> None:
    story = msgspec.to_builtins(sample("amount"))
    one = waiting(poster="square", story=story)
    address = f"{PAGE}{one.pk}/poster.png"
    client = browser("view_post")
    answer = client.get(address)
    assert (answer["Content-Type"], answer.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
    assert answer["Cache-Control"].startswith("private")
    assert Client().get(address).status_code == 302
    without = waiting(to=one.feed)
    assert client.get(f"{PAGE}{without.pk}/poster.png").status_code == 404


def test_the_picture_is_asked_for_anew_and_told_once_for_each_story() -> None:
    client, story = browser("view_post"), msgspec.to_builtins(sample("amount"))
    one = waiting(poster="square", story=story)
    address = f"{PAGE}{one.pk}/poster.png"
    first = client.get(address)
    assert "no-cache" in first["Cache-Control"]
    seen = {"If-None-Match": first["ETag"]}
    assert client.get(address, headers=seen).status_code == 304
    Post.objects.update(story=story | {"crossed_ms": story["crossed_ms"] + 60_000})
    again = client.get(address, headers=seen)
    assert again.status_code == 200
    assert again.content != first.content


def test_what_waits_for_a_person_is_counted() -> None:
    one, client = waiting(), browser(*ALL)
    unknown = waiting(Post.UNKNOWN, to=one.feed)
    for state in (Post.APPROVED, Post.SENT, Post.WITHDRAWN):
        waiting(state, to=one.feed)
    assert posts.waiting(one.campaign_id or 0, now_ms()) == 2
    state = send(client, f"{unknown.pk}/leave").json()
    assert [each["left"] for each in state["posts"] if each["state"] == "unknown"] == [True]
    assert posts.waiting(one.campaign_id or 0, now_ms()) == 1


def test_the_staff_page_leads_to_the_posts_whoever_may_see_them() -> None:
    waiting()
    html = browser("view_post").get("/staff/festival/").content.decode()
    assert config(html)["posts"]["socket"] == "/ws/staff/festival/posts/"
    assert '<b class="count" data-at="posts-waiting">1</b>' in html
    stranger = Client()
    stranger.force_login(get_user_model().objects.create_user("tom", is_staff=True))
    html = stranger.get("/staff/festival/").content.decode()
    assert "posts" not in config(html)
    assert "posts-waiting" not in html


def test_a_post_of_a_milestone_that_has_not_fallen_is_not_approved() -> None:
    client = browser(*ALL)
    to = feed()
    assert to.campaign is not None
    goal = Milestone.objects.create(campaign=to.campaign, key="10b", amount=10**12)
    one = waiting(to=to, milestone=goal)
    answer = send(client, f"{one.pk}/approve", seen=one.text)
    assert (answer.status_code, answer.json()["why"]) == (422, "untrue")
