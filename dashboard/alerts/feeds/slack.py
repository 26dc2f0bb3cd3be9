"""Slack: an incoming webhook posts words, a bot words and pictures.

From its documentation: a webhook takes JSON and answers the text `ok`; methods of the Web API,
asked with a bearer token, answer an object whose `ok` is true, or whose `error` says why not. Three
errors say that some of it may have happened all the same. &, < and > are written as entities, so
that nothing is a mention, a command or a link behind words; `mrkdwn: false` leaves * and _ alone.
A file's place is asked of `files.getUploadURLExternal` (with `alt_txt`, up to 1,000 characters),
the file POSTed there, and it is seen once `files.completeUploadExternal` shares it with its words.
"""

from collections.abc import Mapping
from html import escape
from typing import Any

from dashboard.alerts.replies import refused
from dashboard.alerts.service import Account, Field, Message, Sent, Service
from dashboard.alerts.web import Answer, Later, Refused, Unknown, Web
from dashboard.core.lengths import Limit, cut

_API = "https://slack.com/api/"
_NO_PREVIEWS = {"unfurl_links": False, "unfurl_media": False}
_ALT = Limit(1_000)
_TOO_MANY = {"ratelimited", "rate_limited"}
_PERHAPS_DONE = {"fatal_error", "internal_error", "service_unavailable"}


def post(message: Message, account: Account, web: Web) -> Sent:
    """Send words by the webhook, or by the bot, which brings the picture along."""
    words = escape(message.text, quote=False)
    if not account.get("bot_token"):
        return _by_webhook(words, account, web)
    if not account.get("channel"):
        raise Refused("channel: expected the number of the bot's channel, C…")
    bot = {"headers": {"authorization": f"Bearer {account['bot_token']}"}}
    if message.picture:
        return _with_picture(message, message.picture, words, account, web, bot)
    said = {"channel": account["channel"], "text": words, "mrkdwn": False}
    answer = web.publish("POST", f"{_API}chat.postMessage", json=said | _NO_PREVIEWS, **bot)
    _check(answer)
    return Sent(str(answer.at("ts")))


def _by_webhook(words: str, account: Account, web: Web) -> Sent:
    if not account.get("webhook"):
        raise Refused("webhook: expected its address, or a bot_token and a channel")
    said = {"text": words, "mrkdwn": False} | _NO_PREVIEWS
    answer = web.publish("POST", account["webhook"], json=said)
    if answer.body.strip() != b"ok":
        raise Unknown("the answer is not ok")
    return Sent("")


def _with_picture(
    message: Message,
    picture: bytes,
    words: str,
    account: Account,
    web: Web,
    bot: Mapping[str, Any],
) -> Sent:
    told = {"filename": "poster.png", "length": len(picture), "alt_txt": cut(message.alt, _ALT)}
    place = web.prepare("POST", f"{_API}files.getUploadURLExternal", data=told, **bot)
    _check(place)
    web.prepare("POST", place.at("upload_url"), content=picture)
    shared = {
        "files": [{"id": place.at("file_id")}],
        "channel_id": account["channel"],
        "initial_comment": words,
    }
    answer = web.publish("POST", f"{_API}files.completeUploadExternal", json=shared, **bot)
    _check(answer)
    return Sent(str(answer.at("files", 0, "id")), answer.at("files", 0).get("permalink", ""))


def _check(answer: Answer) -> None:
    if answer.at("ok"):
        return
    error = str(answer.at("error"))
    if error in _TOO_MANY:
        raise Later(error, 60)
    if error in _PERHAPS_DONE:
        raise Unknown(error) if answer.seen else Later(error)
    raise refused("error", error)


SERVICE = Service(
    name="slack",
    title="Slack",
    fields=(
        Field(
            "webhook",
            "an incoming webhook's address, https://hooks.slack.com/services/…",
            secret=True,
            required=False,
            pattern=r"https://hooks\.slack\.com/services/[\w/]+",
            about_zh="传入 Webhook 地址，https://hooks.slack.com/services/…",
        ),
        Field(
            "bot_token",
            "in place of the webhook, for pictures: a bot's token, xoxb-…",
            secret=True,
            required=False,
            pattern=r"xoxb-[\w-]+",
            about_zh="代替 Webhook，用于发送图片：机器人令牌 xoxb-…",
        ),
        Field(
            "channel",
            "the bot's channel, C…",
            required=False,
            pattern=r"[CG]\w+",
            about_zh="机器人所在频道的编号，C…",
        ),
    ),
    limit=Limit(3_000),  # of 4,000: entities count
    post=post,
    pictures=True,
    hosts=("slack.com", "hooks.slack.com", "files.slack.com"),
)
