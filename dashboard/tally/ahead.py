"""Work done ahead: what comes next is made ready by threads while what came before is used."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_In = TypeVar("_In")
_Out = TypeVar("_Out")
# So many are made at once: beside whoever uses them, enough for two cores.
_THREADS = 2


def ahead(work: Callable[[_In], _Out], items: Iterable[_In]) -> Iterator[_Out]:
    """Yield what `work` makes of each of `items`, in order; raises what it raises."""
    coming: deque[Future[_Out]] = deque()
    with ThreadPoolExecutor(_THREADS) as beside:
        for item in items:
            coming.append(beside.submit(work, item))
            if len(coming) > _THREADS:
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()
