"""The staff page of posts: by keyboard alone, live, in both languages, on a phone too."""

import json

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser import staff
from tests.browser.conftest import Screens
from tests.browser.contrast import faint_texts
from tests.browser.desk import HERE, NOW, note, opened, outbox, post
from tests.browser.layout import overflowing
from tests.browser.pixels import Eye


def states(page: Page) -> list[str]:
    """The queue's states, from the top."""
    return [one.strip() for one in page.locator(".entry .state-mark").all_inner_texts()]


def test_what_needs_a_person_is_at_the_top_and_what_is_over_in_the_history(
    screens: Screens,
) -> None:
    page = opened(screens).page
    expect(page.locator(".entry")).to_have_count(5)
    assert states(page) == [
        "Nobody knows if it is out",
        "Refused by the feed",
        "Waiting for approval",
        "Waiting for approval",
        "Approved",
    ]
    expect(page.locator("[data-at=to-decide]")).to_have_text("4 for you to decide")
    over = page.locator("[data-at=history] > li")
    expect(over).to_have_count(4)
    address = "https://mastodon.example/@festival/113"
    expect(over.last.get_by_role("link")).to_have_attribute("href", address)


def test_by_keyboard_a_post_is_found_and_approved_with_the_words_that_were_seen(
    screens: Screens,
) -> None:
    desk = opened(screens)
    expect(desk.page.locator(".entry")).to_have_count(5)
    for key in ("j", "j", "ArrowDown", "k", "j"):
        desk.page.keyboard.press(key)
    expect(desk.page.locator(".entry:focus .account")).to_contain_text("festivalMastodon")
    desk.answer = {**desk.answer, "posts": desk.states(p11="approved")}
    desk.page.keyboard.press("a")
    expect(desk.page.locator("[data-at=said]")).to_have_text("Approved")
    (act,) = desk.acts
    assert act == ("11/approve", {"seen": desk.answer["posts"][4]["text"]})
    expect(desk.page.locator(".entry:focus .account")).to_contain_text("Bluesky")


def test_no_key_does_anything_while_somebody_types(screens: Screens) -> None:
    desk = opened(screens)
    expect(desk.page.locator(".entry")).to_have_count(5)
    for key in ("j", "j", "j", "e"):
        desk.page.keyboard.press(key)
    area = desk.page.locator("textarea")
    expect(area).to_be_focused()
    area.press("End")
    desk.page.keyboard.type(" sahwj")
    expect(desk.page.locator(".asked .used")).to_contain_text("of 500")
    assert desk.acts == []
    desk.page.keyboard.press("Control+Enter")
    expect(desk.page.locator("[data-at=said]")).to_have_text("Saved")
    assert desk.acts[0][0] == "11/edit"
    assert "sahwj" in desk.acts[0][1]["text"]


def test_an_edit_stands_for_the_words_that_it_began_with(screens: Screens) -> None:
    desk = opened(screens)
    expect(desk.page.locator(".entry")).to_have_count(5)
    began = desk.answer["posts"][4]["text"]
    for key in ("j", "j", "j", "e"):
        desk.page.keyboard.press(key)
    posts = [
        {**one, "text": "Another's words."} if one["id"] == 11 else one
        for one in desk.states(p14="sending")
    ]
    desk.tell(posts=posts)
    expect(desk.page.locator(".entry .state-mark").nth(4)).to_have_text("Sending")
    desk.page.get_by_role("button", name="Save and approve").click()
    expect(desk.page.locator("[data-at=said]")).to_have_text("Saved and approved")
    assert desk.acts == [("11/edit-and-approve", {"seen": began, "text": began})]


