"""A feed on this machine, for boards that are diverted to it: what it was asked to post, and when.

It stands for Slack's incoming webhook, which knows no keys, and for a receiver of webhooks, for
which the same `webhook-id` twice is one post.
"""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SLACK, WEBHOOK = "https://hooks.slack.com/services/T0/B0/x", "https://receiver.example/posts"
SECRETS = {"FEED_SECRET_WEBHOOK": SLACK, "FEED_SECRET_SECRET": "whsec_" + "QUJD" * 11}


class FeedServer:
    """`asked` are all requests: when (monotonic seconds), and the text; `posts` what is there."""

    def __init__(self) -> None:
        self.asked: list[tuple[float, str]] = []
        self.posts: list[str] = []
        self._keys: set[str] = set()
        self._lock = threading.Lock()
        self._http = ThreadingHTTPServer(
            ("127.0.0.1", 0), type("Handler", (_Handler,), {"feed": self})
        )
        self._http.daemon_threads = True

    @property
    def env(self) -> dict[str, str]:
        """What a board that is diverted here has in its environment."""
        port = self._http.server_address[1]
        there = {"FEEDS_DIVERTED_TO": f"127.0.0.1:{port}", "FEED_HOSTS": "receiver.example"}
        return {**there, **SECRETS}

    @contextmanager
    def running(self) -> Iterator["FeedServer"]:
        """Answer while the block lasts."""
        threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield self
        finally:
            self._http.shutdown()
            self._http.server_close()

    def take(self, text: str, key: str | None) -> None:
        """Make a post, unless its key was there before."""
        with self._lock:
            self.asked.append((time.monotonic(), text))
            if key is None or key not in self._keys:
                self.posts.append(text)
            self._keys |= {key} if key else set()


class _Handler(BaseHTTPRequestHandler):
    feed: FeedServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        text = body["data"]["text"] if "data" in body else body["text"]
        self.feed.take(text, self.headers["webhook-id"])
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_: object) -> None:
        """Say nothing."""
