"""Weibo: shared by an app, as a member who allowed it.

From its documentation of statuses/share: `access_token`, `status` of up to 140 Chinese characters
without a #topic#, with at least one link on the domain that is registered for the app, `rip` (the
member's real IP address), `pic` as multipart, PNG below 5 MB. A link counts as ten characters. The
answer is the status (`idstr`), or `error_code` and `error`, whatever the HTTP status. A text equal
to the last one is refused (20017, 20019); 10022 to 10024, 20016: too many for now.
"""

import re
from urllib.parse import urlsplit

from dashboard.alerts.service import Account, Field, Message, Sent, Service
from dashboard.alerts.web import Answer, Later, Refused, Unknown, Web
from dashboard.core.lengths import Limit
from dashboard.core.wholes import LINK

_HOST = "api.weibo.com"
# Of 140: a link and the space before it are kept free.
_WORDS = 140 - 11
# The service's own trouble, which may have come after the status was made; and "not now".
_TROUBLE = {10001, 10002, 10003, 10010, 10011}
_TOO_MANY, _AGAIN_S = {10009, 10022, 10023, 10024, 20016}, 300


def post(message: Message, account: Account, web: Web) -> Sent:
    """Send words with their link, and the picture."""
    form = {
        "access_token": account["token"],
        "status": _with_link(message, account["domain"]),
        "rip": account["ip"],
    }
    files = {"pic": ("poster.png", message.picture, "image/png")} if message.picture else None
    url = f"https://{_HOST}/2/statuses/share.json"
    try:
        answer = web.publish("POST", url, data=form, files=files)
    except Refused as refused:
        raise _failure(refused.answer, refused) from refused
    if b'"error_code"' in answer.body:
        raise _failure(answer, Refused(f"Weibo: {answer.at('error')}"))
    number = str(answer.at("idstr"))
    return Sent(number, f"https://m.weibo.cn/status/{number}")


def _with_link(message: Message, domain: str) -> str:
    """Return the words, the link behind them. Raises `Refused` for what Weibo refuses."""
    if re.search(r"#[^#\s]+#", message.text):
        raise Refused("text: Weibo takes no #topic# from an app")
    if any(_is_at(link[0], domain) for link in LINK.finditer(message.text)):
        return message.text
    if not _is_at(message.link, domain):
        raise Refused(f"link: Weibo wants one at {domain}, the domain registered for the app")
    return f"{message.text} {message.link}"


def _is_at(link: str, domain: str) -> bool:
    host = urlsplit(link).hostname or ""
    return host == domain.lower() or host.endswith(f".{domain.lower()}")


def _failure(answer: Answer | None, otherwise: Refused) -> Exception:
    """Return what an error code means; `otherwise` for all that is a refusal."""
    code = int(answer.at("error_code")) if answer and b'"error_code"' in answer.body else 0
    if code in _TROUBLE:
        return Unknown(f"Weibo: {code}")
    return Later(f"Weibo: {code}", _AGAIN_S) if code in _TOO_MANY else otherwise


SERVICE = Service(
    name="weibo",
    title="Weibo 微博",
    fields=(
        Field(
            "token",
            "the member's access token for your app",
            secret=True,
            about_zh="用户授权给应用的 access_token",
        ),
        Field(
            "domain",
            "the domain registered for your app (安全域名): links have to be on it",
            pattern=r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+",
            about_zh="应用登记的安全域名：链接须在其下",
        ),
        Field(
            "ip",
            "the public IP address that you post from",
            pattern=r"[0-9a-fA-F.:]+",
            about_zh="发布所用的公网 IP 地址",
        ),
    ),
    limit=Limit(_WORDS, "weibo"),
    post=post,
    pictures=True,
    hosts=(_HOST,),
)
