"""A milestone's amount as people type and read it, each kind in its own measure."""

from dashboard.core.amounts import read_amount, read_seconds

_COUNTS = {"payments", "orders", "counter", "peak_second"}
_THOUSANDTHS = 3


def read(kind: str, text: str, exponent: int) -> int:
    """Return an amount of a kind: major units, a number, how many times, or a time (60, 10m, 2h).

    `exponent` is the currency's. Raises `ValueError`, which says what was expected.
    """
    if kind == "bulletin":
        return read_seconds(text)
    return read_amount(text, _decimals(kind, exponent))


def write(kind: str, amount: int, exponent: int) -> str:
    """Return an amount as `read` takes it: 10000000000, 1.5, 3600."""
    decimals = 0 if kind == "bulletin" else _decimals(kind, exponent)
    whole, rest = divmod(amount, 10**decimals)
    return f"{whole}.{rest:0{decimals}d}".rstrip("0").rstrip(".") if rest else str(whole)


def _decimals(kind: str, exponent: int) -> int:
    if kind in _COUNTS:
        return 0
    return _THOUSANDTHS if kind == "multiple" else exponent
