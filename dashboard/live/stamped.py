"""A frame or a snapshot as it is sent: its text, and the stamp that orders it."""

from datetime import datetime
from typing import Any

import msgspec

from dashboard.live.wire import text_frame


class Stamp(msgspec.Struct, frozen=True, order=True):
    """Where a frame stands: `seq` rises within an epoch, `epoch` with each new one."""

    epoch: int = 0
    seq: int = 0


class Stamped(msgspec.Struct, frozen=True):
    """A message for a socket: whose figures, which stamp, when made, and the JSON text itself.

    `wire` is the text as bytes of a websocket.
    """

    campaign: str
    stamp: Stamp
    sent_at: datetime
    text: str
    wire: bytes


class _Head(msgspec.Struct):
    campaign: str
    epoch: int
    seq: int
    sent_at: datetime


_head = msgspec.json.Decoder(_Head)


def stamped(text: str) -> Stamped:
    """Return a frame's or snapshot's JSON text with its stamp; raises `msgspec.DecodeError`."""
    head = _head.decode(text)
    stamp = Stamp(head.epoch, head.seq)
    return Stamped(head.campaign, stamp, head.sent_at, text, text_frame(text.encode()))


def frame_of(snapshot: Stamped) -> Stamped:
    """Return a snapshot's figures as a frame: what is told again while no frame can be had."""
    figures: dict[str, Any] = msgspec.json.decode(snapshot.text)
    figures.update(kind="frame", minutes=[])
    for name in ("meta", "step_seconds"):
        figures.pop(name, None)
    return stamped(msgspec.json.encode(figures).decode())
