"""Takes lines of events in as the door takes requests: the same checks and commit, no HTTP."""

import logging
from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec
from django.db import OperationalError, close_old_connections

from dashboard.accept.admission import NDJSON, Admitted, admit
from dashboard.accept.problems import Problem
from dashboard.store import campaigns, ledger
from dashboard.store.keys import facts_of
from dashboard.store.ledger import Incoming
from dashboard.store.tables import Campaign, Source
from dashboard.tally import doorbell

log = logging.getLogger(__name__)

_FIRST_WAIT_S, _LONGEST_WAIT_S = 0.1, 2.0
_REASONS_KEPT = 5
Result = TypeVar("Result")


class CampaignGone(Exception):
    """The campaign was deleted meanwhile; the message names it."""


class Stopped(Exception):
    """Told to stop while the database could not be reached; what was sent before is kept."""


class Totals(msgspec.Struct):
    """What was taken in; `accepted` includes the `held`. `reasons` are the first few faults."""

    events: int = 0
    accepted: int = 0
    rejected: int = 0
    held: int = 0
    reasons: list[str] = []


class Intake:
    """The way of one source into one campaign.

    `now_ms` is real time; `rest` waits some seconds and returns True where it was told to stop.
    `append` makes a batch durable, `ring` says that there is work.
    """

    def __init__(
        self,
        source: Source,
        now_ms: Callable[[], int],
        rest: Callable[[float], bool],
        append: Callable[[Sequence[Incoming]], list[int]] = ledger.append,
        ring: Callable[[int], None] = doorbell.ring,
    ) -> None:
        self.totals = Totals()
        self._slug = source.campaign.slug
        self._campaign_id = source.campaign_id
        self._source_id = int(source.pk)
        self._now_ms, self._rest = now_ms, rest
        self._append, self._ring = append, ring

    def campaign(self) -> Campaign:
        """Return the campaign as it is now: its clock may be changed. Raises `CampaignGone`."""
        campaign = self._trying(lambda: campaigns.by_id(self._campaign_id))
        if campaign is None:
            raise CampaignGone(f"campaign {self._slug}: it was deleted meanwhile")
        return campaign

    def take(self, lines: Sequence[bytes]) -> None:
        """Take in at most 5,000 lines; they are durable when it returns.

        A database that cannot be reached is tried again until `rest` says to stop: nothing is lost,
        and, since ids count once, nothing doubled. Raises `CampaignGone` or `Stopped`.
        """
        campaign = self.campaign()
        admitted = self._admit(campaign, lines)
        self._trying(lambda: self._append([one.incoming for one in admitted]))
        self._ring(self._campaign_id)
        for one in admitted:
            self._add(one)

    def _admit(self, campaign: Campaign, lines: Sequence[bytes]) -> list[Admitted]:
        """Check lines together; where they cannot be read together, by halves."""
        if not lines:
            return []
        try:
            body = b"\n".join(lines)
            return [admit(facts_of(campaign), self._source_id, body, NDJSON, self._now_ms())]
        except Problem as problem:
            if len(lines) == 1:
                self._reject(problem)
                return []
            half = len(lines) // 2
            return self._admit(campaign, lines[:half]) + self._admit(campaign, lines[half:])

    def _trying(self, step: Callable[[], Result]) -> Result:
        wait_s = _FIRST_WAIT_S
        while True:
            try:
                return step()
            except OperationalError as error:
                if wait_s == _FIRST_WAIT_S:
                    log.warning("database away campaign=%s error=%s", self._slug, error)
                close_old_connections()
                if self._rest(wait_s):
                    raise Stopped(f"campaign {self._slug}: the database is away") from error
                wait_s = min(2 * wait_s, _LONGEST_WAIT_S)

    def _add(self, admitted: Admitted) -> None:
        self.totals.events += admitted.accepted + len(admitted.rejected)
        self.totals.accepted += admitted.accepted
        self.totals.rejected += len(admitted.rejected)
        self.totals.held += len(admitted.held)
        for fault in (*admitted.rejected, *admitted.held):
            self._keep(f"{fault.id or 'an event without id'}: {fault.error}")

    def _reject(self, problem: Problem) -> None:
        self.totals.events += 1
        self.totals.rejected += 1
        self._keep(problem.detail)

    def _keep(self, reason: str) -> None:
        if len(self.totals.reasons) < _REASONS_KEPT:
            self.totals.reasons.append(reason)
