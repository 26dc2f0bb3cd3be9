r"""Discord: a webhook posts into a channel.

From its documentation: a POST to the webhook's address, with `wait=true`, is answered with the
message, whose `id` is its own. `content` has up to 2,000 characters of Markdown; a backslash takes
a sign's meaning away, and an empty `allowed_mentions.parse` lets nobody be called, not everyone
either. A file is a part `files[n]` beside `payload_json`, which tells of it in `attachments`, with
a `description` of up to 1,024 characters. Errors have a status of their own.
"""

import re

import msgspec

from dashboard.alerts.service import Account, Field, Message, Sent, Service
from dashboard.alerts.web import Web
from dashboard.core.lengths import Limit, cut

_ALT = Limit(1_024)
# Addresses are links as they are; a backslash in one would break it.
_SIGNS = re.compile(r"(https?://[^\s<\[]+)|([\\*_~`|\[<@]|^[>#-])", re.MULTILINE)


def post(message: Message, account: Account, web: Web) -> Sent:
    """Send words, with the picture below."""
    said = {"content": plain(message.text), "allowed_mentions": {"parse": []}}
    if message.picture:
        told = {"id": 0, "filename": "poster.png", "description": cut(message.alt, _ALT)}
        payload = msgspec.json.encode(said | {"attachments": [told]}).decode()
        files = {"files[0]": ("poster.png", message.picture, "image/png")}
        sent = {"data": {"payload_json": payload}, "files": files}
    else:
        sent = {"json": said}
    answer = web.publish("POST", account["webhook"], params={"wait": "true"}, **sent)
    number, channel = str(answer.at("id")), str(answer.at("channel_id"))
    server = account.get("server")
    url = f"https://discord.com/channels/{server}/{channel}/{number}" if server else ""
    return Sent(number, url)


def plain(text: str) -> str:
    """Return a text of which Discord's Markdown makes nothing: no links behind words, no names."""
    return _SIGNS.sub(lambda sign: sign[1] or f"\\{sign[2]}", text)


SERVICE = Service(
    name="discord",
    title="Discord",
    fields=(
        Field(
            "webhook",
            "a webhook's address, https://discord.com/api/webhooks/…",
            secret=True,
            pattern=r"https://discord\.com/api/(v\d+/)?webhooks/\d+/[\w-]+",
            about_zh="Webhook 地址，https://discord.com/api/webhooks/…",
        ),
        Field(
            "server",
            "the server's number, for links to posts",
            required=False,
            pattern=r"\d+",
            about_zh="服务器编号，用于生成帖子链接",
        ),
    ),
    limit=Limit(1_800),  # of 2,000: backslashes count
    post=post,
    pictures=True,
    hosts=("discord.com",),
)
