"""What a worker remembers of a generation, so that it need not ask Redis for every id.

Redis has all of it too: a log of ids, a list of keys. The token of the newest commit says whether
what is remembered is all there is: another worker's commits are read from the log, and where the
log has another history (Redis came back older, or was emptied) everything is read anew.
"""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

from dashboard.core.dimensions import DIMENSIONS
from dashboard.core.keys import Known
from dashboard.core.rows import COUNTER
from dashboard.store.generation import TOKEN_BYTES, Generation, Head
from dashboard.tally.ids import Ids
from dashboard.tally.index import Index

# Campaigns a worker remembers: those counted last.
_CAMPAIGNS = 8
_NAMES = (*(one.name for one in DIMENSIONS), COUNTER)


class Broken(Exception):
    """A generation does not hold the ids that its head speaks of."""


class Memory:
    """The ids and keys of one generation, up to the commit that `token` names."""

    def __init__(self) -> None:
        self._token, self._blobs = b"", 0
        self.index = Index()
        self._keys: dict[str, dict[str, None]] = {name: {} for name in _NAMES}

    def known(self) -> dict[str, Known]:
        """Return the keys of each breakdown; they learn new ones apart from this memory."""
        return {name: Known(name, len(held), held) for name, held in self._keys.items()}

    def catch_up(self, generation: Generation) -> Head:
        """Take in what was committed since; return the head that this memory then stands on.

        Raises `Broken`.
        """
        head = generation.head()
        if head.position and not head.token:
            raise Broken(f"figures of an older form, without a log of ids: {generation.prefix}")
        while (head.token, head.blobs) != (self._token, self._blobs):
            if not self._take_in(generation, head):
                self._forget(head.events)
                if not self._take_in(generation, head):
                    self._forget()
                    raise Broken(f"the log of ids is not what its head says: {generation.prefix}")
            # Another may have committed meanwhile: then its ids are still missing.
            head, keys = generation.keys({name: len(held) for name, held in self._keys.items()})
            self._learn(keys)
        return head

    def committed(self, token: bytes, ids: Ids, keys: dict[str, list[str]]) -> None:
        """Take in what this worker committed, as `token`."""
        self.index.add(ids)
        self._learn(keys)
        self._token, self._blobs = token, self._blobs + 1

    def _forget(self, room: int = 0) -> None:
        self._token, self._blobs = b"", 0
        self.index = Index(max(room, 4096))
        self._keys = {name: {} for name in _NAMES}

    def _learn(self, keys: dict[str, list[str]]) -> None:
        for name, fresh in keys.items():
            self._keys[name].update(dict.fromkeys(fresh))

    def _take_in(self, generation: Generation, head: Head) -> bool:
        """Read the log up to `head`; False where it is not the one that was read until now."""
        read = first = max(0, self._blobs - 1)
        token = self._token
        for page in generation.blobs(first, head):
            fresh = page
            if read < self._blobs:
                if page[0][:TOKEN_BYTES] != self._token:
                    return False
                fresh = page[1:]
            self.index.add(Ids.unpacked(b"".join(blob[TOKEN_BYTES:] for blob in fresh)))
            read += len(page)
            token = page[-1][:TOKEN_BYTES] if page else b""
        if (read, token) != (head.blobs, head.token):
            return False
        self._token, self._blobs = token, read
        return True


_memories: OrderedDict[int, tuple[str, Memory]] = OrderedDict()


@contextmanager
def of(generation: Generation) -> Iterator[Memory]:
    """Have this process' memory of a live generation, alone; that of the one before it goes."""
    name, memory = _memories.pop(generation.campaign_id, ("", Memory()))
    if name != generation.name:
        memory = Memory()
    try:
        yield memory
    finally:
        _memories[generation.campaign_id] = (generation.name, memory)
        if len(_memories) > _CAMPAIGNS:
            _memories.popitem(last=False)
