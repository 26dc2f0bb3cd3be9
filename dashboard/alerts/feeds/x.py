"""X, as its own account (OAuth 1.0a).

From its documentation: pictures go to /2/media/upload (multipart: `media`, `media_category`), their
description to /2/media/metadata, the post to /2/tweets as JSON; each answers `data.id`. Signatures
cover neither JSON nor multipart bodies. Errors are 4xx with `title` and `detail`, or `errors` and
no `data`; 429 comes with `x-rate-limit-reset`. Text comes back with & < > escaped and links
shortened.
"""

import html
import re
from datetime import UTC, datetime
from typing import Any, Literal

import httpx
from oauthlib.oauth1 import Client

from dashboard.alerts.service import Account, Field, Message, Sent, Service
from dashboard.alerts.web import Answer, Refused, Web
from dashboard.core.lengths import Limit

_HOST = "api.x.com"
_API = f"https://{_HOST}/2"
# The server's clock may differ by so much. The same words may have been news before.
_CLOCKS_S = 60
# In characters, of a picture's description.
_MOST_ALT = 1000


def post(message: Message, account: Account, web: Web) -> Sent:
    """Upload the picture and its description, and send the words."""
    body: dict[str, Any] = {"text": message.text}
    if message.picture:
        body["media"] = {"media_ids": [_upload(message.picture, message.alt, account, web)]}
    url = f"{_API}/tweets"
    return _sent(web.publish("POST", url, json=body, headers=_signed("POST", url, account)))


def find(message: Message, account: Account, web: Web) -> Sent | None:
    """Look for the words among the account's own posts since they were first sent."""
    me = _get(f"{_API}/users/me", account, web).at("data", "id")
    since = datetime.fromtimestamp(message.tried_ms // 1000 - _CLOCKS_S, UTC)
    asked = {
        "max_results": "50",
        "exclude": "retweets,replies",
        "tweet.fields": "entities",
        "start_time": since.isoformat().replace("+00:00", "Z"),
    }
    answer = _get(str(httpx.URL(f"{_API}/users/{me}/tweets", params=asked)), account, web)
    for nth in range(int(answer.at("meta", "result_count"))):
        if _words(answer.at("data", nth)) == _bare(message.text):
            number = str(answer.at("data", nth, "id"))
            return Sent(number, _address(number))
    return None


def _upload(picture: bytes, alt: str, account: Account, web: Web) -> str:
    url = f"{_API}/media/upload"
    number = web.prepare(
        "POST",
        url,
        files={"media": ("poster.png", picture, "image/png")},
        data={"media_category": "tweet_image"},
        headers=_signed("POST", url, account),
    ).at("data", "id")
    if alt:
        url = f"{_API}/media/metadata"
        told = {"id": number, "metadata": {"alt_text": {"text": alt[:_MOST_ALT]}}}
        web.prepare("POST", url, json=told, headers=_signed("POST", url, account))
    return str(number)


def _get(url: str, account: Account, web: Web) -> Answer:
    return web.prepare("GET", url, headers=_signed("GET", url, account))


def _signed(method: Literal["GET", "POST"], url: str, account: Account) -> dict[str, str]:
    """Return the header that signs a request, its query included."""
    signer = Client(
        account["api_key"],
        client_secret=account["api_secret"],
        resource_owner_key=account["token"],
        resource_owner_secret=account["token_secret"],
    )
    headers: dict[str, str] = signer.sign(url, http_method=method)[1]
    return headers


def _sent(answer: Answer) -> Sent:
    body = answer.json()
    if isinstance(body, dict) and body.get("errors") and not body.get("data"):
        raise Refused(f"X: {body['errors'][0].get('detail', 'no reason given')}", answer)
    number = str(answer.at("data", "id"))
    return Sent(number, _address(number))


def _address(number: str) -> str:
    return f"https://x.com/i/web/status/{number}"


def _words(tweet: dict[str, Any]) -> str:
    """Return the words of a post as they were sent: links whole, without that of the picture."""
    text = html.unescape(tweet.get("text", ""))
    for link in tweet.get("entities", {}).get("urls", []):
        whole = "" if "media_key" in link else link.get("expanded_url", "")
        text = text.replace(link.get("url", ""), whole)
    return _bare(text)


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


SERVICE = Service(
    name="x",
    title="X",
    fields=(
        Field("api_key", "the app's API key", secret=True, about_zh="应用的 API Key"),
        Field(
            "api_secret",
            "the app's API key secret",
            secret=True,
            about_zh="应用的 API Key Secret",
        ),
        Field(
            "token",
            "the account's access token, with read and write",
            secret=True,
            about_zh="账号的 Access Token，须可读写",
        ),
        Field(
            "token_secret",
            "the account's access token secret",
            secret=True,
            about_zh="账号的 Access Token Secret",
        ),
    ),
    limit=Limit(280, "x"),
    post=post,
    pictures=True,
    find=find,
    hosts=(_HOST,),
)
