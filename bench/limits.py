"""The limits: what the parts cost that nobody who counts such events exactly can do without."""

import time

import msgspec

from bench import events, stage
from bench.events import Stream
from bench.options import Options
from bench.processes import cpu_s
from bench.report import Cell, Table, spread
from dashboard.core.events import Event

EVENTS = 200_000
BATCH = 1_000
DECODE = "msgspec decode"
SADD = "Valkey SADD"


def measure(options: Options) -> Table:
    """Return the table: reading the bodies, and remembering the ids."""
    options.say("msgspec, SADD")
    stream = events.payments(options.events(EVENTS), stage.now())
    decoding = [_decode(stream) for _ in range(options.runs)]
    adding, costs = zip(*(_sadd(stream) for _ in range(options.runs)), strict=True)
    per_event = spread([1e6 / rate for rate in decoding], 2)
    rows: list[list[Cell]] = [
        [DECODE, spread(decoding), per_event],
        [SADD, spread(adding), spread(costs, 2)],
    ]
    rates = {DECODE: spread(decoding).median, SADD: spread(adding).median}
    return Table("The limits", ["what", "events/s", "µs of CPU an event"], rows, _NOTE, rates)


_NOTE = (
    "One process decodes the same bodies; the ids are added a thousand a pipeline, CPU of Valkey "
    "alone. Neither is durable, sums up or answers."
)


def _decode(stream: Stream) -> float:
    """Return the events a second of CPU that are read from bodies of a thousand."""
    decode = msgspec.json.Decoder(list[Event]).decode
    given = events.bodies(stream, BATCH)
    began = time.process_time()
    for body in given:
        decode(body)
    return len(stream.lines) / (time.process_time() - began)


def _sadd(stream: Stream) -> tuple[float, float]:
    """Return the ids a second that a Valkey with an AOF takes, and its µs an id."""
    ids = [msgspec.json.decode(line, type=Event).id for line in stream.lines]
    with stage.folder() as place, stage.own_valkey(place) as (client, pid):
        before, began = cpu_s({"valkey": pid})["valkey"], time.monotonic()
        for at in range(0, len(ids), BATCH):
            pipe = client.pipeline(transaction=False)
            for one in ids[at : at + BATCH]:
                pipe.sadd("seen", one)
            pipe.execute()
        seconds = time.monotonic() - began
        assert client.scard("seen") == stream.unique
        cost = 1e6 * (cpu_s({"valkey": pid})["valkey"] - before) / len(ids)
    return len(ids) / seconds, cost
