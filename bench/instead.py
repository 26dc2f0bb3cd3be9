"""What one would write instead: a Celery task an event, a Django view an event.

Same events, a Valkey and a SQLite set up as the board's are. See `naive/`.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

from bench import events, singles, stage
from bench.options import Options
from bench.processes import cpu_s
from bench.report import Cell, Table, spread
from tests.boards import PROJECT

_WARM_UP = 200
EVENTS = {"hincrby": 4_000, "orm": 1_500}
NAMES = {"hincrby": "Celery task, HINCRBY", "orm": "Celery task, ORM"}
VIEW_EVENTS = 2_000
VIEWS = {"answer": "Django view, answer only", "count": "Django view, ORM"}
# About half of a view's time is its default middleware's: under ASGI what of it is synchronous is
# handed to the request's own thread. A post needs none of it, so views without are compared with
# too. From 1 connection to 32, their number made no difference.
SETTINGS = {"": "bench.naive.settings", ", no middleware": "bench.naive.bare"}


def measure(options: Options) -> Table:
    """Return the table: a row a way."""
    rows: list[list[Cell]] = []
    with stage.folder() as place, stage.own_valkey(place):
        env = {**os.environ, "DATA_DIR": str(place), "DJANGO_SETTINGS_MODULE": SETTINGS[""]}
        _django("migrate", "--run-syncdb", "--verbosity=0", env=env)
        with _worker(env) as pid:
            rows += [_tasks(options, way, place, env, pid) for way in EVENTS]
        rows += [_view(options, *one, env) for one in product(VIEWS, SETTINGS)]
    rates = {str(row[0]): cell.median for row in rows if not isinstance(cell := row[1], str)}
    columns = ["what", "events/s", "worker's or server's µs an event"]
    return Table("What one would write instead", columns, rows, _NOTE, rates)


_NOTE = (
    "A worker of two processes on Celery's defaults; Daphne, with Django's default middleware "
    "unless it says so. HINCRBY counts an event that is sent twice two times."
)


def _view(options: Options, view: str, kind: str, env: dict[str, str]) -> list[Cell]:
    name = VIEWS[view] + kind
    options.say(name)
    application = ("daphne", "--verbosity", "0", "bench.naive.asgi:application")
    settings = env | {"DJANGO_SETTINGS_MODULE": SETTINGS[kind]}
    with singles.serving(name, *application, env=settings) as server:
        _, *cells = singles.row(options, server, f"/{view}", most=VIEW_EVENTS)
    return [name, *cells[:2]]


def _tasks(options: Options, way: str, place: Path, env: dict[str, str], pid: int) -> list[Cell]:
    options.say(NAMES[way])
    rates, costs = [], []
    count = options.events(EVENTS[way])
    _send(way, _WARM_UP, 29, place, env)
    for number in range(options.runs):
        before = cpu_s({way: pid})[way]
        rates.append(count / _send(way, count, 30 + number, place, env))
        costs.append(1e6 * (cpu_s({way: pid})[way] - before) / count)
    return [NAMES[way], spread(rates), spread(costs)]


def _send(way: str, count: int, seed: int, place: Path, env: dict[str, str]) -> float:
    """Return the seconds until `count` events were sent and counted."""
    file = events.write(events.payments(count, stage.now(), seed), place / "events")
    return float(_python("-m", "bench.naive.send", way, str(file), env=env))


@contextmanager
def _worker(env: dict[str, str]) -> Iterator[int]:
    flags = ("--concurrency", "2", "--without-gossip", "--without-mingle", "--loglevel", "ERROR")
    command = (sys.executable, "-m", "celery", "--quiet", "-A", "bench.naive.tasks", "worker")
    process = subprocess.Popen(
        [*command, *flags],
        env=env,
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def _django(*arguments: str, env: dict[str, str]) -> str:
    return _python("-m", "django", *arguments, env=env)


def _python(*arguments: str, env: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], env=env, cwd=PROJECT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
