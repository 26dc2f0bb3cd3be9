"""The stream that every measurement reads: payments of a festival, the same for the same seed.

An event is about 250 bytes of JSON. One in a hundred is sent a second time, a little later; every
third buyer has bought before; merchants follow Zipf's law. Instants lie in the last five minutes.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import accumulate
from pathlib import Path

import msgspec

SEED = 1111
CURRENCY = "CNY"
MINUTES = 5
TWICE = 0.01
REPEATED_BUYER = 1 / 3
MERCHANTS = 2_000
# A repetition, and an order's payment, come within so many events.
_SOON = 3_000

PLATFORMS = ("tmall", "taobao", "jd", "pdd", "douyin", "vip")
CATEGORIES = ("phones", "clothing", "beauty", "food", "home", "appliances", "toys", "books")
REGIONS = tuple(f"CN-{number}" for number in range(11, 42))
CHANNELS = ("app", "web", "mini", "store")


class Stream(msgspec.Struct):
    """Events as they are sent, and what a board must show once it has counted them all.

    `lines` are JSON objects; `gross` is in minor units; `unique` how many different events.
    """

    lines: list[bytes]
    gross: int
    payments: int
    unique: int
    # For each event sent, what it adds to turnover: nothing where it was sent before.
    adds: list[int]


def payments(events: int, now_s: float, seed: int = SEED) -> Stream:
    """Return about `events` payments, those sent twice included."""
    chance = random.Random(seed)
    drawn = list(_draw(chance, events, f"pay-{seed}"))
    placed = [(float(place), line, amount) for place, (line, amount) in enumerate(drawn)]
    return _sent(chance, placed, events, now_s)


def orders(events: int, now_s: float, seed: int = SEED) -> Stream:
    """Return about `events` events, an `order.submitted` and a `payment.succeeded` an order."""
    chance = random.Random(seed)
    placed = []
    for place, (line, amount) in enumerate(_draw(chance, events // 2, f"order-{seed}")):
        order = b'"order_id":"o-%d-%d",' % (seed, place)
        submitted = line.replace(b'"id":"', b'"id":"s-').replace(b"payment.succeeded", _SUBMITTED)
        at = 2.0 * place
        placed.append((at, submitted.replace(b'"type"', order + b'"type"'), 0))
        later = at + 1 + chance.random() * _SOON
        placed.append((later, line.replace(b'"type"', order + b'"type"'), amount))
    placed.sort()
    return _sent(chance, placed, events, now_s)


_SUBMITTED = b"order.submitted"
_AT = b"@occurred_at@"


def _draw(chance: random.Random, events: int, prefix: str) -> Iterator[tuple[bytes, int]]:
    """Yield payments without their instant, and their amounts."""
    zipf = list(accumulate(1 / rank for rank in range(1, MERCHANTS + 1)))
    merchants = chance.choices(range(MERCHANTS), cum_weights=zipf, k=events)
    regular = max(1, events // 10)
    for number in range(events):
        amount = 100 + int(chance.expovariate(1 / 20_000))
        again = chance.random() < REPEATED_BUYER
        buyer = chance.randrange(regular) if again else regular + number
        yield (
            b'{"id":"%b-%08d","type":"payment.succeeded","occurred_at":"%b","amount":%d,'
            b'"currency":"CNY","buyer":"b%08d","platform":"%b","category":"%b","region":"%b",'
            b'"channel":"%b","merchant":"m%04d"}'
            % (
                prefix.encode(),
                number,
                _AT,
                amount,
                buyer,
                _pick(chance, PLATFORMS),
                _pick(chance, CATEGORIES),
                _pick(chance, REGIONS),
                _pick(chance, CHANNELS),
                merchants[number],
            ),
            amount,
        )


def _pick(chance: random.Random, names: Sequence[str]) -> bytes:
    return names[int(chance.random() * len(names))].encode()


def _sent(
    chance: random.Random, placed: list[tuple[float, bytes, int]], events: int, now_s: float
) -> Stream:
    """Return the stream with one event in a hundred sent twice, cut to `events`."""
    end_ms = int(now_s * 1000)
    step_ms = MINUTES * 60_000 / len(placed)
    sent: list[tuple[float, bytes, int]] = []
    for place, line, amount in placed:
        ago_ms = max(0.0, MINUTES * 60_000 - place * step_ms)
        whole = line.replace(_AT, _instant(end_ms - int(ago_ms)))
        sent.append((place, whole, amount))
        if chance.random() < TWICE:
            sent.append((place + 1 + chance.random() * _SOON, whole, amount))
    sent.sort()
    return _counted(sent[:events])


def _counted(sent: list[tuple[float, bytes, int]]) -> Stream:
    met: set[bytes] = set()
    adds, count = [], 0
    for _place, line, amount in sent:
        new = line not in met
        met.add(line)
        adds.append(amount if new else 0)
        count += new and bool(amount)
    return Stream([line for _, line, _ in sent], sum(adds), count, len(met), adds)


_seconds: dict[int, bytes] = {}


def _instant(ms: int) -> bytes:
    """Return milliseconds since 1970 UTC as RFC 3339; whole seconds are remembered."""
    second = ms // 1000
    text = _seconds.get(second)
    if text is None:
        text = datetime.fromtimestamp(second).astimezone().isoformat().encode()
        _seconds[second] = text
    return b"%b.%03d%b" % (text[:19], ms % 1000, text[19:])


def bodies(stream: Stream, batch: int) -> list[bytes]:
    """Return the stream as JSON arrays of `batch` events, for a batch of 1 as single objects."""
    if batch == 1:
        return stream.lines
    starts = range(0, len(stream.lines), batch)
    return [b"[" + b",".join(stream.lines[at : at + batch]) + b"]" for at in starts]


def write(stream: Stream, path: Path) -> Path:
    """Write one event a line, for the sender, which is a process of its own."""
    path.write_bytes(b"\n".join(stream.lines))
    return path