def test_words_changed_while_they_are_edited_are_shown_beside_ones_own(screens: Screens) -> None:
    desk = opened(screens, outbox(posts=[post(1, 1, "proposed")]))
    began = desk.answer["posts"][0]["text"]
    desk.page.get_by_role("button", name="Edit").click()
    desk.page.locator("textarea").fill("My words.")
    desk.tell(posts=[post(1, 1, "proposed", text="Another's\nwords.")])
    expect(desk.page.locator(".meanwhile [role=status]")).to_contain_text("Somebody has changed")
    expect(desk.page.locator(".meanwhile .said")).to_have_text("Another's words.")
    expect(desk.page.locator("textarea")).to_have_value("My words.")
    desk.page.locator("textarea").press("Control+Enter")
    expect(desk.page.locator("textarea")).to_have_count(0)
    desk.page.get_by_role("button", name="Edit").click()
    desk.page.locator("textarea").fill("My words.")
    desk.tell(posts=[post(1, 1, "proposed", text="A third one's.")])
    desk.page.get_by_role("button", name="Use mine instead").click()
    expect(desk.page.locator(".meanwhile")).to_be_hidden()
    desk.page.get_by_role("button", name="Save", exact=True).click()
    expect(desk.page.locator("textarea")).to_have_count(0)
    assert [body["seen"] for _, body in desk.acts] == [began, "A third one's."]


def test_before_it_is_sent_again_the_page_asks(screens: Screens) -> None:
    one = post(1, 1, "unknown", attempts=1)
    desk = opened(screens, outbox(posts=[{**one, "not_before_ms": NOW + 40_000}]))
    expect(desk.page.locator(".wait")).to_contain_text("is looked for at 13:39:00")
    expect(desk.page.locator("[data-act=again]")).to_have_count(0)
    desk.tell(posts=[one])
    expect(desk.page.locator("[data-act=again]")).to_have_count(1)
    for key in ("j", "r"):
        desk.page.keyboard.press(key)
    yes = desk.page.get_by_role("button", name="It is not there: send again")
    expect(yes).to_be_focused()
    assert desk.acts == []
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("[data-at=said]")).to_have_text("Goes out again")
    assert desk.acts == [("1/again", {"seen": one["text"]})]


def test_without_the_focus_on_a_post_a_key_only_gives_it_to_the_first(screens: Screens) -> None:
    desk = opened(screens, outbox(posts=[post(1, 1, "proposed"), post(2, 1, "proposed")]))
    expect(desk.page.locator(".entry")).to_have_count(2)
    desk.page.keyboard.press("a")
    expect(desk.page.locator(".entry:focus")).to_have_count(1)
    assert desk.acts == []
    desk.page.keyboard.press("a")
    expect(desk.page.locator("[data-at=said]")).to_have_text("Approved")
    assert [where for where, _ in desk.acts] == ["1/approve"]


def test_a_reason_is_asked_for_and_escape_gives_it_up(screens: Screens) -> None:
    desk = opened(screens)
    expect(desk.page.locator(".entry")).to_have_count(5)
    for key in ("j", "j", "w"):
        desk.page.keyboard.press(key)
    expect(desk.page.locator(".asked input")).to_be_focused()
    desk.page.keyboard.press("Escape")
    expect(desk.page.locator(".entry:focus")).to_have_count(1)
    desk.page.keyboard.press("w")
    desk.page.keyboard.type("wrong")
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("[data-at=said]")).to_have_text("Withdrawn")
    assert desk.acts == [("12/withdraw", {"seen": "", "reason": "wrong"})]


def test_stop_all_is_asked_for_twice_by_its_key_and_then_said_everywhere(screens: Screens) -> None:
    desk = opened(screens)
    expect(desk.page.locator("[data-at=stop-state]")).to_have_text("Posting is on")
    desk.page.keyboard.press("s")
    expect(desk.page.get_by_role("button", name="Yes, stop all")).to_be_focused()
    assert desk.acts == []
    desk.answer = {**desk.answer, "stopped": True, "stops": [note("lena", "all stopped", 0)]}
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("[data-at=stop-state]")).to_have_text("All posting is stopped")
    expect(desk.page.locator("[data-at=stop-about]")).to_contain_text("lena, 13:38:20")
    assert desk.acts == [("stop", {"stopped": True})]
    expect(desk.page.locator(".wait").last).to_contain_text("posting is stopped")


def test_the_big_button_stops_at_once_and_asks_before_it_resumes(screens: Screens) -> None:
    desk = opened(screens)
    desk.answer = {**desk.answer, "stopped": True}
    desk.page.get_by_role("button", name="Stop all", exact=True).click()
    expect(desk.page.locator("[data-at=stop-state]")).to_have_text("All posting is stopped")
    desk.page.get_by_role("button", name="Resume posting").click()
    assert desk.acts == [("stop", {"stopped": True})]
    desk.answer = {**desk.answer, "stopped": False}
    desk.page.get_by_role("button", name="Yes, resume").click()
    expect(desk.page.locator("[data-at=stop-state]")).to_have_text("Posting is on")


