"""Python and the browser write the same figures, whatever they are."""

from random import Random
from typing import Any

from tests.browser.conftest import Screens
from tests.core.test_figures import WITH_MONEY, call

ROWS = 5_000
CURRENCIES = [("CNY", 2), ("JPY", 0), ("USD", 2), ("EUR", 2), ("KWD", 3), ("HKD", 2)]


def amount(random: Random) -> int:
    """An integer of any length, half of them within 300 of a power of ten."""
    power: int = 10 ** random.randint(2, 15)
    near = power + random.randint(-300, 300)
    return max(0, near) if random.random() < 0.5 else random.randrange(power)


def row(random: Random) -> tuple[str, list[Any]]:
    """A figure to be written: the name of the function and what it is given."""
    name = random.choice([*sorted(WITH_MONEY), "count", "times", "share", "success", "remaining"])
    lang = random.choice(["en", "zh-hans"])
    one = amount(random)
    if name == "band":
        return name, [one, one + amount(random) // 8, *random.choice(CURRENCIES), lang]
    if name in WITH_MONEY:
        return name, [one, *random.choice(CURRENCIES), lang]
    if name in {"times", "share"}:
        return name, [one, one // 10_000 + amount(random)]
    if name == "success":
        return name, [random.randint(0, 10_000) / 10_000]
    return name, [one % 10**7 if name == "remaining" else one, lang]


def test_python_and_the_browser_write_5000_random_figures_alike(screens: Screens) -> None:
    random = Random(11)
    rows = [row(random) for _ in range(ROWS)]
    read = (
        screens()
        .open()
        .evaluate(
            """async (rows) => { const { callFigure } = await import("/tests/js/table.mjs");
                             return rows.map(([name, args]) => callFigure(name, args)); }""",
            rows,
        )
    )
    differing = [
        (name, given, written, call(name, given))
        for (name, given), written in zip(rows, read, strict=True)
        if written != call(name, given)
    ]
    assert differing == []
