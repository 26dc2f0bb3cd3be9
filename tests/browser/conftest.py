"""A real browser, and pages in it that get their files and frames from the test itself."""

import json
import mimetypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import override_settings
from playwright.sync_api import (
    Browser,
    Page,
    Request,
    Route,
    WebSocketRoute,
    expect,
    sync_playwright,
)

from tests.browser.frames import last_year, page_config, snapshot
from tests.browser.minutes import Json
from tests.browser.pixels import Eye

expect.set_options(timeout=60_000)  # a busy machine is no failure
ROOT = Path(__file__).parents[2]
ORIGIN = "http://board.test"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# As of a wall, which a playlist may hold in a frame.
DIRECTIVES = {
    **settings.CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "frame-ancestors": ["'self'"],
}
CSP = "; ".join(f"{name} {' '.join(sources)}" for name, sources in DIRECTIVES.items())


def chromium() -> str:
    """The browser that is installed here."""
    names = (os.environ.get("CHROMIUM"), "chromium-headless-shell", "chromium")
    found = (shutil.which(name) for name in names if name)
    return next(path for path in found if path)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        yield running
        running.close()


@pytest.fixture(scope="session")
def eye(browser: Browser) -> Iterator[Eye]:
    looking = Eye(browser)
    yield looking
    looking.close()


class Screen:
    """A page of the board whose server is this object: nothing listens on any port."""

    def __init__(
        self, page: Page, first: Json, year: Json | None, template: str, lang: str
    ) -> None:
        self.page, self.newest, self.year = page, first, year
        self.template, self.lang = template, lang
        self.config: dict[str, Any] = {}
        self.alarms: list[Json] = []
        self.milestones: list[Json] = []
        self.context: dict[str, Any] = {}
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.reachable = True
        self.was_cut = False
        self.silent = False
        self.full = False
        self._socket: WebSocketRoute | None = None
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.route("**/*", self._answer)
        page.route_web_socket("**/ws/**", self._connect)

    def open(self, query: str = "") -> Page:
        self.page.goto(f"{ORIGIN}/wall/festival/{query}")
        return self.page

    def send(self, message: Json) -> None:
        """Sends a frame to the page; it is the newest from now on."""
        rows = [*self.newest["minutes"], *message.get("minutes", [])]
        minutes = [*{row[0]: row for row in rows}.values()]
        self.newest = {**self.newest, **message, "kind": "snapshot", "minutes": minutes}
        assert self._socket is not None
        self._socket.send(json.dumps(message))

    def mend(self) -> None:
        """The network is back."""
        self.reachable = True

    def cut(self) -> None:
        """The network goes."""
        self.reachable, self.was_cut = False, True
        if self._socket is not None:
            self._socket.close(code=1011)

    @property
    def foreign(self) -> list[str]:
        """What was asked of another origin."""
        return [url for url in self.requests if not url.startswith(f"{ORIGIN}/")]

    def end_access(self) -> None:
        """The figures are no longer for this browser."""
        assert self._socket is not None
        self._socket.close(code=4401)

    def _heard(self, message: Any) -> None:
        expected = "ERR_INTERNET_DISCONNECTED" in message.text or "WebSocket" in message.text
        if message.type in {"error", "warning"} and not (
            expected and (self.was_cut or not self.reachable)
        ):
            self.complaints.append(message.text)

    def _connect(self, socket: WebSocketRoute) -> None:
        if not self.reachable:
            socket.close(code=1011)
            return
        if self.full:
            socket.close(code=4429)
            return
        self._socket = socket
        if not self.silent:
            socket.send(json.dumps(self.newest))
        socket.on_message(lambda _: socket.send(json.dumps(self.newest)))

    def _answer(self, route: Route, request: Request) -> None:
        path = request.url.removeprefix(ORIGIN).partition("?")[0]
        self.requests.append(request.url)
        if not self.reachable:
            route.abort("internetdisconnected")
        elif path.startswith(("/static/", "/tests/js/")):
            file = ROOT / path.lstrip("/")
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            route.fulfill(body=file.read_bytes(), headers={"Content-Type": kind})
        elif path.endswith("/snapshot"):
            route.fulfill(json=self.newest) if not self.silent else route.abort("failed")
        elif path.endswith(("/alarms", "/milestones")):
            route.fulfill(json=self.alarms if path.endswith("/alarms") else self.milestones)
        elif path.endswith("/reference"):
            route.fulfill(json=self.year or {"label": None, "minutes": []})
        else:
            headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": CSP}
            route.fulfill(body=self._html(), headers=headers)

    def _html(self) -> str:
        config = page_config(self.lang, **self.config)
        return render_to_string(self.template, {"config": config, "name": "", **self.context})


class Screens:
    """Opens screens, each in a context of its own."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.made: list[Screen] = []

    def __call__(
        self,
        first: Json | None = None,
        *,
        lang: str = "en",
        size: tuple[int, int] = (1280, 720),
        year: Json | None = None,
        template: str = "wall.html",
        **options: Any,
    ) -> Screen:
        context = self._browser.new_context(
            viewport={"width": size[0], "height": size[1]}, **options
        )
        year = last_year() if year is None else year
        screen = Screen(context.new_page(), first or snapshot(), year, template, lang)
        self.made.append(screen)
        return screen


PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@contextmanager
def serving(browser: Browser) -> Iterator[Screens]:
    """Screens of canned figures while the block lasts.

    It fails where one of them complains on its console, or asks another origin than its own.
    """
    opened = Screens(browser)
    try:
        with override_settings(STORAGES={**settings.STORAGES, "staticfiles": PLAIN}):
            yield opened
    finally:
        for screen in opened.made:
            screen.page.context.close()
    assert [line for screen in opened.made for line in screen.complaints] == []
    assert [url for screen in opened.made for url in screen.foreign] == []


@pytest.fixture
def screens(browser: Browser) -> Iterator[Screens]:
    """Screens of canned figures, each in a context of its own, for one test."""
    with serving(browser) as opened:
        yield opened