def test_what_changes_elsewhere_is_shown_and_the_focus_stays_where_it_was(
    screens: Screens,
) -> None:
    desk = opened(screens)
    expect(desk.page.locator(".entry")).to_have_count(5)
    for key in ("j", "j", "j"):
        desk.page.keyboard.press(key)
    desk.tell(posts=[*desk.states(p13="sent"), post(16, 1, "unknown")])
    expect(desk.page.locator(".entry").first.locator(".account")).to_contain_text("Mastodon")
    expect(desk.page.locator(".entry")).to_have_count(5)
    expect(desk.page.locator(".entry:focus .state-mark")).to_have_text("Waiting for approval")
    desk.tell(posts=desk.states(p11="sending"))
    expect(desk.page.locator(".entry:focus .state-mark")).to_have_text("Sending")


def test_what_was_not_done_says_why(screens: Screens) -> None:
    desk = opened(screens)
    desk.status, desk.answer = 409, {"why": "state", "state": "sent", "detail": "…"}
    desk.page.locator("[data-act=hold]").click()
    said = desk.page.locator("[data-at=said]")
    expect(said).to_have_text("Not done: meanwhile it is “Sent”.")
    expect(said).to_have_class("outcome warn")
    desk.screen.complaints.clear()  # a browser tells its console of every 4xx


def test_who_may_only_look_is_offered_nothing_to_do(screens: Screens) -> None:
    desk = opened(screens)
    desk.screen.config |= {"may_approve": False, "may_stop": False}
    desk.open()
    expect(desk.page.locator(".entry")).to_have_count(5)
    expect(desk.page.locator(".acts button")).to_have_count(0)
    expect(desk.page.locator("[data-at=stop]")).to_be_hidden()
    for key in ("j", "j", "j", "a", "s"):
        desk.page.keyboard.press(key)
    expect(desk.page.locator(".entry:focus")).to_have_count(1)
    assert desk.acts == []


def test_filters_show_one_feed_or_one_state(screens: Screens) -> None:
    page = opened(screens).page
    expect(page.locator(".entry")).to_have_count(5)
    page.locator("[data-at=filter-feed]").select_option(label="Weibo · 双十一官方")
    expect(page.locator(".entry")).to_have_count(1)
    expect(page.locator("[data-at=history] > li")).to_have_count(1)
    page.locator("[data-at=filter-state]").select_option("sent")
    expect(page.locator("[data-at=queue-empty]")).to_have_text("Nothing here matches the filters.")


def test_news_is_told_once_on_the_page_and_what_was_there_before_is_none(
    screens: Screens,
) -> None:
    desk = opened(screens)
    expect(desk.page.locator(".entry")).to_have_count(5)
    expect(desk.page.locator("[data-at=notices] li")).to_have_count(0)
    alarm = {"id": 1, "key": "backlog", "raised_ms": 1, "said": {"en": "Backlog of 40 s"}}
    desk.tell(alarms=[{**alarm, "cleared_ms": None}])
    notices = desk.page.locator("[data-at=notices] li span")
    expect(notices).to_have_text(["Alarm: Backlog of 40 s"])
    desk.tell(posts=desk.states(p14="failed"))
    expect(notices).to_have_text(
        ["¥10 billion: Telegram refused the post", "Alarm: Backlog of 40 s"]
    )
    desk.page.get_by_role("button", name="Dismiss").first.click()
    expect(notices).to_have_text(["Alarm: Backlog of 40 s"])


def test_a_page_without_a_connection_says_that_it_is_out_of_date(screens: Screens) -> None:
    desk = opened(screens)
    expect(desk.page.locator("[data-at=state]")).to_have_text("Live")
    desk.page.route("**/posts/state", lambda route: route.abort("internetdisconnected"))
    desk.screen.cut()
    expect(desk.page.locator("[data-at=state]")).to_have_text("Out of date")


