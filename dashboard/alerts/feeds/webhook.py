"""A webhook of one's own: Standard Webhooks, signed.

From the specification: the body is JSON with `type`, `timestamp` and `data`; `webhook-id` is the
same for every attempt, and receivers take it for an idempotency key; `webhook-signature` is an HMAC
over id, seconds and body. Any 2xx is success, whatever its body; 410 asks not to come again.
"""

import json
from datetime import UTC, datetime

from standardwebhooks import Webhook
from standardwebhooks.webhooks import EmptyWebhookSecretError

from dashboard.alerts.service import Account, Field, Message, Sent, Service
from dashboard.alerts.web import Refused, Web
from dashboard.core.lengths import Limit


def post(message: Message, account: Account, web: Web) -> Sent:
    """Send the words as data of a signed event."""
    now = datetime.now(UTC).replace(microsecond=0)
    data = {"key": message.key, "text": message.text, "lang": message.lang, "link": message.link}
    body = json.dumps({"type": "board.post", "timestamp": now.isoformat(), "data": data})
    headers = {
        "content-type": "application/json",
        "webhook-id": message.key,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": _signer(account["secret"]).sign(message.key, now, body),
    }
    web.publish("POST", account["url"], content=body.encode(), headers=headers)
    return Sent(remote_id=message.key)


def _signer(secret: str) -> Webhook:
    try:
        return Webhook(secret)
    except (ValueError, EmptyWebhookSecretError) as error:
        raise Refused("secret: expected whsec_ and base64") from error


SERVICE = Service(
    name="webhook",
    title="Webhook",
    fields=(
        Field(
            "url",
            "https://… of your receiver; its host belongs in FEED_HOSTS",
            pattern=r"https://([\w-]+\.)+[A-Za-z][\w-]*(:\d+)?(/\S*)?",
            about_zh="接收端的 https://… 地址；其主机名须列入 FEED_HOSTS",
        ),
        Field(
            "secret",
            "whsec_… that your receiver checks signatures with",
            secret=True,
            pattern=r"whsec_[A-Za-z0-9+/=]+",
            about_zh="接收端验证签名所用的密钥 whsec_…",
        ),
    ),
    limit=Limit(10_000),
    post=post,
    idempotent=True,
)
