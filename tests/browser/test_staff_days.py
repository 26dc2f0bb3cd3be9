"""The staff page of a campaign of several days."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.conftest import Screens
from tests.browser.frames import meta, snapshot
from tests.browser.minutes import START, campaign_time, iso
from tests.browser.staff import opened


def test_times_of_a_campaign_of_several_days_have_their_date(screens: Screens) -> None:
    windows = [{"start": iso(START), "end": iso(START + timedelta(days=11))}]
    begun, over = iso(campaign_time("16:12:00")), iso(campaign_time("16:15:00"))
    held = {"state": "queueing", "from": begun, "to": over, "worst_stuck": 9}
    site = {"state": "normal", "since": None, "note": "", "episodes": [held]}
    page = opened(screens, first=snapshot(meta=meta(windows=windows), site=site)).open()
    expect(page.locator("[data-at=milestones] li.fell .time").first).to_have_text("11 Nov 00:37:10")
    expect(page.locator("[data-at=milestones]")).to_contain_text("about 11 Nov 20:04")
    expect(page.locator("[data-at=facts]")).to_contain_text("at 11 Nov 00:59")
    expect(page.locator("[data-at=episodes]")).to_contain_text("11 Nov 16:12 Queueing")


def test_what_waits_in_quarantine_is_told_with_its_time(screens: Screens) -> None:
    page = opened(screens).open()
    told = page.locator("p", has=page.locator("[data-at=quarantine-as-of]"))
    expect(told).to_contain_text("2")
    expect(told.locator(".aside")).to_contain_text("as of 16:")
