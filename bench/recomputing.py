"""One recomputation in a process of its own: `python -m bench.recomputing rebuild SLUG`.

Prints one JSON object: seconds by the clock, of its own CPU, and of Valkey's.
"""

import json
import sys
import time
from collections.abc import Callable

import django

django.setup()

from dashboard.store import campaigns, connect  # noqa: E402
from dashboard.tally.rebuild import rebuild  # noqa: E402
from dashboard.tally.reconcile import reconcile  # noqa: E402
from dashboard.tally.verify import verify  # noqa: E402


def _rebuild(campaign_id: int) -> None:
    rebuild(connect.require(), campaign_id)


def _reconcile(campaign_id: int) -> None:
    assert reconcile(connect.require(), campaign_id).differences == []


def _verify(campaign_id: int) -> None:
    assert verify(campaign_id).fault is None


WAYS: dict[str, Callable[[int], None]] = {
    "rebuild": _rebuild,
    "reconcile": _reconcile,
    "verify": _verify,
}


def _valkey_s() -> float:
    used = connect.require().info("cpu")
    return float(used["used_cpu_user"]) + float(used["used_cpu_sys"])


def main(what: str, slug: str) -> None:
    """Do it once."""
    campaign = campaigns.by_slug(slug)
    assert campaign is not None
    valkey_s, cpu_s, began = _valkey_s(), time.process_time(), time.monotonic()
    WAYS[what](campaign.pk)
    told = {
        "wall_s": time.monotonic() - began,
        "cpu_s": time.process_time() - cpu_s,
        "valkey_s": _valkey_s() - valkey_s,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