def test_hostile_words_stay_words_and_only_addresses_of_the_web_are_links(
    screens: Screens,
) -> None:
    markup = '<img src=x onerror="document.title=1"><b>x</b>'
    one = post(1, 1, "sent", text=markup, remote_url="javascript:alert(1)", notes=[])
    page = opened(screens, outbox(posts=[one, {**one, "id": 2, "state": "proposed"}])).page
    expect(page.locator(".preview .said")).to_have_text(markup)
    links = page.locator("[data-at=history] a")
    assert links.evaluate_all("all => all.map((one) => one.getAttribute('href'))") == [
        "/admin/dashboard/post/1/change/"
    ]
    expect(page.locator(".preview b")).to_have_count(1)


@pytest.mark.parametrize("lang", ["en", "zh-hans"])
def test_nothing_scrolls_sideways_and_targets_can_be_touched(screens: Screens, lang: str) -> None:
    page = opened(screens, lang=lang).page
    expect(page.locator(".entry")).to_have_count(5)
    for width, height in [(1440, 900), (800, 900), (390, 844), (320, 640)]:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        cut = [one for one in overflowing(page) if "select" not in one]
        assert cut == [], width
    heights = page.locator("button:visible, select:visible").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= 44


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("stopped", [False, True])
def test_every_text_can_be_read(screens: Screens, eye: Eye, scheme: str, stopped: bool) -> None:
    page = opened(screens, outbox(stopped=stopped), color_scheme=scheme, size=(1440, 2400)).page
    expect(page.locator(".entry")).to_have_count(5)
    assert faint_texts(eye, page) == []


def test_the_page_speaks_chinese(screens: Screens) -> None:
    page = opened(screens, lang="zh-hans").page
    expect(page.locator(".entry .state-mark").first).to_have_text("不确定是否已发出")
    expect(page.locator("[data-at=stop-state]")).to_have_text("发布正常")
    expect(page.locator(".entry h3").first).to_have_text("100亿元")


def test_the_staff_page_leads_here_with_the_number_that_waits_and_tells_of_news(
    screens: Screens,
) -> None:
    screen = staff.opened(screens)
    screen.config = {"posts": {"socket": f"/ws{HERE}", "state": f"{HERE}state", "title": "11.11"}}
    screen.context["posts_waiting"] = 0
    told: list[WebSocketRoute] = []

    def keep(line: WebSocketRoute) -> None:
        told.append(line)

    screen.page.route_web_socket(f"**/ws{HERE}", keep)
    page = screen.open()
    expect(page.locator("[data-at=posts-waiting]")).to_be_hidden()
    expect(page.locator("[data-at=digits]")).to_have_text("¥12,271,640,306")
    told[0].send(json.dumps(outbox()))
    expect(page.locator("[data-at=posts-waiting]")).to_have_text("4")
    more = [*outbox()["posts"], post(16, 1, "proposed", occasion="news:6")]
    told[0].send(json.dumps(outbox(posts=more)))
    expect(page.locator("[data-at=posts-waiting]")).to_have_text("5")
    line = page.locator("[data-at=notices] li span")
    expect(line).to_have_text("¥10 billion: a post waits for approval")


def test_the_browser_is_asked_by_the_button_alone_and_tells_once_over_all_tabs(
    screens: Screens,
) -> None:
    desk = opened(screens)
    desk.page.context.add_init_script(_NOTIFICATIONS)
    desk.open()
    expect(desk.page.locator(".entry")).to_have_count(5)
    assert desk.page.evaluate("window.asked") == 0
    desk.page.get_by_role("button", name="Notify me").click()
    expect(desk.page.locator("[data-at=notify]")).to_have_text("Notifications on")
    assert desk.page.evaluate("window.asked") == 1
    desk.tell(posts=desk.states(p14="failed"))
    expect(desk.page.locator("[data-at=notices] li")).to_have_count(1)
    told = "¥10 billion: Telegram refused the post"
    assert desk.page.evaluate("window.told") == [["Festival", told, "festival:failed:14:0"]]
    kept = desk.page.evaluate("localStorage.getItem('gmv-told-festival')")
    assert json.loads(kept) == ["failed:14:0"]


_NOTIFICATIONS = """
  window.asked = 0;
  window.told = [];
  window.Notification = class {
    static permission = "default";
    static async requestPermission() {
      window.asked += 1;
      this.permission = "granted";
    }
    constructor(title, { body, tag }) { window.told.push([title, body, tag]); }
  };
"""
