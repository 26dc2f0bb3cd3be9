"""How long a post may be: each service counts in its own way; and how one is cut to fit."""

from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate
from typing import Literal
from unicodedata import normalize

import msgspec

from dashboard.core.graphemes import clusters, is_emoji
from dashboard.core.wholes import LINK, fixed, pieces

Count = Literal["characters", "bytes", "utf16", "graphemes", "weibo", "x", "mastodon"]
ELLIPSIS = "…"
# X and Mastodon count every link as their own short one. Weibo counts one of up to 140 bytes as 20
# bytes, ten characters, and of a longer one what is above too; its own short ones as they are.
_SHORT = 23
_WEIBO_SHORT, _WEIBO_LONG = 20, 140
# X: code points in these ranges weigh 1, all others 2 (twitter-text, configuration 3).
_LIGHT = (range(0x1100), range(0x2000, 0x200E), range(0x2010, 0x2020), range(0x2032, 0x2038))
# Names that no link service knows: there a link counts as it is written.
_OWN = {"localhost", "local", "internal", "lan", "test", "example", "invalid"}
# What no text ends with before its "…", and what a clause ends with; a share of what fits is given
# up for one.
_LOOSE = " \t\r\n,.;:、，。；：-–—·(（[【「『《“‘"
_CLAUSE = tuple(",.;!?、，。；！？\n")
_GIVEN_UP = 3


class Limit(msgspec.Struct, frozen=True):
    """At most `most`, counted as `count` says."""

    most: int
    count: Count = "characters"


def length(text: str, count: Count) -> int:
    """Return how long a text is in the way `count` names; never less than the service finds."""
    return _COUNTS[count](text)


def fits(text: str, limit: Limit) -> bool:
    """Return whether a text is within the limit."""
    return length(text, limit.count) <= limit.most


def cut(text: str, limit: Limit) -> str:
    """Return the text, or as much of it as is within the limit with "…" behind.

    It ends between two words, at the end of a clause where one is near; never within a figure or a
    link. Where not even its first word fits, the word is cut, but no figure and no link is; a limit
    below the "…" leaves nothing.
    """
    if fits(text, limit):
        return text
    text = text.strip()
    parts = pieces(text)
    ends = [0, *accumulate(map(len, parts))]
    most = _last_that_fits(text, ends, limit)
    best = max((end for end in ends[: most + 1] if _clause(text, end)), default=0)
    end = best if best * _GIVEN_UP >= ends[most] * (_GIVEN_UP - 1) else ends[most]
    found = _closed(text[:end])
    if found != ELLIPSIS and fits(found, limit):
        return found
    return _first_word(next(iter(parts), ""), limit)


def _first_word(word: str, limit: Limit) -> str:
    """Return as much of one word as fits, in whole characters; nothing of a figure or a link."""
    chars = [] if fixed(word) else clusters(word)
    for size in range(len(chars), -1, -1):
        found = _closed("".join(chars[:size]))
        if fits(found, limit):
            return found
    return ""


def _last_that_fits(text: str, ends: list[int], limit: Limit) -> int:
    at = bisect_right(ends, False, key=lambda end: not fits(_closed(text[:end]), limit)) - 1
    return max(0, at)


def _clause(text: str, end: int) -> bool:
    return text[:end].rstrip(" ").endswith(_CLAUSE)


def _closed(text: str) -> str:
    """Return the beginning of a text with "…" behind; a link stands apart from it."""
    bare = text.rstrip()
    links = list(LINK.finditer(bare))
    if links and links[-1].end() == len(bare):
        return f"{bare} {ELLIPSIS}"
    return bare.rstrip(_LOOSE) + ELLIPSIS


def _utf16(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)


def _apart(text: str) -> tuple[str, list[str]]:
    """Return a text without its links, and the links."""
    return LINK.sub("", text), LINK.findall(text)


def _known(link: str) -> bool:
    host = link.split("://", 1)[1].split("/", 1)[0].split("?", 1)[0].split(":", 1)[0]
    last = host.rpartition(".")[2].lower()
    return "." in host and last.isalpha() and last not in _OWN


def _shortened(links: list[str]) -> int:
    return sum(_SHORT if _known(link) else max(_SHORT, len(link)) for link in links)


def _weibo(text: str) -> int:
    """Return two half-width characters as one; all beyond Latin 1 is full-width."""
    plain, links = _apart(text)
    wide = sum(1 if char <= "\xff" else 2 if char <= "\uffff" else 4 for char in plain)
    return (wide + sum(map(_weibo_link, links)) + 1) // 2


def _weibo_link(link: str) -> int:
    if link.lower().startswith(("http://t.cn/", "https://t.cn/")):
        return len(link)
    return _WEIBO_SHORT + max(0, len(link) - _WEIBO_LONG)


def _x(text: str) -> int:
    plain, links = _apart(normalize("NFC", text))
    return sum(map(_weight, clusters(plain))) + _shortened(links)


def _weight(cluster: str) -> int:
    if is_emoji(cluster):
        return 2
    return sum(1 if any(ord(char) in light for light in _LIGHT) else 2 for char in cluster)


def _mastodon(text: str) -> int:
    plain, links = _apart(text)
    return len(clusters(plain)) + _shortened(links)


_COUNTS: dict[Count, Callable[[str], int]] = {
    "characters": len,
    "bytes": lambda text: len(text.encode(errors="surrogatepass")),
    "utf16": _utf16,
    "graphemes": lambda text: len(clusters(text)),
    "weibo": _weibo,
    "x": _x,
    "mastodon": _mastodon,
}
