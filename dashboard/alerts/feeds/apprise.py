"""Apprise: all other services it knows, where it is installed and APPRISE allows it.

It asks the network itself: the addresses that S25 forbids are not forbidden to it. All it tells is
success or none, and none may mean that it timed out after the post was there: nobody can say.
From its documentation: `Apprise.add` returns whether it understood an address; `notify` is true
where every service took the message; what a service has no room for, it leaves out.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings

from dashboard.alerts.service import Account, Field, Message, Sent, Service
from dashboard.alerts.web import Refused, Unknown, Web
from dashboard.core.lengths import Limit


def post(message: Message, account: Account, web: Web) -> Sent:
    """Hand words and picture to Apprise, once."""
    apprise = _installed()
    told = {"method": "APPRISE", "url": account["address"], "body": message.text}
    return web.elsewhere(told, lambda: _notified(apprise, message, account))


def _notified(apprise: Any, message: Message, account: Account) -> Sent:
    asset = apprise.AppriseAsset(
        async_mode=False, http_redirects=False, secure_logging=True, default_service_retry=0
    )
    notifier = apprise.Apprise(asset=asset)
    if not notifier.add(account["address"]) or len(notifier) != 1:
        raise Refused("address: expected one address that Apprise understands")
    try:
        done = notifier.notify(
            body=message.text,
            body_format=apprise.NotifyFormat.TEXT,
            attach=_picture(apprise, message),
        )
    except Exception as error:
        raise Unknown(f"Apprise ended with {type(error).__name__}") from error
    if not done:
        raise Unknown("Apprise reports no success, and not why")
    return Sent("")


def _installed() -> Any:
    if not settings.APPRISE:
        raise Refused("APPRISE: expected yes in the environment, or a feed of another service")
    if find_spec("apprise") is None:
        raise Refused("Apprise is not installed: pip install 'gmvboard[apprise]'")
    return import_module("apprise")  # 0.3 s, which no other feed has to wait for


def _picture(apprise: Any, message: Message) -> Any:
    if not message.picture:
        return None
    memory = import_module("apprise.attachment.memory")
    kept = memory.AttachMemory(content=message.picture, name="poster.png", mimetype="image/png")
    return apprise.AppriseAttachment(kept, asset=apprise.AppriseAsset())


SERVICE = Service(
    name="apprise",
    title="Apprise",
    fields=(
        Field(
            "address",
            "an Apprise address (it reaches whatever it names, private networks too)",
            secret=True,
            pattern=r"[a-z0-9+]+://\S+",
            about_zh="Apprise 地址（它会访问所写的任何地址，包括内网）",
        ),
    ),
    limit=Limit(1_000),
    post=post,
    pictures=True,
)
