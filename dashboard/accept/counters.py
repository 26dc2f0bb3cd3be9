"""What the door counts for `/metrics`: each process its own."""

from prometheus_client import Counter, Gauge

REFUSED = Counter("gmv_accept_refused", "Requests the door refused, by reason", ["reason"])
IN_FLIGHT = Gauge("gmv_accept_in_flight", "Requests inside the door")
IN_FLIGHT_BYTES = Gauge("gmv_accept_in_flight_bytes", "Bytes that requests inside occupy")
TOKENS = Gauge(
    "gmv_source_tokens",
    "Events a source may send at once; below 0 it waits",
    ["campaign", "source"],
)
CLOCK_SKEW = Gauge(
    "gmv_clock_skew_seconds",
    "Our clock less the time of a source's newest signature",
    ["campaign", "source"],
)
CLOCK_REFUSED = Counter(
    "gmv_clock_refused",
    "Signatures refused because their time is too far from ours",
    ["campaign", "source"],
)
