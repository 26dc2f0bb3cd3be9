"""Further processes of a role beside a board's own."""

import os
import subprocess
import threading
from types import TracebackType
from typing import Self

from tests.boards import MANAGE, PROJECT, TETHER, Board

_LOOK_S = 0.1


class Kept:
    """A second process of a role, started again at once when it dies, while the block lasts."""

    def __init__(self, board: Board, role: str, name: str = "second", **env: str) -> None:
        self._command = [MANAGE[0], str(TETHER), str(os.getpid()), *MANAGE, role]
        self._env = board.env | env
        self._path = board.data_dir / f"{name}-{role}.log"
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep)

    def log(self) -> str:
        """Return what it has said."""
        return self._path.read_text()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._stopping.set()
        self._thread.join()

    def _keep(self) -> None:
        with self._path.open("ab") as log:
            while not self._stopping.is_set():
                process = subprocess.Popen(
                    self._command, env=self._env, cwd=PROJECT, stdout=log, stderr=log
                )
                while process.poll() is None and not self._stopping.wait(_LOOK_S):
                    pass
                process.terminate()
                process.wait(20)
