"""Point 11 of the acceptance list: a milestone is shown for 8 s, once, and the total runs on."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Screens
from tests.browser.frames import frame_after, reached, turnover
from tests.browser.long.matrix import both_languages, every_size
from tests.browser.states import fall, hold_clock, play

_TIMES = """() => {
  window.told = [];
  const panel = document.querySelector("[data-at=takeover]");
  new MutationObserver(() => told.push([!panel.hidden, performance.now()]))
    .observe(panel, { attributes: true, attributeFilter: ["hidden"] });
}"""


_STAYS = (".total", "[data-at=hero]", ".multiple", "[data-at=digits-row]")


@both_languages
@pytest.mark.parametrize("media", ["no-preference", "reduce"])
def test_11_a_milestone_is_shown_for_8_s_while_the_total_runs_on(
    screens: Screens, lang: str, media: str
) -> None:
    screen = screens(lang=lang, reduced_motion=media)
    page = screen.open()
    expect(page.locator("[data-at=multiple-then]")).not_to_be_empty()
    page.evaluate(_TIMES)
    place = page.locator(".total").bounding_box(), page.locator("[data-at=hero]").bounding_box()
    fallen = reached(12_300_000_000, "16:20:36", announced=screen.newest["sent_at"])
    milestones = {**screen.newest["milestones"], "reached": [fallen]}
    read = []
    for second in range(9):
        total = turnover(12_300_000_000 + 1_234_567 * second)
        screen.send(frame_after(screen.newest, turnover=total, milestones=milestones))
        page.wait_for_timeout(1_000)
        read.append(page.locator("[data-at=plain-total]").inner_text())
        read.append(page.locator("[data-at=digits]").inner_text())
        now = page.locator(".total").bounding_box(), page.locator("[data-at=hero]").bounding_box()
        assert now == place
    assert len(set(read[1::2])) == 9
    (shown, begun), (still, ended) = page.evaluate("told")
    assert (shown, still) == (True, False)
    assert 7_700 <= ended - begun <= 8_300
    page.reload()
    expect(page.locator("[data-at=multiple-then]")).not_to_be_empty()
    page.wait_for_timeout(1_500)
    expect(page.locator("[data-at=takeover]")).to_be_hidden()


@every_size
@both_languages
def test_11_in_every_shape_the_total_runs_on_above_a_milestone(
    screens: Screens, lang: str, size: tuple[int, int]
) -> None:
    screen = screens(lang=lang, size=size, reduced_motion="reduce")
    hold_clock(screen.page)
    page = screen.open()
    expect(page.locator("[data-at=multiple-then]")).not_to_be_empty()
    stood = [page.locator(one).bounding_box() for one in _STAYS]
    fall(screen)
    takeover, read = page.locator("[data-at=takeover]"), set()
    for second in range(7):
        expect(takeover).to_be_visible()
        read.add(page.locator("[data-at=digits]").inner_text())
        assert [page.locator(one).bounding_box() for one in _STAYS] == stood
        play(screen, 1, turnover=turnover(12_300_000_000 + 1_234_567 * (second + 1)))
    assert len(read) == 7
    play(screen, 1)
    expect(takeover).to_be_hidden()
    page.reload()
    expect(page.locator("[data-at=multiple-then]")).not_to_be_empty()
    page.clock.run_for(2_000)
    expect(takeover).to_be_hidden()
