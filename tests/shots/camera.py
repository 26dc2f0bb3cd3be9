"""Takes the pictures: walls in both languages and all shapes, and the other screens."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, StorageState, expect

from tests.boards import Board
from tests.browser.states import LANGUAGES
from tests.shots.scenes import Scene
from tests.standing import standing_still

Size = tuple[int, int]
Theme = Literal["light", "dark"]
_SETTLED_MS, _FALLEN_MS, _ALARMED_S = 900, 30_000, 120
_DESK, _PHONE, _SHEET = (1440, 900), (390, 844), (1300, 900)


class Camera:
    """A browser that is logged in, and the folder that its pictures go to."""

    def __init__(self, browser: Browser, board: Board, folder: Path) -> None:
        self._browser, self._board, self._folder = browser, board, folder
        self._login: StorageState | None = None
        self.sizes: list[Size] = []
        self.taken = 0

    def log_in(self, user: str, password: str) -> None:
        """Log in as staff, for the pages that ask for it."""
        with self._page("/admin/login/?next=/admin/", _DESK) as page:
            page.fill("[name=username]", user)
            page.fill("[name=password]", password)
            page.click("[type=submit]")
            page.wait_for_url("**/admin/")
            self._login = page.context.storage_state()

    def set_state(self, scene: Scene, state: str) -> None:
        """Say of a campaign's payments what staff say: by their form."""
        path = f"/admin/dashboard/sitestate/add/?campaign={scene.campaign.pk}"
        with self._page(path, _DESK) as page:
            page.select_option("[name=state]", state)
            page.click("[name=_save]")
            page.wait_for_url("**/sitestate/")

    def walls(self, scene: Scene, name: str) -> None:
        """A wall in both languages and every shape, once it shows what the scene says."""
        with ExitStack() as open_:
            pages = [open_.enter_context(self._wall(scene, one, _DESK)) for one in LANGUAGES]
            for lang, page in zip(LANGUAGES, pages, strict=True):
                self._wait(scene, page)
                self._shapes(scene, name, lang, page)

    def take_overs(self, scene: Scene, name: str) -> None:
        """A take-over is laid out for the window that it comes up in: one milestone a picture."""
        for lang in LANGUAGES:
            for size in self.sizes:
                scene.keep_up(self._board)
                with self._wall(scene, lang, size) as page:
                    scene.fell_next(self._board)
                    expect(page.locator(scene.shows)).to_be_visible(timeout=_FALLEN_MS)
                    self._take(page, _name(name, lang, size))

    def stale(self, scene: Scene) -> None:
        """Walls whose board has lost the process that makes frames."""
        with ExitStack() as open_:
            walls = [open_.enter_context(self._wall(scene, one, _DESK)) for one in LANGUAGES]
            open_.enter_context(standing_still(self._board.pids["pulse"]))
            for lang, page in zip(LANGUAGES, walls, strict=True):
                expect(page.locator("[data-at=flag]")).to_be_visible(timeout=_FALLEN_MS)
                self._shapes(scene, "stale", lang, page)

    def desks(self, scene: Scene) -> None:
        """The staff page, large and small, in both themes and languages."""
        themes: tuple[Theme, ...] = ("light", "dark")
        for lang in LANGUAGES:
            for theme in themes:
                for size, scale in ((_DESK, 1), (_PHONE, 2)):
                    path = f"/staff/{scene.slug}/?lang={lang}"
                    scene.keep_up(self._board)
                    with self._page(path, size, scale, theme) as page:
                        expect(page.locator("[data-at=digits]")).not_to_have_text("—")
                        name = f"staff-{scene.slug}-{theme}"
                        self._take(page, _name(name, lang, size), whole=True)

    def others(self, scene: Scene) -> None:
        """A wall that waits for its pairing, a playlist, and a still for paper."""
        for lang in LANGUAGES:
            scene.keep_up(self._board)
            for size in self.sizes:
                with self._page(f"/wall/unknown/?lang={lang}", size) as page:
                    expect(page.locator("[data-at=code]")).not_to_be_empty()
                    self._take(page, _name("pairing", lang, size))
            with self._page(f"/walls/?show={scene.slug}&lang={lang}&motion=off", _DESK) as page:
                expect(page.locator("iframe:not(.coming)")).to_be_attached(timeout=_FALLEN_MS)
                self._take(page, _name("playlist", lang, _DESK))
            for paper in ("a4", "a3"):
                path = f"/wall/{scene.slug}/?lang={lang}&still={paper}"
                with self._page(path, _SHEET, 2) as page:
                    expect(page.locator("main")).to_have_attribute("data-drawn", "yes")
                    self._take(page, _name(f"still-{paper}", lang, _SHEET), whole=True)

    def _wait(self, scene: Scene, page: Page) -> None:
        """Until a wall shows what the scene says, while its payments go on."""
        until = time.monotonic() + _ALARMED_S
        while scene.shows and not page.locator(scene.shows).is_visible():
            assert time.monotonic() < until, f"{scene.slug}: no {scene.shows}"
            scene.keep_up(self._board)
            page.wait_for_timeout(_SETTLED_MS)

    @contextmanager
    def _page(self, path: str, size: Size, scale: int = 1, theme: Theme = "dark") -> Iterator[Page]:
        context = self._browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            device_scale_factor=scale,
            color_scheme=theme,
            storage_state=self._login,
        )
        page = context.new_page()
        page.goto(self._board.url + path)
        yield page
        context.close()

    @contextmanager
    def _wall(self, scene: Scene, lang: str, size: Size) -> Iterator[Page]:
        with self._page(f"/wall/{scene.slug}/?lang={lang}&motion=off&orbit=off", size) as page:
            expect(page.locator("main")).to_have_attribute("data-drawn", "yes", timeout=_FALLEN_MS)
            if page.locator(".chart").is_visible():
                expect(page.locator(".plot svg").first).to_be_attached(timeout=_FALLEN_MS)
            if scene.plan.before:
                expect(page.locator(".hour").first).to_be_attached(timeout=_FALLEN_MS)
            yield page

    def _shapes(self, scene: Scene, state: str, lang: str, page: Page) -> None:
        for size in self.sizes:
            scene.keep_up(self._board)
            page.set_viewport_size({"width": size[0], "height": size[1]})
            self._take(page, _name(state, lang, size))

    def _take(self, page: Page, name: str, *, whole: bool = False) -> None:
        page.wait_for_timeout(_SETTLED_MS)
        page.screenshot(path=self._folder / f"{name}.png", caret="initial", full_page=whole)
        self.taken += 1


def _name(state: str, lang: str, size: Size) -> str:
    return f"{state}-{lang}-{size[0]}x{size[1]}"
