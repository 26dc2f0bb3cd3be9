"""Telegram: a bot posts into a channel or group.

From the Bot API's documentation: methods are POSTed to /bot<token>/<method>; `sendMessage` takes up
to 4,096 characters, `sendPhoto` (multipart) a caption of up to 1,024. Every answer is an object
with `ok`; where that is false, with `error_code` (as its status), `description`, and after too many
requests `parameters.retry_after` in seconds, which its server repeats as Retry-After. Without
`parse_mode` a text is taken as it is. A message's number counts in its chat; one of a public
channel is at t.me/<channel>/<number>.
"""

from dashboard.alerts.replies import refused
from dashboard.alerts.service import Account, Field, Message, Sent, Service
from dashboard.alerts.web import Answer, Later, Unknown, Web
from dashboard.core.lengths import Limit

_HOST = "api.telegram.org"


def post(message: Message, account: Account, web: Web) -> Sent:
    """Send words, as the caption of the picture where there is one."""
    address, words = f"https://{_HOST}/bot{account['token']}", {"chat_id": account["chat"]}
    if message.picture:
        words["caption"] = message.text
        photo = {"photo": ("poster.png", message.picture, "image/png")}
        answer = web.publish("POST", f"{address}/sendPhoto", data=words, files=photo)
    else:
        body = words | {"text": message.text, "link_preview_options": {"is_disabled": True}}
        answer = web.publish("POST", f"{address}/sendMessage", json=body)
    if answer.at("ok") is not True:
        raise _failure(answer)
    number = str(answer.at("result", "message_id"))
    channel = account["chat"].removeprefix("@")
    return Sent(number, "" if channel == account["chat"] else f"https://t.me/{channel}/{number}")


def _failure(answer: Answer) -> Exception:
    code, said = answer.at("error_code"), answer.at("description")
    if code == 429:
        return Later(str(said), answer.at("parameters", "retry_after"))
    return Unknown(f"{code} {said}") if code >= 500 else refused(code, said)


SERVICE = Service(
    name="telegram",
    title="Telegram",
    fields=(
        Field(
            "token",
            "a bot's token, as 123456789:AA…",
            secret=True,
            pattern=r"\d+:[\w-]{30,50}",
            about_zh="机器人令牌，形如 123456789:AA…",
        ),
        Field(
            "chat",
            "@name of a public channel, or a chat's number",
            pattern=r"@\w+|-?\d+",
            about_zh="公开频道的 @名称，或会话的数字编号",
        ),
    ),
    limit=Limit(1024, "utf16"),
    post=post,
    pictures=True,
    hosts=(_HOST,),
)
