"""How many sockets a process serves, and whose: kiosks first, then staff, then the public (S17).

Each kind leaves room for those before it: the public fills what is neither the staff's nor the
kiosks' reserve. One address, one person who is logged in, have caps of their own.
"""

from collections import Counter
from ipaddress import IPv6Address, ip_network
from typing import Literal, NamedTuple

from gmvboard.proxies import address

Kind = Literal["kiosk", "staff", "public"]


class Viewer(NamedTuple):
    """Who watches: a wall with the read token, staff by their session, or anybody."""

    kind: Kind
    address: str
    user: int | None = None

    def caller(self) -> str:
        """Return what the caps count by: the person, or the address (of IPv6, the network)."""
        if self.user is not None:
            return f"user {self.user}"
        known = address(self.address)
        return (
            str(ip_network((known, 64), strict=False))
            if isinstance(known, IPv6Address)
            else str(known)
        )


class Viewers:
    """Counts the open sockets of one process."""

    def __init__(
        self, most: int, *, for_kiosks: int, for_staff: int, an_address: int, a_user: int
    ) -> None:
        self._most: dict[Kind, int] = {
            "kiosk": most,
            "staff": most - for_kiosks,
            "public": most - for_kiosks - for_staff,
        }
        self._a_caller: dict[Kind, int] = {"kiosk": most, "staff": a_user, "public": an_address}
        self._callers: Counter[tuple[Kind, str]] = Counter()
        self.total = 0

    def enter(self, viewer: Viewer) -> bool:
        """Count a socket; False, not counted, where its budget is used up."""
        caller = (viewer.kind, viewer.caller())
        if self.total >= self._most[viewer.kind]:
            return False
        if self._callers[caller] >= self._a_caller[viewer.kind]:
            return False
        self._callers[caller] += 1
        self.total += 1
        return True

    def leave(self, viewer: Viewer) -> None:
        """Forget a socket that `enter` counted."""
        caller = (viewer.kind, viewer.caller())
        self.total -= 1
        self._callers[caller] -= 1
        if not self._callers[caller]:
            del self._callers[caller]
