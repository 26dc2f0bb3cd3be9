"""WeCom: a group's robot.

From its documentation: JSON is POSTed to /cgi-bin/webhook/send with the robot's `key`. It answers
200 whatever happens; `errcode` 0 alone is a success, 45009 says more than 20 a minute. A `text` has
up to 2,048 bytes, no markup but <@name>, which calls somebody, and calls others only if they are
listed. An `image` is a message of its own: base64 and MD5 of up to 2 MB.

The words are the post. Once the robot has said that they are there, the picture follows; whatever
becomes of it, the words are not sent again, and nothing was posted that was not approved.
"""

import base64
import hashlib
import logging
from typing import Any

from dashboard.alerts.replies import check_code
from dashboard.alerts.service import Account, Field, Message, Sent, Service
from dashboard.alerts.web import Later, Refused, Unknown, Web
from dashboard.core.lengths import Limit

log = logging.getLogger(__name__)

_HOST = "qyapi.weixin.qq.com"
_BUSY = {-1}
_LATER = {45009: 60}
_LARGEST = 2 * 1024 * 1024


def post(message: Message, account: Account, web: Web) -> Sent:
    """Send words, then the picture. WeCom gives a robot's message no number."""
    words = message.text.replace("<", "＜")
    _send({"msgtype": "text", "text": {"content": words}}, account, web)
    if message.picture and len(message.picture) <= _LARGEST:
        try:
            _send({"msgtype": "image", "image": _image(message.picture)}, account, web)
        except (Refused, Later, Unknown) as error:
            log.warning("picture not sent service=wecom error=%s", error)
    return Sent("")


def _image(picture: bytes) -> dict[str, str]:
    digest = hashlib.md5(picture, usedforsecurity=False).hexdigest()
    return {"base64": base64.b64encode(picture).decode(), "md5": digest}


def _send(said: dict[str, Any], account: Account, web: Web) -> None:
    address = f"https://{_HOST}/cgi-bin/webhook/send"
    answer = web.publish("POST", address, params={"key": account["key"]}, json=said)
    check_code(answer, "errcode", "errmsg", _LATER, _BUSY)


SERVICE = Service(
    name="wecom",
    title="WeCom 企业微信",
    fields=(
        Field(
            "key",
            "key of the robot's address, a UUID",
            secret=True,
            pattern="[0-9a-fA-F-]{36}",
            about_zh="机器人地址中的 key（UUID）",
        ),
    ),
    limit=Limit(2_048, "bytes"),
    post=post,
    pictures=True,
    hosts=(_HOST,),
)
