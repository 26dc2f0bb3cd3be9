"""Bluesky, and other servers of its protocol.

From its documentation: an app password opens a session (`createSession`: `did`, `accessJwt`); a
picture is uploaded as a blob of up to 1,000,000 bytes; a post is a record of `app.bsky.feed.post`
made by `createRecord`, whose key may be chosen (a TID: 13 characters of an ordered base 32). A key
that is taken makes no second record: servers refuse it, or answer 500. Links are facets, by offsets
in UTF-8. Errors are 4xx with `error` and `message`.
"""

import hashlib
import struct
from datetime import UTC, datetime
from typing import Any

from dashboard.alerts.service import Account, Field, Message, Sent, Service
from dashboard.alerts.web import Refused, Web
from dashboard.core.lengths import Limit
from dashboard.core.wholes import LINK

_COLLECTION = "app.bsky.feed.post"
_TID = "234567abcdefghijklmnopqrstuvwxyz"
# TIDs are microseconds and ten bits more; ours are spread over two years from 2023 on, which are
# past, so that no server finds one from the future.
_FROM_US, _SPREAD_BITS = 1_672_531_200_000_000, 46


def post(message: Message, account: Account, web: Web) -> Sent:
    """Log in, upload the picture, and make the record that the message's key stands for."""
    did, headers = _session(account, web)
    record: dict[str, Any] = {
        "$type": _COLLECTION,
        "text": message.text,
        "createdAt": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "langs": [message.lang.partition("-")[0]],
        "facets": facets(message.text),
    }
    if message.picture:
        record["embed"] = _embed(message.picture, message.alt, account, web, headers)
    made = {"repo": did, "collection": _COLLECTION, "rkey": tid(message.key), "record": record}
    url = _url(account, "com.atproto.repo.createRecord")
    answer = web.publish("POST", url, json=made, headers=headers)
    return _sent(did, message, str(answer.at("uri")))


def find(message: Message, account: Account, web: Web) -> Sent | None:
    """Look for the record that the message's key stands for."""
    did, headers = _session(account, web)
    asked = {"repo": did, "collection": _COLLECTION, "rkey": tid(message.key)}
    url = _url(account, "com.atproto.repo.getRecord")
    try:
        answer = web.prepare("GET", url, params=asked, headers=headers)
    except Refused as refused:
        if refused.answer and b"RecordNotFound" in refused.answer.body:
            return None
        raise
    return _sent(did, message, str(answer.at("uri")))


def tid(key: str) -> str:
    """Return the record's key for a message's key: always the same, and another for another."""
    drawn = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
    spread = drawn >> 10 & (1 << _SPREAD_BITS) - 1
    number = (_FROM_US + spread) << 10 | drawn & 1023
    return "".join(_TID[number >> shift & 31] for shift in range(60, -1, -5))


def facets(text: str) -> list[dict[str, Any]]:
    """Return the links of a text as facets, their places in bytes of UTF-8."""
    found = []
    for link in LINK.finditer(text):
        start = len(text[: link.start()].encode())
        index = {"byteStart": start, "byteEnd": start + len(link[0].encode())}
        feature = {"$type": "app.bsky.richtext.facet#link", "uri": link[0]}
        found.append({"index": index, "features": [feature]})
    return found


def _session(account: Account, web: Web) -> tuple[str, dict[str, str]]:
    who = {"identifier": account["handle"], "password": account["password"]}
    answer = web.prepare("POST", _url(account, "com.atproto.server.createSession"), json=who)
    return str(answer.at("did")), {"Authorization": f"Bearer {answer.at('accessJwt')}"}


def _embed(
    picture: bytes, alt: str, account: Account, web: Web, headers: dict[str, str]
) -> dict[str, Any]:
    url = _url(account, "com.atproto.repo.uploadBlob")
    kind = headers | {"Content-Type": "image/png"}
    blob = web.prepare("POST", url, content=picture, headers=kind).at("blob")
    width, height = struct.unpack(">II", picture[16:24])
    shape = {"width": width, "height": height}
    image = {"image": blob, "alt": alt, "aspectRatio": shape}
    return {"$type": "app.bsky.embed.images", "images": [image]}


def _sent(did: str, message: Message, uri: str) -> Sent:
    return Sent(uri, f"https://bsky.app/profile/{did}/post/{tid(message.key)}")


def _url(account: Account, method: str) -> str:
    return f"https://{account.get('server') or 'bsky.social'}/xrpc/{method}"


SERVICE = Service(
    name="bluesky",
    title="Bluesky",
    fields=(
        Field(
            "handle",
            "the account's handle, as board.bsky.social",
            pattern=r"[A-Za-z0-9.-]+",
            about_zh="账号名，如 board.bsky.social",
        ),
        Field(
            "password",
            "an app password, made in the account's settings",
            secret=True,
            about_zh="应用密码，在账号设置中生成",
        ),
        Field(
            "server",
            "bsky.social where it is empty, else a server that is in FEED_HOSTS",
            required=False,
            pattern=r"[a-z0-9.-]+(:\d+)?",
            about_zh="留空为 bsky.social；其他服务器须列入 FEED_HOSTS",
        ),
    ),
    limit=Limit(300, "graphemes"),
    post=post,
    pictures=True,
    idempotent=True,
    find=find,
    hosts=("bsky.social",),
)
