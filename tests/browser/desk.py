"""The staff page of posts with a canned outbox: it takes what is posted, and tells of it."""

import json
from typing import Any

from playwright.sync_api import Request, Route

from tests.browser.conftest import ORIGIN, Screen, Screens
from tests.browser.staff import Campaign

Json = dict[str, Any]
# 13:38:20 in Shanghai, 20 s after ten billion.
NOW = 1_352_612_300_000
HERE = "/staff/festival/posts/"
_WORDS = {
    **{"posts": "Posts", "theme": "Dark", "figures": "Figures", "notices": "Notices"},
    "admin": "Open admin",
}
_GOAL = {
    **{"id": 5, "key": "10b", "kind": "amount"},
    "title": {"en": "¥10 billion", "zh-hans": "100亿元"},
    **{"fired_ms": NOW - 20_000, "crossed_ms": NOW - 22_000, "late": False},
}
_PASSED = {
    **_GOAL,
    **{"id": 3, "key": "2011", "kind": "reference_total", "crossed_ms": NOW - 40_741_000},
    "title": {"en": "All of 2011", "zh-hans": "2011年全天总额"},
    "fired_ms": NOW - 40_740_000,
}
_ENGLISH = (
    "11.11 Shopping Festival: turnover passed ¥10 billion at 13:38:00, 13 h 38 min in.\n"
    "2011 never got there: its whole day was ¥3.36 billion. This is 4.9 times 2011 at this time.\n"
    "#1111"
)
_CHINESE = (
    "双十一购物狂欢节：13:38:00，成交额突破 100 亿元，用时 13 小时 38 分。\n"
    "2011 年全天为 33.6 亿元，目前是去年同时段的 4.9 倍。"
)
_ALT = "¥10 billion at 13:38:00, this year's curve far above that of 2011."


def feed(pk: int, title: str, name: str, **fields: Any) -> Json:
    return {
        **{"id": pk, "name": name, "service": title.lower(), "title": title, "most": 500},
        **{"audience": "public", "lang": "en", "dry_run": False, "stopped": False},
        **{"approval": "ask", "holding_s": 60, "cap_an_hour": 6, "gap_s": 60, "failures": 0},
        **{"last_error": "", "last_sent_ms": NOW - 40_700_000, "not_before_ms": 0},
        "pictures": True,
        **fields,
    }


def note(by: str, action: str, ago_s: int, **more: str) -> Json:
    return {"by": by, "action": action, "at_ms": NOW - ago_s * 1000, **more}


def post(pk: int, to: int, state: str, **fields: Any) -> Json:
    return {
        **{"id": pk, "feed": to, "state": state, "kind": "news", "text": _ENGLISH, "lang": "en"},
        **{"goal": _GOAL, "corrects": None, "occasion": "news:5", "poster": "wide", "alt": _ALT},
        **{"link": "", "created_ms": NOW - 18_000, "not_before_ms": 0, "attempts": 0},
        **{"expires_ms": NOW + 880_000, "dry_run": False, "sent_ms": None, "remote_id": ""},
        **{"remote_url": "", "error": "", "used": 214, "left": False, "notes": []},
        **fields,
    }


