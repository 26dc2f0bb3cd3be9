"""Mastodon, on any server.

From its documentation: a picture goes to /api/v2/media first, whose 202 means that it is still
being processed: /api/v1/media/:id says 206 until it is done. /api/v1/statuses takes an
Idempotency-Key, kept for up to an hour; it is written late, so that a slow server has posted the
same key twice: the account's own timeline is looked at first, and the key
is used within 50 minutes. Errors are 4xx with `error`.
"""

import html
import re
import time
from datetime import datetime

from dashboard.alerts.service import Account, Field, Message, Sent, Service
from dashboard.alerts.web import Answer, Later, Web
from dashboard.core.lengths import Limit

# Seconds between looks at a picture that is being processed.
_WAITS_S = (0.2, 0.5, 1, 2, 4)
# The server's clock may differ by so much. The same words may have been news before.
_CLOCKS_S = 60
# Statuses that one look is given, and asks for.
_MOST = 40
# In characters, of a picture's description.
_MOST_ALT = 1500


def post(message: Message, account: Account, web: Web) -> Sent:
    """Upload the picture, wait for it, and send the words."""
    form = {"status": message.text, "language": message.lang.partition("-")[0]}
    if message.picture:
        form["media_ids[]"] = _upload(message.picture, message.alt, account, web)
    headers = _headers(account) | {"Idempotency-Key": message.key}
    url = f"{_base(account)}/v1/statuses"
    return _sent(web.publish("POST", url, data=form, headers=headers))


def find(message: Message, account: Account, web: Web) -> Sent | None:
    """Look for the words among the account's own statuses since they were first sent."""
    headers, base = _headers(account), _base(account)
    me = web.prepare("GET", f"{base}/v1/accounts/verify_credentials", headers=headers).at("id")
    asked = {"limit": str(_MOST), "exclude_replies": "true", "exclude_reblogs": "true"}
    url = f"{base}/v1/accounts/{me}/statuses"
    answer = web.prepare("GET", url, params=asked, headers=headers)
    since_s = message.tried_ms / 1000 - _CLOCKS_S
    for nth in range(len(answer.json())):
        if datetime.fromisoformat(answer.at(nth, "created_at")).timestamp() < since_s:
            return None
        if _words(answer.at(nth, "content")) == _bare(message.text):
            return Sent(str(answer.at(nth, "id")), str(answer.at(nth, "url") or ""))
    if len(answer.json()) >= _MOST:
        raise Later(f"its last {_MOST} statuses are all newer than the post")
    return None


def _upload(picture: bytes, alt: str, account: Account, web: Web) -> str:
    answer = web.prepare(
        "POST",
        f"{_base(account)}/v2/media",
        files={"file": ("poster.png", picture, "image/png")},
        data={"description": alt[:_MOST_ALT]},
        headers=_headers(account),
    )
    number = str(answer.at("id"))
    url = f"{_base(account)}/v1/media/{number}"
    for seconds in _WAITS_S:
        if answer.status not in {202, 206}:
            return number
        time.sleep(seconds)
        answer = web.prepare("GET", url, headers=_headers(account))
    raise Later("the picture is still being processed", 30)


def _sent(answer: Answer) -> Sent:
    return Sent(str(answer.at("id")), str(answer.at("url") or ""))


def _base(account: Account) -> str:
    return f"https://{account['server']}/api"


def _headers(account: Account) -> dict[str, str]:
    return {"Authorization": f"Bearer {account['token']}"}


def _words(content: str) -> str:
    """Return the words of a status's HTML."""
    return _bare(html.unescape(re.sub(r"<[^>]*>", "", content)))


def _bare(text: str) -> str:
    """Return a text without its spaces and line ends, which HTML does not keep."""
    return re.sub(r"\s", "", text)


SERVICE = Service(
    name="mastodon",
    title="Mastodon",
    fields=(
        Field(
            "server",
            "the server's name, as mastodon.example; it belongs in FEED_HOSTS",
            pattern=r"[a-z0-9.-]+(:\d+)?",
            about_zh="服务器域名，如 mastodon.example；须列入 FEED_HOSTS",
        ),
        Field(
            "token",
            "an access token with write:statuses, write:media, read:accounts and read:statuses",
            secret=True,
            about_zh="访问令牌，权限 write:statuses write:media read:accounts read:statuses",
        ),
    ),
    limit=Limit(500, "mastodon"),
    post=post,
    pictures=True,
    idempotent=True,
    key_lasts_s=3_000,
    find=find,
)
