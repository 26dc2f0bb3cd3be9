"""What a page's memory is made of, by a heap snapshot: what it holds, V8's code, the DOM's."""

import json
from typing import Any, NamedTuple

from playwright.sync_api import Page


class Heap(NamedTuple):
    """Bytes that are reached from somewhere: a snapshot collects before it counts.

    All three are of one moment. `Runtime.getHeapUsage` has what became garbage since the last
    collection in it: on a busy machine two weighings of one page were 62 % apart.

    `held` is the page's own: objects, arrays, strings, numbers, closures. `code` is V8's: what it
    has compiled, and what it noted to do so. A function is compiled anew as its calls add up; that
    is bounded by the script, and goes on for hours, as some of ours is called once a minute.
    `dom` is the browser's: elements, their styles and boxes, animations that run.
    """

    held: int
    code: int
    dom: int

    @property
    def script(self) -> int:
        """The whole of the JavaScript heap."""
        return self.held + self.code

    @property
    def whole(self) -> int:
        """All that the snapshot has found."""
        return sum(self)

    def __str__(self) -> str:
        held, code, dom = (size / 2**20 for size in self)
        return f"held {held:.2f}, code {code:.2f}, DOM {dom:.2f} MiB"


def heap_of(page: Page) -> Heap:
    """Return what is in use once all that nobody holds is collected. The page stands meanwhile."""
    session = page.context.new_cdp_session(page)
    pieces: list[str] = []
    session.on("HeapProfiler.addHeapSnapshotChunk", lambda told: pieces.append(told["chunk"]))
    for _ in range(2):  # what has a finaliser goes the second time
        session.send("HeapProfiler.collectGarbage")
    session.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    session.detach()
    return weighed(json.loads("".join(pieces)))


def weighed(snapshot: dict[str, Any]) -> Heap:
    """Return what a heap snapshot adds up to: its nodes are rows of numbers, in one list."""
    meta, nodes = snapshot["snapshot"]["meta"], snapshot["nodes"]
    width = len(meta["node_fields"])
    kind, size = (meta["node_fields"].index(name) for name in ("type", "self_size"))
    kinds = meta["node_types"][kind]
    sums = dict.fromkeys(kinds, 0)
    for of, bytes_ in zip(nodes[kind::width], nodes[size::width], strict=True):
        sums[kinds[of]] += bytes_
    code, dom = sums.pop("code"), sums.pop("native")
    return Heap(sum(sums.values()), code, dom)
