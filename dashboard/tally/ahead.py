"""Work done ahead: what comes next is made ready by a thread while what came before is used."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_In = TypeVar("_In")
_Out = TypeVar("_Out")


def ahead(work: Callable[[_In], _Out], items: Iterable[_In]) -> Iterator[_Out]:
    """Yield what `work` makes of each of `items`, in order; raises what it raises."""
    with ThreadPoolExecutor(1) as beside:
        coming = None
        for item in items:
            following = beside.submit(work, item)
            if coming:
                yield coming.result()
            coming = following
        if coming:
            yield coming.result()
