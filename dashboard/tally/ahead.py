"""Work done ahead: what comes next is made ready by threads while what came before is used."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_In = TypeVar("_In")
_Out = TypeVar("_Out")
# So many are made at once: beside whoever uses them, enough for two cores.
_THREADS = 2


def ahead(
    work: Callable[[_In], _Out], items: Iterable[_In], threads: int = _THREADS
) -> Iterator[_Out]:
    """Yield what `work` makes of each of `items`, in order; raises what it raises.

    With one thread `work` is done in order, too: a stage of a pipeline that may keep a state.
    """
    coming: deque[Future[_Out]] = deque()
    with ThreadPoolExecutor(threads) as beside:
        for item in items:
            coming.append(beside.submit(work, item))
            if len(coming) > threads:
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()
