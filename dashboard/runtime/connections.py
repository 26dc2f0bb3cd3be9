"""How many connections a server keeps open, of all callers and of one address (F35, S17)."""

from collections import Counter
from collections.abc import Iterable

from django.conf import settings

from gmvboard.proxies import Network, address, networks

# Pages and events come beside the sockets: over connections that are kept open for some seconds.
BESIDE_SOCKETS = 1_000


class Connections:
    """Counts open connections; our own proxies speak for many and have no cap of their own."""

    def __init__(self, most: int, an_address: int, proxies: Iterable[Network]) -> None:
        self._most, self._an_address = most, an_address
        self._proxies = tuple(proxies)
        self._open: Counter[str] = Counter()
        self.total = 0

    def enter(self, peer: str) -> bool:
        """Count a connection from `peer`; False, not counted, where that is one too many."""
        if self.total >= self._most:
            return False
        if self._open[peer] >= self._an_address and not self._is_proxy(peer):
            return False
        self._open[peer] += 1
        self.total += 1
        return True

    def leave(self, peer: str) -> None:
        """Forget a connection that `enter` counted."""
        self.total -= 1
        self._open[peer] -= 1
        if not self._open[peer]:
            del self._open[peer]

    def _is_proxy(self, peer: str) -> bool:
        known = address(peer)
        return known is not None and any(known in network for network in self._proxies)


def allowed() -> Connections:
    """Return what this process may keep open, by the settings."""
    an_address = settings.VIEWERS_PER_ADDRESS + BESIDE_SOCKETS // 2
    proxies = networks(settings.TRUSTED_PROXIES)
    return Connections(settings.VIEWERS + BESIDE_SOCKETS, an_address, proxies)
