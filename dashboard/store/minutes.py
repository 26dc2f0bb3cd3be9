"""Reading minutes out of the tallies, for those who want the rows and not the sum.

A reader keeps to the generation that was live when it began; where another takes its place, figures
read before and after must not be mixed: `Moved`. Functions raise `redis.RedisError`.
"""

from collections.abc import Sequence
from typing import Any, cast

import redis

from dashboard.core import rows
from dashboard.store import history, tallies
from dashboard.store.history import Minute
from dashboard.store.tables import Shown


class Moved(Exception):
    """The figures were rebuilt while they were being read; begin again."""


class Minutes:
    """The minutes of one campaign; numbers are minutes since 1970 UTC."""

    def __init__(self, client: redis.Redis, campaign_id: int) -> None:
        self._client = client
        self._campaign_id = campaign_id
        self._generation = tallies.live_name(client, campaign_id)

    def whole(self) -> bool:
        """Return False while a rebuild has not yet reached what was last shown, or is history."""
        shown = Shown.objects.filter(campaign_id=self._campaign_id)
        position = shown.values_list("position", flat=True).first() or 0
        position = max(position, history.head(self._campaign_id).position)
        return tallies.position(self._client, self._campaign_id) >= position

    def numbers(self, first: int, end: int) -> list[int]:
        """Return the minutes from `first` to `end`, not included, that have events, ascending."""
        touched = cast("list[bytes]", self._client.zrange(self._key("touched"), 0, -1))
        return sorted(minute for minute in map(int, touched) if first <= minute < end)

    def touched(self) -> tuple[str, int, dict[int, int]]:
        """Return generation and ledger position, and the minutes with that of their last change."""
        position, touched, _ = self.standing((), ())
        return self._generation, position, touched

    def standing(
        self, numbers: Sequence[int], fields: Sequence[str]
    ) -> tuple[int, dict[int, int], list[list[int]]]:
        """Return as of one moment: position, the minutes with that of their last change, `fields`.

        The fields are those of `numbers`, as `fields` returns them.
        """
        pipe = self._client.pipeline(transaction=True)
        pipe.get(tallies.key(self._campaign_id, "live"))
        pipe.hget(self._key("head"), "position")
        pipe.zrange(self._key("touched"), 0, -1, withscores=True)
        for number in numbers:
            pipe.hmget(self._key(f"m:{number}"), _rows_of(fields))
        live, position, touched, *found = pipe.execute()
        if (live or b"").decode() != self._generation:
            raise Moved
        return (
            int(position or 0),
            {int(minute): int(at) for minute, at in touched},
            [_picked(fields, row) for row in found],
        )

    def whole_rows(self, numbers: Sequence[int]) -> list[Minute]:
        """Return each minute with all its fields, and the ledger position of its last change."""
        pipe = self._client.pipeline(transaction=True)
        pipe.get(tallies.key(self._campaign_id, "live"))
        for number in numbers:
            pipe.zscore(self._key("touched"), str(number))
            for letter in "md":
                pipe.hgetall(self._key(f"{letter}:{number}"))
        live, *found = pipe.execute()
        if (live or b"").decode() != self._generation:
            raise Moved
        return [
            Minute(number, int(at or 0), rows.flat({**shown, **beside}))
            for number, at, shown, beside in zip(
                numbers, found[::3], found[1::3], found[2::3], strict=True
            )
        ]

    def fields(self, numbers: Sequence[int], fields: Sequence[str]) -> list[list[int]]:
        """Return the named totals and counters of each minute, 0 where one is missing."""
        found = self._read("m", "hmget", numbers, _rows_of(fields))
        return [_picked(fields, row) for row in found]

    def breakdown(self, numbers: Sequence[int], dimension: str) -> list[dict[str, dict[str, int]]]:
        """Return each minute's measures of each key of a dimension: `{key: {measure: …}}`."""
        letter = "m" if rows.shown(dimension) else "d"
        return [_by_key(row, dimension) for row in self._read(letter, "hgetall", numbers)]

    def _read(
        self, letter: str, command: str, numbers: Sequence[int], *arguments: Any
    ) -> list[Any]:
        pipe = self._client.pipeline(transaction=True)
        pipe.get(tallies.key(self._campaign_id, "live"))
        for number in numbers:
            getattr(pipe, command)(self._key(f"{letter}:{number}"), *arguments)
        live, *found = pipe.execute()
        if (live or b"").decode() != self._generation:
            raise Moved
        return found

    def _key(self, name: str) -> str:
        return tallies.key(self._campaign_id, self._generation, name)


def _rows_of(fields: Sequence[str]) -> list[str]:
    return [rows.TOTAL, *(field for field in fields if ":" in field)]


def _picked(fields: Sequence[str], found: list[bytes | None]) -> list[int]:
    told = zip(_rows_of(fields), found, strict=True)
    row = rows.flat({name.encode(): text for name, text in told if text})
    return [row.get(field, 0) for field in fields]


def _by_key(row: dict[bytes, bytes], dimension: str) -> dict[str, dict[str, int]]:
    keys: dict[str, dict[str, int]] = {}
    for field, packed in row.items():
        group, _, name = field.decode().partition(":")
        if group.removeprefix(rows.PAID) == dimension:
            figures = zip(rows.measures(group), rows.unpack(packed), strict=False)
            keys.setdefault(name, {}).update((measure, n) for measure, n in figures if n)
    return keys
