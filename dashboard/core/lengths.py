"""How long a post may be: each service counts in its own way."""

from typing import Literal

import msgspec

Count = Literal["characters", "bytes", "utf16", "graphemes", "weibo", "x", "mastodon"]


class Limit(msgspec.Struct, frozen=True):
    """At most `most`, counted as `count` says."""

    most: int
    count: Count = "characters"
