"""DingTalk: a group's robot.

From its documentation: JSON is POSTed to /robot/send with the robot's `access_token`; a robot made
with a secret wants `timestamp` (ms, within an hour) and `sign` beside it: HMAC-SHA256 under the
secret of the time, a line feed and the secret, in base64. It answers 200 whatever happens;
`errcode` 0 alone is a success, 130101 is said after more than 20 messages a minute, and holds for
ten. A `text` has no markup; nobody is called but whom `at` names. Pictures have to lie on a public
server: none are sent. A request has up to 20,000 bytes, a text up to 5,000 characters.
"""

import base64
import hashlib
import hmac

from dashboard.alerts.replies import check_code
from dashboard.alerts.service import Account, Field, Message, Sent, Service
from dashboard.alerts.web import Web
from dashboard.core.lengths import Limit
from gmvboard.clock import now_ms

_HOST = "oapi.dingtalk.com"
_BUSY = {-1}
_LATER = {130101: 600, 410100: 600}


def post(message: Message, account: Account, web: Web) -> Sent:
    """Send words. DingTalk gives a robot's message no number."""
    asked = {"access_token": account["token"]}
    if secret := account.get("secret"):
        time = str(now_ms())
        asked |= {"timestamp": time, "sign": signature(time, secret)}
    said = {
        "msgtype": "text",
        "text": {"content": message.text},
        "at": {"atMobiles": [], "isAtAll": False},
    }
    answer = web.publish("POST", f"https://{_HOST}/robot/send", params=asked, json=said)
    check_code(answer, "errcode", "errmsg", _LATER, _BUSY)
    return Sent("")


def signature(time: str, secret: str) -> str:
    """Return the sign of a request at `time`, ms since 1970."""
    signed = hmac.digest(secret.encode(), f"{time}\n{secret}".encode(), hashlib.sha256)
    return base64.b64encode(signed).decode()


SERVICE = Service(
    name="dingtalk",
    title="DingTalk 钉钉",
    fields=(
        Field(
            "token",
            "access_token of the robot's address, 64 hexadecimal digits",
            secret=True,
            pattern="[0-9a-f]{64}",
            about_zh="机器人地址中的 access_token，64 位十六进制",
        ),
        Field(
            "secret",
            "the robot's secret, SEC…, where it was made with one",
            secret=True,
            required=False,
            pattern=r"SEC\w+",
            about_zh="机器人的加签密钥 SEC…（如已启用加签）",
        ),
    ),
    limit=Limit(5_000),
    post=post,
    hosts=(_HOST,),
)
