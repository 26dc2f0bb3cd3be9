"""The clocks of the sources, told by their signatures' times (S2, F21)."""

import logging
import time
from collections.abc import Callable

from django.conf import settings

from dashboard.accept.counters import CLOCK_REFUSED, CLOCK_SKEW
from dashboard.store.keys import Grant

log = logging.getLogger(__name__)


class Clocks:
    """Compares signed times with ours; an alarm a source is logged once per tolerance's length."""

    def __init__(self, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._clock_s = clock_s
        self._alarmed_s: dict[int, float] = {}

    def agrees(self, grant: Grant, skew_s: float) -> bool:
        """Note that a valid signature's time is `skew_s` before ours; return whether it counts.

        Beyond the tolerance it does not: the source's clock is wrong, or somebody sends again what
        was sent before.
        """
        labels = (grant.campaign.slug, grant.source_name)
        if abs(skew_s) <= settings.WEBHOOK_TOLERANCE_S:
            CLOCK_SKEW.labels(*labels).set(skew_s)
            return True
        CLOCK_REFUSED.labels(*labels).inc()
        now_s = self._clock_s()
        last_s = self._alarmed_s.get(grant.source_id)
        if last_s is None or now_s - last_s >= settings.WEBHOOK_TOLERANCE_S:
            self._alarmed_s[grant.source_id] = now_s
            log.error("signatures refused: clock campaign=%s source=%s skew_s=%d", *labels, skew_s)
        return False
