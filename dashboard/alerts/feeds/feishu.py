"""Feishu and Lark: a group's robot.

From its documentation: JSON of up to 20 KB is POSTed to the robot's address; one made with a secret
wants `timestamp` (s, within an hour) and `sign` in the body: HMAC-SHA256 of nothing under the key
"time, line feed, secret", in base64. It answers 200 whatever happens; `code` 0 (`StatusCode` in
older answers) alone is a success, 11232 says too many, and so does 99991400, by a 400 in older
parts of its API, with the seconds to wait in `x-ogw-ratelimit-reset`. A `post` is made of pieces:
a `text` piece is taken as it is, and calls nobody; an `img` piece has the key of a picture that an
app of the same tenant uploaded: `tenant_access_token/internal` and `im/v1/images`, up to 10 MB.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from dashboard.alerts import retrying
from dashboard.alerts.replies import check_code
from dashboard.alerts.service import Account, Field, Message, Sent, Service
from dashboard.alerts.web import Answer, Later, Refused, Unknown, Web
from dashboard.core.lengths import Limit
from gmvboard.clock import now_ms

_HOSTS = ("open.feishu.cn", "open.larksuite.com")
_LATER = {11232: 60, 99991400: 60}


def post(message: Message, account: Account, web: Web) -> Sent:
    """Send words, and the picture with them where the account names an app. It has no number."""
    pieces: list[list[dict[str, str]]] = [[{"tag": "text", "text": message.text}]]
    if message.picture and account.get("app_id"):
        pieces.append([{"tag": "img", "image_key": _uploaded(message.picture, account, web)}])
    lang = "zh_cn" if message.lang == "zh-hans" else "en_us"
    said: dict[str, Any] = {
        "msg_type": "post",
        "content": {"post": {lang: {"title": "", "content": pieces}}},
    }
    if secret := account.get("secret"):
        time = str(now_ms() // 1000)
        said |= {"timestamp": time, "sign": signature(time, secret)}
    answer = _asked(web.publish, account["webhook"], json=said)
    check_code(answer, _code_at(answer), "msg", _LATER)
    return Sent("")


def signature(time: str, secret: str) -> str:
    """Return the sign of a request at `time`, s since 1970."""
    signed = hmac.digest(f"{time}\n{secret}".encode(), b"", hashlib.sha256)
    return base64.b64encode(signed).decode()


def _asked(ask: Callable[..., Answer], url: str, **request: Any) -> Answer:
    """Ask; a 400 that says too many is no refusal. Raises as `ask` does."""
    try:
        return ask("POST", url, **request)
    except Refused as refused:
        if refused.answer and refused.answer.status == 400:
            _wait_if_told(refused.answer)
        raise


def _wait_if_told(answer: Answer) -> None:
    try:
        code = answer.at("code")
    except (Unknown, Later):
        return
    if code in _LATER:
        raise Later(f"code {code}", retrying.seconds(answer.headers, now_ms() / 1000))


def _code_at(answer: Answer) -> str:
    try:
        answer.at("code")
    except Unknown:
        return "StatusCode"
    return "code"


def _uploaded(picture: bytes, account: Account, web: Web) -> str:
    api = f"https://{urlsplit(account['webhook']).hostname}/open-apis"
    app = {"app_id": account["app_id"], "app_secret": account.get("app_secret", "")}
    token = _asked(web.prepare, f"{api}/auth/v3/tenant_access_token/internal", json=app)
    check_code(token, "code", "msg", _LATER)
    answer = _asked(
        web.prepare,
        f"{api}/im/v1/images",
        headers={"authorization": f"Bearer {token.at('tenant_access_token')}"},
        data={"image_type": "message"},
        files={"image": ("poster.png", picture, "image/png")},
    )
    check_code(answer, "code", "msg", _LATER)
    return str(answer.at("data", "image_key"))


SERVICE = Service(
    name="feishu",
    title="Feishu 飞书, Lark",
    fields=(
        Field(
            "webhook",
            "the robot's address, https://open.feishu.cn/open-apis/bot/v2/hook/…",
            secret=True,
            pattern=r"https://open\.(feishu\.cn|larksuite\.com)/open-apis/bot/v2/hook/[\w-]+",
            about_zh="机器人地址，https://open.feishu.cn/open-apis/bot/v2/hook/…",
        ),
        Field(
            "secret",
            "the robot's secret, where it was made with one",
            secret=True,
            required=False,
            about_zh="机器人的签名密钥（如已启用签名校验）",
        ),
        Field(
            "app_id",
            "for pictures: an app's number, cli_…",
            required=False,
            pattern=r"cli_\w+",
            about_zh="发送图片所需：应用编号 cli_…",
        ),
        Field(
            "app_secret",
            "for pictures: the app's secret",
            secret=True,
            required=False,
            about_zh="发送图片所需：应用密钥",
        ),
    ),
    limit=Limit(15_000, "bytes"),  # of 20 KB: quotation marks and the envelope count
    post=post,
    pictures=True,
    hosts=_HOSTS,
)
