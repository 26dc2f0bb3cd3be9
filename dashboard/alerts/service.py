"""A service that posts go to: what each file in `feeds/` says of its own, and how sending ends.

A service is one file: a `SERVICE` with how long a text may be, what an account is asked for, and
`post`. It asks the web through `web.py`, which keeps the rules of outgoing requests and tells
failures apart; the outbox (`deliver.py`) decides what follows from how it ended.
"""

from collections.abc import Callable, Mapping

import msgspec

from dashboard.alerts.web import Web
from dashboard.core.lengths import Limit


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A post as it is sent: words in `lang`, and a picture (PNG) with its description, or none.

    `key` is the same for every attempt at the same post, and no other post has it. `link` is an
    address for services that set one apart from the words, or want one. `tried_ms`: it is looked
    for, and was not there before this (ms since 1970 UTC, real).
    """

    text: str
    lang: str
    key: str
    link: str = ""
    picture: bytes | None = None
    alt: str = ""
    tried_ms: int = 0


class Field(msgspec.Struct, frozen=True):
    """What an account is asked for; a `secret` is kept sealed and never shown again.

    All of a value has to match `pattern`, a regular expression, where there is one.
    """

    name: str
    about: str
    secret: bool = False
    required: bool = True
    pattern: str = ""
    about_zh: str = ""


# What is known of an account, secrets opened, by the names of the service's fields.
Account = Mapping[str, str]


class Sent(msgspec.Struct, frozen=True):
    """The service's own word that a post is there: its number, and its address if it has one."""

    remote_id: str
    url: str = ""
    lacks: str = ""  # what is missing of it all the same


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """One network. `post` returns only on the service's own word, and raises as `web.py` says.

    `idempotent`: the same `Message.key` sent twice is one post, by the service's own promise,
    within `key_lasts_s` of the first attempt: a little less than it says.
    `find` looks for a post at the account's own timeline; None where it is not there.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    limit: Limit
    post: Callable[[Message, Account, Web], Sent]
    pictures: bool = False
    idempotent: bool = False
    key_lasts_s: int = 86_400
    find: Callable[[Message, Account, Web], Sent | None] | None = None
    hosts: tuple[str, ...] = ()  # that it always asks; others stand in an account's fields
