"""Keys of rules that say what is awaited."""

import re

from django.utils.text import slugify

from dashboard.alerts.titles import Goal, amount_of
from dashboard.core.figures import Money


def key_of(kind: str, amount: int, money: Money, dimension: str = "", of: str = "") -> str:
    """Return a key such as 10-billion, orders-1-million, multiple-1-5-times, bulletin-2-hours."""
    said = amount_of(Goal(kind=kind, amount=amount, money=money), "en") if amount else ""
    said = re.sub(r"^[^\da-z]+", "", said)  # the currency's sign
    said = re.sub(r"^(?=[a-z])", "1 ", said)  # minute, hour
    said = said.replace("×", " times").replace(".", "-").replace(",", "")
    parts = ["" if kind == "amount" else kind, dimension, of, said]
    return slugify("-".join(part for part in parts if part).replace("_", "-")) or kind
