"""What sources send: events around the window's edges, in JSON."""

from typing import Any

from hypothesis import strategies as st

from dashboard.core.events import rfc3339
from tests.pipeline import model
from tests.pipeline.model import CAP, CURRENCY, FOREIGN, MINUTE_MS, NO_RATE, Told
from tests.worlds import MIDNIGHT_MS

# Ten minutes around the window's edges, few ids, few orders: everything meets everything.
told = st.builds(
    lambda id_, type_, minute, ms, amount, currency, platform, order: Told(
        *(id_, type_, MIDNIGHT_MS + minute * MINUTE_MS + ms, amount),
        *(currency if type_ in model.MONEY else "", platform, order),
    ),
    st.integers(0, 24).map("e{}".format),
    st.sampled_from(["payment.succeeded"] * 3 + [*model.MONEY, *model.COUNTED]),
    st.integers(-2, 8),
    st.sampled_from([0, 1, 30_000, 59_999]),
    st.sampled_from([0, 1, 99, 100, 101, 700, CAP, CAP + 1, -1]),
    st.sampled_from([CURRENCY] * 6 + [FOREIGN, NO_RATE]),
    st.sampled_from(["tmall", "jd", ""]),
    st.sampled_from(["", "", "o1", "o2", "o3"]),
)


def as_sent(one: Told) -> dict[str, Any]:
    """Return an event as the contract has it."""
    given = {"id": one.id, "type": one.type, "occurred_at": rfc3339(one.at_ms)}
    optional = {"currency": one.currency, "platform": one.platform, "order_id": one.order_id}
    return {**given, "amount": one.amount, **{name: v for name, v in optional.items() if v}}
