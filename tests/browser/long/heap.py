"""How much of a page's JavaScript heap is in use, and how much of that is compiled code."""

import json
from typing import Any, NamedTuple

from playwright.sync_api import Page


class Heap(NamedTuple):
    """Bytes in use; `code` is V8's own: what it has compiled, and what it noted to do so.

    A function is compiled anew as its calls add up. That is bounded by the script, and goes on for
    hours: some of ours is called once a minute.
    """

    used: int
    code: int

    @property
    def held(self) -> int:
        """What the page holds: objects, arrays, strings, numbers, closures."""
        return self.used - self.code


def heap_of(page: Page) -> Heap:
    """Return what is in use once all that nobody holds is collected."""
    session = page.context.new_cdp_session(page)
    pieces: list[str] = []
    session.on("HeapProfiler.addHeapSnapshotChunk", lambda told: pieces.append(told["chunk"]))
    for _ in range(2):  # what has a finaliser goes the second time
        session.send("HeapProfiler.collectGarbage")
    used = int(session.send("Runtime.getHeapUsage")["usedSize"])
    session.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    session.detach()
    return Heap(used, _code(json.loads("".join(pieces))))


def _code(snapshot: dict[str, Any]) -> int:
    """Return the bytes of a heap snapshot's code: its nodes are rows of numbers, in one list."""
    meta, nodes = snapshot["snapshot"]["meta"], snapshot["nodes"]
    width = len(meta["node_fields"])
    kind, size = (meta["node_fields"].index(name) for name in ("type", "self_size"))
    code = meta["node_types"][kind].index("code")
    rows = zip(nodes[kind::width], nodes[size::width], strict=True)
    return sum(bytes_ for type_, bytes_ in rows if type_ == code)
