"""The campaign clock: real time, or a rehearsal's, which has an anchor and a speed.

All instants are integers: milliseconds since 1970 UTC. Only the edges read a clock.
"""

import msgspec

MINUTE_MS = 60_000
# Per-second turnover is kept this long by the campaign clock: a day, and its late arrivals.
SECONDS_KEPT_MS = 26 * 60 * MINUTE_MS


class Clock(msgspec.Struct, frozen=True):
    """Maps real time to campaign time.

    `real_ms` and `campaign_ms` are the same moment on either clock; `speed_permille` is how many
    thousandths of a campaign second pass in one real second (1000 is real time).
    """

    real_ms: int = 0
    campaign_ms: int = 0
    speed_permille: int = 1000

    @property
    def rehearsal(self) -> bool:
        """True where campaign time is not real time: its figures are marked wherever they show."""
        return self != Clock()

    def campaign(self, real_ms: int) -> int:
        """Return the campaign time, in ms, at the real time `real_ms`."""
        return self.campaign_ms + (real_ms - self.real_ms) * self.speed_permille // 1000

    def real(self, campaign_ms: int) -> int:
        """Return the real time, in ms, at which the campaign clock shows `campaign_ms`."""
        return self.real_ms + (campaign_ms - self.campaign_ms) * 1000 // self.speed_permille