def outbox(**fields: Any) -> Json:
    """A whole state: everything that the page has a look for."""
    sent: Json = {"goal": _PASSED, "occasion": "news:3", "created_ms": NOW - 40_739_000}
    early: Json = {**sent, "state": "sent", "text": "Turnover passed all of 2011 at 02:19:18."}
    done = [note("lena", "approved", 40_715), note("outbox", "sent", 40_712)]
    return {
        **{"kind": "posts", "v": 1, "sent_at": "2012-11-11T05:38:20Z", "stopped": False},
        "stops": [note("tom", "all released", 43_000)],
        "feeds": [
            feed(1, "Mastodon", "festival", last_sent_ms=NOW - 40_712_000),
            feed(2, "Weibo", "双十一官方", lang="zh-hans", most=140, failures=2,
                 last_error="HTTP 403 applications over the unaudited use restrictions"),
            feed(3, "X", "festival1111", most=280, not_before_ms=NOW + 240_000),
            feed(4, "Telegram", "channel", approval="auto", most=1024),
            feed(5, "Bluesky", "festival", most=300, dry_run=True, last_sent_ms=None),
            feed(6, "DingTalk", "operations", audience="operators", stopped=True, pictures=False),
        ],
        "posts": [
            post(1, 1, notes=done, sent_ms=NOW - 40_712_000, used=41,
                 remote_url="https://mastodon.example/@festival/113", **early),
            post(2, 3, **{**early, "state": "unknown"}, left=True, error="timed out",
                 notes=[note("outbox", "unknown", 40_700, error="timed out"),
                        note("lena", "left alone", 40_500)]),
            post(3, 2, **{**early, "state": "withdrawn"},
                 notes=[note("tom", "withdrawn", 40_600, reason="another account tells it")]),
            post(4, 5, **early, dry_run=True, notes=done, sent_ms=NOW - 40_710_000),
            post(11, 1, "proposed"),
            post(12, 2, "failed", text=_CHINESE, lang="zh-hans", used=67, attempts=1,
                 error="HTTP 403 applications over the unaudited use restrictions",
                 notes=[note("lena", "approved", 12), note("outbox", "refused", 10)]),
            post(13, 3, "unknown", used=238, attempts=1, error="no answer within 10 s",
                 notes=[note("lena", "approved", 15), note("outbox", "unknown", 4)]),
            post(14, 4, "approved", not_before_ms=NOW + 42_000),
            post(15, 5, "proposed", used=218, poster="square"),
        ],
        "milestones": [_GOAL, _PASSED],
        "alarms": [],
        **fields,
    }  # fmt: skip


def drawn(title: str = "¥10 billion") -> str:
    """A picture in the place of a poster."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 90">'
        '<rect width="160" height="90" fill="#0d1013"/>'
        '<path d="M10 70C40 66 60 20 80 30S130 42 150 40V80H10Z" fill="#59c2ff"/>'
        f'<text x="10" y="24" fill="#eceff1" font-family="sans-serif">{title}</text></svg>'
    )


class Desk:
    """The page, and the server's side of it: `answer` is told back to every act."""

    def __init__(self, screen: Screen) -> None:
        self.screen, self.page = screen, screen.page
        self.acts: list[tuple[str, Json]] = []
        self.answer: Json = screen.newest
        self.status = 200
        screen.page.route(f"**{HERE}*/**", self._posted)
        screen.page.route(f"**{HERE}stop", self._posted)
        screen.page.route(f"**{HERE}state", self._told)

    def open(self) -> "Desk":
        self.page.goto(f"{ORIGIN}{HERE}")
        return self

    def tell(self, **fields: Any) -> None:
        """Sends the state with these fields changed."""
        self.answer = {**self.answer, **fields}
        self.screen.newest = self.answer
        assert self.screen._socket is not None
        self.screen._socket.send(json.dumps(self.answer))

    def states(self, **changed: str) -> list[Json]:
        """The posts with other states: by `p` and their number."""
        return [
            {**one, "state": changed.get(f"p{one['id']}", one["state"])}
            for one in self.answer["posts"]
        ]

    def _told(self, route: Route, request: Request) -> None:
        route.fulfill(json=self.answer)

    def _posted(self, route: Route, request: Request) -> None:
        where = request.url.partition(HERE)[2]
        if ".png" in where:
            route.fulfill(body=drawn(), headers={"Content-Type": "image/svg+xml"})
            return
        body = request.post_data_json or {}
        if where.endswith("/measure"):
            route.fulfill(json={"used": len(body["text"]), "most": 500})
            return
        self.acts.append((where, body))
        route.fulfill(json=self.answer, status=self.status)


def opened(screens: Screens, state: Json | None = None, **options: Any) -> Desk:
    """The page, open, as somebody sees it who may do everything."""
    screen = screens(state or outbox(), template="posts.html", **options)
    screen.config = {
        **{"posts": HERE, "state": f"{HERE}state", "socket": f"/ws{HERE}", "token": "t"},
        **{"may_approve": True, "may_stop": True, "zone": "Asia/Shanghai", "now": NOW},
        **{"title": "Festival", "admin": "/admin/dashboard/post/"},
    }
    screen.context = {
        **{"campaign": Campaign, "words": _WORDS, "perms": {"dashboard": {"view_feed": True}}},
        "name": "11.11 Shopping Festival 2012",
    }
    return Desk(screen).open()
