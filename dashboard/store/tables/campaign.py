"""The campaign."""

from typing import ClassVar
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models

from dashboard.core.clock import Clock
from dashboard.core.events import to_ms
from dashboard.core.money import EXPONENTS


def known_currency(code: str) -> None:
    """Refuse what is not an ISO 4217 code of a currency in circulation."""
    if code not in EXPONENTS:
        raise ValidationError(f"expected an ISO 4217 code such as CNY, got {code!r}")


def known_zone(name: str) -> None:
    """Refuse what is not a time zone of the IANA database."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValidationError(
            f"expected an IANA zone such as Asia/Shanghai, got {name!r}"
        ) from error


class Campaign(models.Model):
    """One festival: its window, money, clock and who may see it.

    The window is half-open and lies on whole minutes; it may be edited while live: minutes are
    kept whether inside or not. `clock_speed_permille` 1000 without an anchor is real time.
    """

    PUBLIC, TOKEN, STAFF = "public", "token", "staff"
    VISIBILITIES = ((PUBLIC, "public"), (TOKEN, "with a token"), (STAFF, "staff only"))

    slug = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=80)
    name_zh = models.CharField("name, Chinese", max_length=80, blank=True)
    currency = models.CharField(max_length=3, default="CNY", validators=[known_currency])
    timezone = models.CharField(max_length=64, default="Asia/Shanghai", validators=[known_zone])
    start = models.DateTimeField(help_text="whole minute, counts")
    end = models.DateTimeField(help_text="whole minute, no longer counts")
    visibility = models.CharField(max_length=6, choices=VISIBILITIES, default=TOKEN)
    basis = models.CharField(max_length=200, blank=True, help_text="what the total covers")
    basis_zh = models.CharField("basis, Chinese", max_length=200, blank=True)
    payment_cap = models.BigIntegerField(
        default=1_000_000_000,
        validators=[MinValueValidator(1)],
        help_text="minor units; a payment above it is held in quarantine",
    )
    clock_real_ms = models.BigIntegerField(default=0, help_text="rehearsal anchor, real time")
    clock_campaign_ms = models.BigIntegerField(
        default=0, help_text="the same moment, campaign time"
    )
    clock_speed_permille = models.PositiveIntegerField(
        default=1000, validators=[MinValueValidator(1)], help_text="1000 is real time"
    )
    notice = models.CharField(max_length=120, blank=True, help_text="a line from the director")
    read_token_hash = models.CharField(max_length=64, blank=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["start", "slug"]

    def __str__(self) -> str:
        return self.slug

    def clean(self) -> None:
        """Refuse a window that is empty or not on whole minutes."""
        if not (self.start and self.end):
            return
        for field in ("start", "end"):
            moment = getattr(self, field)
            if moment.second or moment.microsecond:
                raise ValidationError({field: f"{field}: expected a whole minute"})
        if self.end <= self.start:
            raise ValidationError({"end": "end: expected an instant after start"})

    @property
    def clock(self) -> Clock:
        """The campaign clock."""
        return Clock(self.clock_real_ms, self.clock_campaign_ms, self.clock_speed_permille)

    @property
    def start_ms(self) -> int:
        """Start of the window in ms since 1970 UTC."""
        return to_ms(self.start)

    @property
    def end_ms(self) -> int:
        """End of the window in ms since 1970 UTC; it no longer counts."""
        return to_ms(self.end)
