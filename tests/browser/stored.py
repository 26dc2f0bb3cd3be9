"""A server of stored figures: a wall's files, its snapshot and its socket, no board behind them.

Unlike `screens` it is a server like any other to the browser, so that what a page costs is its own.
"""

import json
import logging
import mimetypes
import threading
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from django.template.loader import render_to_string
from django.test import override_settings
from websockets.datastructures import Headers
from websockets.http11 import Request, Response
from websockets.sync.server import Server, ServerConnection, serve

from tests.browser.frames import last_year, page_config
from tests.browser.minutes import Json

logging.getLogger("websockets.server").setLevel(logging.WARNING)
ROOT = Path(__file__).parents[2]
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


class Stored:
    """Serves a wall on a free port while the block lasts; `send` tells its pages a frame."""

    def __init__(self, first: Json, lang: str = "en") -> None:
        self._newest, self._lang = first, lang
        self._pages: list[ServerConnection] = []

    def __enter__(self) -> Self:
        self._server: Server = serve(
            self._talk, "127.0.0.1", 0, process_request=self._answer, compression=None
        )
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.socket.getsockname()[1]}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()

    def send(self, frame: Json) -> None:
        """Tell a frame; it is the newest from now on."""
        self._newest = {**self._newest, **frame, "kind": "snapshot"}
        for page in self._pages:
            page.send(json.dumps(frame))

    def _talk(self, page: ServerConnection) -> None:
        page.send(json.dumps(self._newest))
        self._pages.append(page)
        for _asked in page:
            page.send(json.dumps(self._newest))

    def _answer(self, _page: ServerConnection, request: Request) -> Response | None:
        path = request.path.partition("?")[0]
        if path.startswith("/ws/"):
            return None
        kind, body = self._file(path)
        length = str(len(body))
        headers = Headers({"Content-Type": kind, "Content-Length": length, "Connection": "close"})
        return Response(HTTPStatus.OK, "OK", headers, body)

    def _file(self, path: str) -> tuple[str, bytes]:
        if path.startswith("/static/"):
            file = ROOT / path.lstrip("/")
            return mimetypes.guess_type(file.name)[0] or "font/woff2", file.read_bytes()
        if path.endswith(("/snapshot", "/reference")):
            told: Any = self._newest if path.endswith("/snapshot") else last_year()
            return "application/json", json.dumps(told).encode()
        return "text/html; charset=utf-8", self._html().encode()

    def _html(self) -> str:
        config = page_config(self._lang, orbit=True, oled=False, bezel=0)
        with override_settings(STORAGES=STORAGES):
            return render_to_string("wall.html", {"config": config, "name": ""})
